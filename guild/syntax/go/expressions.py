"""Go expressions that stand alone in a text: a call, and the value that it is said to have."""

from guild.syntax.go.tree import tree, walk

_HEAD = "package p\nvar _ = "
_EQUALS = ("==", "=>", "->", "→", "=")
_CALLS = ("call_expression", "type_conversion_expression")
_REMARKS = ("(", "//", "#", "—", "–", ";", "because ", "since ")


def equation(text: str) -> tuple[str, str] | None:
    """Split `GCD(12, 18) = 6` into the call and its value, a remark behind it left out; None where it is no such thing.

    Several results are a list: `Decode("IIII") = 0, error`.
    """
    for at in range(len(text)):
        sign = next((sign for sign in _EQUALS if text.startswith(sign, at)), "")
        if sign and is_call(text[:at]):
            value = _value(text[at + len(sign) :].strip())
            return (text[:at].strip(), value) if value else None
    return None


def is_call(text: str) -> bool:
    """Tell whether a text is one call, `New(2).Len()` for one."""
    parsed = tree(f"{_HEAD}{text.strip()}")
    nodes = parsed.root.named_children
    if parsed.root.has_error or len(nodes) != 2:
        return False
    values = nodes[1].named_children[0].child_by_field_name("value")
    return values is not None and [value.type for value in values.named_children] in ([call] for call in _CALLS)


def denied(condition: str) -> str:
    """Return the opposite of a condition: a denial taken off, or set before it."""
    parsed = tree(f"{_HEAD}{condition.strip()}")
    value = next((node for node in walk(parsed.root) if node.type == "expression_list"), None)
    only = value.named_children[0] if value is not None and value.named_children else None
    if only is not None and only.type == "unary_expression" and condition.strip().startswith("!"):
        return parsed.of(only.child_by_field_name("operand"))
    return f"!{condition}" if condition.isidentifier() or is_call(condition) else f"!({condition})"


def _is_list(text: str) -> bool:
    parsed = tree(f"{_HEAD}f({text})")
    nodes = parsed.root.named_children
    return bool(text) and not parsed.root.has_error and len(nodes) == 2 and "\n" not in text


def _value(text: str) -> str:
    """Return the longest list of expressions that a text begins with, empty where what follows is not a remark."""
    if _is_list(text):
        return text
    cuts = [at for at, char in enumerate(text) if char == " "]
    for at in reversed(cuts):
        head, rest = text[:at].rstrip(" .,"), text[at:].strip()
        if rest.startswith(_REMARKS) and _is_list(head):
            return head
    bare = text.rstrip(" .")
    return bare if _is_list(bare) else ""
