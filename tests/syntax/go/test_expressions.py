import pytest

from guild.syntax import go


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("GCD(8,15)=1", ("GCD(8,15)", "1")),
        ('Reverse("=") == "="', ('Reverse("=")', '"="')),
        ("F(a == b) = true", ("F(a == b)", "true")),
        ("New(2).Len() -> 0", ("New(2).Len()", "0")),
        ("Max[int](1, 2) = 2", ("Max[int](1, 2)", "2")),
        ("F() = []int{1, 2}", ("F()", "[]int{1, 2}")),
        ('Decode("I") = 1, nil', ('Decode("I")', "1, nil")),
        ("F() = 1 // as the text says", ("F()", "1")),
        ("F() = 1 or 2", None),
        ("x = 1", None),
        ("F()", None),
        ("F() =", None),
        ("F(} = 1", None),
        ("", None),
    ],
)
def test_equation(text: str, wanted: tuple[str, str] | None) -> None:
    assert go.equation(text) == wanted
