"""Where a text is not JavaScript, as the syntax tree says it."""

from tree_sitter import Node

from guild.syntax import SyntaxFault
from guild.syntax.react.tree import Tree, tree, walk

_MOST_FAULTS = 20


def faults(text: str) -> list[SyntaxFault]:
    """Return the ERROR nodes and what is missing, once a line."""
    parsed = tree(text)
    if not parsed.root.has_error:
        return []
    found = [_fault(parsed, node) for node in walk(parsed.root) if node.is_missing or node.is_error]
    return list({each.line: each for each in reversed(found[:_MOST_FAULTS])}.values())[::-1]


def _fault(parsed: Tree, node: Node) -> SyntaxFault:
    near = parsed.text[parsed.char(node.start_byte) :].split("\n", 1)[0].strip()[:40] or "the end of the line"
    said = f"missing `{node.type}` before" if node.is_missing else "syntax error near"
    line = parsed.data.rfind(b"\n", 0, node.start_byte) + 1
    column = parsed.char(node.start_byte) - parsed.char(line) + 1
    return SyntaxFault(node.start_point.row + 1, column, f"{said} `{near}`")
