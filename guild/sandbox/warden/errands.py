"""What a job may not do by itself: its warden does it in its place, where it stays within the job.

Arguments that are numbers are judged as they came. What a pointer leads to is read once, judged, and used as it was
read: another thread may change the original meanwhile, and changes nothing.
"""

import _thread
import errno
import posix
import time

from . import kernel
from .family import descends, members
from .network import Network
from .numbers import NUMBERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

Arguments = tuple[int, ...]

_PATH_BYTES = 4096
_ADDRESS_BYTES = 128
_HERE = -100
_MODE = 0o1777
"""The bits that a job may set: none of them lets a file run as its owner."""
_PAUSE = 0.1
"""Seconds between two counts of a job that is at its limit."""


class Errands:
    """Judges and does what the processes of one job ask for."""

    def __init__(self, listener: int, roots: tuple[str, ...], processes: int) -> None:
        self.listener = listener
        self._roots = roots
        self._limit, self._spent, self._counted = processes, 1, 0.0
        self._network = Network()
        all_of_them: dict[str, Callable[[int, int, Arguments], None]] = {
            **dict.fromkeys(("fork", "vfork", "clone"), self._fork),
            **dict.fromkeys(("kill", "tkill", "tgkill"), self._signal),
            **{"chmod": self._chmod, "fchmodat": self._chmod_at, "fchmod": self._chmod_open},
            **{"socket": self._socket, "bind": self._bind, "listen": self._listen, "connect": self._connect},
        }
        self._known = {NUMBERS[name]: do for name, do in all_of_them.items() if name in NUMBERS}

    def next(self) -> None:
        """Take the next call that waits, and end it; to connect may take a while, and waits for nobody else."""
        try:
            call, thread, number, arguments = kernel.receive(self.listener)
        except OSError:
            return
        if number == NUMBERS["connect"]:
            _thread.start_new_thread(self._do, (call, thread, number, arguments))
        else:
            self._do(call, thread, number, arguments)

    def _do(self, call: int, thread: int, number: int, arguments: Arguments) -> None:
        """Do one errand; who is gone meanwhile gets no answer."""
        try:
            self._known[number](call, thread, arguments)
        except OSError as error:
            kernel.refuse(self.listener, call, error.errno or errno.EPERM)

    def _fork(self, call: int, _: int, __: Arguments) -> None:
        """Let a process be made while there are fewer than the limit; they are counted only when there may be more."""
        if self._spent >= self._limit and time.monotonic() - self._counted > _PAUSE:
            self._spent, self._counted = len(members(posix.getpid())), time.monotonic()
        if self._spent >= self._limit:
            raise OSError(errno.EAGAIN, "")
        self._spent += 1
        kernel.go_on(self.listener, call)

    def _signal(self, call: int, thread: int, arguments: Arguments) -> None:
        """Let a signal go to a process or a group of the job: groups stay in their session, and that is the job's."""
        wanted = _signed(arguments[0])
        if wanted == -1 or not (wanted == 0 or descends(abs(wanted), posix.getpid())):
            raise OSError(errno.EPERM, "")
        kernel.go_on(self.listener, call)

    def _chmod(self, call: int, thread: int, arguments: Arguments) -> None:
        self._chmod_at(call, thread, (_HERE, *arguments))

    def _chmod_at(self, call: int, thread: int, arguments: Arguments) -> None:
        folder, path = _signed(arguments[0]), _path(thread, arguments[1])
        base = f"/proc/{thread}/cwd/" if folder == _HERE else f"/proc/{thread}/fd/{folder}/"
        self._set_mode(call, path if path.startswith(b"/") else base.encode() + path, arguments[2])

    def _chmod_open(self, call: int, thread: int, arguments: Arguments) -> None:
        self._set_mode(call, f"/proc/{thread}/fd/{_signed(arguments[0])}".encode(), arguments[1])

    def _set_mode(self, call: int, path: bytes, mode: int) -> None:
        """Change the mode of what is writable; what was judged is held open, and so is what is changed."""
        held = posix.open(path, posix.O_PATH)
        try:
            real = posix.readlink(f"/proc/self/fd/{held}")
            if not any(f"{real}/".startswith(f"{root}/") for root in self._roots):
                raise OSError(errno.EPERM, "")
            posix.chmod(f"/proc/self/fd/{held}", mode & _MODE)
        finally:
            posix.close(held)
        kernel.answer(self.listener, call, 0)

    def _socket(self, call: int, _: int, arguments: Arguments) -> None:
        made = self._network.make(*(_signed(each) for each in arguments[:3]))
        kernel.hand(self.listener, call, made.fileno(), cloexec=bool(arguments[1] & posix.O_CLOEXEC))

    def _bind(self, call: int, thread: int, arguments: Arguments) -> None:
        self._network.bind(_inode(thread, arguments), _bytes(thread, arguments[1], min(arguments[2], _ADDRESS_BYTES)))
        kernel.answer(self.listener, call, 0)

    def _listen(self, call: int, thread: int, arguments: Arguments) -> None:
        self._network.listen(_inode(thread, arguments), _signed(arguments[1]))
        kernel.answer(self.listener, call, 0)

    def _connect(self, call: int, thread: int, arguments: Arguments) -> None:
        self._network.connect(
            _inode(thread, arguments), _bytes(thread, arguments[1], min(arguments[2], _ADDRESS_BYTES))
        )
        kernel.answer(self.listener, call, 0)


def _inode(thread: int, arguments: Arguments) -> int:
    return posix.stat(f"/proc/{thread}/fd/{_signed(arguments[0])}").st_ino


def _signed(argument: int) -> int:
    """Return an argument as the C int that it is."""
    low = argument & 0xFFFFFFFF
    return low - (1 << 32) if low >> 31 else low


def _path(thread: int, address: int) -> bytes:
    return _bytes(thread, address, _PATH_BYTES).partition(b"\0")[0]


def _bytes(thread: int, address: int, size: int) -> bytes:
    """Return what lies in a process's memory."""
    memory = posix.open(f"/proc/{thread}/mem", posix.O_RDONLY)
    try:
        return posix.pread(memory, size, address)
    finally:
        posix.close(memory)
