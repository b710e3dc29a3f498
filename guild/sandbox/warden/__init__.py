"""The warden of a job under Landlock: starts it with its rights taken, answers what it asks for, and outlives it.

A program of its own, run by the interpreter that runs guild. It starts before every job, so it takes as little of the
standard library as there is: what is built in, without the modules that make it pleasant. What it needs only once there
is a job is imported while that one starts.
"""

import _socket
import posix
import select
import sys

from . import kernel
from .family import children

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal as _signal

    from .errands import Errands
else:
    import _signal

_TICK = 500
"""Milliseconds between two looks for orphans to bury."""


def main(arguments: list[str]) -> None:
    """Run a job: `--abi N --filter HEX --processes N`, then rights as `--RIGHT PATH`, `--` and the command."""
    split = arguments.index("--")
    given = list(zip(arguments[:split:2], arguments[1:split:2], strict=True))
    numbers = dict(given[:3])
    _signal.signal(_signal.SIGTERM, _leave)
    kernel.guard(_signal.SIGTERM)
    ours, theirs = _socket.socketpair()
    job = posix.fork()
    if not job:
        _begin(theirs, int(numbers["--abi"]), bytes.fromhex(numbers["--filter"]), given[3:], arguments[split + 1 :])
    code = 1
    try:
        theirs.close()
        from .errands import Errands

        if listener := _taken(ours):
            roots = tuple(path for right, path in given if right == "--write")
            code = _answer(job, Errands(listener, roots, int(numbers["--processes"])))
        else:
            code = posix.waitstatus_to_exitcode(posix.waitpid(job, 0)[1])
    finally:
        _bury()
    posix._exit(code if code >= 0 else 128 - code)  # pyright: ignore[reportPrivateUsage]


def _begin(line: _socket.socket, abi: int, program: bytes, rights: list[tuple[str, str]], argv: list[str]) -> None:
    """Become the job, in a session of its own: the last thing that this process does for itself is to call it."""
    kinds = {"--read": kernel.READ, "--write": kernel.WRITE, "--device": kernel.DEVICE}
    try:
        posix.setsid()
        kernel.restrict([(path, kinds[right]) for right, path in rights], abi)
        listener = kernel.listen(program)
        line.sendmsg([b"."], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, listener.to_bytes(4, sys.byteorder))])
        posix.execv(argv[0], argv)
    except OSError as error:
        posix.write(2, f"warden: {error}\n".encode())
    posix._exit(125)  # pyright: ignore[reportPrivateUsage]


def _taken(line: _socket.socket) -> int:
    """Return the listener that the job hands over; 0 when it could not."""
    _, sent, _, _ = line.recvmsg(1, _socket.CMSG_SPACE(4))
    line.close()
    return int.from_bytes(sent[0][2][:4], sys.byteorder) if sent else 0


def _answer(job: int, errands: "Errands") -> int:
    """Do errands until the job ends, and return how it did."""
    end = posix.pidfd_open(job)
    poll = select.poll()
    poll.register(end, select.POLLIN)
    poll.register(errands.listener, select.POLLIN)
    while True:
        ready = dict(poll.poll(_TICK))
        while gone := posix.waitpid(-1, posix.WNOHANG):
            if gone[0] == job:
                return posix.waitstatus_to_exitcode(gone[1])
            if not gone[0]:
                break
        if ready.get(errands.listener, 0) & select.POLLIN:
            errands.next()


def _bury() -> None:
    """End all that is left: a fork waits for an answer that does not come, so there are fewer with every look."""
    _signal.signal(_signal.SIGTERM, _signal.SIG_IGN)
    while True:
        try:
            if not posix.waitpid(-1, posix.WNOHANG)[0]:
                for pid in children(posix.getpid()):
                    posix.kill(pid, _signal.SIGKILL)
                posix.waitpid(-1, 0)
        except ChildProcessError:
            return
        except ProcessLookupError:
            continue


def _leave(number: int, _: object) -> None:
    sys.exit(128 + number)
