"""What a prompt may show of a Project: its files, what they declare, the package of a path, within a length."""

import re
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from posixpath import splitext

from guild.dialogue import Said
from guild.retrieval import Corpus, ranked
from guild.spec.languages import paths_of
from guild.spec.prose import bare, callee, unfolded
from guild.syntax import Declaration, syntax_of
from guild.values import Diagnostic, Expect, FileTask, Plan, Round

BYTES_PER_TOKEN = 3
"""A low bound for source code, so that what is counted in bytes fits in tokens."""

_NOTHING = "(as its purpose says)"
_PACKAGE = re.compile(r"\bpackage\s+([a-z]\w*)\b")
_PACKAGE_LEAD = re.compile(r"^package\s+\w+\s*[.;:,]\s*")
_EXAMPLES = "Verified answers to tasks like this one, from other projects:\n\n"
_MESSAGE = 500
"""Characters of a diagnostic that a prompt shows: enough for a panic and the frames that matter."""
_FACTS = 8
"""Stated values that a prompt shows: enough to see what is meant."""
_GIST = 90
"""Characters of a file's gist in the list of files: the list stands in every prompt."""

_ALL_FILES = re.compile(r"[Aa]ll files (?:use|share|are in|belong to) (?:the )?package\s+([a-z]\w*)")


def project(plan: Plan) -> str:
    """Say what the project is: its name, its module, its description."""
    kind = paths_of(plan["language"]).project.format(plan["module"])
    return f"Project: {plan['name']} ({kind})\n{plan['description'].strip()}"


def libraries(plan: Plan) -> str:
    """Say what code may import."""
    packages = plan.get("packages", [])
    return f"the standard library and {', '.join(packages)}" if packages else "the standard library only"


def file_list(plan: Plan) -> str:
    """List the files with the gist of what each is for."""
    written = [task for task in plan["tasks"] if task["role"] != "module"]
    return "\n".join(f"- {task['path']}: {_gist(task['purpose'])}".rstrip(": ") for task in written)


def purpose(task: FileTask) -> str:
    """Say what a file is for, in one line unless it holds code, whose lines stay."""
    text = task["purpose"].strip()
    return (text if "```" in text else unfolded(text)) or "what its name says"


def listed(lines: Sequence[str]) -> str:
    """Show lines as a list, or a word that says there is nothing to add."""
    return "\n".join(f"- {line}" for line in lines) if lines else _NOTHING


def facts(plan: Plan, task: FileTask) -> str:
    """Say which values the Spec states of what a file declares, where its purpose does not say so itself."""
    own = set(re.findall(r"\w+", " ".join([*task["signatures"], *task["declares"]])))
    told = [each for each in (*plan["expect"], *plan["stated"]) if callee(each["call"]) in own]
    said = bare(task["purpose"])
    lines = [_fact(each) for each in told if bare(each["call"]) not in said]
    return f"\nIt must hold:\n{listed(lines[:_FACTS])}\n" if lines else ""


def _fact(told: Expect) -> str:
    """Say what a call must come to."""
    if told["want"] == ["error"]:
        return f"{told['call']} fails with an error"
    return f"{told['call']} == {', '.join(told['want'])}"


def task_of(plan: Plan, path: str) -> FileTask | None:
    """Return the task that a path has in the Plan."""
    return next((task for task in plan["tasks"] if task["path"] == path), None)


def package_of(path: str, plan: Plan, files: Mapping[str, str]) -> str:
    """Return the name that a file's package has: its own, or that of its folder.

    A folder's is what its files say, else what the prose says, else the folder's name.
    """
    if name := syntax_of(path).module_name(path, plan["module"]):
        return name
    folder = PurePosixPath(path).parent
    for other, text in sorted(files.items()):
        beside = other != path and PurePosixPath(other).parent == folder
        if beside and (package := syntax_of(other).parse(text).package.removesuffix("_test")):
            return package
    mates = [task for task in plan["tasks"] if PurePosixPath(task["path"]).parent == folder]
    own = [task for task in mates if task["path"] == path]
    for task in [*own, *mates]:
        if found := _PACKAGE.search(task["purpose"]):
            return found[1].removesuffix("_test")
    if found := _ALL_FILES.search(plan["description"]):
        return found[1]
    name = folder.name or PurePosixPath(plan["module"]).name
    return re.sub(r"\W", "", name.split(".")[0].lower()) or "main"


def fence(path: str) -> str:
    """Return the line that opens a fence of a file's language."""
    return f"```{syntax_of(path).fences[0]}\n"


def opening(task: FileTask, package: str, files: Mapping[str, str], module: str) -> str:
    """Return how an answer with a file is sure to begin: fence, start of the file, its one function or first test."""
    syntax = syntax_of(task["path"])
    if task["role"] == "test":
        uses = {syntax.module_name(path, module): _offered(path, files) for path in task["needs"]}
        first = syntax.body_start(syntax.test_head(task["tests"][0])) if task["tests"] else syntax.first_test
        return f"{fence(task['path'])}{syntax.test_start(package, uses)}{first}"
    heads = task["signatures"]
    alone = len(heads) == 1 and heads[0].startswith(syntax.functions)
    return f"{fence(task['path'])}{syntax.file_start(package)}{syntax.body_start(heads[0]) if alone else ''}"


def examples(corpus: Corpus, task: FileTask, plan: Plan, *, most: int, room: int) -> str:
    """Show the verified examples most like a task, as far as they fit in `room` bytes."""
    wanted = f"{task['path']}: {task['purpose'] or plan['description']}"
    found = corpus.similar(wanted, tests=task["role"] == "test", most=most, room=room - _size(_EXAMPLES))
    return _EXAMPLES + "".join(example.shown for example in found) if found else ""


