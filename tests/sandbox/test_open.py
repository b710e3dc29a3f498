"""Which sandbox is taken, and what is said where none works."""

import subprocess
import sys
from pathlib import Path

import pytest

from guild import sandbox
from guild.errors import SandboxError
from guild.sandbox import Job, first_working, open_sandbox
from guild.sandbox.bubblewrap import Bubblewrap, programs
from guild.sandbox.landlock import Landlock
from guild.sandbox.mend import mend
from tests.sandbox.opened import opened


def fake(folder: Path, script: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "bwrap"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


def said(found: list[Path]) -> str:
    with pytest.raises(SandboxError) as caught:
        first_working({"bubblewrap": [Bubblewrap(program) for program in found]})
    message = str(caught.value)
    assert "\n" not in message
    assert "--unsafe-host" in message
    return message


def test_isolation_is_found_here_once() -> None:
    assert open_sandbox().name == "bubblewrap"
    assert open_sandbox() is open_sandbox()
    assert open_sandbox(unsafe_host=True).name == "host"


def test_the_one_on_the_path_comes_first(tmp_path: Path) -> None:
    program = fake(tmp_path, "exit 1")
    found = programs(str(tmp_path))
    assert found[0] == program
    assert len(found) > 1
    assert programs("")[0] == found[1]


def test_one_that_does_not_work_is_passed_over(tmp_path: Path) -> None:
    good = programs("")[0]
    broken = fake(tmp_path, "echo 'bwrap: No permissions' >&2; exit 1")
    chosen = first_working({"bubblewrap": [Bubblewrap(broken), Bubblewrap(good)]})
    assert isinstance(chosen, Bubblewrap)
    assert chosen.program == good


def test_where_namespaces_are_refused_landlock_is_taken(tmp_path: Path) -> None:
    refusing = Bubblewrap(fake(tmp_path, "echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1"))
    assert first_working({"bubblewrap": [refusing], "landlock": [opened("landlock")]}).name == "landlock"


def test_none_at_all_names_the_extra_and_the_kernel() -> None:
    with pytest.raises(SandboxError, match=r"pip install 'guild\[local\]'.*Linux 6.2 or newer"):
        first_working({"bubblewrap": [], "landlock": [Landlock(abi=2)]})


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("podman", "there is no podman: install it"),
        ("seatbelt", "is of macOS, and was not tried"),
        ("gvisor", "no sandbox gvisor"),
    ],
)
def test_one_that_is_not_here_says_so(name: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxError, match=words):
        open_sandbox(name)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo 'bwrap: No permissions to create new namespace' >&2; exit 1", "No permissions to create new namespace"),
        ("exit 3", "exit code 3"),
        ("echo 'guild: begun'; exit 0", "ended with 0"),
        ("echo 'guild: begun'; echo other", "ended with 0"),
        ("printf 'bwrap: one\\ntwo\\n' >&2; exit 1", "one two"),
    ],
)
def test_what_was_tried_is_told(tmp_path: Path, script: str, words: str) -> None:
    assert words in said([fake(tmp_path, script)])


def test_a_program_that_only_looks_like_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "bwrap").write_bytes(b"\x7fELF nonsense")
    (tmp_path / "bwrap").chmod(0o755)
    assert "Exec format error" in said([tmp_path / "bwrap"])


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        (
            "kernel/apparmor_restrict_unprivileged_userns",
            "1",
            "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
        ),
        ("kernel/unprivileged_userns_clone", "0", "sudo sysctl -w kernel.unprivileged_userns_clone=1"),
        ("user/max_user_namespaces", "0", "sudo sysctl -w user.max_user_namespaces=15000"),
    ],
)
def test_the_setting_in_the_way_is_named(tmp_path: Path, name: str, value: str, words: str) -> None:
    setting = tmp_path / "proc/sys" / name
    setting.parent.mkdir(parents=True)
    assert words not in mend(tmp_path)
    setting.write_text(f"{value}\n")
    assert words in mend(tmp_path)


def test_a_container_is_told_how_to_be_started(tmp_path: Path) -> None:
    assert "--security-opt" not in mend(tmp_path)
    (tmp_path / ".dockerenv").touch()
    assert "--security-opt systempaths=unconfined" in mend(tmp_path)


def test_a_path_that_is_not_there_is_the_callers_fault(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="none"):
        open_sandbox().run(Job(argv=("true",), cwd=tmp_path, readable=(tmp_path / "none",)))


@pytest.mark.parametrize(("more", "heavy"), [("", set[str]()), ("import ctypes", {"os", "ctypes", "struct", "types"})])
def test_a_warden_starts_with_little_of_the_standard_library(more: str, heavy: set[str]) -> None:
    code = f"import sys; sys.path.append(sys.argv[1]); import warden.errands; {more}\nprint(*sys.modules)"
    argv = (sys.executable, "-I", "-S", "-c", code, str(Path(sandbox.__file__).parent))
    loaded = {*subprocess.run(argv, capture_output=True, text=True, check=True).stdout.split()}
    assert "warden.network" in loaded
    assert loaded & {"os", "ctypes", "struct", "types", "typing", "collections"} == heavy
