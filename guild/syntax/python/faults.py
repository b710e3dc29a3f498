"""Where a text is not Python, as Python's own parser and the syntax tree say it."""

import ast
import warnings

from tree_sitter import Node

from guild.syntax import SyntaxFault
from guild.syntax.python.tree import Tree, tree, walk

_MOST_FAULTS = 20


def faults(text: str) -> list[SyntaxFault]:
    """Return what Python's own parser says, then the ERROR nodes and what is missing; nothing where Python reads it."""
    said = _refusal(text)
    if said is None:
        return []
    found, parsed = [said], tree(text)
    for node in walk(parsed.root):
        if (node.is_missing or node.is_error) and len(found) < _MOST_FAULTS:
            found.append(_fault(parsed, node))
    return list({each.line: each for each in reversed(found)}.values())[::-1]


def _refusal(text: str) -> SyntaxFault | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except SyntaxError as error:
            return SyntaxFault(max(error.lineno or 1, 1), max(error.offset or 1, 1), error.msg)
        except (ValueError, RecursionError, MemoryError) as error:
            return SyntaxFault(1, 1, str(error) or "nested too deep")
    return None


def _fault(parsed: Tree, node: Node) -> SyntaxFault:
    near = parsed.text[parsed.char(node.start_byte) :].split("\n", 1)[0].strip()[:40] or "the end of the line"
    said = f"missing `{node.type}` before" if node.is_missing else "syntax error near"
    line = parsed.data.rfind(b"\n", 0, node.start_byte) + 1
    column = parsed.char(node.start_byte) - parsed.char(line) + 1
    return SyntaxFault(node.start_point.row + 1, column, f"{said} `{near}`")