def context(path: str, plan: Plan, files: Mapping[str, str], *, room: int, query: str = "") -> str:
    """Show the other files that a path can use: whole where all fit in `room` bytes.

    Where they do not, their declarations come first, those most like the task and the query before others; then
    files are shown whole as far as there is room left.
    """
    nearest = sorted(files, key=lambda other: _nearness(other, path, plan))
    code = [other for other in nearest if syntax_of(other).name and not syntax_of(other).is_test(other)]
    beside = {other: files[other] for other in code if other != path}
    whole = {other: _block(other, "reads", text.strip()) for other, text in beside.items()}
    shown: dict[str, str] = {}
    if sum(map(_size, whole.values())) > room:
        shown = _outlines(path, plan, beside, room=room, query=query)
    room -= sum(map(_size, shown.values()))
    for other, block in whole.items():
        extra = _size(block) - (_size(shown[other]) if other in shown else 0)
        if extra <= room:
            shown[other] = block
            room -= extra
    return "\n".join(shown[other] for other in beside if other in shown)


def problems(diagnostics: Sequence[Diagnostic], *, most: int = 8) -> str:
    """Show diagnostics a line each, with the tests that failed."""
    lines: list[str] = []
    for diagnostic in diagnostics[:most]:
        where = f"{diagnostic['path']}:{diagnostic['line']}: " if diagnostic["line"] else f"{diagnostic['path']}: "
        test = f"{diagnostic['test']}: " if diagnostic.get("test") else ""
        lines.append(f"{where}{test}{_cut(diagnostic['message'])}")
    if len(diagnostics) > most:
        lines.append(f"and {len(diagnostics) - most} more")
    return "\n".join(lines)


def past(rounds: Sequence[Round], path: str) -> str:
    """Digest what was tried on a path, one line a round; never the text that was wrong."""
    lines = [
        f"- round {entry['number']}: {'kept' if entry['kept'] else 'not kept'}, {entry['reason']}"
        for entry in rounds
        if entry["path"] == path
    ][-4:]
    return "Tried before:\n" + "\n".join(lines) + "\n" if lines else ""


def said(words: Sequence[Said]) -> str:
    """Show what the user said at the stops of a run, in the user's own words."""
    lines = [unfolded(each["text"]) for each in words if each["text"]]
    return f"\nThe user says:\n{listed(lines)}\n" if lines else ""


def _cut(message: str) -> str:
    return message if len(message) <= _MESSAGE else f"{message[:_MESSAGE]} ..."


def _gist(purpose: str) -> str:
    """Return the first sentence of a purpose, in short, without its package."""
    flat = _PACKAGE_LEAD.sub("", " ".join(purpose.split()))
    return textwrap.shorten(re.split(r"(?<=[.:;])\s(?=[A-Z])", flat, maxsplit=1)[0], _GIST, placeholder=" ...")


def _outlines(path: str, plan: Plan, beside: Mapping[str, str], *, room: int, query: str) -> dict[str, str]:
    """Return what each file declares, in signatures: of needed files first, then of those most like the task."""
    task = task_of(plan, path)
    found = [(other, one) for other, text in beside.items() for one in _usable(other, text, path)]
    told = [f"{_stem(other)} {beside[other][one.start : one.head]} {one.signature}" for other, one in found]
    order = ranked(told, f"{_stem(path)} {task['purpose'] if task else ''} {query}")
    order.sort(key=lambda number: task is None or found[number][0] not in task["needs"])
    taken: dict[str, list[int]] = {}
    for number in order:
        other, one = found[number]
        cost = len(one.signature.encode()) + 1 + (0 if other in taken else _size(_block(other, "declares", "")))
        if cost <= room:
            taken.setdefault(other, []).append(number)
            room -= cost
    lines = {other: dict.fromkeys(found[number][1].signature for number in sorted(taken[other])) for other in taken}
    return {other: _block(other, "declares", "\n".join(lines[other])) for other in taken}


def _usable(other: str, text: str, path: str) -> list[Declaration]:
    """Return the declarations of another file that a path can use: all of its own folder, else what is offered."""
    syntax, mate = syntax_of(other), _folder(other) == _folder(path)
    return [one for one in syntax.parse(text).declarations if mate or syntax.is_offered(one.name)]


def _offered(path: str, files: Mapping[str, str]) -> list[str]:
    """Return the names that a file offers to others."""
    syntax = syntax_of(path)
    names = [one.name for one in syntax.parse(files.get(path, "")).declarations if one.kind != "method"]
    return [name for name in names if syntax.is_offered(name)]


def _block(path: str, says: str, code: str) -> str:
    return f"{path} {says}:\n```{syntax_of(path).fences[0]}\n{code}\n```\n"


def _size(block: str) -> int:
    """Return the bytes that a block takes, with the line that sets it off from the next."""
    return len(block.encode()) + 1


def _stem(path: str) -> str:
    """Return a path without what all files have in common."""
    return splitext(path)[0]


def _folder(path: str) -> PurePosixPath:
    return PurePosixPath(path).parent


def _nearness(other: str, path: str, plan: Plan) -> tuple[bool, bool, str]:
    task = task_of(plan, path)
    needed = task is not None and other in task["needs"]
    return not needed, PurePosixPath(other).parent != PurePosixPath(path).parent, other
