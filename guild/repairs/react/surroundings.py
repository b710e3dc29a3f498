"""What a JavaScript file sees of its project: the modules beside it and what each offers."""

from tree_sitter import Node

from guild.repairs.subject import Subject
from guild.syntax import Edit, syntax_for
from guild.syntax.react.source import default_of, exports
from guild.syntax.react.tree import Tree

REACT = syntax_for("react")
_SUFFIXES = (".js", ".jsx")


def is_test(path: str) -> bool:
    """Tell whether Jest runs a file."""
    return REACT.is_test(path)


def modules(subject: Subject) -> dict[str, frozenset[str]]:
    """Return the project's other modules that are no tests, by path, and the names that each exports."""
    shipped = {path: text for path, text in subject.siblings.items() if path.endswith(_SUFFIXES) and not is_test(path)}
    return {path: exports(text) - {"default"} for path, text in shipped.items() if path != subject.path}


def defaults(subject: Subject) -> dict[str, str]:
    """Return the project's modules with a default export, by path, and what it is called there; empty for no name."""
    shipped = (path for path in subject.siblings if path.endswith(_SUFFIXES) and not is_test(path))
    texts = {path: subject.siblings[path] for path in shipped}
    return {path: default_of(text) for path, text in texts.items() if "default" in exports(text)}


def dropped(parsed: Tree, node: Node) -> Edit:
    """Return the edit that takes a statement out with the rest of its line."""
    start, end = parsed.span(node)
    line = parsed.text.find("\n", end)
    return start, line + 1 if line >= 0 and not parsed.text[end:line].strip() else end, ""
