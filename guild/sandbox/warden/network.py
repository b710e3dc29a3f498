"""The network of one job under Landlock: TCP on loopback, between its own processes, and nothing else.

Sockets are made here and handed over, so that no call with a pointer has to be let through; each is let go of as soon
as it is in use, since a connection ends with its last holder.
"""

import _socket
import errno
import posix

from .family import members

_KINDS = 0xF
_TCP = (0, 6)
_V6_ONLY = 26
_MANY = 200
_MAPPED = bytes(10) + b"\xff\xff"
_LOOPBACK, _LOOPBACK_6 = "127.0.0.1", "::1"
_ALL = ("0.0.0.0", "::")


class Network:
    """The sockets and the ports of one job."""

    def __init__(self) -> None:
        self._held: dict[int, _socket.socket] = {}
        """Sockets that are not in use yet, by their inodes."""
        self._ports: set[int] = set()
        """Where the job listens, or is about to."""

    def make(self, domain: int, kind: int, protocol: int) -> _socket.socket:
        """Return a new socket, if it is for TCP."""
        if domain not in (_socket.AF_INET, _socket.AF_INET6) or kind & _KINDS != 1 or protocol not in _TCP:
            raise OSError(errno.EACCES, "")
        if len(self._held) > _MANY:
            self._forget(0)
        made = _socket.socket(domain, kind, protocol)
        self._held[posix.fstat(made.fileno()).st_ino] = made
        return made

    def bind(self, inode: int, address: bytes) -> None:
        """Bind a socket on loopback; one for all addresses is for loopback alone."""
        self._forget(inode)
        found, (host, port) = self._find(inode, errno.EINVAL), _read(address)
        if not _is_loopback(host):
            raise OSError(errno.EADDRNOTAVAIL, "")
        found.bind((_here(found, host), port))
        self._ports.add(found.getsockname()[1])

    def listen(self, inode: int, backlog: int) -> None:
        """Let a socket listen, and let go of it."""
        found = self._find(inode, errno.EINVAL)
        if not found.getsockname()[1]:
            found.bind((_here(found, _ALL[found.family == _socket.AF_INET6]), 0))
            self._ports.add(found.getsockname()[1])
        found.listen(backlog)
        self._drop(inode)

    def connect(self, inode: int, address: bytes) -> None:
        """Connect a socket to one of the job's own servers, and let go of it."""
        found, (host, port) = self._find(inode, errno.EISCONN), _read(address)
        if not _is_loopback(host):
            raise OSError(errno.ENETUNREACH, "")
        if port not in self._ports:
            raise OSError(errno.ECONNREFUSED, "")
        try:
            found.connect((_here(found, host), port))
        except BlockingIOError:
            self._drop(inode)
            raise
        self._drop(inode)

    def _find(self, inode: int, error: int) -> _socket.socket:
        if inode not in self._held:
            raise OSError(error, "")
        return self._held[inode]

    def _drop(self, inode: int) -> None:
        self._held.pop(inode).close()

    def _forget(self, wanted: int) -> None:
        """Let go of what nobody in the job holds any more, so that its port is free again."""
        used = (
            {inode for pid in members(posix.getpid()) for inode in _open(pid)} if len(self._held) > 1 else {*self._held}
        )
        for inode in [each for each in self._held if each not in used and each != wanted]:
            self._drop(inode)


def _open(pid: int) -> set[int]:
    """Return the inodes of what a process has open."""
    found: set[int] = set()
    try:
        names = posix.listdir(f"/proc/{pid}/fd")
    except OSError:
        return found
    for name in names:
        try:
            found.add(posix.stat(f"/proc/{pid}/fd/{name}").st_ino)
        except OSError:
            continue
    return found


def _read(address: bytes) -> tuple[str, int]:
    """Return the host and the port of an address; what is no address of the internet is nowhere."""
    family = int.from_bytes(address[:2], "little")
    if family == _socket.AF_INET and len(address) >= 8:
        return ".".join(map(str, address[4:8])), int.from_bytes(address[2:4], "big")
    if family == _socket.AF_INET6 and len(address) >= 24:
        port, host = int.from_bytes(address[2:4], "big"), address[8:24]
        if host.startswith(_MAPPED):
            return ".".join(map(str, host[12:])), port
        return {bytes(16): "::", bytes(15) + b"\1": _LOOPBACK_6}.get(host, host.hex()), port
    raise OSError(errno.EACCES, "")


def _is_loopback(host: str) -> bool:
    return host.startswith("127.") or host == _LOOPBACK_6 or host in _ALL


def _here(found: _socket.socket, host: str) -> str:
    """Return the address of loopback that a socket takes for a host: IPv6 for both is IPv4 in its clothes."""
    if found.family == _socket.AF_INET:
        return _LOOPBACK if host in _ALL else host
    if host in _ALL and found.getsockopt(_socket.IPPROTO_IPV6, _V6_ONLY):
        return _LOOPBACK_6
    return host if host == _LOOPBACK_6 else f"::ffff:{_LOOPBACK if host in _ALL else host}"
