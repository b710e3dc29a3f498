"""What a Go file declares and imports, and where it does not parse."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from tree_sitter import Node

from guild.syntax import Declaration, Import, Source, SyntaxFault
from guild.syntax.go.tree import DECLARATIONS, Tree, field, tree

_MOST_FAULTS = 20


@lru_cache(maxsize=256)
def parse(text: str) -> Source:
    """Read a whole file or a fragment of one; never fails, a broken text has faults."""
    parsed = tree(text)
    package = next((parsed.of(clause.named_children[0]) for clause in clauses(parsed)), "")
    declared = [found for node in parsed.root.named_children for found in _declared(parsed, node)]
    return Source(text, package, tuple(_imports(parsed)), tuple(declared), tuple(_faults(parsed)))


def clauses(parsed: Tree) -> list[Node]:
    """Return the package clauses; a sound file has one."""
    return [node for node in parsed.root.named_children if node.type == "package_clause" and node.named_children]


def test_names(text: str) -> list[str]:
    """Return the names of the top-level `func TestXxx(t *testing.T)`."""
    parsed = tree(text)
    functions = [node for node in parsed.root.named_children if node.type == "function_declaration"]
    return [parsed.of(field(node, "name")) for node in functions if _is_test(parsed, node)]


def _is_test(parsed: Tree, node: Node) -> bool:
    parameters = field(node, "parameters")
    types = [field(child, "type") for child in parameters.named_children] if parameters else []
    return is_test_name(parsed.of(field(node, "name"))) and [parsed.of(found) for found in types] == ["*testing.T"]


def is_test_name(name: str, prefix: str = "Test") -> bool:
    """Tell whether `go test` takes a function of this name for a test (or benchmark, example, fuzz test)."""
    rest = name.removeprefix(prefix)
    return name.startswith(prefix) and not rest[:1].islower()


def _imports(parsed: Tree) -> Iterator[Import]:
    for node in import_nodes(parsed):
        specs = [child for child in node.named_children if child.type == "import_spec"]
        for child in node.named_children:
            if child.type == "import_spec_list":
                specs.extend(spec for spec in child.named_children if spec.type == "import_spec")
        for spec in specs:
            path = parsed.of(field(spec, "path"))[1:-1]
            yield Import(path, parsed.of(field(spec, "name")), spec.start_point.row + 1)


def import_nodes(parsed: Tree) -> list[Node]:
    """Return the import declarations."""
    return [node for node in parsed.root.named_children if node.type == "import_declaration"]


def _declared(parsed: Tree, node: Node) -> Iterator[Declaration]:
    kind = DECLARATIONS.get(node.type)
    if kind == "func" or kind == "method":
        yield _function(parsed, node, kind)
    elif kind == "type" or kind == "var" or kind == "const":
        grouped = any(child.type in ("(", "var_spec_list") for child in node.children)
        for spec in _specs(node):
            for name in spec.children_by_field_name("name"):
                yield _specified(parsed, node, spec, (parsed.of(name), kind, grouped))


def _specs(node: Node) -> Iterator[Node]:
    for child in node.named_children:
        if child.type == "var_spec_list":
            yield from _specs(child)
        elif child.type in ("type_spec", "type_alias", "var_spec", "const_spec"):
            yield child


def _function(parsed: Tree, node: Node, kind: Literal["func", "method"]) -> Declaration:
    receiver = receiver_of(parsed, node)
    body = field(node, "body")
    stop = body.start_byte if body else node.end_byte
    name = parsed.of(field(node, "name"))
    (head, end), start = parsed.span(node), parsed.char(doc_start(parsed, node))
    return Declaration(
        name=f"{receiver}.{name}" if receiver else name,
        kind=kind,
        receiver=receiver,
        start=start,
        end=end,
        line=node.start_point.row + 1,
        signature=parsed.data[node.start_byte : stop].decode("utf-8", "surrogatepass").strip(),
        text=parsed.text[start:end],
        head=head,
        core=head,
        group=None,
        broken=node.has_error or body is None,
    )


def _specified(
    parsed: Tree, node: Node, spec: Node, named: tuple[str, Literal["type", "var", "const"], bool]
) -> Declaration:
    name, kind, grouped = named
    outer = spec if grouped else node
    core, end = parsed.span(spec)
    head, start = parsed.char(outer.start_byte), parsed.char(doc_start(parsed, outer))
    end = max(end, parsed.char(outer.end_byte))
    whole = f"{kind} {parsed.of(spec)}"
    return Declaration(
        name=name,
        kind=kind,
        receiver="",
        start=start,
        end=end,
        line=spec.start_point.row + 1,
        signature=whole if kind == "type" else whole.split("\n", 1)[0],
        text=parsed.text[start:end],
        head=head,
        core=core,
        group=(parsed.char(doc_start(parsed, node)), parsed.char(node.end_byte)) if grouped else None,
        broken=spec.has_error,
    )


def receiver_of(parsed: Tree, node: Node) -> str:
    """Return the bare name of a method's receiver type, empty for a function."""
    receiver = field(node, "receiver")
    if receiver is None or not receiver.named_children:
        return ""
    kind = field(receiver.named_children[0], "type")
    while kind is not None and kind.type in ("pointer_type", "parenthesized_type", "generic_type"):
        kind = field(kind, "type") or (kind.named_children[0] if kind.named_children else None)
    return parsed.of(kind)


def doc_start(parsed: Tree, node: Node) -> int:
    """Return the byte where the comment lines right above a node begin."""
    first = node
    while (above := first.prev_named_sibling) is not None and above.type == "comment":
        line_start = parsed.data.rfind(b"\n", 0, above.start_byte) + 1
        adjoins = above.end_point.row == first.start_point.row - 1
        if not adjoins or parsed.data[line_start : above.start_byte].strip():
            break
        first = above
    return first.start_byte


def _faults(parsed: Tree) -> list[SyntaxFault]:
    """List the outermost ERROR nodes, what is missing, and what stands outside of any declaration."""
    known = {*DECLARATIONS, "package_clause", "import_declaration", "comment"}
    faults: list[SyntaxFault] = []
    stack = list(reversed(parsed.root.children))
    if parsed.root.type == "ERROR":
        faults.append(_fault(parsed, parsed.root, "syntax error near"))
    while stack and len(faults) < _MOST_FAULTS:
        node = stack.pop()
        if node.is_missing:
            faults.append(_fault(parsed, node, f"missing `{node.type}` before"))
        elif node.is_error:
            faults.append(_fault(parsed, node, "syntax error near"))
        elif node.parent == parsed.root and node.is_named and node.type not in known:
            faults.append(_fault(parsed, node, "not a declaration:"))
        elif node.has_error:
            stack.extend(reversed(node.children))
    return faults


def _fault(parsed: Tree, node: Node, message: str) -> SyntaxFault:
    stop = node.end_byte if node.end_byte > node.start_byte else node.start_byte + 40
    near = parsed.data[node.start_byte : stop].decode("utf-8", "replace").strip().split("\n", 1)[0][:40]
    start = parsed.data.rfind(b"\n", 0, node.start_byte) + 1
    column = len(parsed.data[start : node.start_byte].decode("utf-8", "replace")) + 1
    return SyntaxFault(node.start_point.row + 1, column, f"{message} `{near or 'the end of the file'}`")
