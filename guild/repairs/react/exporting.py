"""What a module offers: each name once, and at least what it declares for others."""

from collections import Counter

from tree_sitter import Node

from guild.repairs.react.surroundings import dropped, is_test
from guild.repairs.subject import Subject
from guild.spec.languages import paths_of
from guild.syntax import Edit, edited
from guild.syntax.react.source import default_of, exports, named_by
from guild.syntax.react.tree import Tree, exported, field, tree

_DECLARING = ("function_declaration", "generator_function_declaration", "class_declaration", "lexical_declaration")


def apply(subject: Subject) -> str:
    """Export a name once; the default by its name too, and all declarations where nothing is exported."""
    if is_test(subject.path) or subject.path.endswith(paths_of("react").main):
        return subject.text
    text = _once(subject.text)
    offered = exports(text)
    wanted = {default_of(text)} - offered if offered else {*_declared(text)}
    return _offering(text, wanted - {""})


def _declared(text: str) -> list[str]:
    parsed = tree(text)
    return [named.name for node in parsed.root.named_children for named in named_by(parsed, node)]


def _once(text: str) -> str:
    """Leave out of the lists what is exported elsewhere, and a list that is left without any."""
    parsed = tree(text)
    lists = [node for node in parsed.root.named_children if _clause(node) is not None and field(node, "source") is None]
    inline = {name for node in parsed.root.named_children if node not in lists for name in _named(parsed, node)}
    seen, edits = Counter(inline), list[Edit]()
    for node in lists:
        clause = _clause(node)
        kept: list[str] = []
        for one in clause.named_children if clause is not None else ():
            name = parsed.of(field(one, "alias") or field(one, "name"))
            kept += [parsed.of(one)] if not seen[name] else []
            seen[name] += 1
        if clause is not None and len(kept) < len(clause.named_children):
            edits.append((*parsed.span(clause), f"{{ {', '.join(kept)} }}") if kept else dropped(parsed, node))
    return edited(text, edits)


def _clause(node: Node) -> Node | None:
    exporting = node.type == "export_statement"
    return next((child for child in node.named_children if exporting and child.type == "export_clause"), None)


def _named(parsed: Tree, node: Node) -> set[str]:
    default = "default" in [parsed.of(child) for child in node.children[:2]]
    if node.type != "export_statement":
        return set()
    return {"default"} if default else {named.name for named in named_by(parsed, node)}


def _offering(text: str, wanted: set[str]) -> str:
    """Write `export` before the declarations of names; a default that is declared where it stands is taken apart."""
    parsed = tree(text)
    edits: list[Edit] = []
    for node in parsed.root.named_children:
        inner = exported(node)
        if inner.type in _DECLARING and {named.name for named in named_by(parsed, node)} & wanted:
            edits.append((parsed.char(node.start_byte), parsed.char(inner.start_byte), "export "))
    return edited(text, edits)
