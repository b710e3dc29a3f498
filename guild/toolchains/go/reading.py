"""What a Go project's files say without being run: where they do not parse, what they declare, import and test."""

from collections.abc import Iterator, Mapping
from time import monotonic

from guild.syntax import go as syntax
from guild.syntax.go import Source
from guild.toolchains import Census, Report
from guild.toolchains.go.layout import packages, replaced_modules
from guild.values import Diagnostic


def parse(files: Mapping[str, str]) -> Report:
    """Say which file does not parse and which import is neither standard nor a package of the module."""
    begun = monotonic()
    found = [each for path in sorted(files) if path.endswith(".go") for each in _faults(path, files)]
    return Report(ok=not found, diagnostics=tuple(found), seconds=monotonic() - begun)


def census(files: Mapping[str, str]) -> Census:
    """Read what the files declare and test."""
    sources = {path: syntax.parse(text) for path, text in files.items() if path.endswith(".go")}
    shipped = [source for path, source in sources.items() if not path.endswith("_test.go")]
    tested = (path for path in sorted(sources) if path.endswith("_test.go"))
    tests = tuple(f"{path}:{name}" for path in tested for name in syntax.test_names(files[path]))
    return Census(
        symbols=frozenset(name for source in shipped for name in _names(source)),
        tests=tests,
        hollow=tuple(test for test in tests if not syntax.can_fail(files, test)),
    )


def _names(source: Source) -> Iterator[str]:
    """Yield the names by which a Spec may mean a declaration: a method by its receiver and alone."""
    for found in source.declarations:
        yield found.name
        yield found.name.rpartition(".")[2]


def _faults(path: str, files: Mapping[str, str]) -> Iterator[Diagnostic]:
    source = syntax.parse(files[path])
    for fault in source.faults:
        yield _fault(path, (fault.line, fault.column), ("syntax", ""), fault.message)
    if not source.faults and not source.package:
        yield _fault(path, (1, 1), ("syntax", ""), "syntax error: the package clause is missing")
    for used in source.imports:
        if not _resolves(used.path, files):
            message = f"package {used.path} is neither in the standard library nor in this module"
            yield _fault(path, (used.line, 0), ("missing-package", used.path), message)


def _resolves(path: str, files: Mapping[str, str]) -> bool:
    if syntax.is_standard(path) or any(f"{path}/".startswith(f"{other}/") for other in replaced_modules(files)):
        return True
    return any(package.import_path == path and package.sources for package in packages(files))


def _fault(path: str, place: tuple[int, int], about: tuple[str, str], message: str) -> Diagnostic:
    (line, column), (code, symbol) = place, about
    return Diagnostic(path=path, line=line, column=column, symbol=symbol, code=code, message=message, stage="parse")
