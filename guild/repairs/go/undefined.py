"""Names that nothing declares, where one is declared that can be meant."""

import re
from collections.abc import Collection, Sequence

from tree_sitter import Node

from guild.repairs.go.declared import members
from guild.repairs.go.library import owners
from guild.repairs.go.places import above, innermost, is_type_argument
from guild.repairs.go.surroundings import mates, packages
from guild.repairs.subject import Subject
from guild.syntax.go import Edit, is_standard, package_name, parse, standard_path
from guild.syntax.go.tree import Tree, exported, field, tree, walk
from guild.values import Diagnostic

_HINT = re.compile(r"\(but have (?P<name>\w+)\)$")
_HIDDEN = re.compile(r"^name \w+ not exported by package (?P<package>\w+)$")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Write a name as it is declared: in other case, of the receiver, in another package of the library."""
    parsed = tree(subject.text)
    edits: list[Edit] = []
    for found in diagnostics:
        hidden = _HIDDEN.match(found["message"])
        if hidden is None and found["code"] != "undefined":
            continue
        qualifier, _, name = found["symbol"].rpartition(".")
        qualifier = hidden["package"] if hidden else qualifier
        node = _named(parsed, innermost(parsed, found), name)
        if node is not None and qualifier:
            edits += _qualified(subject, parsed, (qualifier, name, node), _HINT.search(found["message"]))
        elif node is not None and (new := _bare(subject, parsed, node, name)):
            edits.append((*parsed.span(node), new))
    return edits


def _named(parsed: Tree, node: Node, name: str) -> Node | None:
    """Return the identifier that bears the name: the node itself, or what is selected from it."""
    outer = node.parent
    around = [node, *(outer.named_children if outer is not None else [])]
    return next((each for each in around if parsed.of(each) == name), None)


def _bare(subject: Subject, parsed: Tree, node: Node, name: str) -> str:
    declared = _declared(subject, parse(subject.text).package)
    local = {parsed.of(each) for each in walk(_function(parsed, node)) if _is_bound(each)}
    ranged = node.parent is not None and node.parent.type == "range_clause"
    typed = node.type == "type_identifier" or is_type_argument(node)
    near = _alike(name, declared if typed else declared | local) or ({f"{name}s"} & local if ranged else set[str]())
    if len(near) == 1:
        return near.pop()
    method = above(node, "method_declaration")
    receiver = field(method, "receiver") if method is not None else None
    owner = receiver.named_children[0] if receiver is not None and receiver.named_children else None
    holder = parsed.of(field(owner, "name")) if owner is not None else ""
    if holder and name in members(subject, parsed.of(field(owner, "type") if owner is not None else None)):
        return f"{holder}.{name}"
    return _constructor(name, declared)


def _declared(subject: Subject, package: str) -> set[str]:
    texts = [parse(subject.text), *(source for source in mates(subject).values() if source.package == package)]
    return {each.name for source in texts for each in source.declarations if not each.receiver}


def _function(parsed: Tree, node: Node) -> Node:
    return above(node, "function_declaration", "method_declaration") or node


def _is_bound(node: Node) -> bool:
    """Tell whether an identifier is one that a short declaration, a range or a parameter binds."""
    outer = node.parent
    if node.type != "identifier" or outer is None:
        return False
    if outer.type in ("parameter_declaration", "var_spec"):
        return node in outer.children_by_field_name("name")
    binder = outer.parent
    binds = binder is not None and binder.type in ("short_var_declaration", "range_clause")
    return binder is not None and binds and field(binder, "left") == outer


def _alike(name: str, known: Collection[str]) -> set[str]:
    """Return the names that differ in nothing but case and underscores."""
    return {each for each in known if each != name and _folded(each) == _folded(name)}


def _folded(name: str) -> str:
    return name.replace("_", "").lower()


def _constructor(name: str, declared: Collection[str]) -> str:
    """Return the only constructor there is, where one is called `New` and the other by its type."""
    others = {each for each in declared if re.fullmatch(r"New([A-Z]\w*)?", each)}
    alone = len(others) == 1 and "New" in {name, *others} and re.fullmatch(r"New([A-Z]\w*)?", name)
    return others.pop() if alone else ""


def _qualified(subject: Subject, parsed: Tree, named: tuple[str, str, Node], hint: re.Match[str] | None) -> list[Edit]:
    """Answer `strings.Itoa` and `numkit.gcd`: another case first, then the one package that has the member."""
    qualifier, name, node = named
    if hint:
        return [(*parsed.span(node), hint["name"])]
    paths = {each.alias or package_name(each.path): each.path for each in parse(subject.text).imports}
    path = paths.get(qualifier) or standard_path(qualifier)
    own = {name: path for path, name in packages(subject).items()}
    if not is_standard(path):
        near = _alike(name, _exported(subject, own.get(qualifier, path)))
        return [(*parsed.span(node), near.pop())] if len(near) == 1 else []
    found = owners(name)
    operand = node.prev_named_sibling
    if len(found) != 1 or operand is None or parsed.of(operand) != qualifier or package_name(found[0]) in own:
        return []
    return [(*parsed.span(operand), package_name(found[0]))]


def _exported(subject: Subject, path: str) -> set[str]:
    """Return what a package of the module lets others see."""
    folder = path.removeprefix(subject.module).strip("/")
    found = {other: text for other, text in subject.siblings.items() if other.rpartition("/")[0] == folder}
    texts = [parse(text) for other, text in found.items() if other.endswith(".go") and not other.endswith("_test.go")]
    return {each.name for source in texts for each in source.declarations if not each.receiver and exported(each.name)}
