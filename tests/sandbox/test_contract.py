"""What every sandbox does with a job: known-good jobs pass, jobs that overstep are ended and said so."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from guild import process
from guild.process import Completed, Limits
from guild.sandbox import Job, Sandbox
from tests.sandbox.opened import ISOLATING, opened

PYTHON = (Path(sys.prefix), Path(sys.base_prefix))
DAEMON = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            open("heart", "a").write(".")
            time.sleep(0.01)
    os._exit(0)
while not os.path.exists("heart"):
    time.sleep(0.01)
time.sleep(float(sys.argv[1]))
"""
LIMITS = Limits(seconds=30)
EATER = "import time; x = [bytearray(8 << 20) for _ in range(64)]; time.sleep(60)"


@pytest.fixture(params=[*ISOLATING, "host"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    return opened(request.param)


def sh(sandbox: Sandbox, root: Path, script: str, limits: Limits = LIMITS, **options) -> Completed:
    argv = ("/bin/sh", "-c", script)
    return sandbox.run(Job(argv=argv, cwd=root, writable=(root,), limits=limits, **options))


def python(sandbox: Sandbox, root: Path, *argv: str, limits: Limits) -> Completed:
    argv = (sys.executable, "-c", *argv)
    return sandbox.run(Job(argv=argv, cwd=root, readable=PYTHON, writable=(root,), limits=limits))


def beats(path: Path) -> bool:
    before = path.stat().st_size
    time.sleep(0.15)
    return path.stat().st_size > before


def test_output_exit_code_and_argv(sandbox: Sandbox, tmp_path: Path) -> None:
    done = sh(sandbox, tmp_path, "echo out; echo err >&2; exit 3")
    assert (done.stdout, done.stderr, done.returncode, done.stopped) == ("out\n", "err\n", 3, "")
    assert done.argv == ("/bin/sh", "-c", "echo out; echo err >&2; exit 3")


def test_stdin_and_arguments_arrive_unchanged(sandbox: Sandbox, tmp_path: Path) -> None:
    assert sh(sandbox, tmp_path, "cat", stdin="a\nb").stdout == "a\nb"
    odd = ("printf", "%s|", "a b", "$HOME", "", "--", "'\"")
    assert sandbox.run(Job(argv=odd, cwd=tmp_path)).stdout == "a b|$HOME||--|'\"|"


def test_paths_are_the_same_inside_and_outside(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/in").write_text("seen")
    done = sandbox.run(Job(argv=("/bin/sh", "-c", "pwd; cat in"), cwd=tmp_path / "deep", readable=(tmp_path,)))
    assert done.stdout == f"{tmp_path / 'deep'}\nseen"


def test_what_is_writable_is_written_outside_too(sandbox: Sandbox, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    job = Job(argv=("/bin/sh", "-c", f"echo x > {inner}/f"), cwd=tmp_path, readable=(tmp_path,), writable=(inner,))
    assert sandbox.run(job).returncode == 0
    assert (inner / "f").read_text() == "x\n"


def test_the_environment_is_clean_and_takes_what_the_job_gives(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANTED", "secret")
    lines = sh(sandbox, tmp_path, "env", env={"OWN": "1", "PATH": "/usr/bin:/bin:/x"}).stdout.splitlines()
    seen = dict(line.split("=", 1) for line in lines)
    assert (seen["OWN"], seen["PATH"], seen["USER"]) == ("1", "/usr/bin:/bin:/x", "guild")
    ours, shells = {"OWN", "PATH", "USER", "LANG", "HOME", "TMPDIR", "GUILD_JOB"}, {"PWD", "OLDPWD", "SHLVL", "_"}
    assert seen.keys() <= ours | shells | {"HOSTNAME", "TERM", "container"}


def test_home_and_tmpdir_are_private_and_fresh(sandbox: Sandbox, tmp_path: Path) -> None:
    script = 'ls -A "$HOME" "$TMPDIR/x" 2>/dev/null; echo x > "$HOME/x" && echo x > "$TMPDIR/x" && echo "$HOME"'
    first, second = (sh(sandbox, tmp_path, script) for _ in range(2))
    assert first.returncode == second.returncode == 0
    assert not Path(first.stdout.splitlines()[-1], "x").exists()
    assert "x\n" not in (first.stdout.splitlines(), second.stdout.splitlines())
    assert str(Path.home()) != first.stdout.splitlines()[-1]


def test_localhost_has_an_address(sandbox: Sandbox, tmp_path: Path) -> None:
    code = "import socket; s = socket.create_server(('localhost', 0)); socket.create_connection(s.getsockname())"
    done = python(sandbox, tmp_path, code, limits=Limits(seconds=20))
    assert done.returncode == 0, done.stderr


def test_a_missing_program_is_127(sandbox: Sandbox, tmp_path: Path) -> None:
    done = sandbox.run(Job(argv=("no-such-program",), cwd=tmp_path))
    assert (done.returncode, done.stdout) == (127, "")
    assert "no-such-program" in done.stderr


def test_an_endless_printer_is_ended(sandbox: Sandbox, tmp_path: Path) -> None:
    done = sh(sandbox, tmp_path, "yes", Limits(seconds=30, output_bytes=10_000))
    assert done.stopped == "output"
    assert done.stdout.startswith("y\ny\n")
    assert len(done.stdout) <= 10_000


def test_a_sleeper_is_ended(sandbox: Sandbox, tmp_path: Path) -> None:
    done = sh(sandbox, tmp_path, "echo before; sleep 60", Limits(seconds=0.5))
    assert (done.stopped, done.stdout) == ("time", "before\n")
    assert done.seconds < 10


def test_a_memory_eater_is_ended(sandbox: Sandbox, tmp_path: Path) -> None:
    done = python(sandbox, tmp_path, EATER, limits=Limits(seconds=30, memory_bytes=200 << 20))
    assert done.stopped == "memory"


@pytest.mark.parametrize(("stays", "stopped"), [("60", "time"), ("0", "")])
def test_a_daemon_dies_with_its_job(sandbox: Sandbox, tmp_path: Path, stays: str, stopped: str) -> None:
    done = python(sandbox, tmp_path, DAEMON, stays, limits=Limits(seconds=1.5 if stopped else 20))
    assert done.stopped == stopped, done.stderr
    assert not beats(tmp_path / "heart")


def test_the_daemon_of_these_tests_lives_on_without_a_sandbox(tmp_path: Path) -> None:
    subprocess.run((sys.executable, "-c", DAEMON, "0"), check=True, env={"MARK": "contract"}, cwd=tmp_path)
    assert beats(tmp_path / "heart")
    process.kill_marked("MARK=contract")
    assert not beats(tmp_path / "heart")


def test_no_core_is_dumped_and_no_file_is_endless(sandbox: Sandbox, tmp_path: Path) -> None:
    done = sh(sandbox, tmp_path, "ulimit -c; ulimit -f; truncate -s 3G huge")
    assert done.stdout.split()[0] == "0"
    assert done.returncode != 0
    assert (tmp_path / "huge").stat().st_size <= 2 << 30


def test_what_a_job_prints_is_never_taken_for_a_fault_of_the_sandbox(sandbox: Sandbox, tmp_path: Path) -> None:
    done = sh(sandbox, tmp_path, "echo 'bwrap: no' >&2; exit 1")
    assert (done.returncode, done.stderr) == (1, "bwrap: no\n")
