"""What is likely to go wrong with a Spec that loads: warnings for people, each with its place."""

from collections.abc import Iterator
from posixpath import basename, dirname

from guild.spec.languages import paths_of, role_of
from guild.spec.model import FileSpec, Spec
from guild.spec.prose import bare, callee, contradicted, mentions, named_tests, statements


def lint(spec: Spec) -> list[str]:
    """Return what a person should look at before a model does."""
    return [*_lint_files(spec), *_lint_tests(spec), *_lint_oracles(spec), *_lint_values(spec)]


def _lint_files(spec: Spec) -> Iterator[str]:
    paths = {file.path for file in spec.files}
    roots = paths_of(spec.language).roots
    if roots and paths and paths.isdisjoint(roots):
        yield f"{spec.place('files')}: nothing would be compiled: neither {' nor '.join(roots)} is listed"
    owners: dict[tuple[str, str], str] = {}
    for number, file in enumerate(spec.files):
        if _is_written(spec, file) and not file.purpose.strip():
            yield f"{spec.place('files', number, 'purpose')}: says nothing of what {file.path} is for"
        for index, path in enumerate(file.needs):
            if path not in paths:
                yield f"{spec.place('files', number, 'needs', index)}: {path!r} is no file of this spec"
        for index, symbol in enumerate(file.declares):
            owner = owners.setdefault((dirname(file.path), symbol), file.path)
            if owner != file.path:
                yield f"{spec.place('files', number, 'declares', index)}: {symbol} is declared by {owner} too"


def _lint_tests(spec: Spec) -> Iterator[str]:
    roles = [role_of(file.path, spec.language) for file in spec.files]
    first = roles.index("dev") if "dev" in roles else len(roles)
    owners: dict[tuple[str, str], str] = {}
    for number, file in enumerate(spec.files):
        if roles[number] != "test" or not _is_written(spec, file):
            continue
        if not _tests(file, spec.language):
            yield f"{spec.place('files', number)}: {file.path} names no test, so a test that is lost is not missed"
        if number < first < len(roles):
            yield f"{spec.place('files', number)}: {file.path} stands before all that it could test; it is written last"
        for name in _tests(file, spec.language):
            owner = owners.setdefault((dirname(file.path), name), file.path)
            if owner != file.path:
                yield f"{spec.place('files', number)}: {name} is named in {owner} too"
    if spec.files and not (spec.expect or spec.probes or "test" in roles):
        yield f"{spec.place('files')}: no test and no oracle: nothing could fail, so nothing can be green"


def _lint_oracles(spec: Spec) -> Iterator[str]:
    if not spec.files:
        return
    known = "\n".join(
        f"{file.purpose}\n{file.content or ''}\n{' '.join(file.declares)}"
        for file in spec.files
        if role_of(file.path, spec.language) == "dev"
    )
    for number, oracle in enumerate(spec.expect):
        name = callee(oracle.call)
        if name and not mentions(known, name):
            yield f"{spec.place('expect', number, 'call')}: no file is said to declare {name}"
    starts = paths_of(spec.language).main
    if spec.probes and not (any(basename(file.path) in starts for file in spec.files) or mentions(known, "main")):
        yield f"{spec.place('probes')}: no file is said to start a server: neither {starts[0]} nor a function main"


def _lint_values(spec: Spec) -> Iterator[str]:
    """Warn of calls that two values are stated of, by prose or by oracles."""
    said = [(oracle.call, ", ".join(oracle.want), ("expect", number)) for number, oracle in enumerate(spec.expect)]
    for number, file in enumerate(spec.files):
        said += [(call, value, ("files", number, "purpose")) for call, value in statements(file.purpose, spec.language)]
    for wrong in sorted(contradicted((call, value) for call, value, _ in said)):
        places = [(value, loc) for call, value, loc in said if bare(call) == wrong]
        values = " and ".join(dict.fromkeys(value for value, _ in places))
        yield f"{spec.place(*places[0][1])}: two values are stated of {wrong}: {values}"


def _is_written(spec: Spec, file: FileSpec) -> bool:
    """Tell whether a model writes this file."""
    return file.content is None and role_of(file.path, spec.language) != "module"


def _tests(file: FileSpec, language: str) -> list[str]:
    return list(file.tests) or named_tests(file.purpose, language)
