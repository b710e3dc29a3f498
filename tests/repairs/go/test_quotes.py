import pytest

from tests.repairs.go.cases import Case

MEND = "quotes"
FIRES = {
    "a character among runes": Case(
        """
func f(r rune, s string) bool {
	out := append([]rune{}, "a")
	m := map[rune]rune{"(": ")"}
	switch r {
	case "'", "\\"":
		return s[0] == "\\n"
	}
	return m[r] != "é" && out[0] == r
}
""",
        """
func f(r rune, s string) bool {
	out := append([]rune{}, 'a')
	m := map[rune]rune{'(': ')'}
	switch r {
	case '\\'', '"':
		return s[0] == '\\n'
	}
	return m[r] != 'é' && out[0] == r
}
""",
    ),
    "a string in the quotes of a rune": Case(
        """
func f(s string) string {
	if s == 'a' {
		s += '"'
	}
	return s + '\\''
}
""",
        """
func f(s string) string {
	if s == "a" {
		s += "\\""
	}
	return s + "'"
}
""",
    ),
    "in a test": Case(
        """
import "testing"

func TestX(t *testing.T) {
	if got := "abc"[0]; got != "a" {
		t.Error(got)
	}
}
""",
        """
import "testing"

func TestX(t *testing.T) {
	if got := "abc"[0]; got != 'a' {
		t.Error(got)
	}
}
""",
        file="a_test.go",
    ),
}
KEEPS = {
    "more than one character": Case("""
func f(r rune) bool { return r == "ab" }
"""),
    "no byte": Case("""
func f(s string) bool { return s[0] == "é" }
"""),
    "a rune that is added to": Case("""
func f(r rune) string { return r + "a" }
"""),
    "a string for a number": Case("""
func f() int { return "1" }
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
