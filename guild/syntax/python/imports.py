"""The imports of one Python text added to those of another."""

from collections.abc import Iterator
from itertools import takewhile

from tree_sitter import Node

from guild.syntax.python.tree import FUNCTION, Tree, defined, docstring, field, tree

_FUTURE = "future_import_statement"
_IMPORTS = ("import_statement", "import_from_statement", _FUTURE)
_HEADINGS = ("#!", "# -*-")


def merged(text: str, new: Tree) -> str:
    """Return a text that imports what another one does, each name once and the future first."""
    parsed = tree(text)
    known = {found for node in _outside(parsed) for found, _ in _imported(parsed, node)}
    said = [pair for node in new.root.named_children for pair in _imported(new, node)]
    wanted = [line for found, line in said if found not in known]
    lines: dict[str, list[str]] = {}
    for head, name in wanted:
        names = lines.setdefault(head, [])
        names += [name] if name not in names else []
    future = "".join(_line(head, names) for head, names in lines.items() if "__future__" in head)
    rest = "".join(_line(head, names) for head, names in lines.items() if "__future__" not in head)
    return _inserted(_inserted(text, rest, _IMPORTS), future, (_FUTURE,)) if lines else text


def is_import(line: str) -> bool:
    """Tell whether a line is an import, which prose is not: as such it begins a file."""
    opened = line.rstrip().removesuffix("(")
    parsed = tree(line if opened == line.rstrip() else f"{opened}_")
    kinds = [node.type for node in parsed.root.named_children if node.type != "comment"]
    return line[:1] > " " and not parsed.root.has_error and len(kinds) == 1 and kinds[0] in _IMPORTS


def _outside(parsed: Tree) -> Iterator[Node]:
    """Yield the import statements that run with the file, under a condition or not."""
    stack = [parsed.root]
    while stack:
        node = stack.pop()
        if node.type in _IMPORTS:
            yield node
        elif node.type not in (FUNCTION, "class_definition"):
            stack.extend(node.named_children)


def _imported(parsed: Tree, node: Node) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each thing that a statement imports: what tells it from others, and how its line begins and goes on."""
    module = parsed.of(field(node, "module_name")) or ("__future__" if node.type == _FUTURE else "")
    names = [" ".join(parsed.of(name).split()) for name in node.children_by_field_name("name")]
    names += ["*" for child in node.named_children if child.type == "wildcard_import"]
    for name in names if node.type in _IMPORTS else ():
        yield f"{module}:{name}", (f"from {module}", name) if module else (f"import {name}", "")


def _line(head: str, names: list[str]) -> str:
    return f"{head} import {', '.join(names)}\n" if any(names) else f"{head}\n"


def _inserted(text: str, lines: str, kinds: tuple[str, ...]) -> str:
    """Put lines behind the first imports of these kinds, else behind what the file says of itself."""
    if not lines:
        return text
    parsed = tree(text)
    before = takewhile(lambda node: defined(node) is None, parsed.root.named_children)
    last = next((node for node in reversed(list(before)) if node.type in kinds), docstring(parsed.root))
    if last is None:
        first = next((node for node in parsed.root.named_children if not _is_heading(parsed, node)), parsed.root)
        at = parsed.char(first.start_byte)
        return f"{text[:at]}{lines}\n\n{text[at:]}" if first.type not in _IMPORTS else text[:at] + lines + text[at:]
    at = parsed.text.find("\n", parsed.char(last.end_byte)) + 1 or len(text)
    behind = "" if last.type in kinds else "\n"
    return f"{text[:at].rstrip()}\n{behind}{lines}{text[at:]}"


def _is_heading(parsed: Tree, node: Node) -> bool:
    return node.type == "comment" and node.start_point.row < 2 and parsed.of(node).startswith(_HEADINGS)
