"""Statements that run when a module is loaded, and only show something: the usual end of a model's answer."""

from tree_sitter import Node

from guild.repairs.react.surroundings import dropped, is_test
from guild.repairs.subject import Subject
from guild.spec.languages import paths_of
from guild.syntax import edited
from guild.syntax.react.tree import Tree, called, field, tree

_SHOWS = ("console.log", "console.error", "console.info", "ReactDOM.render", "root.render", "render")
_ROOT = ("createRoot", "ReactDOM.createRoot")


def apply(subject: Subject) -> str:
    """Drop what is printed or rendered at the top level of a module that does not start the program."""
    if subject.path.endswith(paths_of("react").main):
        return subject.text
    parsed = tree(subject.text)
    gone = [node for node in parsed.root.named_children if _is_loose(parsed, node, testing=is_test(subject.path))]
    return edited(subject.text, [dropped(parsed, node) for node in gone])


def _is_loose(parsed: Tree, node: Node, *, testing: bool) -> bool:
    """Tell whether a statement prints or renders, and does nothing else; the start of a page counts too."""
    call = called(node)
    name = parsed.of(field(call, "function")) if call is not None else ""
    if name in _SHOWS[:3] or (not testing and (name in _SHOWS or name.startswith(tuple(f"{one}(" for one in _ROOT)))):
        return True
    one = node.named_children[0] if node.type == "lexical_declaration" and len(node.named_children) == 1 else None
    value = field(one, "value") if one is not None else None
    made = value is not None and value.type == "call_expression" and parsed.of(field(value, "function")) in _ROOT
    return made and not testing
