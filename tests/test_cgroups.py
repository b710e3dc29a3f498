"""Control groups: the kernel holds what is in them, they are found where they are, and none is left behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guild import cgroups, process
from guild.limits import Limits
from tests.test_process import ends

ATTEMPTS = str(Path(__file__).parent / "sandbox/attempts/attempts.py")
LIMITS = Limits(memory_bytes=150 << 20, processes=2)
FILES_OF_2 = ("memory.max", "memory.swap.max", "memory.oom.group", "pids.max", "cgroup.procs")
here = pytest.mark.skipif(not process.bounding(), reason="no control group can be made here")


class Boundless(cgroups.Group):
    """One that forgets to write the limits."""

    def bound(self, folder: Path, limits: Limits) -> None:
        """Write nothing."""


def attempted(kind: type[cgroups.Group], attempt: str, most: str) -> tuple[str, str]:
    """Try something without end where nobody watches; return what it said and which limit the kernel names."""
    group = kind(process.bounding(), LIMITS)
    try:
        argv = group.entered((sys.executable, "-S", ATTEMPTS, attempt, most))
        said = subprocess.run(argv, capture_output=True, text=True).stdout
        return said.partition(":")[0], group.overstepped()
    finally:
        group.remove()


@here
@pytest.mark.parametrize(
    ("attempt", "most", "stopped"),
    [("allocate", "40", "memory"), ("spread", "30", "memory"), ("fork", "60", "processes")],
)
def test_the_kernel_holds_a_group_without_a_watcher(attempt: str, most: str, stopped: str) -> None:
    said, told = attempted(cgroups.Group, attempt, most)
    assert told == stopped
    # The kernel ends one of those who have the memory, and this one has none.
    assert said != "open" or attempt == "spread"
    assert attempted(Boundless, attempt, most) == ("open", "")


@here
def test_memory_that_no_process_holds_is_bounded_and_told() -> None:
    path = f"/dev/shm/guild-{os.getpid()}"
    script = f"head -c 100000000 /dev/zero > {path}"
    try:
        assert process.run(("/bin/sh", "-c", script), limits=Limits(memory_bytes=64 << 20)).stopped == "memory"
        assert process.run(("/bin/sh", "-c", script), limits=Limits(memory_bytes=200 << 20)).stopped == ""
    finally:
        Path(path).unlink(missing_ok=True)


def folders() -> list[Path]:
    return [folder for place in process.bounding() for folder in place.glob(f"guild-job-{os.getpid()}-*")]


@here
def test_no_group_is_left_however_a_program_ends(tmp_path: Path) -> None:
    for argv in (("true",), ("no-such-program",), ("a\0b",), (str(tmp_path),)):
        process.run(argv)
    process.run(("/bin/sh", "-c", "sleep 60 & sleep 60"), limits=Limits(seconds=0.3))
    assert folders() == []


@here
def test_who_leaves_the_family_dies_with_the_group() -> None:
    group = cgroups.Group(process.bounding(), LIMITS)
    script = "setsid sleep 60 >/dev/null 2>&1 & echo $!"
    done = subprocess.run(group.entered(("/bin/sh", "-c", script)), capture_output=True, text=True)
    assert Path(f"/proc/{done.stdout.strip()}").exists(), done.stderr
    group.remove()
    assert ends(int(done.stdout))
    assert folders() == []


@here
def test_the_groups_of_a_guild_that_was_killed_are_taken_away() -> None:
    code = (
        "import os, subprocess; from guild import cgroups, process; from guild.limits import Limits;"
        "group = cgroups.Group(process.bounding(), Limits());"
        "job = subprocess.Popen(group.entered(('/bin/sleep', '60')), stdout=-3, stderr=-3);"
        "print(job.pid, *group.folders, flush=True); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True)
    job, *left = killed.stdout.split()
    ours = cgroups.Group(process.bounding(), LIMITS)
    assert left
    for place in process.bounding():
        cgroups.sweep(place)
    assert not any(Path(folder).exists() for folder in left)
    assert ends(int(job))
    assert folders() == ours.folders
    ours.remove()


def planted(root: Path, groups: str, mounts: str) -> Path:
    """Plant what the kernel tells a process of its groups."""
    told = root / "proc/self"
    told.mkdir(parents=True)
    (told / "cgroup").write_text(groups)
    (told / "mountinfo").write_text(mounts)
    return root


def delegated(folder: Path, controllers: str, handed_on: str) -> Path:
    """Plant a group of version 2."""
    folder.mkdir(parents=True)
    (folder / "cgroup.controllers").write_text(f"{controllers}\n")
    (folder / "cgroup.subtree_control").write_text(f"{handed_on}\n")
    (folder / "cgroup.procs").write_text("7\n")
    return folder


MOUNT_2 = "30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"


def test_groups_of_version_1_are_found_where_a_container_mounts_them(tmp_path: Path) -> None:
    groups = "4:memory:/box/7/own\n3:cpu,cpuacct:/\n2:pids:/\n1:name=systemd:/\n0::/\n"
    mounts = (
        "24 1 0:23 / /sys rw - sysfs sysfs rw\n"
        "31 24 0:27 /box/7 /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
        "32 24 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
        "33 24 0:29 /elsewhere /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n"
    )
    assert [*cgroups.places(planted(tmp_path, groups, mounts))] == [tmp_path / "sys/fs/cgroup/memory/own"]


def test_no_group_is_found_where_there_is_no_kernel_that_tells(tmp_path: Path) -> None:
    assert [*cgroups.places(tmp_path)] == []


def test_in_version_2_guild_steps_aside(tmp_path: Path) -> None:
    root = planted(tmp_path, "0::/user/guild.scope\n", MOUNT_2)
    own = delegated(tmp_path / "sys/fs/cgroup/user/guild.scope", "cpu memory pids", "")
    assert [*cgroups.places(root)] == [own]
    assert (own / "guild-self/cgroup.procs").read_text() == "0"
    assert (own / "cgroup.subtree_control").read_text() == "+memory +pids"


@pytest.mark.parametrize("own", ["guild.scope", "guild.scope/guild-self"])
def test_in_version_2_what_is_handed_on_already_is_left_alone(own: str, tmp_path: Path) -> None:
    root = planted(tmp_path, f"0::/{own}\n", MOUNT_2)
    place = delegated(tmp_path / "sys/fs/cgroup/guild.scope", "cpu memory pids", "memory pids")
    assert [*cgroups.places(root)] == [place]
    assert not (place / "guild-self").exists()
    assert (place / "cgroup.subtree_control").read_text() == "memory pids\n"


def test_in_version_2_guild_steps_back_where_it_is_not_alone(tmp_path: Path) -> None:
    root = planted(tmp_path, "0::/shell.scope\n", MOUNT_2)
    own = delegated(tmp_path / "sys/fs/cgroup/shell.scope", "memory pids", "")
    (own / "cgroup.subtree_control").unlink()
    # What can be read and never be written, even by root.
    (own / "cgroup.subtree_control").symlink_to("/proc/version")
    assert [*cgroups.places(root)] == []
    assert (own / "cgroup.procs").read_text() == "0"


def test_the_files_of_version_2_are_given_the_limits(tmp_path: Path) -> None:
    for name in FILES_OF_2:
        (tmp_path / name).touch()
    cgroups.Group((), LIMITS).bound(tmp_path, LIMITS)
    written = [(tmp_path / name).read_text() for name in FILES_OF_2]
    assert written == [str(150 << 20), "0", "1", str(LIMITS.tasks), ""]


def test_what_version_2_counts_is_told(tmp_path: Path) -> None:
    group = cgroups.Group((), LIMITS)
    group.folders = [tmp_path]
    (tmp_path / "cgroup.procs").touch()
    (tmp_path / "memory.events").write_text("low 0\nmax 12\noom 1\noom_kill 0\n")
    (tmp_path / "pids.events").write_text("max 0\n")
    assert group.overstepped() == ""
    (tmp_path / "pids.events").write_text("max 3\n")
    assert group.overstepped() == "processes"
    (tmp_path / "memory.events").write_text("low 0\nmax 12\noom 1\noom_kill 1\n")
    assert group.overstepped() == "memory"
    assert group.entered(("true",))[4:] == (str(tmp_path / "cgroup.procs"), "true")


def test_a_folder_that_bounds_nothing_is_no_place(tmp_path: Path) -> None:
    assert cgroups.Group((tmp_path,), LIMITS).entered(("true",)) == ("true",)
    assert [*tmp_path.iterdir()] == []
