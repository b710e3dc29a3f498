"""Which packages a Go project has, read from its files: what `./...` names, without a run of the go command."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from guild.syntax.go import parse


@dataclass(frozen=True, kw_only=True)
class Package:
    """A folder with Go files: its path below the root (`.` for the root), import path, package name and files."""

    folder: str
    import_path: str
    name: str
    sources: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def binary(self) -> str:
        """The name that `go test -c` gives to the package's test binary."""
        parts = self.import_path.split("/")
        version = len(parts) > 1 and re.fullmatch(r"v[2-9]\d*|v1\d+", parts[-1])
        return f"{parts[-2] if version else parts[-1]}.test"


def module_path(files: Mapping[str, str]) -> str:
    """Return the module path that go.mod declares, or nothing."""
    match = re.search(r'^\s*module\s+"?([^\s"]+)', files.get("go.mod", ""), re.M)
    return match[1] if match else ""


def replaced_modules(files: Mapping[str, str]) -> list[str]:
    """Return the module paths that go.mod replaces by folders of the project."""
    return re.findall(r"^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+\.", files.get("go.mod", ""), re.M)


def packages(files: Mapping[str, str]) -> list[Package]:
    """Return the packages of a project, the root's first."""
    module = module_path(files)
    folders: dict[str, list[str]] = {}
    for path in sorted(files):
        if path.endswith(".go") and not _left_out(path, files):
            folders.setdefault(str(PurePosixPath(path).parent), []).append(path)
    return [_package(folder, module, folders[folder], files) for folder in sorted(folders)]


def read_sources(root: Path) -> dict[str, str]:
    """Read the Go files and go.mod files below `root`."""
    found = [path for path in root.rglob("*") if path.suffix == ".go" or path.name == "go.mod"]
    return {str(path.relative_to(root)): path.read_text("utf-8", "replace") for path in found if path.is_file()}


def _left_out(path: str, files: Mapping[str, str]) -> bool:
    """Say whether `./...` passes a file by: hidden, test data, vendored, or in a module of its own."""
    *folders, name = PurePosixPath(path).parts
    if name[0] in "._" or any(part[0] in "._" or part in ("testdata", "vendor") for part in folders):
        return True
    return any("/".join(folders[: depth + 1]) + "/go.mod" in files for depth in range(len(folders)))


def _package(folder: str, module: str, paths: list[str], files: Mapping[str, str]) -> Package:
    tests = tuple(path for path in paths if path.endswith("_test.go"))
    sources = tuple(path for path in paths if path not in tests)
    names = [parse(files[path]).package for path in (*sources, *tests)]
    return Package(
        folder=folder,
        import_path=module if folder == "." else f"{module}/{folder}",
        name=next((name if sources else name.removesuffix("_test") for name in names if name), ""),
        sources=sources,
        tests=tests,
    )
