"""What the warden asks of the kernel that Python has no words for: Landlock, seccomp, capabilities, prctl.

The bindings that exist are younger than a year or older than five, and cost more at each start than a job may; these
are six calls of an interface that the kernel promises to keep. They are made by what `ctypes` stands on, which
costs less too: it takes and returns numbers as C ints, and passes on the address of bytes.
"""

import fcntl
import posix
from _ctypes import FUNCFLAG_CDECL, FUNCFLAG_USE_ERRNO, CFuncPtr, Structure, addressof, dlopen, dlsym, get_errno
from _stat import S_ISDIR
from _struct import pack, unpack_from

from .numbers import NUMBERS

_PDEATHSIG, _SUBREAPER, _NO_NEW_PRIVS = 1, 36, 38
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_CAPABILITIES = 0x20080522
_SET_FILTER = 1
_LISTENER = 1 << 3 | 1 << 5
"""A listener, and no signal but a deadly one wakes who waits for its answer."""
_RECEIVE, _SEND, _HAND = 0xC0502100, 0xC0182101, 0x40182103
_GO_ON, _AND_ANSWER = 1, 2

READ = 1 << 0 | 1 << 2 | 1 << 3
"""To execute, to read, to list."""
WRITE = (1 << 15) - 1 - (1 << 6) - (1 << 11)
"""All that may be done to files, but to make devices."""
DEVICE = 1 << 1 | 1 << 2 | 1 << 14
_OF_A_FILE = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15
_TCP, _SCOPES = 1 << 0 | 1 << 1, 1 << 0 | 1 << 1


class _Function(CFuncPtr):
    """A function of the C library that returns -1 and leaves an error behind."""

    _flags_ = FUNCFLAG_CDECL | FUNCFLAG_USE_ERRNO


class _Start(Structure):
    """Where a block of bytes starts."""


_here = dlopen(None, 0)  # pyright: ignore[reportArgumentType]
_syscall, _prctl = _Function(dlsym(_here, "syscall")), _Function(dlsym(_here, "prctl"))


def abi() -> int:
    """Return which Landlock the kernel has; 0 for none."""
    try:
        return _call(_CREATE, 0, 0, 1)
    except OSError:
        return 0


def guard(parent_signal: int) -> None:
    """Have a signal sent when the parent dies, take in orphans, and hold no privilege from here on."""
    for option, value in ((_PDEATHSIG, parent_signal), (_SUBREAPER, 1), (_NO_NEW_PRIVS, 1)):
        if _prctl(option, value, 0, 0, 0):
            raise _failed()
    _call(NUMBERS["capset"], pack("Ii", _CAPABILITIES, 0), bytes(24))


def restrict(rules: list[tuple[str, int]], version: int) -> None:
    """Leave this process only the rights that rules give to paths, as far as a version of Landlock knows them."""
    known = (1 << 16) - 1 if version >= 5 else (1 << 15) - 1
    tcp, scopes = _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0
    ruleset = _call(_CREATE, pack("QQQ", known, tcp, scopes), 24, 0)
    for path, rights in rules:
        found = posix.open(path, posix.O_PATH | posix.O_CLOEXEC)
        if not S_ISDIR(posix.fstat(found).st_mode):
            rights &= _OF_A_FILE
        _call(_ADD, ruleset, 1, pack("=Qi", rights & known, found), 0)
        posix.close(found)
    _call(_RESTRICT, ruleset, 0)
    posix.close(ruleset)


def listen(program: bytes) -> int:
    """Filter this process's system calls, and return the listener for those that its warden is asked about."""
    start = _Start.from_buffer(bytearray(program))
    head = pack("HxxxxxxP", len(program) // 8, addressof(start))
    return _call(NUMBERS["seccomp"], _SET_FILTER, _LISTENER, head)


def receive(listener: int) -> tuple[int, int, int, tuple[int, ...]]:
    """Return the next call to be judged: its id, the thread that makes it, its number, its arguments."""
    call = bytearray(80)
    fcntl.ioctl(listener, _RECEIVE, call)
    made, thread, _, number = unpack_from("QIIi", call)
    return made, thread, number, unpack_from("6Q", call, 32)


def answer(listener: int, call: int, error: int) -> None:
    """End a call with an error, or with 0."""
    fcntl.ioctl(listener, _SEND, bytearray(pack("QqiI", call, 0, -error, 0)))


def refuse(listener: int, call: int, error: int) -> None:
    """End a call with an error, if its caller is still there."""
    try:
        answer(listener, call, error)
    except OSError:
        return


def go_on(listener: int, call: int) -> None:
    """Let a call be made as it stands: only one whose arguments are numbers, which nobody can change meanwhile."""
    fcntl.ioctl(listener, _SEND, bytearray(pack("QqiI", call, 0, 0, _GO_ON)))


def hand(listener: int, call: int, descriptor: int, *, cloexec: bool) -> None:
    """End a call with an open file of ours, put among those of its process."""
    flags = posix.O_CLOEXEC if cloexec else 0
    fcntl.ioctl(listener, _HAND, bytearray(pack("QIIII", call, _AND_ANSWER, descriptor, 0, flags)))


def _call(number: int, *arguments: int | bytes) -> int:
    found = int(_syscall(number, *arguments))
    if found < 0:
        raise _failed()
    return found


def _failed() -> OSError:
    number = get_errno()
    return OSError(number, posix.strerror(number))
