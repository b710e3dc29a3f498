"""A replacement's declarations put into a Python text, each in the place of its namesake."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import dedent

from tree_sitter import Node

from guild.syntax import Edit, edited
from guild.syntax.python.imports import merged
from guild.syntax.python.source import bound, doc_start, margin_of
from guild.syntax.python.tree import Tree, bodies, decorators, defined, docstring, field, is_method, tree, walk

_CLASS = "class_definition"


@dataclass(frozen=True)
class _Place:
    """Where declarations are put: a file or the body of a class."""

    old: Tree
    new: Tree
    margin: str
    gap: str
    """What stands between two definitions."""
    end: Edit
    """Where what has no namesake goes: what stands before and behind it, around an empty line."""


def splice(text: str, replacement: str) -> str:
    """Put each declaration of a replacement in the place of its namesake, add the new ones, merge the imports.

    A class keeps the methods and values that the replacement does not show, unless it shows all of its methods. What
    has no namesake goes before the declaration that follows it in the replacement, else to the end. A namesake's
    comment stays where the replacement has none.
    """
    old, new = tree(text), tree(replacement)
    if all(node.type == "comment" or node == docstring(old.root) for node in old.root.named_children):
        return dedent(replacement) if _names_any(new) else text
    methods = [(node, home) for node in new.root.named_children if (home := _home_of_method(old, new, node))]
    loose = [node for node, _ in methods]
    guests = [node for node in new.root.named_children if names_of(new, node) and node not in loose]
    edits = _placed(_file(old, new), _named(old, old.root), guests)
    for node, home in methods:
        edits += _placed(_body(old, new, home), _named(old, field(home, "body")), [node])
    return merged(edited(text, [*edits, *_start(old, new)]), new)


def names_of(parsed: Tree, node: Node) -> tuple[str, ...]:
    """Return the names that a statement declares."""
    found = defined(node)
    return (parsed.of(field(found, "name")),) if found else tuple(name for name, _ in bound(parsed, node))


def _names_any(new: Tree) -> bool:
    return any(names_of(new, node) or node.type.startswith(("import", "future")) for node in new.root.named_children)


def _named(parsed: Tree, body: Node | None) -> list[Node]:
    return [node for node in (body.named_children if body else ()) if names_of(parsed, node)]


def is_start(parsed: Tree, node: Node) -> bool:
    """Tell whether a statement runs the file as a program."""
    return node.type == "if_statement" and parsed.of(field(node, "condition")).startswith("__name__")


def _start(old: Tree, new: Tree) -> list[Edit]:
    """Put what runs the file as a program in the place of what did so, or at the end."""
    was, now = ([node for node in each.root.named_children if is_start(each, node)] for each in (old, new))
    if not now:
        return []
    if was:
        return [(*old.span(was[0]), new.of(now[0]))]
    return [(len(old.text), len(old.text), f"\n\n{new.of(now[0])}\n")]


def _home_of_method(old: Tree, new: Tree, node: Node) -> Node | None:
    """Return the one class that a method belongs to which stands in the replacement without its class."""
    found = defined(node)
    parameters = field(found, "parameters") if found and is_method(node) else None
    first = new.of(parameters.named_children[0]) if parameters and parameters.named_children else ""
    if first not in ("self", "cls"):
        return None
    defining = [each for each in map(defined, old.root.named_children) if each and bodies(each)]
    classes = [each for each in defining if each.type == _CLASS]
    having = [each for each in classes if names_of(new, node) in [names_of(old, one) for one in bodies(each)]]
    homes = having or classes
    return homes[0] if len(homes) == 1 else None


def _file(old: Tree, new: Tree) -> _Place:
    start = next((node for node in old.root.named_children if is_start(old, node)), None)
    if start is not None:
        at = old.char(doc_start(old, start).start_byte)
        return _Place(old, new, "", "\n\n\n", (at, at, "|\n\n\n"))
    return _Place(old, new, "", "\n\n\n", (len(old.text.rstrip()), len(old.text), "\n\n\n|\n"))


def _body(old: Tree, new: Tree, found: Node) -> _Place:
    last = bodies(found)[-1]
    margin, at = margin_of(old, last), old.char(last.end_byte)
    return _Place(old, new, margin, "\n\n", (at, at, f"\n\n{margin}|"))


def _placed(place: _Place, homes: Sequence[Node], guests: Sequence[Node]) -> list[Edit]:
    """Return the edits that put statements where their namesakes stand."""
    pairs, doubles = _paired(place, homes, guests)
    edits: list[Edit] = [_cut(place.old, double) for double in doubles]
    waiting = ""
    for guest, home in pairs:
        if home is None:
            waiting += _standing(place, guest) + (place.gap if defined(guest) else "\n") + place.margin
            continue
        if waiting:
            at = place.old.char(doc_start(place.old, home).start_byte)
            edits.append((at, at, waiting))
        waiting = ""
        edits += _replaced(place, home, guest)
    if waiting:
        start, end, around = place.end
        edits.append((start, end, around.replace("|", waiting.rstrip())))
    return edits


def _paired(
    place: _Place, homes: Sequence[Node], guests: Sequence[Node]
) -> tuple[list[tuple[Node, Node | None]], list[Node]]:
    """Find a home for each statement, and the homes that are left over.

    As many namesakes as there were stand where they stood, the setter of a property apart from its getter; else the
    last stands where the first stood, and of functions that are defined twice it alone.
    """
    kept, left = dict[int, Node | None](), list[Node]()
    for key in dict.fromkeys(_key(place.new, guest) for guest in guests):
        mine = [guest for guest in guests if _key(place.new, guest) == key]
        theirs = [home for home in homes if _shares(_key(place.old, home), key)]
        if key[0] == ("_",):
            kept |= {guest.id: None for guest in mine if place.new.of(guest) not in place.old.text}
        elif len(mine) == len(theirs):
            kept |= {guest.id: home for guest, home in zip(mine, theirs, strict=True)}
        else:
            kept |= {guest.id: None for guest in mine[:-1] if guest.type not in ("function_definition", _CLASS)}
            kept[mine[-1].id] = theirs[0] if theirs else None
            left += [home for home in theirs[1:] if set(names_of(place.old, home)) <= set(key[0])]
    return [(guest, kept[guest.id]) for guest in guests if guest.id in kept], left


def _key(parsed: Tree, node: Node) -> tuple[tuple[str, ...], str]:
    """Return what tells a statement from others: its names, and which part of a property it is."""
    names = names_of(parsed, node)
    parts = [parsed.of(each).removeprefix("@").rpartition(".") for each in decorators(node)]
    return names, next((part for name, _, part in parts if (name,) == names), "")


def _shares(home: tuple[tuple[str, ...], str], key: tuple[tuple[str, ...], str]) -> bool:
    return bool(set(home[0]) & set(key[0])) and home[1] == key[1]


def _replaced(place: _Place, home: Node, guest: Node) -> list[Edit]:
    was, now = defined(home), defined(guest)
    if was is not None and now is not None and was.type == now.type == _CLASS and not _is_whole(place, was, now):
        return _merged_class(place, (home, was), (guest, now))
    text = _standing(place, guest)
    if not set(names_of(place.old, home)) <= set(names_of(place.new, guest)):
        at = place.old.char(home.end_byte)
        return [(at, at, f"\n{place.margin}{text}")]
    first = doc_start(place.old, home) if doc_start(place.new, guest) != guest else home
    return [(place.old.char(first.start_byte), place.old.char(home.end_byte), text)]


def _is_whole(place: _Place, was: Node, now: Node) -> bool:
    """Tell whether a class shows all the methods that it had."""
    had = {_key(place.old, each) for each in filter(is_method, bodies(was))}
    return bool(bodies(now)) and had <= {_key(place.new, each) for each in bodies(now)}


def _merged_class(place: _Place, old: tuple[Node, Node], new: tuple[Node, Node]) -> list[Edit]:
    """Put what a class shows into the class that is there; bases and decorators stay where none are shown."""
    (home, was), (guest, now) = old, new
    inner = _body(place.old, place.new, was)
    edits = _placed(inner, _named(place.old, field(was, "body")), _named(place.new, field(now, "body")))
    if decorators(guest):
        stop = place.old.char(was.start_byte)
        text = "".join(f"{place.new.of(each)}\n{place.margin}" for each in decorators(guest))
        edits.append((place.old.char(home.start_byte), stop, text))
    bases, before = field(now, "superclasses"), field(was, "superclasses") or field(was, "name")
    if bases is not None and before is not None:
        start, stop = place.old.span(before)
        edits.append((start if before.type == "argument_list" else stop, stop, place.new.of(bases)))
    if (said := docstring(now)) and (words := docstring(was)):
        edits.append((*place.old.span(words), _reindented(place.new, said, inner.margin)))
    return edits


def _standing(place: _Place, guest: Node) -> str:
    """Return a statement with the comment above it, at the margin of its new place."""
    comments: list[str] = []
    above = doc_start(place.new, guest)
    while above != guest and above.type == "comment":
        comments.append(f"{place.new.of(above)}\n{place.margin}")
        above = above.next_named_sibling or guest
    return "".join(comments) + _reindented(place.new, guest, place.margin)


def _reindented(parsed: Tree, node: Node, margin: str) -> str:
    """Return a statement at another margin; the lines of its strings stay as they are."""
    before = margin_of(parsed, node)
    strings = [each for each in walk(node) if each.type == "string"]
    inside = {row for each in strings for row in range(each.start_point.row + 1, each.end_point.row + 1)}
    first, *lines = parsed.of(node).split("\n")
    for row, line in enumerate(lines, node.start_point.row + 1):
        shifts = row not in inside and line.startswith(before) and line.strip()
        first += "\n" + (margin + line.removeprefix(before) if shifts else line)
    return first


def _cut(parsed: Tree, node: Node) -> Edit:
    """Return the edit that takes a statement out, with its comment and the rest of its line."""
    start, end = parsed.char(doc_start(parsed, node).start_byte), parsed.char(node.end_byte)
    line = parsed.text.find("\n", end)
    alone = line >= 0 and not parsed.text[end:line].strip()
    return start, line + 1 if alone else end, ""
