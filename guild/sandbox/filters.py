"""Which system calls a job may make: filters that the kernel runs on each of them.

No binding is used. The one that is kept up takes a call of the x32 interface for one that is allowed; the reference
library needs a file of the system, and its binding is of 2021. What is needed is a list of numbers and a few
instructions for each.
"""

import errno
import struct
from collections.abc import Iterable, Iterator
from functools import cache

from guild.sandbox.warden.numbers import DANGERS, DISPENSABLE, MACHINE, NUMBERS, UNCONFINED

_ALLOW, _ASK, _KILL, _ERROR = 0x7FFF0000, 0x7FC00000, 0x80000000, 0x00050000
_DENY, _MISSING = _ERROR | errno.EPERM, _ERROR | errno.ENOSYS
_LOAD, _RETURN, _EQUAL, _AT_LEAST, _ANY_BIT = 0x20, 0x06, 0x15, 0x35, 0x45
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32 = 0x40000000
_THREAD, _NAMESPACES, _FAST_OPEN, _WHOLE, _URGENT = 0x10000, 0x7E020000, 0x20000000, 0xFFFFFFFF, 23

Instruction = tuple[int, int, int, int]
Test = tuple[int, int, int, int]
"""Number of an argument, how it is compared, with what, and what follows where it holds."""

_ASKED = ("socket", "bind", "listen", "connect", "chmod", "fchmod", "fchmodat", "fork", "vfork")
_SIGNALS = ("kill", "tkill")


@cache
def dangers() -> bytes:
    """Return the filter for a job in namespaces of its own."""
    return _program({**_refusals(), "clone": (_ALLOW, [(0, _ANY_BIT, _NAMESPACES, _DENY)])})


@cache
def confinement(abi: int) -> bytes:
    """Return the filter for a job under Landlock, whose warden is asked for sockets, modes, forks and signals."""
    rules: dict[str, tuple[int, list[Test]]] = {
        **_refusals(),
        **{name: (_DENY, []) for name in UNCONFINED},
        **{name: (_ASK, []) for name in _ASKED},
        "fchmodat2": (_MISSING, []),
        "clone": (_ASK, [(0, _ANY_BIT, _NAMESPACES, _DENY), (0, _ANY_BIT, _THREAD, _ALLOW)]),
        "socketpair": (_ALLOW, [(0, _ANY_BIT, _WHOLE - 1, _DENY), (1, _ANY_BIT, 2, _DENY)]),
        "sendto": (_ALLOW, [(3, _ANY_BIT, _FAST_OPEN, _DENY)]),
        "sendmsg": (_ALLOW, [(2, _ANY_BIT, _FAST_OPEN, _DENY)]),
        "sendmmsg": (_ALLOW, [(3, _ANY_BIT, _FAST_OPEN, _DENY)]),
        "prlimit64": (_ALLOW, [(0, _ANY_BIT, _WHOLE, _DENY)]),
    }
    if abi < 6:
        rules |= {name: (_ASK, []) for name in _SIGNALS}
        rules |= {name: (_DENY, []) for name in ("rt_sigqueueinfo", "rt_tgsigqueueinfo")}
        rules |= {"tgkill": (_ASK, [(2, _EQUAL, _URGENT, _ALLOW)]), "pidfd_send_signal": (_MISSING, [])}
    return _program(rules)


def _refusals() -> dict[str, tuple[int, list[Test]]]:
    return {**{name: (_DENY, []) for name in DANGERS}, **{name: (_MISSING, []) for name in DISPENSABLE}}


def _program(rules: dict[str, tuple[int, list[Test]]]) -> bytes:
    """Return the filter that allows what no rule names; calls of another machine's interface end the job."""
    body = [_do for name, rule in rules.items() if name in NUMBERS for _do in _rule(NUMBERS[name], *rule)]
    head: Iterable[Instruction] = (
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, _ARCHITECTURES.get(MACHINE, 0)),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        (_RETURN, 0, 0, _MISSING),
    )
    return b"".join(struct.pack("HBBI", *each) for each in (*head, *body, (_RETURN, 0, 0, _ALLOW)))


def _rule(number: int, otherwise: int, tests: list[Test]) -> Iterator[Instruction]:
    """Yield what is done with one call: it always ends with an answer, so that no other rule is looked at."""
    yield _EQUAL, 0, 3 * len(tests) + 1, number
    for argument, comparison, value, answer in tests:
        yield _LOAD, 0, 0, _ARGUMENTS + 8 * argument
        yield comparison, 0, 1, value
        yield _RETURN, 0, 0, answer
    yield _RETURN, 0, 0, otherwise
