import pytest

from tests.repairs.go.cases import Case

MEND = "arity"
FIRES = {
    "split in two": Case(
        """
import "strings"

func f(s string) string {
	key, value := strings.SplitN(s, "é=", 2)
	return key + value
}

func g(s string) string {
	var a, b string
	a, b = strings.Split(strings.TrimSpace(s), "-")
	return a + b
}
""",
        """
import "strings"

func f(s string) string {
	key, value, _ := strings.Cut(s, "é=")
	return key + value
}

func g(s string) string {
	var a, b string
	a, b, _ = strings.Cut(strings.TrimSpace(s), "-")
	return a + b
}
""",
    ),
    "too few names": Case(
        """
func f() int {
	v := g()
	return v
}
func g() (int, error) { return 1, nil }
func h() int { return 1 }
""",
        """
func f() int {
	v, _ := g()
	return v
}
func g() (int, error) { return 1, nil }
func h() int { return 1 }
""",
    ),
    "a lone err is the last": Case(
        """
func f() {
	if err := g(); err != nil {
	}
}
func g() (int, error) { return 1, nil }
func h() int { return 1 }
""",
        """
func f() {
	if _, err := g(); err != nil {
	}
}
func g() (int, error) { return 1, nil }
func h() int { return 1 }
""",
    ),
    "blanks too many": Case(
        """
func f() int {
	v, _ := h()
	return v
}
func g() (int, error) { return 1, nil }
func h() int { return 1 }
""",
        """
func f() int {
	v := h()
	return v
}
func g() (int, error) { return 1, nil }
func h() int { return 1 }
""",
    ),
    "an assignment and a declaration": Case(
        """
func f() int {
	var v int
	v = g()
	var w, _ = h()
	return v + w
}
func g() (int, error) { return 1, nil }
func h() int { return 1 }
""",
        """
func f() int {
	var v int
	v, _ = g()
	var w = h()
	return v + w
}
func g() (int, error) { return 1, nil }
func h() int { return 1 }
""",
    ),
}
KEEPS = {
    "split in three, and by another number": Case("""
import "strings"

func f(s string) string {
	a, b, c := strings.Split(s, "=")
	d, e := strings.SplitN(s, "=", 3)
	g, h := strings.Fields(s)
	return a + b + c + d + e + g + h
}
"""),
    "a name too many is a question": Case("""
func f() int {
	a, b := h()
	return a + b
}
func g() (int, error) { return 1, nil }
func h() int { return 1 }
"""),
    "values too many": Case("""
func f() int {
	a := 1, 2
	return a
}
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
