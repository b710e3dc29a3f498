"""Programs under limits: what they print, how they end, and that nothing of them stays alive."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from guild import process
from guild.process import Limits, run

PYTHON = sys.executable
DAEMON = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    while True:
        open(sys.argv[1], "a").write(".")
        time.sleep(0.01)
time.sleep(float(sys.argv[2]))
"""


def beats(path: Path) -> bool:
    """Whether somebody still writes to a file."""
    before = path.stat().st_size
    time.sleep(0.15)
    return path.stat().st_size > before


def ends(pid: int, seconds: float = 10.0) -> bool:
    """Whether a process is gone, or waits only to be reaped, within some seconds: a kill is not instant."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def sh(script: str, **options):
    return run(("/bin/sh", "-c", script), **options)


def test_what_a_program_prints_and_returns() -> None:
    done = sh("echo out; echo err >&2; exit 3")
    assert (done.stdout, done.stderr, done.returncode, done.stopped) == ("out\n", "err\n", 3, "")
    assert done.argv == ("/bin/sh", "-c", "echo out; echo err >&2; exit 3")


def test_a_program_ended_by_a_signal_says_so() -> None:
    assert sh("kill -TERM $$").returncode == -signal.SIGTERM


def test_a_missing_program_is_127() -> None:
    done = run(("no-such-program",))
    assert done.returncode == 127
    assert "no-such-program" in done.stderr


def test_a_program_that_cannot_be_started_is_126(tmp_path: Path) -> None:
    assert run((str(tmp_path),)).returncode == 126
    assert run(("echo", "a\0b")).returncode == 126


def test_the_environment_is_exactly_what_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTED", "secret")
    assert run(("/usr/bin/env",)).stdout == ""
    assert run(("/usr/bin/env",), env={"A": "1"}).stdout == "A=1\n"


def test_cwd_and_stdin(tmp_path: Path) -> None:
    assert run(("/bin/pwd",), cwd=tmp_path).stdout == f"{tmp_path}\n"
    assert run(("/bin/cat",), stdin="é\n").stdout == "é\n"
    assert run(("/bin/cat",)).stdout == ""


def test_much_goes_in_and_out_at_once() -> None:
    text = "0123456789abcdef" * 65536
    assert run(("/bin/cat",), stdin=text).stdout == text


def test_a_program_that_does_not_read_its_input() -> None:
    assert run(("/bin/true",), stdin="x" * 1_000_000).returncode == 0


def test_bytes_that_are_no_text_are_replaced() -> None:
    assert sh(r"printf 'a\377b'").stdout == "a\ufffdb"


def test_a_sleeper_is_ended_in_time() -> None:
    done = sh("echo before; sleep 60", limits=Limits(seconds=0.3))
    assert (done.stopped, done.stdout) == ("time", "before\n")
    assert done.seconds < 10


def test_a_program_that_closes_its_pipes_is_ended_in_time_too() -> None:
    done = sh("exec >&- 2>&-; sleep 60", limits=Limits(seconds=0.3))
    assert done.stopped == "time"


@pytest.mark.parametrize("stream", ["", ">&2"])
def test_an_endless_printer_is_cut_at_its_limit(stream: str) -> None:
    done = sh(f"yes {stream}", limits=Limits(seconds=30, output_bytes=10_000))
    assert done.stopped == "output"
    assert len(done.stdout) + len(done.stderr) == 10_000


def test_output_just_within_the_limit_is_whole() -> None:
    done = sh("printf 12345", limits=Limits(output_bytes=5))
    assert (done.stopped, done.stdout) == ("", "12345")
    assert sh("printf 123456", limits=Limits(output_bytes=5)).stopped == "output"


def test_a_memory_eater_is_ended() -> None:
    eater = "import time; x = [bytearray(8 << 20) for _ in range(64)]; time.sleep(60)"
    done = run((PYTHON, "-c", eater), limits=Limits(seconds=30, memory_bytes=200 << 20))
    assert done.stopped == "memory"


def test_memory_is_summed_over_descendants() -> None:
    eater = "import os, time; [os.fork() for _ in range(2)]; x = bytearray(80 << 20); time.sleep(60)"
    done = run((PYTHON, "-c", eater), limits=Limits(seconds=30, memory_bytes=200 << 20))
    assert done.stopped == "memory"
    alone = "import time; x = bytearray(80 << 20); time.sleep(0.5)"
    assert run((PYTHON, "-c", alone), limits=Limits(seconds=30, memory_bytes=200 << 20)).stopped == ""


def test_address_space_is_free() -> None:
    reserve = "import mmap, time; x = mmap.mmap(-1, 64 << 30, flags=mmap.MAP_PRIVATE | 0x4000); time.sleep(0.3)"
    done = run((PYTHON, "-c", reserve), limits=Limits(memory_bytes=200 << 20))
    assert (done.stopped, done.returncode) == ("", 0), done.stderr


@pytest.mark.parametrize(("stays", "limit"), [("60", 0.6), ("0.4", 20)])
def test_a_descendant_in_a_session_of_its_own_dies_too(tmp_path: Path, stays: str, limit: float) -> None:
    heart = tmp_path / "heart"
    done = run((PYTHON, "-c", DAEMON, str(heart), stays), limits=Limits(seconds=limit))
    assert done.stopped == ("time" if stays == "60" else "")
    assert not beats(heart)


def test_the_daemon_of_these_tests_would_outlive_its_parent(tmp_path: Path) -> None:
    heart = tmp_path / "heart"
    subprocess.run((PYTHON, "-c", DAEMON, str(heart), "0.2"), check=True, env={"MARK": "daemon"})
    assert beats(heart)
    process.kill_marked("MARK=daemon")
    assert not beats(heart)


def test_a_child_left_in_the_group_is_not_waited_for() -> None:
    done = sh("sleep 60 & echo $!", limits=Limits(seconds=30))
    assert done.seconds < 10
    assert ends(int(done.stdout))


def test_marked_processes_are_found_wherever_they_went() -> None:
    lost = subprocess.Popen(("/bin/sleep", "60"), env={"MARK": "one"}, start_new_session=True)
    kept = subprocess.Popen(("/bin/sleep", "60"), env={"MARK": "another"})
    try:
        process.kill_marked("MARK=one")
        assert lost.wait(10) == -signal.SIGKILL
        assert kept.poll() is None
    finally:
        kept.kill()
        kept.wait()


def test_cancelled_from_another_thread() -> None:
    done: list[process.Completed] = []
    threads = [threading.Thread(target=lambda: done.append(sh("sleep 60"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    process.cancel_all()
    for thread in threads:
        thread.join(10)
    assert [one.stopped for one in done] == ["cancelled"] * 3


def test_cancelled_from_a_signal_handler() -> None:
    before = signal.signal(signal.SIGALRM, lambda *_: process.cancel_all())
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        assert sh("sleep 60").stopped == "cancelled"
    finally:
        signal.signal(signal.SIGALRM, before)
    assert sh("echo again").stopped == ""


def test_an_exception_in_the_middle_leaves_nobody_alive(tmp_path: Path) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    heart = tmp_path / "heart"
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        with pytest.raises(KeyboardInterrupt):
            run((PYTHON, "-c", DAEMON, str(heart), "60"))
    finally:
        signal.signal(signal.SIGALRM, before)
    assert not beats(heart)


def test_which_looks_only_where_it_is_told(tmp_path: Path) -> None:
    tool = tmp_path / "tool"
    tool.write_text("#!/bin/sh\n")
    assert process.which("tool", str(tmp_path)) is None
    tool.chmod(0o755)
    assert process.which("tool", f"/nowhere:{tmp_path}") == tool
    assert process.which("sh", str(tmp_path)) is None
    assert process.which("sh", "") is None


def test_how_long_each_program_ran_is_known() -> None:
    before = len(process.durations)
    run([PYTHON, "-c", "import time; time.sleep(0.2)"])
    [seconds] = process.durations[before:]
    assert 0.2 <= seconds < 10


THREADS = "import threading, time; [threading.Thread(target=time.sleep, args=(5,)).start() for _ in range(40)]"


def test_processes_and_threads_are_bounded() -> None:
    many = "for i in 1 2 3 4 5 6 7 8 9; do sleep 5 & done; sleep 5"
    assert sh(many, limits=Limits(processes=5)).stopped == "processes"
    assert sh(many, limits=Limits(processes=20, seconds=0.5)).stopped == "time"
    assert run((PYTHON, "-S", "-c", THREADS), limits=Limits(processes=2)).stopped == "processes"


def test_room_on_the_disk_is_bounded(tmp_path: Path) -> None:
    filling = f"head -c 60000000 /dev/zero > {tmp_path}/x; sleep 0.3; echo filled"
    assert sh(filling, limits=Limits(disk_bytes=20 << 20, folders=(tmp_path,))).stopped == "disk"
    assert sh(filling, limits=Limits(disk_bytes=20 << 20)).stdout == "filled\n"


def test_a_program_that_is_stopped_may_end_its_own_children_first() -> None:
    script = "trap 'echo ended; exit' TERM; while :; do sleep 0.02; done"
    assert sh(script, limits=Limits(seconds=0.5)).stdout == "ended\n"
