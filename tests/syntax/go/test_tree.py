from guild.syntax.go.tree import exported, tree, walk

TEXT = 'package p\n\nvar A = "こんにちは" // は\n'


def test_positions_are_turned_from_bytes_into_characters() -> None:
    parsed = tree(TEXT)
    declared = parsed.root.named_children[1]
    start, end = parsed.span(declared)
    assert TEXT[start:end] == parsed.of(declared) == 'var A = "こんにちは"'
    assert parsed.char(len(TEXT.encode())) == len(TEXT)
    assert parsed.of(None) == ""


def test_walking_is_in_order_and_never_too_deep() -> None:
    assert [node.type for node in walk(tree("package p\n").root)][:2] == ["source_file", "package_clause"]
    deep = "package p\n\nvar X = " + "(" * 4000 + "1" + ")" * 4000
    assert sum(1 for _ in walk(tree(deep).root)) > 4000


def test_exported() -> None:
    assert exported("GCD") and exported("Ä") and not exported("gcd") and not exported("")
