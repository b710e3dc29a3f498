"""Project files inside one root: what is written, what is refused, what is read back."""

import hashlib
import os
from pathlib import Path

import pytest

from guild.errors import OutputError
from guild.workspace import Workspace, digest, safe_path, temporary, text_digest


@pytest.mark.parametrize("path", ["a.go", "pkg/a.go", "a/b/c.txt", "./a.go", "..a/b", "a..go", ".gitignore"])
def test_paths_inside_are_safe(tmp_path: Path, path: str) -> None:
    assert safe_path(tmp_path, path) == tmp_path / path


@pytest.mark.parametrize(
    "path", ["", ".", "../x", "a/../../x", "a/../b", "/etc/passwd", "a\0b", "a\\b", ".git/hooks/pre-commit", "a/.git/x"]
)
def test_paths_outside_are_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputError):
        safe_path(tmp_path, path)


def test_a_link_that_leaves_is_refused_and_one_that_stays_is_not(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "real").mkdir(parents=True)
    (root / "inside").symlink_to(root / "real")
    (root / "outside").symlink_to(tmp_path)
    (root / "file").symlink_to("/etc/passwd")
    assert safe_path(root, "inside/a.go") == root / "inside/a.go"
    for path in ("outside/a.go", "outside", "file"):
        with pytest.raises(OutputError, match="link"):
            safe_path(root, path)


def test_nothing_is_written_when_one_path_is_unsafe(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        Workspace(tmp_path).write({"a.go": "a", "../b.go": "b"})
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    files = {"a.go": "package a\r\n", "pkg/b.go": "é\n", "empty": ""}
    workspace = Workspace(tmp_path / "new" / "root")
    workspace.write(files)
    assert workspace.read() == files


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.write({"a": "1", "b": "1"})
    before = {name: (tmp_path / name).stat().st_ino for name in "ab"}
    workspace.write({"a": "1", "b": "2"})
    assert (tmp_path / "a").stat().st_ino == before["a"]
    assert (tmp_path / "b").stat().st_ino != before["b"]
    assert (tmp_path / "b").read_text() == "2"


def test_the_mode_of_a_file_stays(tmp_path: Path) -> None:
    script = tmp_path / "run.sh"
    script.write_text("old")
    script.chmod(0o755)
    Workspace(tmp_path).write({"run.sh": "new"})
    assert script.stat().st_mode & 0o777 == 0o755


def test_a_planted_link_in_the_way_of_writing_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("safe")
    root = tmp_path / "root"
    workspace = Workspace(root)
    workspace.write({"a.go": "1"})
    passing = ".guild-writing-" + hashlib.sha256(b"a.go").hexdigest()[:16]
    (root / passing).symlink_to(victim)
    workspace.write({"a.go": "2"})
    assert victim.read_text() == "safe"
    assert workspace.read() == {"a.go": "2"}
    assert not (root / passing).is_symlink(), "the name that was planted is the one that a write goes through"


def test_what_a_killed_write_left_is_not_read(tmp_path: Path) -> None:
    (tmp_path / ".guild-writing-0123456789abcdef").write_text("half")
    assert Workspace(tmp_path).read() == {}


def test_a_folder_in_the_way_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a.go").mkdir()
    with pytest.raises(OutputError, match=r"a\.go cannot be written"):
        Workspace(tmp_path).write({"a.go": "x"})
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        Workspace(tmp_path).write({"file/a.go": "x"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.go", "file"]


def test_sync_deletes_only_what_an_earlier_sync_wrote(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    (tmp_path / "mine.txt").write_text("mine")
    workspace.sync({"a.go": "a", "pkg/deep/b.go": "b"})
    workspace.sync({"a.go": "a"})
    assert workspace.read() == {"a.go": "a", "mine.txt": "mine"}
    assert not (tmp_path / "pkg").exists()
    workspace.sync({})
    assert tmp_path.is_dir()


def test_sync_keeps_a_folder_that_holds_something_else(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.sync({"pkg/b.go": "b"})
    (tmp_path / "pkg/mine.txt").write_text("mine")
    workspace.sync({})
    assert workspace.read() == {"pkg/mine.txt": "mine"}


def test_a_file_may_become_a_folder(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.sync({"a": "1"})
    workspace.sync({"a/b": "2"})
    workspace.sync({"a": "3"})
    assert workspace.read() == {"a": "3"}


def test_adopted_files_are_deleted_by_sync(tmp_path: Path) -> None:
    Workspace(tmp_path).sync({"a": "1", "b": "2"})
    later = Workspace(tmp_path)
    later.adopt(["a", "b", "gone"])
    later.sync({"b": "2"})
    assert later.read() == {"b": "2"}


def test_reading_skips_what_is_no_source(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / ".git").mkdir(parents=True)
    (root / ".git/config").write_text("x")
    (root / "binary").write_bytes(b"a\0b")
    (root / "latin").write_bytes(b"\xff")
    (root / "large").write_bytes(b"x" * ((1 << 20) + 1))
    (tmp_path / "secret").write_text("s")
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "loop").symlink_to(root / "loop")
    (root / "out").symlink_to(tmp_path)
    os.mkfifo(root / "fifo")
    (root / "a.go").write_text("a")
    (root / "near").symlink_to(root / "a.go")
    assert Workspace(root).read() == {"a.go": "a", "near": "a"}


def test_reading_a_root_that_is_not_there(tmp_path: Path) -> None:
    assert Workspace(tmp_path / "none").read() == {}


def test_a_temporary_workspace_is_gone_afterwards() -> None:
    with temporary() as workspace:
        workspace.write({"a/b": "x"})
        (workspace.root / "a").chmod(0o500)
        root = workspace.root
        assert root.is_dir()
    assert not root.exists()


def test_a_digest_tells_projects_apart() -> None:
    assert digest({"a": "1", "b": "2"}) == digest({"b": "2", "a": "1"})
    assert len({digest(files) for files in ({}, {"a": ""}, {"": "a"}, {"a": "b"}, {"ab": ""}, {"a": "1b2"})}) == 6
    assert text_digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_text_that_is_no_unicode_is_written_and_hashed_all_the_same(tmp_path: Path) -> None:
    Workspace(tmp_path).write({"a": "x\ud800"})
    assert Workspace(tmp_path).read() == {"a": "x?"}
    assert text_digest("x\ud800") == text_digest("x?")
