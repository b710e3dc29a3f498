"""How Python files begin, and what a line says that equates a call with a value."""

import ast
import re
from collections.abc import Mapping, Sequence

_ROOTS = ("src/",)
"""Folders whose content is imported without their name."""
_SIGNS = ("==", "->", "→", "=>", "=")
_REMARKS = ("#", ";", " (", "—", "–", " because ", " since ")
_WIDE = 100


def module_name(path: str, module: str = "") -> str:
    """Return the name by which other files import this one: `src/store/items.py` is `store.items`."""
    for root in _ROOTS:
        path = path.removeprefix(root)
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_start(package: str, uses: Mapping[str, Sequence[str]]) -> str:
    """Return the imports of a test file: pytest, and what modules offer."""
    lines = [_import(module, names) for module, names in uses.items() if names and module != package]
    return "import pytest\n\n" + "".join(lines) + ("\n\n" if lines else "\n")


def equation(text: str) -> tuple[str, str] | None:
    """Split `gcd(12, 18) == 6` into the call and its value, a remark left out; None where it is no such thing."""
    for at in range(len(text)):
        sign = next((sign for sign in _SIGNS if text.startswith(sign, at)), "")
        if sign and isinstance(_expression(text[:at]), ast.Call):
            value = _value(text[at + len(sign) :].strip())
            return (text[:at].strip(), value) if value else None
    return None


def _value(text: str) -> str:
    """Return the shortest expression that a text begins with and that a remark may follow."""
    ends = sorted(hit.start() for remark in _REMARKS for hit in re.finditer(re.escape(remark), text))
    wholes = (text[:end].strip().rstrip(".").strip() for end in (*ends, len(text)))
    return next((whole for whole in wholes if _expression(whole)), "")


def _expression(text: str) -> ast.expr | None:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None


def _import(module: str, names: Sequence[str]) -> str:
    line = f"from {module} import {', '.join(names)}\n"
    return (
        line
        if len(line) <= _WIDE
        else f"from {module} import (\n" + "".join(f"    {name},\n" for name in names) + ")\n"
    )
