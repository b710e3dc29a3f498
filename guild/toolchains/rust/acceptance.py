"""Render oracles as acceptance tests: one function an oracle, in a test file that knows the library as users do."""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files as resources
from string import Template

from tree_sitter import Node

from guild.spec.prose import unfolded
from guild.syntax import Edit, edited
from guild.syntax.rust.opening import ROOT
from guild.syntax.rust.tree import Tree, field, piece, walk
from guild.toolchains.rust.layout import MAIN, crate_of, public_modules
from guild.values import ANY_WANT, ERROR_WANT, Expect

FILE = "tests/guild_acceptance.rs"
_TEST = "acceptance_"
_FUNCTION = re.compile(rf"^fn {_TEST}(\d+)\(", re.M)
_INSIDE = ("tuple_expression", "array_expression", "arguments", "parenthesized_expression", "token_tree")
_OK = re.compile(r"^Ok\((?P<inner>.+)\)$", re.S)


def render(files: Mapping[str, str], numbered: Mapping[int, Expect]) -> dict[str, str]:
    """Return the acceptance tests of numbered oracles, path -> text."""
    if not numbered:
        return {}
    oracles = "\n".join(_function(number, expect) for number, expect in numbered.items())
    template = resources("guild.toolchains.rust").joinpath("acceptance.tmpl").read_text("utf-8")
    return {FILE: Template(template).substitute(imports=_imports(files), oracles=oracles)}


def test_name(number: int) -> str:
    """Return the name of an oracle's test function."""
    return f"{_TEST}{number:02d}"


def number_at(text: str, line: int) -> int:
    """Return the number of the oracle whose test holds a line of a rendered file; 0 for none."""
    ends = text.find("\n/// Compares a result")
    if text.count("\n", 0, ends) < line:
        return 0
    found = _FUNCTION.findall("\n".join(text.splitlines()[:line]))
    return int(found[-1]) if found else 0


def _imports(files: Mapping[str, str]) -> str:
    """Return what brings in all that the project offers: of a program without a library, of its own file."""
    if ROOT not in files and MAIN in files:
        return f'#[path = "../{MAIN}"]\nmod program;\nuse program::*;'
    crate = crate_of(files)
    return "\n".join([f"use {crate}::*;", *(f"use {crate}::{module}::*;" for module in public_modules(files))])


def _function(number: int, expect: Expect) -> str:
    where = f", line {expect['line']} of the Spec" if expect["line"] else ""
    body = "\n".join(f"    {line}" for line in _body(expect))
    return f"/// Oracle {number}{where}.\n#[test]\nfn {test_name(number)}() {{\n{body}\n}}\n"


def _body(expect: Expect) -> Iterator[str]:
    call, wants = unfolded(expect["call"]), [want.strip() for want in expect["want"]]
    if wants == [ERROR_WANT]:
        yield f"acceptance_fails!({_text(call)}, {call});"
    elif len(wants) == 1:
        yield from _compared(_text(call), call, wants[0])
    else:
        names = ", ".join(f"_got{index}" for index in range(len(wants)))
        yield f"let ({names}) = {call};"
        for index, want in enumerate(wants):
            yield from _compared(_text(f"{call}, result {index + 1}"), f"_got{index}", want)


def _compared(what: str, got: str, want: str) -> Iterator[str]:
    """Yield the lines that compare a value; of an `Ok` what is in it, since errors need not be comparable."""
    if want == ANY_WANT:
        yield f"let _ = {got};"
    elif want == ERROR_WANT:
        yield f'assert!({got}.is_err(), "{{}}: got no error, want one", {what});'
    elif inner := _OK.match(want):
        yield f"match {got} {{"
        yield f"    Ok(got) => acceptance_equal({what}, got, {_fitting(inner['inner'])}),"
        yield f'    Err(_) => panic!("{{}}: got an error, want {{}}", {what}, {_text(want)}),'
        yield "}"
    else:
        yield f"acceptance_equal({what}, {got}, {_fitting(want)});"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _fitting(want: str) -> str:
    """Return a wanted value in which each string takes the type of what it is compared with."""
    found = piece(want)
    if found is None:
        return want
    parsed, root = found
    before = parsed.char(root.start_byte)
    edits: list[Edit] = []
    for node in walk(root):
        if node.type == "string_literal" and _is_free(parsed, node, root):
            at = parsed.char(node.end_byte) - before
            edits.append((at, at, ".into()"))
    return edited(want, edits)


def _is_free(parsed: Tree, node: Node, root: Node) -> bool:
    """Tell whether nothing but what holds values stands around a literal: no call that wants it as it is."""
    while node != root and node.parent is not None:
        above = node.parent
        if above.type == "call_expression":
            name = parsed.of(field(above, "function")).rpartition("::")[2]
            if not name[:1].isupper():
                return False
        elif above.type == "macro_invocation":
            if parsed.of(field(above, "macro")) != "vec":
                return False
        elif above.type not in _INSIDE or (above.type == "token_tree" and _follows_name(node)):
            return False
        node = above
    return True


def _follows_name(node: Node) -> bool:
    """Tell whether the tokens of a macro go on with a method behind a literal, or call something with it."""
    after, before = node.next_sibling, node.prev_sibling
    called = node.type == "token_tree" and before is not None and before.type == "identifier"
    lower = called and before is not None and (before.text or b"a")[:1].islower()
    return lower or (after is not None and after.type == ".")
