"""Exit codes: what each outcome and each error means to a script."""

from guild.errors import GuildError, MachineError

GREEN, NOT_GREEN, BAD_INPUT, MACHINE_LACKS, INTERRUPTED = 0, 1, 2, 3, 130


def of_error(error: GuildError) -> int:
    """Return the exit code of an error."""
    return MACHINE_LACKS if isinstance(error, MachineError) else BAD_INPUT


def of_outcome(outcome: str) -> int:
    """Return the exit code of an outcome."""
    return {"green": GREEN, "cancelled": INTERRUPTED}.get(outcome, NOT_GREEN)
