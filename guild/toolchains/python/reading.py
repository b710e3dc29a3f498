"""What a Python project's files say without being run: where they do not parse, what they declare, import and test."""

import sys
from collections.abc import Collection, Iterator, Mapping
from posixpath import basename, dirname
from time import monotonic

from guild.syntax import Source, syntax_of
from guild.toolchains import Census, Report
from guild.toolchains.python import faults
from guild.toolchains.python.hollow import can_fail
from guild.toolchains.python.layout import is_test, modules
from guild.values import Diagnostic

_BESIDE = {"pytest", "_pytest"}


def parse(files: Mapping[str, str], packages: Collection[str] = ()) -> Report:
    """Say which file does not parse, and which import is neither standard, nor of the project, nor of its packages."""
    begun = monotonic()
    known = {each.name.partition(".")[0] for each in modules(files)} | sys.stdlib_module_names | _BESIDE
    known |= {*packages}
    beside = {path: {basename(other)[:-3] for other in files if dirname(other) == dirname(path)} for path in files}
    found = [
        each
        for path in sorted(files)
        if path.endswith(".py")
        for each in _faults(path, files[path], known | (beside[path] if is_test(path) else set()))
    ]
    return Report(ok=not found, diagnostics=tuple(faults.distinct(found)), seconds=monotonic() - begun)


def census(files: Mapping[str, str]) -> Census:
    """Read what the files declare and test."""
    sources = {path: text for path, text in files.items() if path.endswith(".py")}
    shipped = [source_of(text) for path, text in sources.items() if not is_test(path)]
    tested = {
        path: syntax_of(path).test_names(sources[path]) for path in sorted(sources) if syntax_of(path).is_test(path)
    }
    return Census(
        symbols=frozenset(name for source in shipped for name in _names(source)),
        tests=tuple(f"{path}:{name}" for path, names in tested.items() for name in names),
        hollow=tuple(
            f"{path}:{name}" for path, names in tested.items() for name in names if not can_fail(files, path, name)
        ),
    )


def source_of(text: str) -> Source:
    """Read a Python text."""
    return syntax_of("x.py").parse(text)


def _names(source: Source) -> Iterator[str]:
    """Yield the names by which a Spec may mean a declaration: a method by its class and alone."""
    for found in source.declarations:
        yield found.name
        yield found.name.rpartition(".")[2]


def _faults(path: str, text: str, known: set[str]) -> Iterator[Diagnostic]:
    source = source_of(text)
    for fault in source.faults:
        yield faults.diagnostic(fault.message, "syntax", (path, fault.line, fault.column), "parse")
    for used in source.imports:
        if not used.path.startswith(".") and used.path.partition(".")[0] not in known:
            message = f"ModuleNotFoundError: No module named {used.path!r}"
            found = faults.diagnostic(message, "missing-package", (path, used.line, 0), "parse")
            yield {**found, "symbol": used.path}
