"""By which names Rust files are known, how tests of them begin, and which lines equate."""

import pytest

from guild.syntax.rust.opening import crate_name, equation, module_name
from guild.syntax.rust.opening import test_start as started


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("example.com/my-shop", "my_shop"),
        ("Shop", "shop"),
        ("x/test", "crate_test"),
        ("x/3d", "crate_3d"),
        ("", "project"),
    ],
)
def test_a_crate_is_named_after_its_module(module: str, name: str) -> None:
    assert crate_name(module) == name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("src/lib.rs", "shop"),
        ("src/main.rs", "shop"),
        ("src/bin/tool.rs", "shop"),
        ("src/store.rs", "shop::store"),
        ("src/store/mod.rs", "shop::store"),
        ("src/store/item.rs", "shop::store::item"),
        ("tests/store_test.rs", "shop"),
    ],
)
def test_a_file_is_known_by_its_crate_and_its_place(path: str, name: str) -> None:
    assert module_name(path, "example.com/shop") == name


def test_a_test_imports_all_that_is_offered_once() -> None:
    assert started("shop", {"shop": ["a"], "shop::store": []}) == "use shop::*;\nuse shop::store::*;\n\n"
    assert started("shop", {}) == "use shop::*;\n\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('f(1, "==") == Ok(2) // why', ('f(1, "==")', "Ok(2)")),
        ('f(1) -> Some("a").', ("f(1)", 'Some("a")')),
        ("a.b() = 2 because it is", ("a.b()", "2")),
        ("x == 2", None),
        ("f(1)", None),
        ("f(1) == )", None),
    ],
)
def test_an_equation_is_a_call_and_its_value(text: str, said: tuple[str, str] | None) -> None:
    assert equation(text) == said
