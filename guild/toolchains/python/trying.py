"""Run a command on a copy of a project, in the sandbox, to learn from what it prints."""

from collections.abc import Mapping, Sequence

from guild.process import Limits
from guild.sandbox import Job
from guild.toolchains import Acted
from guild.toolchains.python.commands import FLAGS, Python
from guild.toolchains.python.faults import stable
from guild.workspace import temporary

_PROGRAMS = {"python": (), "python3": (), "pytest": ("-m", "pytest", "-p", "no:cacheprovider")}
_SECONDS = 20
_OUTPUT = 1500
"""Characters that are told, the last ones: what a program prints at its end says most."""


def run(python: Python, files: Mapping[str, str], command: Sequence[str]) -> Acted:
    """Run the interpreter or pytest with arguments."""
    program, *arguments = command
    if program not in _PROGRAMS:
        return Acted(ok=False, said=f"{program} is none of the commands that can be run: {', '.join(_PROGRAMS)}")
    with temporary() as copy:
        copy.write(files)
        done = python.run(
            Job(
                argv=(str(python.installation.python), *FLAGS, *_PROGRAMS[program], *arguments),
                cwd=copy.root,
                readable=python.readable(copy.root),
                writable=(copy.root,),
                env=python.environment(copy.root, str(copy.root), str(copy.root / "src")),
                limits=Limits(seconds=_SECONDS, output_bytes=1 << 20, memory_bytes=python.allowance.memory_bytes),
            )
        )
        printed = stable(f"{done.stdout}{done.stderr}".strip(), str(copy.root))
    ended = f"(stopped at its limit of {done.stopped})" if done.stopped else f"(exit code {done.returncode})"
    return Acted(ok=True, said=f"{printed[-_OUTPUT:]}\n{ended}".strip())
