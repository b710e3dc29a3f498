"""How JavaScript files begin, and what a line says that equates a call with a value."""

import json
import re
from collections.abc import Mapping, Sequence
from posixpath import dirname, relpath

from guild.syntax.react.expressions import expression
from guild.syntax.react.imports import Binding

TESTING = "@testing-library/react"
_RENDERS = ("fireEvent", "render", "screen")
_SIGNS = ("===", "==", "->", "→", "=>", "=")
_REMARKS = ("//", ";", " (", "—", "–", " because ", " since ")


def source_of(module: str, path: str) -> str:
    """Return how the file at a path names another in an import: `./Counter.jsx`."""
    way = relpath(module, dirname(path) or ".")
    return way if way.startswith(".") else f"./{way}"


def test_start(package: str, uses: Mapping[str, Sequence[str]]) -> str:
    """Return the imports of a test file: what renders, where it tests components, and what modules offer."""
    bindings = [Binding(TESTING, names=tuple((name, name) for name in _RENDERS))] if package.endswith(".jsx") else []
    for module, names in uses.items():
        if names and module != package:
            bindings.append(Binding(source_of(module, package), names=tuple((name, name) for name in names)))
    return "".join(f"{binding.line}\n" for binding in bindings) + ("\n" if bindings else "")


def test_head(name: str) -> str:
    """Return the head of a test: the call, up to the function that it is given."""
    return f"test({json.dumps(name, ensure_ascii=False)}, () =>"


def equation(text: str) -> tuple[str, str] | None:
    """Split `gcd(12, 18) === 6` into the call and its value, a remark left out; None where it is no such thing."""
    for at in range(len(text)):
        sign = next((sign for sign in _SIGNS if text.startswith(sign, at)), "")
        if sign and (found := expression(text[:at])) and found[1].type == "call_expression":
            value = _value(text[at + len(sign) :].strip())
            return (text[:at].strip(), value) if value else None
    return None


def _value(text: str) -> str:
    """Return the shortest expression that a text begins with and that a remark may follow."""
    ends = sorted(hit.start() for remark in _REMARKS for hit in re.finditer(re.escape(remark), text))
    wholes = (text[:end].strip().rstrip(".").strip() for end in (*ends, len(text)))
    return next((whole for whole in wholes if expression(whole)), "")
