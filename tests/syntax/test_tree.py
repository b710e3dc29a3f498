"""A parsed text, whatever its language."""

import tree_sitter_go
import tree_sitter_python
from tree_sitter import Language

from guild.syntax.tree import field, parsed_as, walk

PYTHON = Language(tree_sitter_python.language())


def test_any_grammar_gives_a_tree_that_counts_characters() -> None:
    parsed = parsed_as(PYTHON, 'a = "こんにちは"  # は\n')
    first = parsed.root.named_children[0]
    assert parsed.text[slice(*parsed.span(first))] == parsed.of(first) == 'a = "こんにちは"'
    assert parsed.of(field(first.named_children[0], "left")) == "a" and parsed.of(None) == ""
    assert [node.type for node in walk(parsed.root)][:2] == ["module", "expression_statement"]
    assert parsed_as(Language(tree_sitter_go.language()), "package p").root.type == "source_file"
