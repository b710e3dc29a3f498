"""Load a Spec from a path or a YAML text, or refuse it in one line."""

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from posixpath import basename
from typing import NoReturn

import yaml
from pydantic import ValidationError

from guild.errors import SpecError
from guild.spec.document import MAX_CHARACTERS, Document, parse
from guild.spec.languages import paths_of
from guild.spec.model import CallSpec, FileSpec, ProbeSpec, Spec

MAX_GIVEN_BYTES = 200_000

_MESSAGES = {
    "missing": "is missing",
    "model_type": "must be a mapping",
    "tuple_type": "must be a list",
    "too_short": "must not be empty",
}
_KEYS: dict[str | int, type[CallSpec] | type[FileSpec] | type[ProbeSpec]] = {
    "files": FileSpec,
    "expect": CallSpec,
    "probes": ProbeSpec,
}


def load_spec(source: str, *, languages: Collection[str], folder: Path | None = None) -> Spec:
    """Return the Spec that a path or a YAML text holds; `folder` is where the `given:` files of a text lie."""
    text, path = _read(source)
    document, value = parse(text, str(path or "spec"))
    try:
        spec = Spec.model_validate(value).located(document)
    except ValidationError as error:
        _refuse(error, document)
    if spec.language not in languages:
        document.fail(f"{spec.language!r} is no language that guild knows: {', '.join(languages)}", "language")
    _refuse_clashes(spec)
    base = folder or (path.parent if path else None)
    files = tuple(_with_content(file, document, number, base) for number, file in enumerate(spec.files))
    return spec.model_copy(update={"files": files})


def self_contained(source: str) -> str:
    """Return a Spec's YAML text with each `given: FILE` turned into its `content:`, every line where it was."""
    text, path = _read(source)
    if path is None:
        return text
    document, _ = parse(text, str(path))
    for number, key, value in sorted(_given(document), key=lambda found: -found[1].start_mark.index):
        content = _quoted(_given_text(value.value, document, number, path.parent))
        start, end = key.start_mark.index, value.end_mark.index
        breaks = "\n" * text.count("\n", start, end)
        text = f"{text[:start]}content: {content}{breaks}{text[end:]}"
    if len(text) > MAX_CHARACTERS:
        document.fail("the given files are too long together", "files")
    return text


def _read(source: str) -> tuple[str, Path | None]:
    """Return a Spec's text, and the path that it was read from."""
    if not source.strip():
        raise SpecError("is empty")
    if "\n" in source or "\r" in source:
        return source, None
    path = Path(source)
    try:
        if path.exists():
            return _file_text(path), path
    except (OSError, ValueError):
        pass
    if re.match(r"\s*\{|\w+: ", source):
        return source, None
    raise SpecError("there is no such file", source=source[:200])


def _file_text(path: Path) -> str:
    if not path.is_file():
        raise SpecError("is a folder, not a spec" if path.is_dir() else "is no regular file", source=str(path))
    try:
        with path.open("rb") as file:
            data = file.read(4 * MAX_CHARACTERS)
        return data.decode("utf-8-sig")
    except OSError as error:
        raise SpecError(f"cannot be read: {error.strerror}", source=str(path)) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SpecError("is not YAML: it is not UTF-8 text", source=str(path), line=line) from None


def _refuse(error: ValidationError, document: Document) -> NoReturn:
    """Raise the first fault in the order of the text."""
    fault = min(error.errors(), key=lambda fault: (_weight(fault["type"]), document.line(*fault["loc"])))
    message = _MESSAGES.get(fault["type"], fault["msg"].removeprefix("Value error, "))
    if fault["type"] == "extra_forbidden":
        known = _KEYS.get(fault["loc"][0] if len(fault["loc"]) > 1 else "", Spec).model_fields
        message = f"is no key that guild knows: {', '.join(known)}"
    document.fail(message, *fault["loc"])


def _weight(kind: str) -> int:
    """Put causes first: a misspelt key is why another is missing, wrong items are why a list counts as empty."""
    return 0 if kind == "extra_forbidden" else 2 if kind == "too_short" else 1


