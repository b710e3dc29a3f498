"""A replacement's declarations put into a JavaScript text, each in the place of its namesake."""

from collections.abc import Iterator
from textwrap import dedent

from tree_sitter import Node

from guild.syntax import Edit, edited
from guild.syntax.react.imports import merged
from guild.syntax.react.imports import statements as imported
from guild.syntax.react.source import doc_start, exports, named_by
from guild.syntax.react.tests import statements
from guild.syntax.react.tree import Tree, exported, tree, walk

_GAP = "\n\n"


def splice(text: str, replacement: str) -> str:
    """Put each declaration of a replacement in the place of its namesake, add the new ones, merge the imports.

    What has no namesake goes before the declaration that follows it in the replacement, else to the end. A namesake's
    comment stays where the replacement has none, and what was exported stays so.
    """
    old, new = tree(text), tree(replacement)
    guests = list(_named(new))
    if all(node.type == "comment" for node in old.root.named_children):
        return dedent(replacement) if guests or imported(new) else text
    homes, edits, waiting = list(_named(old)), list[Edit](), ""
    for guest in guests:
        names = _names(new, guest)
        if any(names & _names(new, other) for other in guests[guests.index(guest) + 1 :]):
            continue
        mine = [home for home in homes if names & _names(old, home)]
        if not mine:
            waiting += _standing(new, guest, "") + _GAP
        elif _names(old, mine[0]) <= names:
            at = old.char(doc_start(old, _outermost(mine[0])).start_byte)
            edits += [(at, at, waiting)] if waiting else []
            edits += [_replaced(old, new, mine[0], guest), *(_cut(old, each) for each in mine[1:])]
            waiting = ""
    if waiting.strip():
        edits.append((len(text.rstrip()), len(text), f"{_GAP}{waiting.rstrip()}\n"))
    spliced = edited(text, edits)
    return merged(edited(spliced, _lists(spliced, new)), new)


def _named(parsed: Tree) -> Iterator[Node]:
    return (node for node in statements(parsed) if _names(parsed, node))


def _names(parsed: Tree, node: Node) -> set[str]:
    return {named.name for named in named_by(parsed, node)}


def _replaced(old: Tree, new: Tree, home: Node, guest: Node) -> Edit:
    margin = " " * home.start_point.column
    first = doc_start(old, home) if doc_start(new, guest) != guest else home
    text = _standing(new, guest, margin)
    loses = home.type == "export_statement" and guest.type != "export_statement"
    if loses and _names(new, guest).isdisjoint(exports(new.text)):
        begun = old.data[home.start_byte : exported(home).start_byte].decode()
        head = len(text) - len(_reindented(new, guest, margin))
        text = text[:head] + begun + text[head:]
    return old.char(first.start_byte), old.char(home.end_byte), text


def _standing(new: Tree, guest: Node, margin: str) -> str:
    """Return a statement with the comments above it, at the margin of its new place."""
    above = doc_start(new, guest)
    if margin == " " * guest.start_point.column:
        return new.text[new.char(above.start_byte) : new.char(guest.end_byte)]
    comments: list[str] = []
    while above != guest and above.type == "comment":
        comments.append(f"{new.of(above)}\n{margin}")
        above = above.next_named_sibling or guest
    return "".join(comments) + _reindented(new, guest, margin)


def _reindented(parsed: Tree, node: Node, margin: str) -> str:
    """Return a statement at another margin; the lines of its strings stay as they are."""
    before = " " * node.start_point.column
    strings = [each for each in walk(node) if each.type == "template_string"]
    inside = {row for each in strings for row in range(each.start_point.row + 1, each.end_point.row + 1)}
    first, *lines = parsed.of(node).split("\n")
    for row, line in enumerate(lines, node.start_point.row + 1):
        shifts = row not in inside and line.startswith(before) and line.strip()
        first += "\n" + (margin + line.removeprefix(before) if shifts else line)
    return first


def _outermost(node: Node) -> Node:
    while node.parent is not None and node.parent.type != "program":
        node = node.parent
    return node


def _cut(parsed: Tree, node: Node) -> Edit:
    """Return the edit that takes a statement out, with its comment and the rest of its line."""
    start, end = parsed.char(doc_start(parsed, node).start_byte), parsed.char(node.end_byte)
    line = parsed.text.find("\n", end)
    return start, line + 1 if line >= 0 and not parsed.text[end:line].strip() else end, ""


def _lists(text: str, new: Tree) -> list[Edit]:
    """Return the edits that export what statements of the replacement's own do, where nothing does yet."""
    there = exports(text)
    edits: list[Edit] = []
    for node in new.root.named_children:
        own = exports(new.of(node)) if node.type == "export_statement" and not _names(new, node) else frozenset[str]()
        if own and own.isdisjoint(there):
            edits.append((len(text.rstrip()), len(text), f"{_GAP}{new.of(node)}\n"))
    return edits
