"""The cases of a Rust test: what is asked, what is wanted, and where that stands."""

import pytest

from guild.syntax.rust.cases import cases

HEAD = "#[test]\nfn test_a() {\n    "


def seen(body: str) -> list[tuple[str, str]]:
    return [(case.call, case.want) for case in cases(f"{HEAD}{body}\n}}\n")]


@pytest.mark.parametrize(
    ("body", "call", "want"),
    [
        ('assert_eq!(f(4), "IV");', "f(4)", '"IV"'),
        ('assert_eq!("IX".to_string(), f(9));', "f(9)", '"IX"'),
        ('assert_eq!(f(1), Ok(2), "of {}", 1);', "f(1)", "Ok(2)"),
        ('assert_eq!(f(&"a".to_string()), Some(String::from("b")));', 'f("a")', 'Some("b")'),
        ("assert_eq!(f(&[1, 2]), vec![3]);", "f([1, 2])", "[3]"),
        ("assert!(f(1) == 2);", "f(1)", "2"),
        ("assert!(f(1) != 2);", "f(1)", "not 2"),
        ("assert_ne!(f(1), 2);", "f(1)", "not 2"),
        ("assert!(f(0).is_err());", "f(0)", "error"),
        ("assert!(!f(0).is_ok());", "f(0)", "error"),
        ("assert!(f(0).is_none());", "f(0)", "None"),
        ("assert!(f(0).is_some());", "f(0)", "not None"),
        ("assert!(f(0));", "f(0)", "true"),
        ("assert!(!f(0));", "f(0)", "false"),
        ("assert!(f(0) > 1);", "f(0) > 1", "true"),
        ('let text = "x";\n    assert_eq!(f(text), 1);', 'f("x")', "1"),
        ("let got = f(2);\n    assert_eq!(got, 1);", "f(2)", "1"),
        ("let want = 3;\n    assert_eq!(f(2), want);", "f(2)", "3"),
        ("let want = 3;\n    assert_eq!(f(2), Ok(want));", "f(2)", "Ok(3)"),
        ("let mut s = S::new();\n    assert_eq!(s.len(), 0);", "s.len()", "0"),
    ],
)
def test_a_check_asks_and_wants(body: str, call: str, want: str) -> None:
    assert seen(body) == [(call, want)]


@pytest.mark.parametrize("body", ["assert!(true);", "f(1);", 'println!("{}", f(1));', "let x = f(1);"])
def test_what_cannot_turn_out_otherwise_is_no_case(body: str) -> None:
    assert seen(body) == []


@pytest.mark.parametrize(
    "loop",
    [
        'for (given, want) in [("a", 1), ("b", 2)] { assert_eq!(f(given), want); }',
        'for &(given, want) in &[("a", 1), ("b", 2)] { assert_eq!(f(given), want); }',
        'let rows = vec![("a", 1), ("b", 2)];\n    for (given, want) in rows.iter() { assert_eq!(f(given), *want); }',
        'for row in [Row { given: "a", want: 1 }, Row { given: "b", want: 2 }] { assert_eq!(f(row.given), row.want); }',
        'for row in [("a", 1), ("b", 2)] { assert_eq!(f(row.0), row.1); }',
    ],
)
def test_a_row_of_a_table_is_a_case(loop: str) -> None:
    assert seen(loop) == [('f("a")', "1"), ('f("b")', "2")]
    text = f"{HEAD}{loop}\n}}\n"
    assert [(case.row, text[slice(*case.span)]) for case in cases(text) if case.span] == [("0", "1"), ("1", "2")]


def test_rows_that_are_not_written_down_are_one_case() -> None:
    assert seen("for n in 1..4 { assert_eq!(f(n), n); }") == [("f(n)", "n")]


def test_a_test_that_is_to_panic_wants_an_error() -> None:
    (case,) = cases('#[test]\n#[should_panic(expected = "zero")]\nfn test_a() {\n    divide(1, 0);\n}\n')
    assert (case.call, case.want, case.span, case.closed) == ("divide(1, 0)", "error", None, True)


def test_the_wanted_value_stands_where_the_case_says() -> None:
    text = f'{HEAD}let want = 3;\n    assert_eq!(f(1), want);\n    assert_eq!(f(2), "x".to_string());\n}}\n'
    assert [text[slice(*case.span)] for case in cases(text) if case.span] == ["3", '"x".to_string()']


def test_tests_of_a_module_count_under_its_name() -> None:
    (case,) = cases("mod tests {\n    #[test]\n    fn test_a() {\n        assert_eq!(f(1), 2);\n    }\n}\n")
    assert (case.test, case.line) == ("tests::test_a", 4)