def _refuse_clashes(spec: Spec) -> None:
    """Refuse what is wrong only because of what stands beside it."""
    paths = paths_of(spec.language)
    if spec.packages and not paths.installs:
        spec.fail(f"no packages can be installed for {spec.language} so far: leave it out", "packages")
    seen: dict[str, int] = {}
    for number, file in enumerate(spec.files):
        here = ("files", number)
        _refuse_tests(spec, number, titled=paths.titled)
        if basename(file.path).startswith(paths.reserved):
            spec.fail(f"{file.path!r} is a name that guild keeps for files it renders", *here, "path")
        if file.path in seen:
            spec.fail(f"{file.path!r} is the path of files[{seen[file.path]}] too", *here, "path")
        for other, first in seen.items():
            if other.startswith(f"{file.path}/") or file.path.startswith(f"{other}/"):
                spec.fail(f"{file.path!r} and {other!r} (files[{first}]) cannot both be files", *here, "path")
        seen[file.path] = number
        if file.given is not None and file.content is not None:
            spec.fail("stands beside `given`: one of them is enough", *here, "content")
        if "purpose" not in file.model_fields_set and file.given is None and file.content is None:
            spec.fail("is missing", *here, "purpose")


def _refuse_tests(spec: Spec, number: int, *, titled: bool) -> None:
    """Refuse what no test can be called; a title may be any words."""
    for index, name in enumerate(spec.files[number].tests):
        if not titled and not name.isidentifier():
            spec.fail(f"{name!r} is no name of a test", "files", number, "tests", index)


def _with_content(file: FileSpec, document: Document, number: int, folder: Path | None) -> FileSpec:
    if file.given is None:
        return file
    if folder is None:
        document.fail("a spec that is text lies in no folder; give the text as `content`", "files", number, "given")
    return file.model_copy(update={"content": _given_text(file.given, document, number, folder)})


def _given_text(relative: str, document: Document, number: int, folder: Path) -> str:
    """Return the text of a file of the user's own, which lies below the Spec's folder, links followed."""
    here = ("files", number, "given")
    try:
        path = (folder / relative).resolve()
        inside = path.is_relative_to(folder.resolve()) and not Path(relative).is_absolute()
        if not inside:
            document.fail(f"{relative!r} lies outside the spec's folder", *here)
        if not path.is_file():
            document.fail(f"{relative!r} is no file in the spec's folder", *here)
        with path.open("rb") as file:
            data = file.read(MAX_GIVEN_BYTES + 1)
    except (OSError, ValueError, RuntimeError):
        document.fail(f"{relative!r} cannot be read", *here)
    if len(data) > MAX_GIVEN_BYTES:
        document.fail(f"{relative!r} is longer than {MAX_GIVEN_BYTES:,} bytes", *here)
    if b"\0" in data:
        document.fail(f"{relative!r} is not text", *here)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        document.fail(f"{relative!r} is not UTF-8 text", *here)


def _given(document: Document) -> Iterator[tuple[int, yaml.Node, yaml.ScalarNode]]:
    """Yield each `given` of a Spec: its file's number, its key and its value."""
    files = next((value for key, value in _items(document.root) if key.value == "files"), None)
    if not isinstance(files, yaml.SequenceNode):
        return
    entries: list[yaml.Node] = files.value
    for number, entry in enumerate(entries):
        for key, value in _items(entry):
            if key.value == "given" and isinstance(value, yaml.ScalarNode):
                if value.start_mark.index < key.end_mark.index or document.text[value.start_mark.index] in "&!":
                    document.fail("must be a plain path, without anchors and tags", "files", number, "given")
                yield number, key, value


def _items(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _quoted(text: str) -> str:
    """Return a text as a double-quoted YAML scalar on one line, in plain ASCII."""

    def escape(match: re.Match[str]) -> str:
        return f"\\U{ord(match[0]):08x}"

    return re.sub("[^ -~]", escape, json.dumps(text, ensure_ascii=False))
