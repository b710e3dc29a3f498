"""Who descends from whom, as the kernel lists them."""

import posix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def children(pid: int) -> list[int]:
    """Return the processes whose parent this one is."""
    return [each for each, parent in _parents() if parent == pid]


def members(pid: int) -> set[int]:
    """Return the processes that descend from this one."""
    parents = dict(_parents())
    found, fresh = set[int](), {pid}
    while fresh:
        fresh = {each for each, parent in parents.items() if parent in fresh} - found
        found |= fresh
    return found


def descends(pid: int, ancestor: int) -> bool:
    """Say whether a process, or the one that a thread is of, descends from another."""
    while pid > 1 and pid != ancestor:
        pid = _parent(pid)
    return pid == ancestor


def _parents() -> "Iterator[tuple[int, int]]":
    for name in posix.listdir("/proc"):
        if name.isdigit() and (parent := _parent(int(name))):
            yield int(name), parent


def _parent(pid: int) -> int:
    """Return a process's parent; 0 where it is gone, or only waits to be buried."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            state, parent = file.read().rpartition(b")")[2].split()[:2]
    except OSError:
        return 0
    return 0 if state == b"Z" else int(parent)
