"""Read what a test program told: which tests ran, how each ended, and what ended the program before its time."""

from dataclasses import dataclass, field

from guild.toolchains.python import faults
from guild.toolchains.python.commands import Told
from guild.toolchains.python.faults import Fault

_WHOLE = (0, 1, 5)
"""The codes of pytest that tell of a run that came to its end: passed, failed, without tests."""

_TAIL = 400


@dataclass
class Trail:
    """How one test ended in one run: `passed`, `failed`, `skipped`, or `cut` where the program ended while it ran."""

    outcome: str
    line: int
    """Where the test begins."""
    faults: tuple[Fault, ...] = ()


@dataclass
class Session:
    """What one run told: each test by its full name, the files that could not be collected."""

    trails: dict[str, Trail] = field(default_factory=dict[str, Trail])
    broken: dict[str, Fault] = field(default_factory=dict[str, Fault])
    left: Fault | None = None
    """How the program ended before all was told, where no test and no file can be blamed for it."""


def taken(session: Session, told: Told, root: str) -> bool:
    """Take in what a program told, and say whether it came to its end."""
    running, begun, collecting = "", 0, ""
    for line in told.lines:
        if "collecting" in line:
            collecting = line["collecting"]
        elif "broken" in line:
            session.broken[line["broken"]] = faults.read(line["fault"], root)
        elif "begin" in line:
            running, begun = line["begin"], int(line["line"])
        elif "end" in line:
            read = tuple(faults.read(each, root) for each in line["faults"])
            session.trails[line["end"]], running = Trail(line["outcome"], begun, read), ""
        elif line.get("finished") in _WHOLE and not running:
            return True
    if running:
        session.trails[running] = Trail("cut", begun, (_left(told, "while this test ran"),))
    elif collecting and not any("begin" in line for line in told.lines):
        session.broken[collecting] = _left(told, "while this file was imported")
    else:
        session.left = _left(told, "before its tests did")
    return False


def name_of(test: str) -> str:
    """Return a test's name as a Spec writes it, `test_a` or `TestB.test_a`, with its case behind a slash."""
    head, bracket, case = test.partition("::")[2].partition("[")
    return head.replace("::", ".") + (f"/{case[:-1]}" if bracket else "")


def _left(told: Told, when: str) -> Fault:
    limit = told.done.stopped
    what = f"the test program was stopped at its limit of {limit}" if limit else "the test program ended"
    return faults.read(
        {
            "type": "Limit" if limit else "Exit",
            "message": f"{what} {when} {told.done.stderr.strip()[-_TAIL:]}".strip(),
            "frames": [],
        },
        "",
    )
