"""Checks that tell what they see: each is rewritten, none is left that ends the test."""

from guild.syntax.rust.watching import watched

TEXT = """#[test]
fn test_a() {
    assert_eq!(f(1), 2);
    assert_ne!(f(1), 3);
    assert!(!g(1), "no {}", 1);
    assert!(h(0).is_err());
    assert!(h(1).is_none());
    assert!(h(1).is_some());
    for (n, want) in [(1, 2)] {
        assert_eq!(f(n), want);
    }
}

#[test]
#[should_panic]
fn test_b() {
    h(0).unwrap();
}
"""


def test_each_kind_of_check_has_its_macro() -> None:
    text = watched(TEXT)
    for line in (
        'guild_equal!(0, "", f(1), 2);',
        'guild_unlike!(1, "", f(1), 3);',
        'guild_held!(2, "", g(1), false);',
        'guild_fails!(3, "", h(0));',
        'guild_none!(4, "", h(1));',
        'guild_some!(5, "", h(1));',
        "for (guild_row, (n, want)) in ([(1, 2)]).into_iter().enumerate() {",
        "guild_equal!(6, &guild_row.to_string(), f(n), want);",
        'guild_fails!(7, "", h(0).unwrap());',
    ):
        assert line in text
    assert "assert" not in text and "should_panic" not in text


def test_a_file_without_checks_stays() -> None:
    text = "#[test]\nfn test_a() {\n    f(1);\n}\n"
    assert watched(text) == text
