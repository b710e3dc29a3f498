"""A project that is there: what is read of it, whether git holds it clean, a commit of what changed."""

import subprocess

import pytest

from guild.errors import OutputError, UserError
from guild.existing import commit, foreign_imports, project_language, read_project, unclean
from guild.records import new_run

MOD = "module example.org/k\n\ngo 1.22\n"


def git(folder, *words):
    own = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    return subprocess.run(["git", *own, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "k"
    (folder / "sub").mkdir(parents=True)
    (folder / "go.mod").write_text(MOD)
    (folder / "sub/a.go").write_text("package sub\n")
    (folder / ".hidden").mkdir()
    (folder / ".hidden/b.go").write_text("package hidden\n")
    (folder / "logo.png").write_bytes(b"\x89PNG\0")
    return folder


@pytest.fixture
def held(project, monkeypatch):
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "a@example.org")
    git(project, "init", "--quiet")
    (project / ".gitignore").write_text("*.log\n")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "first")
    return project


def test_without_git_all_text_is_read_but_what_is_hidden(project):
    files = read_project(project)
    assert sorted(files) == ["go.mod", "sub/a.go"] and project_language(files) == "go"
    assert unclean(project) == ""


def test_with_git_what_it_ignores_is_left_out_and_what_is_new_is_not(held):
    (held / "run.log").write_text("noise\n")
    (held / "new.go").write_text("package k\n")
    assert sorted(read_project(held)) == [".gitignore", ".hidden/b.go", "go.mod", "new.go", "sub/a.go"]


def test_what_git_does_not_hold_as_it_is_makes_a_project_unclean(held):
    assert unclean(held) == "" and unclean(held / "sub") == ""
    (held / "run.log").write_text("ignored\n")
    assert unclean(held) == ""
    (held / "sub/a.go").write_text("package sub // changed\n")
    assert unclean(held) == "sub/a.go" and unclean(held / "sub") == "sub/a.go"
    git(held, "checkout", "--", ".")
    (held / "new.go").write_text("package k\n")
    assert unclean(held) == "new.go"


def test_a_commit_holds_what_it_is_told_and_nothing_else(held):
    (held / "sub/a.go").write_text("package sub // changed\n")
    (held / "other.go").write_text("package k\n")
    git(held, "add", "other.go")
    made = commit(held, ["sub/a.go"], "Change it")
    assert git(held, "log", "-1", "--format=%h %s").strip() == f"{made} Change it"
    assert git(held, "show", "--name-only", "--format=").split() == ["sub/a.go"]
    assert unclean(held) == "other.go"


def test_what_cannot_be_worked_on_is_refused(project, tmp_path):
    with pytest.raises(UserError, match="no folder"):
        read_project(tmp_path / "missing")
    with pytest.raises(UserError, match=r"go\.mod"):
        read_project(project / "sub")
    with pytest.raises(OutputError, match="no git repository"):
        commit(project, ["go.mod"], "x")
    (project / "large.txt").write_text("x" * 900_000)
    for number in range(6):
        (project / f"large{number}.txt").write_text("x" * 900_000)
    with pytest.raises(UserError, match="5 MB"):
        read_project(project)


def test_packages_of_others_are_told():
    files = {"a.go": 'package k\n\nimport (\n\t"fmt"\n\t"example.org/k/sub"\n\t"github.com/x/y"\n)\n'}
    assert list(foreign_imports(files, "example.org/k")) == ["github.com/x/y"]


def test_the_records_of_runs_in_a_project_leave_it_clean(held):
    new_run(held / ".guild", "k")
    new_run(held / ".guild", "k")
    assert unclean(held) == "" and not any(path.startswith(".guild") for path in read_project(held))


def test_a_project_in_a_language_that_is_only_built_in_is_refused() -> None:
    assert project_language(["go.mod", "k.go"]) == "go"
    with pytest.raises(UserError, match="a project in python"):
        project_language(["pyproject.toml", "k.py"])
