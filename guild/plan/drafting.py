"""A Spec whose files a model sketched: composed, and held against a lint that is strict because no person wrote it."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from guild.errors import SpecError
from guild.spec import lint, load_spec
from guild.spec.languages import role_of, test_path
from guild.spec.model import Spec
from guild.spec.prose import statements
from guild.spec.sketch import Part, Sketch
from guild.syntax import Syntax, syntax_for, syntax_of

_MOST_FILES = 6
_MOST_PARTS = 12
_FEWEST_WORDS = 3
_ROOT = 5
"""Letters by which words are taken for one."""
_NAME = re.compile(r"^(?:pub\s+)?(?:(?:async\s+)?def|func|fn|class|type|struct|enum|trait)?\s*([^\W\d]\w*)")
_EMPTY = re.compile(r"\b(?:TODO|TBD|placeholder)\b|\.\.\.|```", re.I)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def composed(text: str, spec: Spec, sketches: Sequence[Sketch]) -> str:
    """Return the YAML text of a Spec with the files that were sketched, and a test file for each that can be tested."""
    files, syntax = list[dict[str, Any]](), syntax_for(spec.language)
    for sketch in sketches:
        heads = [f"{_head(part, syntax)} {part['does'].rstrip('.')}." for part in sketch["parts"]]
        purpose = " ".join([sketch["purpose"].rstrip(".") + ".", *heads])
        files.append(
            {"path": sketch["path"], "purpose": purpose, "declares": [_named(part) for part in sketch["parts"]]}
        )
    for sketch in sketches:
        tested = {_test_name(part, spec.language): part for part in sketch["parts"] if _named(part) != "main"}
        if tested:
            told = [f"{test}: {_named(part)} {part['does'].rstrip('.')}." for test, part in tested.items()]
            path = test_path(sketch["path"], spec.language)
            files.append({"path": path, "purpose": " ".join(told), "tests": list(tested), "needs": [sketch["path"]]})
    whole = {**yaml.safe_load(text), "files": files}
    return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=100)


def refusal(spec: Spec, sketches: Sequence[Sketch], text: str) -> str:
    """Return the first thing that is wrong with a Spec that was composed of sketches; empty where nothing is."""
    said = next(_of_sketches(spec, sketches), "")
    if said:
        return said
    try:
        return next(iter(lint(load_spec(text, languages=(spec.language,)))), "")
    except SpecError as error:
        return str(error)


def _of_sketches(spec: Spec, sketches: Sequence[Sketch]) -> Iterator[str]:
    syntax = syntax_for(spec.language)
    if not 1 <= len(sketches) <= _MOST_FILES:
        yield f"{len(sketches)} files are planned, 1 to {_MOST_FILES} are sound"
    asked = _roots(spec.description)
    if sketches and asked and not asked & _roots(" ".join(_words(sketches))):
        yield "it speaks of nothing that is asked for"
    owners: dict[str, str] = {}
    stated = set(statements(spec.description, spec.language))
    for sketch in sketches:
        path = sketch["path"]
        if syntax_of(path) is not syntax or role_of(path, spec.language) != "dev":
            yield f"{path} is no source file of {syntax.name}"
        if not 1 <= len(sketch["parts"]) <= _MOST_PARTS:
            yield f"{path} declares {len(sketch['parts'])} things, 1 to {_MOST_PARTS} are sound"
        for part in sketch["parts"]:
            yield from (f"{path}: {said}" for said in _of_part(part, syntax))
            if set(statements(f"{part['head']} {part['does']}", spec.language)) - stated:
                yield f"{path}: {part['does']!r} states a value that the user did not state"
            owner = owners.setdefault(_named(part), path)
            if owner != path or [_named(each) for each in sketch["parts"]].count(_named(part)) > 1:
                yield f"{_named(part)} is declared twice, by {owner} and by {path}"


def _roots(text: str) -> set[str]:
    """Return how the longer words of a text begin, whatever their endings; a text may have none."""
    return {word[:_ROOT] for word in re.findall(rf"[a-z]{{{_ROOT},}}", _HUMP.sub(" ", text).lower())}


def _words(sketches: Sequence[Sketch]) -> Iterator[str]:
    for sketch in sketches:
        yield from (sketch["path"], sketch["purpose"])
        yield from (f"{part['head']} {part['does']}" for part in sketch["parts"])


def _of_part(part: Part, syntax: Syntax) -> Iterator[str]:
    name = _named(part)
    spelt = syntax.spelled_out(f"{_head(part, syntax)} {part['does']}", methods=(), tests=False)
    if not name or name not in spelt.symbols or (_is_function(part) and not spelt.signatures):
        yield f"{part['head']!r} spells out no declaration"
    if len(part["does"].split()) < _FEWEST_WORDS or _EMPTY.search(part["does"]):
        yield f"{name} is not said to do anything: {part['does']!r}"


def _is_function(part: Part) -> bool:
    return not part["head"].startswith(("class ", "type ", "struct ", "enum ", "trait ", "pub struct ", "pub enum "))


def _head(part: Part, syntax: Syntax) -> str:
    """Return a head as the language begins it, so that it is taken for nothing else."""
    written = part["head"].startswith(syntax.functions)
    return part["head"] if written or not _is_function(part) else f"{syntax.functions[0]}{part['head']}"


def _named(part: Part) -> str:
    found = _NAME.match(part["head"])
    return found[1] if found else ""


def _test_name(part: Part, language: str) -> str:
    return syntax_for(language).test_named(_HUMP.sub(" ", _named(part)).split())
