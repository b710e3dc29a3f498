"""A replacement's declarations put into a Rust text, each in the place of its namesake."""

import re
from collections.abc import Iterator, Sequence
from textwrap import dedent

from tree_sitter import Node

from guild.syntax import Edit, edited
from guild.syntax.rust.source import head_of, item_start, type_of, used
from guild.syntax.rust.tree import FUNCTION, IMPL, Tree, attributes, comments, field, members, name_of, tree, walk

_SELF = re.compile(r"\bSelf\b")


def splice(text: str, replacement: str) -> str:
    """Put each declaration of a replacement in the place of its namesake, add the new ones, merge what is used.

    An impl keeps the functions that the replacement does not show; a function that stands there without its impl goes
    to the one that has it, else to the only one. A namesake's comment and attributes stay where the replacement has
    none.
    """
    old, new = tree(text), tree(replacement)
    if not any(_is_item(node) or node.type == "use_declaration" for node in old.root.named_children):
        return dedent(replacement) if any(map(_is_item, new.root.named_children)) else text
    edits: list[Edit] = []
    added: dict[str, str] = {}
    for node in new.root.named_children:
        if node.type == IMPL:
            _place_impl(old, new, node, (edits, added))
        elif node.type == FUNCTION and (impl := _home_of_method(old, new, node)) is not None:
            edits += _placed(old, new, impl, [node])
        elif _is_item(node) and not _is_mod_line(node):
            homes = _namesakes(old, new, old.root.named_children, node)
            edits += _replaced(old, new, homes, node)
            added |= {} if homes else {name_of(new, node): _whole(new, node)}
    # Of two namesakes the last one stands; what is put into an impl stands beside what else is.
    last = {(start, end, start == end and put): (start, end, put) for start, end, put in edits}
    result = edited(text, last.values())
    missing = [each for each in added.values() if each not in text]
    result = result.rstrip() + "\n\n" + "\n\n".join(missing) + "\n" if missing else result
    return merged(result, new)


def merged(text: str, new: Tree) -> str:
    """Return a text with the `use` and `mod` lines of another that it lacks, where its own stand."""
    old = tree(text)
    known = {pair for node in old.root.named_children for pair in _used(old, node)}
    modules = {name_of(old, node) for node in old.root.named_children if node.type == "mod_item"}
    lines: list[str] = []
    for node in new.root.named_children:
        lacking = [pair for pair in _used(new, node) if pair not in known]
        if lacking or (_is_mod_line(node) and name_of(new, node) not in modules):
            lines.append(new.of(node) if len(lacking) == len(list(_used(new, node))) else _lines_of(lacking))
    if not lines:
        return text
    at = first_place(old)
    whole = "".join(f"{line}\n" for line in dict.fromkeys(lines))
    return f"{text[:at]}{whole}{text[at:]}"


def first_place(parsed: Tree) -> int:
    """Return where a `use` may be added: before the first item, behind what is said of the whole file."""
    items = [node for node in parsed.root.named_children if _is_item(node) or node.type == "use_declaration"]
    return parsed.char(item_start(items[0]).start_byte) if items else len(parsed.text)


def _used(parsed: Tree, node: Node) -> Iterator[tuple[str, str]]:
    argument = field(node, "argument") if node.type == "use_declaration" else None
    return used(parsed, argument) if argument is not None else iter(())


def _lines_of(pairs: Sequence[tuple[str, str]]) -> str:
    return "\n".join(
        f"use {path};"
        if path.rpartition("::")[2] == alias
        else f"use {path}{'::*' if alias == '*' else f' as {alias}'};"
        for path, alias in pairs
    )


def _is_item(node: Node) -> bool:
    return (node.type.endswith("_item") and node.type != "attribute_item") or node.type == "macro_definition"


def _is_mod_line(node: Node) -> bool:
    return node.type == "mod_item" and field(node, "body") is None


def _impl_key(parsed: Tree, node: Node) -> tuple[str, str]:
    return "".join(parsed.of(field(node, "trait")).split()).rpartition("::")[2], type_of(parsed, node)


def _impls(old: Tree) -> list[Node]:
    return [node for node in old.root.named_children if node.type == IMPL]


def _place_impl(old: Tree, new: Tree, node: Node, result: tuple[list[Edit], dict[str, str]]) -> None:
    edits, added = result
    homes = [each for each in _impls(old) if _impl_key(old, each) == _impl_key(new, node)]
    if not homes:
        added[_whole(new, node)] = _whole(new, node)
        return
    for member in members(node):
        if _is_item(member):
            having = [each for each in homes if _namesakes(old, new, members(each), member)]
            edits += _placed(old, new, (having or homes)[0], [member])


def _home_of_method(old: Tree, new: Tree, node: Node) -> Node | None:
    """Return the impl that a function belongs to which stands in the replacement without one."""
    if _namesakes(old, new, old.root.named_children, node):
        return None
    own = any(each.type == "self_parameter" for each in walk(node)) or _SELF.search(head_of(new, node))
    inherent = [each for each in _impls(old) if field(each, "trait") is None]
    having = [each for each in _impls(old) if _namesakes(old, new, members(each), node)]
    homes = having or (inherent if own else [])
    return homes[0] if own and len(homes) == 1 else None


def _placed(old: Tree, new: Tree, impl: Node, guests: Sequence[Node]) -> list[Edit]:
    """Put functions into an impl: each in the place of its namesake, else at the end."""
    edits: list[Edit] = []
    body = field(impl, "body")
    for guest in guests:
        homes = _namesakes(old, new, members(impl), guest)
        edits += _replaced(old, new, homes, guest)
        if not homes and body is not None:
            at = old.char(body.end_byte - 1)
            edits.append((at, at, f"\n    {_whole(new, guest)}\n"))
    return edits


def _namesakes(old: Tree, new: Tree, nodes: Sequence[Node], guest: Node) -> list[Node]:
    name = name_of(new, guest)
    return [node for node in nodes if _is_item(node) and name and name_of(old, node) == name]


def _replaced(old: Tree, new: Tree, homes: Sequence[Node], guest: Node) -> list[Edit]:
    """Return the edits that put an item where its namesake stands; what else bears the name goes."""
    if not homes:
        return []
    home = homes[0]
    start, end = _extent(old, home)
    text = _whole(new, guest) if _whole(new, guest) == old.text[start:end] else _composed(old, new, home, guest)
    cut = [(*_extent(old, each), "") for each in homes[1:] if each.type == home.type]
    return [*([(start, end, text)] if text != old.text[start:end] else []), *cut]


def _composed(old: Tree, new: Tree, home: Node, guest: Node) -> str:
    """Return an item with its own comment and attributes, and its namesake's where it has none."""
    mine, theirs = attributes(guest), attributes(home)
    parts: list[str] = []
    for kind in (comments, _without_comments):
        own = [new.of(each) for each in kind(mine)]
        parts += own or [old.of(each) for each in kind(theirs)]
    return "\n".join([*(part.strip() for part in parts), new.of(guest)])


def _without_comments(nodes: list[Node]) -> list[Node]:
    return [node for node in nodes if node not in comments(nodes)]


def _extent(parsed: Tree, node: Node) -> tuple[int, int]:
    return parsed.char(item_start(node).start_byte), parsed.char(node.end_byte)


def _whole(parsed: Tree, node: Node) -> str:
    return parsed.text[slice(*_extent(parsed, node))]
