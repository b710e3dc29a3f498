"""What a Rust project's files say without being compiled: where they do not parse, what they use, declare and test."""

import re
from collections.abc import Iterator, Mapping
from time import monotonic

from guild.syntax import Source, syntax_of
from guild.syntax.rust.opening import crate_name
from guild.toolchains import Census, Report
from guild.toolchains.rust.hollow import can_fail
from guild.toolchains.rust.layer import crates_of
from guild.toolchains.rust.layout import MANIFEST, crate_of, is_test, shipped, sources
from guild.toolchains.rust.output import diagnostic, distinct
from guild.values import Diagnostic

_BESIDE = {"std", "core", "alloc", "proc_macro", "crate", "self", "super", "Self"}
_MODULE = re.compile(r"\bmod\s+(\w+)")


def parse(files: Mapping[str, str]) -> Report:
    """Say which file does not parse, and which path begins with neither a crate nor something of the project."""
    begun = monotonic()
    named = (name for lines in crates_of(files.get(MANIFEST, "")).values() for name in lines)
    known = _BESIDE | {crate_of(files)} | {crate_name(name) for name in named}
    found = [each for path, text in sources(files).items() for each in _faults(path, text, known)]
    return Report(ok=not found, diagnostics=tuple(distinct(found)), seconds=monotonic() - begun)


def census(files: Mapping[str, str]) -> Census:
    """Read what the files declare and test."""
    tested = {path: syntax_of(path).test_names(text) for path, text in sources(files).items() if is_test(path)}
    return Census(
        symbols=frozenset(name for text in shipped(files).values() for name in _names(source_of(text))),
        tests=tuple(f"{path}:{name}" for path, names in tested.items() for name in names),
        hollow=tuple(
            f"{path}:{name}" for path, names in tested.items() for name in names if not can_fail(files[path], name)
        ),
    )


def source_of(text: str) -> Source:
    """Read a Rust text."""
    return syntax_of("x.rs").parse(text)


def _names(source: Source) -> Iterator[str]:
    """Yield the names by which a Spec may mean a declaration: a method by its type and alone."""
    for found in source.declarations:
        yield from (found.name, found.name.replace(".", "::"), found.name.rpartition(".")[2])


def _faults(path: str, text: str, known: set[str]) -> Iterator[Diagnostic]:
    source = source_of(text)
    for fault in source.faults:
        yield diagnostic(fault.message, "syntax", (path, fault.line, fault.column), "parse")
    own = {found.name for found in source.declarations} | {*_MODULE.findall(text)}
    own |= {used.alias for used in source.imports}
    for used in source.imports:
        first, rest, _ = used.path.removeprefix("::").partition("::")
        if rest and first not in known | own:
            message = f"unresolved import `{first}`: use of unresolved module or unlinked crate `{first}`"
            yield {**diagnostic(message, "missing-package", (path, used.line, 0), "parse"), "symbol": first}
