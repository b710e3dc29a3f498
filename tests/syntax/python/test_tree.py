"""A parsed Python text and what its statements are."""

from guild.syntax.python.tree import bare, bodies, decorators, defined, docstring, is_method, tree, walk

FILE = '"""Of it."""\n\n\n@cache\n@wraps(f)\nasync def f(): pass\n\n\nclass A:\n    # what\n    "It."\n    x = (1)\n'


def test_a_definition_is_found_under_its_decorators() -> None:
    words, function, kind = tree(FILE).root.named_children
    assert [tree(FILE).of(each) for each in decorators(function)] == ["@cache", "@wraps(f)"]
    assert is_method(function) and not is_method(kind) and not is_method(words)
    assert (found := defined(kind)) and found.type == "class_definition" and defined(words) is None


def test_bodies_hold_statements_and_what_is_said_first() -> None:
    parsed = tree(FILE)
    kind = parsed.root.named_children[2]
    assert [parsed.of(each) for each in bodies(kind)] == ['"It."', "x = (1)"]
    assert parsed.of(docstring(kind)) == '"It."' and parsed.of(docstring(parsed.root)) == '"""Of it."""'
    assert docstring(tree("x = 'a'").root) is None
    assert parsed.of(bare(next(each for each in walk(kind) if each.type == "parenthesized_expression"))) == "1"


def test_walking_is_never_too_deep() -> None:
    assert sum(1 for _ in walk(tree("x = " + "(" * 4000 + "1" + ")" * 4000).root)) > 4000
