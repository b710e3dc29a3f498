"""The `mod` lines: each file of `src` has one, in the file that its crate begins with and nowhere else."""

from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.rust.surroundings import is_outside, is_program, modules, stem
from guild.repairs.subject import Subject
from guild.syntax import Edit, edited
from guild.syntax.rust.opening import ROOT
from guild.syntax.rust.splicing import first_place
from guild.syntax.rust.tree import Tree, field, name_of, tree
from guild.toolchains.rust.layout import MAIN
from guild.values import Diagnostic


def apply(subject: Subject) -> str:
    """Add the lines that a crate's first file lacks, and drop those that lead nowhere from where they stand."""
    parsed = tree(subject.text)
    lines = list(_lines(parsed))
    if _begins_crate(subject):
        known = {name_of(parsed, node) for node in parsed.root.named_children if node.type == "mod_item"}
        written = {stem(path) for path, text in subject.siblings.items() if _is_module(path) and text.strip()}
        return edited(subject.text, _added(subject, parsed, sorted(written - known)))
    gone = [node for node in lines if name_of(parsed, node) in modules(subject) or is_outside(subject)]
    gone = [node for node in gone if not _is_its_own(subject, name_of(parsed, node))]
    return edited(subject.text, [(*parsed.span(node), "") for node in gone])


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Add a line for each file that no crate holds."""
    names = [found["symbol"] for found in diagnostics if found["code"] == "stray-file"]
    return _added(subject, tree(subject.text), names)


def _added(subject: Subject, parsed: Tree, names: Sequence[str]) -> list[Edit]:
    head = "mod" if is_program(subject.path) else "pub mod"
    at = first_place(parsed)
    text = "".join(f"{head} {name};\n" for name in names)
    return [(at, at, f"{text}\n" if not list(_lines(parsed)) else text)] if text else []


def _begins_crate(subject: Subject) -> bool:
    return subject.path == ROOT or (subject.path == MAIN and ROOT not in subject.siblings)


def _is_module(path: str) -> bool:
    return path.startswith("src/") and path.count("/") == 1 and path.endswith(".rs") and path not in (ROOT, MAIN)


def _is_its_own(subject: Subject, name: str) -> bool:
    """Tell whether a module stands where the file that declares it would look."""
    folder = subject.path.rpartition("/")[0]
    near = (
        f"{folder}/{name}"
        if subject.path.endswith("/mod.rs") or folder == "tests"
        else f"{folder}/{stem(subject.path)}/{name}"
    )
    return any(f"{near}{end}" in subject.siblings for end in (".rs", "/mod.rs"))


def _lines(parsed: Tree) -> Iterator[Node]:
    for node in parsed.root.named_children:
        if node.type == "mod_item" and field(node, "body") is None:
            yield node
