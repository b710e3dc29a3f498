import pytest

from guild.syntax.python.spelling import shown, spelled_out


def spelled(prose: str, *methods: str, tests: bool = False) -> tuple[str, ...]:
    return spelled_out(prose, methods=methods, tests=tests).signatures


@pytest.mark.parametrize(
    ("prose", "signatures"),
    [
        ("to_roman(n: int) -> str converts.", ["def to_roman(n: int) -> str"]),
        (
            "gcd(a, b) returns the divisor, clamp(value, low, high) bounds.",
            ["def gcd(a, b)", "def clamp(value, low, high)"],
        ),
        (
            "`def slug(text: str, *, sep: str = '-') -> str: makes one.",
            ["def slug(text: str, *, sep: str = '-') -> str"],
        ),
        ("`async def fetch(url)` reads.", ["async def fetch(url)"]),
        ("parse(text) -> dict[str, list[int]] | None. It reads.", ["def parse(text) -> dict[str, list[int]] | None"]),
        ("gcd(a: int, b: int) -> int. gcd(a, b) is fast.", ["def gcd(a: int, b: int) -> int"]),
        ("A class Stack with push(item) and pop().", ["class Stack"]),
        (
            "class Gone(KeyError). A function make(n: int) -> Gone.",
            ["class Gone(KeyError)", "def make(n: int) -> Gone"],
        ),
        ("main() starts. run(argv: list[str]) -> int.", ["def run(argv: list[str]) -> int"]),
    ],
)
def test_a_declaration_that_is_spelled_out(prose: str, signatures: list[str]) -> None:
    assert list(spelled(prose)) == signatures


@pytest.mark.parametrize(
    "prose",
    [
        "gcd(12, 18) == 6 and clamp(-1, 0, 10).",
        "gcd(a, b) == gcd(b, a)",
        "It calls re.sub(pattern, text), len(items) and sorted(items, key=size).",
        "f(n: int) -> int doubles. f(n: float) -> float halves.",
        "for example parse(text)",
        "says nothing (at all)",
        "gcd(a, b",
    ],
)
def test_what_is_not_sure_is_left(prose: str) -> None:
    assert spelled(prose) == ()


def test_a_parameter_that_is_called_is_no_function() -> None:
    assert spelled("group(items, key) -> dict. It calls key(item).") == ("def group(items, key) -> dict",)


def test_what_is_called_as_a_method_is_no_function() -> None:
    assert spelled("add(item) adds.", "add") == ()


def test_tests_spell_out_what_is_written_as_code_only() -> None:
    prose = "def hit(path) sends. def test_a(): does. gcd(a, b) is tested."
    assert spelled(prose, tests=True) == ("def hit(path)",)


def test_a_file_owns_its_functions_its_classes_and_its_own_errors() -> None:
    found = spelled_out(
        "A class Box. Raises BoxError or ValueError. A function seal(box) closes.", methods=(), tests=False
    )
    assert found.symbols == {"Box", "BoxError", "seal"}


@pytest.mark.parametrize(
    ("prose", "head", "said"),
    [
        ("'ab' becomes 'ba'; 3 becomes 4.", "def flip(text: str) -> str", [("flip('ab')", "'ba'")]),
        ("[1, 2] becomes [2, 1].", "def flip(items)", [("flip([1, 2])", "[2, 1]")]),
        ("1 becomes 2.", "def add(a, b)", []),
        ("1 becomes 2.", "class Box", []),
    ],
)
def test_values_are_shown_of_the_one_function_that_can_be_meant(prose: str, head: str, said: list[object]) -> None:
    assert list(shown(prose, [head])) == said
    assert list(shown(prose, [head, head])) == []
