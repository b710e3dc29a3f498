"""Programs in Go and Python try to get out of each sandbox: every attempt fails and says so, and the next job runs."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pytest

from guild import process, settings
from guild.process import Completed, Limits
from guild.sandbox import KINDS, Job, Sandbox, filters, open_sandbox
from guild.sandbox.bubblewrap import Bubblewrap
from guild.sandbox.landlock import Landlock
from guild.toolchains.go.commands import Go
from guild.toolchains.go.locate import locate
from tests.sandbox.opened import ISOLATING, opened

HERE = Path(__file__).parent / "attempts"
PYTHON = (Path(sys.prefix), Path(sys.base_prefix), HERE)
SECRET = "a secret of the user's"
PLENTY = Limits(seconds=60, output_bytes=50_000_000)
BOUNDED = {
    "fork": ("120", Limits(seconds=60, processes=6), "processes"),
    "fill": ("16", Limits(seconds=60, disk_bytes=64 << 20), "disk"),
    "talk": ("4000", Limits(seconds=60, output_bytes=10_000), "output"),
    "allocate": ("40", Limits(seconds=60, memory_bytes=150 << 20), "memory"),
    "spread": ("40", Limits(seconds=60, memory_bytes=150 << 20), "memory"),
}
"""What is tried without end: how much of it at most, the limits that are on, the one that ends it."""

LEFT_OPEN = {"podman": ["namespace"]}
"""What an engine lets its containers do by its own filter: Podman's allows namespaces within namespaces."""


@dataclass(frozen=True)
class Outside:
    """What lies outside of a sandbox, and the project that lies in it."""

    project: Path
    home: Path
    attempts: dict[str, str] = field(default_factory=dict)
    """What each attempt is given to aim at."""


