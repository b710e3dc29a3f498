"""Which names a Go text uses, and what binds each of them: the lexical scopes of the language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tree_sitter import Node

from guild.syntax.go.source import parse
from guild.syntax.go.tree import Tree, exported, field, tree

_SCOPES = {
    "block",
    "if_statement",
    "for_statement",
    "expression_switch_statement",
    "type_switch_statement",
    "select_statement",
    "expression_case",
    "type_case",
    "default_case",
    "communication_case",
    "function_type",
    "method_elem",
    "function_declaration",
    "method_declaration",
    "func_literal",
}
_NAMED = {"parameter_declaration", "variadic_parameter_declaration", "var_spec", "const_spec"}
_ASSIGNED = {"short_var_declaration", "range_clause", "receive_statement"}
_SKIPPED = {"package_clause", "import_declaration", "comment"}


@dataclass(frozen=True)
class Use:
    """One use of a name: bare (`GCD`), or as the qualifier of a member (`strings.Split`)."""

    name: str
    member: str
    """What follows the dot; empty for a bare name."""
    node: Node
    """The identifier."""
    outer: Node
    """The identifier with its member."""
    binding: Node | None
    """The identifier that binds it inside a function, None for what stands outside of all functions."""


def uses(parsed: Tree, node: Node | None = None) -> list[Use]:
    """List the names used below a node (the whole file by default), each with what binds it in scope."""
    walker = _Walker(parsed)
    walker.run(node or parsed.root)
    return walker.found


def free_uses(text: str) -> list[Use]:
    """List the uses of names that nothing inside a function binds."""
    return [use for use in uses(tree(text)) if use.binding is None]


def used_packages(text: str, siblings: Iterable[str] = ()) -> set[str]:
    """Return the names used as `x.Y` that nothing in scope binds; `siblings` are texts of the same package."""
    return set(qualifiers(text, siblings))


def qualifiers(text: str, siblings: Iterable[str] = ()) -> dict[str, set[str]]:
    """Return the names that stand for packages, each with the members used of it."""
    declared = {found.name for other in (text, *siblings) for found in parse(other).declarations}
    members: dict[str, set[str]] = {}
    for use in uses(tree(text)):
        if use.member and use.binding is None and use.name not in declared and exported(use.member):
            members.setdefault(use.name, set()).add(use.member)
    return members


class _Walker:
    """Walks a tree with a stack of its own, since nested code of a model may be deeper than Python's."""

    def __init__(self, parsed: Tree) -> None:
        self.found: list[Use] = []
        self._parsed = parsed
        self._scopes: list[dict[str, Node]] = []
        self._todo: list[Callable[[], None]] = []

    def run(self, node: Node) -> None:
        """Visit everything below a node."""
        self._plan([lambda: self._visit(node)])
        while self._todo:
            self._todo.pop()()

    def _plan(self, steps: Iterable[Callable[[], None]]) -> None:
        self._todo.extend(reversed(list(steps)))

    def _visiting(self, nodes: Iterable[Node | None]) -> list[Callable[[], None]]:
        return [lambda node=node: self._visit(node) for node in nodes if node is not None]

    def _binding(self, nodes: Iterable[Node]) -> list[Callable[[], None]]:
        return [lambda node=node: self._bind(node) for node in nodes]

    def _bind(self, node: Node) -> None:
        if self._scopes:
            self._scopes[-1][self._parsed.of(node)] = node

    def _open(self) -> None:
        self._scopes.append({})

    def _close(self) -> None:
        self._scopes.pop()

    def _visit(self, node: Node) -> None:
        kind = node.type
        if kind in _SKIPPED:
            return
        if kind in ("identifier", "type_identifier"):
            self._use(node, "", node)
        elif kind == "selector_expression":
            self._select(node, "operand", "field")
        elif kind == "qualified_type":
            self._select(node, "package", "name")
        elif kind in _SCOPES:
            self._plan([self._open, *self._inside(node), self._close])
        else:
            self._plan(self._inside(node))

    def _inside(self, node: Node) -> list[Callable[[], None]]:
        kind = node.type
        if kind in _NAMED or kind == "type_parameter_declaration":
            return self._after_rest(node, node.children_by_field_name("name"))
        if kind in ("type_spec", "type_alias"):
            return self._type_spec(node)
        if kind in _ASSIGNED:
            return self._assigned(node)
        if kind == "type_switch_statement":
            return self._type_switch(node)
        if kind == "keyed_element":
            return self._keyed(node)
        if kind in ("function_declaration", "method_declaration"):
            return self._function(node)
        return self._visiting(node.named_children)

    def _after_rest(self, node: Node, names: list[Node]) -> list[Callable[[], None]]:
        """Bind names once what stands beside them is read: in `list := list.New()` the right one is the package."""
        rest = [child for child in node.named_children if child not in names]
        return [*self._visiting(rest), *self._binding(names)]

    def _type_spec(self, node: Node) -> list[Callable[[], None]]:
        names = node.children_by_field_name("name")
        rest = [child for child in node.named_children if child not in names]
        return [*self._binding(names), self._open, *self._visiting(rest), self._close]

    def _assigned(self, node: Node) -> list[Callable[[], None]]:
        left, right = field(node, "left"), field(node, "right")
        binds = node.type == "short_var_declaration" or any(child.type == ":=" for child in node.children)
        if left is None or not binds:
            return self._visiting([left, right])
        targets = [child for child in left.named_children if child.type == "identifier"]
        return [*self._visiting([right]), *self._binding(targets)]

    def _type_switch(self, node: Node) -> list[Callable[[], None]]:
        alias, value = field(node, "alias"), field(node, "value")
        steps: list[Callable[[], None]] = []
        for child in node.named_children:
            steps += self._visiting([child] if child != alias else [])
            if child == value and alias is not None:
                steps += self._binding(alias.named_children)
        return steps

    def _keyed(self, node: Node) -> list[Callable[[], None]]:
        """Skip a bare key: `Name: x` names a field, seldom a variable."""
        key = node.named_children[0] if node.named_children else None
        bare = key is not None and [child.type for child in key.children] == ["identifier"]
        return self._visiting(node.named_children[1:] if bare else node.named_children)

    def _function(self, node: Node) -> list[Callable[[], None]]:
        name, receiver = field(node, "name"), field(node, "receiver")
        arguments = _type_arguments(receiver) if receiver else []
        return [*self._binding(arguments), *self._visiting(c for c in node.named_children if c != name)]

    def _use(self, node: Node, member: str, outer: Node) -> None:
        name = self._parsed.of(node)
        if name == "_":
            return
        binding = next((scope[name] for scope in reversed(self._scopes) if name in scope), None)
        self.found.append(Use(name, member, node, outer, binding))

    def _select(self, node: Node, operand: str, member: str) -> None:
        inner = field(node, operand)
        if inner is not None and inner.type in ("identifier", "package_identifier"):
            self._use(inner, self._parsed.of(field(node, member)), node)
        else:
            self._plan(self._visiting([inner]))


def _type_arguments(receiver: Node) -> list[Node]:
    """Return the type parameters that a generic receiver names: the T of `(s *Set[T])`."""
    found: list[Node] = []
    todo = list(receiver.named_children)
    while todo:
        node = todo.pop()
        if node.type == "type_arguments":
            found.extend(leaf for child in node.named_children for leaf in child.named_children)
        else:
            todo.extend(node.named_children)
    return found
