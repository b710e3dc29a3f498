"""Ways out of a sandbox: each is open on the bare host and closed by isolation."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from guild.process import Completed, Limits
from guild.sandbox import Job, Sandbox, open_sandbox
from tests.sandbox.opened import OLDER, opened

PYTHON = (Path(sys.prefix), Path(sys.base_prefix))
ACCOUNTS = Path("/etc/passwd").read_text()
CONNECT = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5)"


@dataclass(frozen=True)
class Way:
    """A command that tries to get out, and how to tell that it did."""

    argv: tuple[str, ...]
    out: Callable[[Completed], bool] = lambda done: done.returncode == 0


def sh(script: str) -> tuple[str, ...]:
    return "/bin/sh", "-c", script


@contextmanager
def ways(tmp_path: Path) -> Iterator[dict[str, Way]]:
    """Plant secrets, a server and a neighbour on the host, and give the commands that reach them."""
    key = tmp_path / "home/.ssh/id"
    key.parent.mkdir(parents=True)
    key.write_text("secret")
    outside, doomed = tmp_path / "outside", tmp_path / "doomed"
    doomed.touch()
    at_home = [str(one) for one in Path.home().iterdir() if not any(path.is_relative_to(one) for path in PYTHON)]
    neighbour = subprocess.Popen(("/bin/sleep", "60"), env={"NEIGHBOUR": "secret"})
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield {
            "read a key": Way(sh(f"cat {key}")),
            "see what the user's home holds": Way(("ls", "-d", *at_home)),
            "write beside the project": Way(sh(f"echo x > {outside}"), lambda _: outside.exists()),
            "delete beside the project": Way(sh(f"rm {doomed}"), lambda _: not doomed.exists()),
            "read another's environment": Way(sh("cat /proc/[0-9]*/environ 2>/dev/null | grep NEIGHBOUR")),
            "see another's process": Way(sh(f"test -d /proc/{neighbour.pid}")),
            "signal another's process": Way(sh(f"kill -0 {neighbour.pid}")),
            "reach a server of the host": Way((sys.executable, "-c", CONNECT, str(server.getsockname()[1]))),
            "learn the host's name": Way(sh(f"test $(uname -n) = {socket.gethostname()}")),
            "read the host's accounts": Way(sh("cat /etc/passwd"), lambda done: done.stdout == ACCOUNTS),
        }
    neighbour.kill()
    neighbour.wait()


def tried(sandbox: Sandbox, tmp_path: Path) -> dict[str, bool]:
    """Whether each way out of a sandbox is open."""
    project = tmp_path / "project"
    project.mkdir()
    with ways(tmp_path) as found:
        return {
            name: way.out(sandbox.run(Job(argv=way.argv, cwd=project, readable=PYTHON, writable=(project,))))
            for name, way in found.items()
        }


SEEN = ["see what the user's home holds", "see another's process", "learn the host's name"]
"""What Landlock has no say in: whether a file or a process is there, and the name of the machine."""


@pytest.mark.parametrize(("name", "ways_left"), [("bubblewrap", []), ("landlock", SEEN), (OLDER, SEEN)])
def test_isolation_leaves_no_way_out(name: str, ways_left: list[str], tmp_path: Path) -> None:
    assert [way for way, out in tried(opened(name), tmp_path).items() if out] == ways_left


def test_every_way_out_is_open_on_the_bare_host(tmp_path: Path) -> None:
    assert [name for name, out in tried(open_sandbox(unsafe_host=True), tmp_path).items() if not out] == []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path


def inside(project: Path, script: str, **options) -> str:
    return open_sandbox().run(Job(argv=("/bin/sh", "-c", script), cwd=project, **options)).stdout


def test_what_is_readable_cannot_be_written(project: Path) -> None:
    (project / "f").write_text("old")
    inside(project, f"echo new > {project}/f; rm {project}/f", readable=(project,))
    assert (project / "f").read_text() == "old"
    inside(project, "echo new > f")
    assert (project / "f").read_text() == "old"


@pytest.mark.parametrize("place", ["/", "/usr", "/etc", "/dev", "/home", "/proc/sys/kernel"])
def test_the_system_cannot_be_written(project: Path, place: str) -> None:
    assert inside(project, f"(echo x > {place}/guild-was-here) 2>/dev/null || echo refused") == "refused\n"


def test_no_capability_is_held_even_for_root(project: Path) -> None:
    assert inside(project, "grep -h '^Cap' /proc/self/status | grep -v 0000000000000000") == ""
    assert inside(project, "id -un").strip() == "guild"


def test_only_loopback_is_there(project: Path) -> None:
    lines = inside(project, "tail -n +3 /proc/net/dev").splitlines()
    assert [line.split(":")[0].strip() for line in lines] == ["lo"]


def test_files_are_owned_by_the_user_outside(project: Path) -> None:
    inside(project, "echo x > f", writable=(project,))
    assert (project / "f").stat().st_uid == os.getuid()


@pytest.mark.parametrize("place", ["/tmp", "/dev/shm", "$HOME"])
def test_memory_in_files_is_bounded(project: Path, place: str) -> None:
    script = f"head -c 90000000 /dev/zero > {place}/x 2>/dev/null || echo full"
    job = Job(argv=("/bin/sh", "-c", script), cwd=project, limits=Limits(memory_bytes=80 << 20))
    done = open_sandbox().run(job)
    assert done.stdout == "full\n" or done.stopped == "memory"


def test_environments_of_the_sandbox_itself_hold_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTED", "secret")
    seen = inside(project, "cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep -v '^PWD='", env={"A": "1"})
    assert "PLANTED" not in seen
    assert "A=1" in seen


@pytest.mark.parametrize("name", ["bubblewrap", "landlock"])
def test_a_job_dies_with_a_guild_that_is_killed(name: str, project: Path) -> None:
    code = (
        "from pathlib import Path; from guild.sandbox import *; root = Path(sys.argv[1]);"
        "loop = 'while :; do echo x >> heart; sleep 0.01; done';"
        f"open_sandbox({name!r}).run(Job(argv=('/bin/sh', '-c', loop), cwd=root, writable=(root,)))"
    )
    heart = project / "heart"
    guild = subprocess.Popen((sys.executable, "-c", f"import sys; {code}", str(project)))
    deadline = time.monotonic() + 30
    while not heart.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    guild.kill()
    guild.wait()
    time.sleep(0.2)
    before = heart.stat().st_size
    time.sleep(0.2)
    assert heart.stat().st_size == before > 0
