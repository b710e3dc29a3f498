"""How Rust files begin, by which names they are known, and what a line says that equates a call with a value."""

import re
from collections.abc import Mapping, Sequence
from posixpath import basename, splitext

from guild.syntax.rust.tree import piece

ROOT = "src/lib.rs"
_SIGNS = ("==", "=>", "->", "→", "=")
_REMARKS = ("//", ";", " (", "—", "–", " because ", " since ")
_CALL = ("call_expression", "macro_invocation")
_WORDS = """
abstract alloc as async await become box break const continue core crate do dyn else enum extern false final fn for if
impl in let loop macro match mod move mut override priv proc_macro pub ref return self static std struct super test
trait true try type typeof unsafe unsized use virtual where while yield
"""
_TAKEN = frozenset(_WORDS.split())


def crate_name(module: str) -> str:
    """Return the name that a crate has for others: the last part of its module's path, as an identifier."""
    name = re.sub(r"\W", "_", module.rpartition("/")[2]).strip("_").lower() or "project"
    return f"crate_{name}" if name in _TAKEN or name[0].isdigit() else name


def module_name(path: str, module: str = "") -> str:
    """Return the name by which other crates, tests among them, import a file: `src/store.rs` is `shop::store`.

    The crate's own name stands for the file at its root, for a program's start and for a test.
    """
    crate = crate_name(module)
    if not path.startswith("src/") or path == ROOT or basename(path) == "main.rs":
        return crate
    inner = splitext(path.removeprefix("src/"))[0].removesuffix("/mod")
    return crate if inner.startswith("bin/") else f"{crate}::{inner.replace('/', '::')}"


def test_start(package: str, uses: Mapping[str, Sequence[str]]) -> str:
    """Return what imports all that modules offer; a glob names nothing that is private."""
    lines = dict.fromkeys(f"use {module}::*;\n" for module in uses or (package,) if module)
    return "".join(lines) + "\n"


def equation(text: str) -> tuple[str, str] | None:
    """Split `gcd(12, 18) == 6` into the call and its value, a remark left out; None where it is no such thing."""
    for at in range(len(text)):
        sign = next((sign for sign in _SIGNS if text.startswith(sign, at)), "")
        call = piece(text[:at].strip()) if sign else None
        if call is not None and call[1].type in _CALL:
            value = _value(text[at + len(sign) :].strip())
            return (text[:at].strip(), value) if value else None
    return None


def _value(text: str) -> str:
    """Return the shortest expression that a text begins with and that a remark may follow."""
    ends = sorted(hit.start() for remark in _REMARKS for hit in re.finditer(re.escape(remark), text))
    wholes = (text[:end].strip().rstrip(".").strip() for end in (*ends, len(text)))
    return next((whole for whole in wholes if whole and piece(whole)), "")
