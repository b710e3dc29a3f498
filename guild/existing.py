"""A project that is there already: its files, its language, whether git holds it clean, a commit of what changed."""

from collections.abc import Collection, Iterator
from pathlib import Path

from guild import process, prompts
from guild.errors import OutputError, UserError
from guild.settings import environment, search_path
from guild.spec.languages import MODULES, language_of
from guild.syntax import syntax_of
from guild.workspace import Workspace

_MOST_BYTES = 5_000_000
"""Of all text files together: what a run can hold in its state."""


def read_project(folder: Path) -> dict[str, str]:
    """Return the text files of a project, path -> text: what git knows or does not ignore, else all but hidden ones."""
    if not folder.is_dir():
        raise UserError(f"{folder} is no folder")
    texts = Workspace(folder).read()
    known = _listed(folder)
    files = {path: text for path, text in texts.items() if (path in known if known is not None else _is_seen(path))}
    if language_of([path for path in files if "/" not in path]) == "":
        raise UserError(f"{folder} is no project that guild knows: none of {', '.join(MODULES)} stands in it")
    if (size := sum(map(len, files.values()))) > _MOST_BYTES:
        raise UserError(f"{folder} holds {size // 1_000_000} MB of text; guild works on {_MOST_BYTES // 1_000_000} MB")
    return files


def project_language(files: Collection[str]) -> str:
    """Return the language of a project, by the module file at its root; UserError for one that is only built in."""
    language = language_of([path for path in files if "/" not in path])
    if not prompts.has(language, "survey"):
        raise UserError(f"this is a project in {language}: guild builds in it, and works on projects in go so far")
    return language


def foreign_imports(files: dict[str, str], module: str) -> Iterator[str]:
    """Yield what files import that looks like a package of somebody else's: its first part is a host's name."""
    for path, text in files.items():
        for used in syntax_of(path).parse(text).imports:
            if "." in used.path.split("/")[0].strip(".") and not f"{used.path}/".startswith(f"{module}/"):
                yield used.path


def unclean(folder: Path) -> str:
    """Return a path below a folder that git does not hold as it is; empty where all is clean, or no git is there."""
    if not _has_git(folder):
        return ""
    said = _git(folder, "status", "--porcelain", "-z", "--", ".")
    return next((entry[3:] for entry in said.split("\0") if entry), "")


def commit(folder: Path, paths: Collection[str], message: str) -> str:
    """Commit these paths, and nothing else, in the git repository that the folder stands in; return its short id."""
    if not _has_git(folder):
        raise OutputError(f"{folder} is in no git repository: there is nothing to commit to")
    _git(folder, "add", "--", *paths)
    _git(folder, "commit", "--quiet", "-m", message, "--", *paths)
    return _git(folder, "rev-parse", "--short", "HEAD").strip()


def _listed(folder: Path) -> frozenset[str] | None:
    """Return the paths that git knows or does not ignore; None where no git is there."""
    if not _has_git(folder):
        return None
    said = _git(folder, "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", ".")
    return frozenset(said.split("\0"))


def _is_seen(path: str) -> bool:
    return not any(part.startswith(".") for part in path.split("/")[:-1])


def _has_git(folder: Path) -> bool:
    """Tell whether a folder stands in a git repository, and git is there to ask."""
    inside = any((parent / ".git").exists() for parent in (folder.resolve(), *folder.resolve().parents))
    if inside and process.which("git", search_path()) is None:
        raise UserError(f"{folder} is in a git repository, and git is not on PATH to say what it holds: install git")
    return inside


def _git(folder: Path, *arguments: str) -> str:
    done = process.run(["git", *arguments], cwd=folder, env=environment())
    if done.returncode != 0:
        raise OutputError(f"git {arguments[0]} in {folder}: {' '.join((done.stderr or done.stdout).split())}")
    return done.stdout
