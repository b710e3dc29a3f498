"""Arguments that a function is handed and does not parse: `parse_args()` then reads those of the process."""

import ast

from guild.repairs.python.surroundings import offset
from guild.repairs.subject import Subject
from guild.syntax import edited

_PARSERS = frozenset({"parse_args", "parse_known_args"})
_NAMES = ("argv", "args", "arguments")


def apply(subject: Subject) -> str:
    """Hand a function's own arguments to the parser, where nothing else is done with them."""
    try:
        parsed = ast.parse(subject.text)
    except (SyntaxError, ValueError):
        return subject.text
    edits = [edit for node in ast.walk(parsed) if isinstance(node, ast.FunctionDef) if (edit := _edit(subject, node))]
    return edited(subject.text, edits)


def _edit(subject: Subject, function: ast.FunctionDef) -> tuple[int, int, str] | None:
    """Return what is to be written between the parentheses of the only call that parses."""
    given = next((each.arg for each in function.args.args if each.arg in _NAMES), None)
    inner = [node for statement in function.body for node in ast.walk(statement)]
    calls = [node for node in inner if isinstance(node, ast.Call) and _parses(node)]
    if given is None or len(calls) != 1 or _reads(inner, given, calls[0]):
        return None
    end = offset(subject.text, calls[0].end_lineno or 0, calls[0].end_col_offset or 0) - 1
    return end, end, given


def _parses(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in _PARSERS and not call.args and not call.keywords


def _reads(inner: list[ast.AST], name: str, call: ast.Call) -> bool:
    """Tell whether what was handed in is read before it would be parsed; afterwards a result may have its name."""
    read = [node for node in inner if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id == name]
    return any((node.lineno, node.col_offset) < (call.lineno, call.col_offset) for node in read)
