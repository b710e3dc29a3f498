"""A text parsed by tree-sitter and the few questions that every reader of it asks, whatever its language."""

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Language, Node, Parser


@dataclass(frozen=True)
class Tree:
    """A text with its syntax tree; nodes count in bytes, `char` turns them into positions of the text."""

    text: str
    data: bytes
    root: Node

    def of(self, node: Node | None) -> str:
        """Return the text of a node, empty for none."""
        return "" if node is None else self.data[node.start_byte : node.end_byte].decode("utf-8", "surrogatepass")

    def char(self, byte: int) -> int:
        """Return the position in the text of a position in its bytes."""
        if len(self.data) == len(self.text):
            return byte
        return len(self.data[:byte].decode("utf-8", "surrogatepass"))

    def span(self, node: Node) -> tuple[int, int]:
        """Return where a node begins and ends in the text."""
        return self.char(node.start_byte), self.char(node.end_byte)


def parsed_as(language: Language, text: str) -> Tree:
    """Parse a text; a broken one gives a tree with ERROR nodes."""
    data = text.encode("utf-8", "surrogatepass")
    return Tree(text, data, Parser(language).parse(data).root_node)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, in the order of the text; never recursive, since models nest without end."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(current.children))


def field(node: Node, name: str) -> Node | None:
    """Return the child in a field."""
    return node.child_by_field_name(name)


def unfinished(parsed: Tree, function: Node | None) -> str:
    """Return a text as far as the last statement of a function's body; nothing where that is all it does."""
    body = field(function, "body") if function is not None else None
    while body is not None and body.named_child_count == 1 and body.named_children[0].type == "statement_list":
        body = body.named_children[0]
    statements = [each for each in body.named_children if each.type != "comment"] if body is not None else []
    return parsed.text[: parsed.span(statements[-1])[0]].rstrip() + "\n" if len(statements) > 1 else ""
