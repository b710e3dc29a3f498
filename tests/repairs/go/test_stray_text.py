import pytest

from guild.repairs.go import stray_text
from tests.repairs.go.subjects import TEST, subject


def applied(text: str) -> str:
    return stray_text.apply(subject(text))


@pytest.mark.parametrize(
    "text",
    [
        f"{TEST}\nThis test isn't complete; add `more`.\n",
        f"{TEST}```\n\n### Notes\n\n1. It's good.\n",
        f"{TEST}}}\n",
        f"{TEST}\nNote\n",
        f"{TEST}\nfmt.Println(GCD(1, 2))\n",
        f"Here's the test file:\n\n{TEST}",
        f"```go\n{TEST}```\n",
        f"Sure, it's here:\n{TEST}\nThat's all, folks.\n",
    ],
)
def test_words_around_the_code_go(text: str) -> None:
    assert applied(text) == TEST


def test_words_between_declarations_go() -> None:
    assert applied(f"{TEST}\nAnd then:\n\nfunc A() {{}}\n") == f"{TEST}\nfunc A() {{}}\n"


@pytest.mark.parametrize(
    "text",
    [
        TEST,
        f"// Sure.\n\n{TEST}\n// That's all.\n",
        f"{TEST}\nfunc TestB(t *testing.T) {{\n\tif x {{\n",
        f"{TEST}\nfunc TestB(t *testing.T) {{ x := }}\n",
        f"{TEST}\n\tt.Error(1)\n}}\n",
        "It's only words.\n",
        "",
        "func A() {}\n",
    ],
)
def test_code_that_broke_off_stays_and_so_does_sound_code(text: str) -> None:
    assert applied(text) == text