@contextmanager
def outside(folder: Path) -> Iterator[Outside]:
    """Plant a secret, a neighbour that holds one, and a server of every kind that would tell it."""
    project, home, victim = folder / "project", folder / "home", folder / "victim"
    (home / ".ssh").mkdir(parents=True)
    (home / ".ssh/id").write_text(SECRET)
    project.mkdir()
    (project / "mounted").mkdir()
    victim.touch(mode=0o600)
    with ExitStack() as stack:
        neighbour = stack.enter_context(subprocess.Popen(("/bin/sleep", "60"), env={"NEIGHBOUR": SECRET}))
        stack.callback(neighbour.kill)
        tcp = _serving(stack, socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
        udp = _serving(stack, socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        path = str(folder / "s")
        os.chdir(folder)
        _serving(stack, socket.AF_UNIX, socket.SOCK_STREAM, "s")
        abstract = f"@guild-{os.getpid()}-{time.monotonic_ns()}"
        _serving(stack, socket.AF_UNIX, socket.SOCK_STREAM, f"\0{abstract[1:]}")
        pid = str(neighbour.pid)
        yield Outside(
            project,
            home,
            {
                "read": str(home / ".ssh/id"),
                "environment": pid,
                "write": str(home / "written"),
                "follow": str(home / ".ssh/id"),
                "adopt": str(home / ".ssh/id"),
                "mode": str(victim),
                **dict.fromkeys(("tcp", "mptcp", "fast"), str(tcp.getsockname()[1])),
                "udp": str(udp.getsockname()[1]),
                "unix": path,
                "unix abstract": abstract,
                "kill": pid,
                "ptrace": pid,
                "remount": str(project / "mounted"),
                "namespace": str(project / "mounted"),
            },
        )


def _serving(stack: ExitStack, family: int, kind: int, place: object) -> socket.socket:
    """Serve the secret to whoever asks, until the test ends."""
    server = stack.enter_context(socket.socket(family, kind))
    server.bind(place)
    stack.callback(server.shutdown, socket.SHUT_RDWR) if kind == socket.SOCK_STREAM else None
    if kind == socket.SOCK_STREAM:
        server.listen()
    threading.Thread(target=_tell, args=(server, kind), daemon=True).start()
    return server


def _tell(server: socket.socket, kind: int) -> None:
    try:
        while True:
            if kind == socket.SOCK_DGRAM:
                server.sendto(SECRET.encode(), server.recvfrom(100)[1])
            else:
                asking, _ = server.accept()
                asking.sendall(SECRET.encode())
                asking.close()
    except OSError:
        return


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile the Go program."""
    folder = tmp_path_factory.mktemp("attempts")
    shutil.copy(HERE / "attempts.go", folder / "attempts.go")
    (folder / "go.mod").write_text("module attempts\n\ngo 1.22\n")
    go = Go(locate(settings.search_path()), open_sandbox(), settings.cache_folder())
    done = go.compile(["build", "-o", str(folder / "attempts"), "."], folder, scratch=folder)
    assert done.returncode == 0, done.stderr
    return folder / "attempts"


Program = Callable[[Sandbox, Path, str, str, Limits], Completed]


@pytest.fixture(params=["python", pytest.param("go", marks=pytest.mark.go)])
def program(request: pytest.FixtureRequest) -> Program:
    """Run one attempt of a program in a sandbox."""
    binary = request.getfixturevalue("compiled") if request.param == "go" else None
    argv = (str(binary),) if binary else (sys.executable, "-S", str(HERE / "attempts.py"))
    readable = (binary.parent,) if binary else PYTHON

    def run(sandbox: Sandbox, project: Path, name: str, aim: str, limits: Limits = PLENTY) -> Completed:
        job = Job(argv=(*argv, name, aim), cwd=project, readable=readable, writable=(project,), limits=limits)
        return sandbox.run(job)

    return run


def hole(done: Completed, stopped: str = "") -> str:
    """Return what is amiss with how an attempt ended: it has to fail and to say so."""
    if stopped and done.stopped == stopped:
        return ""
    said = done.stdout.strip()
    refused = said.startswith("refused: ") and len(said) > len("refused: ") and SECRET not in said
    return "" if refused and not done.stopped else f"{said[-200:]} {done.stderr[-300:]} {done.stopped}"


def goes_on(sandbox: Sandbox, project: Path) -> bool:
    return sandbox.run(Job(argv=("echo", "on"), cwd=project)).stdout == "on\n"


@pytest.mark.parametrize("name", ISOLATING)
def test_every_attempt_fails_and_says_so(name: str, program: Program, tmp_path: Path) -> None:
    sandbox = opened(name)
    with outside(tmp_path) as found:
        holes = {
            each: hole(program(sandbox, found.project, each.split()[0], aim)) for each, aim in found.attempts.items()
        }
        assert [each for each, what in holes.items() if what] == LEFT_OPEN.get(name, []), holes
        assert not (found.home / "written").exists()
        assert (tmp_path / "victim").stat().st_mode & 0o777 == 0o600
        assert goes_on(sandbox, found.project)


@pytest.mark.skipif(os.getuid() != 0, reason="what another user may do on the bare host depends on the machine")
def test_every_attempt_succeeds_on_the_bare_host(program: Program, tmp_path: Path) -> None:
    host = open_sandbox("host")
    with outside(tmp_path) as found:
        closed = [
            each for each, aim in found.attempts.items() if not hole(program(host, found.project, each.split()[0], aim))
        ]
        # The environment is clean there too.
        assert closed == ["environment"]


@pytest.mark.parametrize("name", [*KINDS, "host"])
@pytest.mark.parametrize("attempt", BOUNDED)
def test_nothing_goes_on_without_end(name: str, attempt: str, program: Program, tmp_path: Path) -> None:
    sandbox = opened(name)
    most, limits, stopped = BOUNDED[attempt]
    assert hole(program(sandbox, tmp_path, attempt, most, limits), stopped) == ""
    assert goes_on(sandbox, tmp_path)


@pytest.mark.parametrize("name", [*ISOLATING, "host"])
def test_nobody_outlives_a_job(name: str, program: Program, tmp_path: Path) -> None:
    sandbox = opened(name)
    done = program(sandbox, tmp_path, "outlive", "20")
    assert "left behind" in done.stdout, done.stderr
    assert not beats(tmp_path / "heart")
    assert goes_on(sandbox, tmp_path)


@pytest.mark.skipif(not process.bounding(), reason="no control group can be made here")
@pytest.mark.parametrize("name", ["bubblewrap", "landlock", "host"])
def test_a_job_is_in_a_control_group_as_soon_as_it_begins(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "seen")
    argv = ("/bin/sh", "-c", "echo > begun; read line < seen")
    job = Job(argv=argv, cwd=tmp_path, writable=(tmp_path,))
    running = threading.Thread(target=opened(name).run, args=(job,))
    running.start()
    while not (tmp_path / "begun").exists() and running.is_alive():
        time.sleep(0.02)
    commands = [*map(_members, process.bounding())]
    (tmp_path / "seen").write_text("seen\n")
    running.join()
    assert all("\0".join((*argv, "")) in found for found in commands), commands
    assert [*map(_members, process.bounding())] == [[]] * len(commands)


def _members(place: Path) -> list[str]:
    """Return the commands of those who are in the control groups of this process's jobs."""
    pids = [pid for file in place.glob(f"guild-job-{os.getpid()}-*/cgroup.procs") for pid in file.read_text().split()]
    return [Path(f"/proc/{pid}/cmdline").read_text() for pid in pids]


def beats(path: Path) -> bool:
    before = path.stat().st_size
    time.sleep(0.2)
    return path.stat().st_size > before


@pytest.mark.parametrize("program", ["python"], indirect=True)
@pytest.mark.parametrize("name", ["bubblewrap", "landlock"])
@pytest.mark.parametrize("attempt", BOUNDED)
def test_a_limit_that_is_switched_off_is_seen(name: str, attempt: str, program: Program, tmp_path: Path) -> None:
    most, _, stopped = BOUNDED[attempt]
    assert "open: " in hole(program(opened(name), tmp_path, attempt, most, PLENTY), stopped)


@pytest.mark.parametrize("name", ["bubblewrap", "landlock"])
def test_a_folder_that_is_bound_is_seen(name: str, program: Program, tmp_path: Path) -> None:
    class Opening:
        """A sandbox that lets its jobs see more than they name."""

        name = "opening"

        def run(self, job: Job) -> Completed:
            return opened(name).run(replace(job, writable=(tmp_path,)))

    with outside(tmp_path) as found:
        open_ones = ("read", "follow", "write", "mode")
        holes = {each: hole(program(Opening(), found.project, each, found.attempts[each])) for each in open_ones}
        assert [each for each, what in holes.items() if "open: " not in what] == []


class Sharing(Bubblewrap):
    """One that forgets the network."""

    def isolation(self) -> Iterator[str]:
        yield from (*super().isolation(), "--share-net")


class Careless(Landlock):
    """One whose jobs need not ask for sockets."""

    def filter(self) -> bytes:
        return filters.dangers()


def test_a_shared_network_is_seen(program: Program, tmp_path: Path) -> None:
    sharing = Sharing(cast("Bubblewrap", opened("bubblewrap")).program)
    assert _reached(sharing, program, tmp_path) == {"tcp", "mptcp", "fast", "udp", "unix abstract"}


def test_sockets_that_are_not_asked_for_are_seen(program: Program, tmp_path: Path) -> None:
    opened("landlock")
    # Landlock itself still holds TCP, and by its scopes what is abstract: these are what it misses.
    assert {"udp", "mptcp", "unix"} <= _reached(Careless(), program, tmp_path)


def _reached(sandbox: Sandbox, program: Program, folder: Path) -> set[str]:
    """Return the servers that answer."""
    with outside(folder) as found:
        asked = ("tcp", "mptcp", "fast", "udp", "unix", "unix abstract")
        return {each for each in asked if hole(program(sandbox, found.project, each.split()[0], found.attempts[each]))}
