import pytest

from tests.repairs.go.cases import Case

MEND = "values"
FIRES = {
    "the first of two": Case(
        """
func f() int {
	x := k(g())
	y := g() + 1
	var q = g()
	if g() == x {
		return q + y
	}
	return g()
}

func g() (int, bool) { return 1, true }
func k(i int) int    { return i }
""",
        """
func f() int {
	value1, _ := g()
	x := k(value1)
	value2, _ := g()
	y := value2 + 1
	var q, _ = g()
	value4, _ := g()
	if value4 == x {
		return q + y
	}
	value5, _ := g()
	return value5
}

func g() (int, bool) { return 1, true }
func k(i int) int    { return i }
""",
    ),
    "a conversion in a head": Case(
        """
import "strconv"

func f(end string) (n int) {
	for i := 0; i <= strconv.Atoi(end); i++ {
		n += i
	}
	if n > 3 && n < strconv.Atoi("é9") {
		n++
	}
	return n
}
""",
        """
import "strconv"

func f(end string) (n int) {
	value1, _ := strconv.Atoi(end)
	for i := 0; i <= value1; i++ {
		n += i
	}
	value2, _ := strconv.Atoi("é9")
	if n > 3 && n < value2 {
		n++
	}
	return n
}
""",
    ),
    "what append gives": Case(
        """
type T struct{ xs []int }

func f(xs []int, t *T) []int {
	append(xs, 3)
	append(t.xs, 2)
	return xs
}
""",
        """
type T struct{ xs []int }

func f(xs []int, t *T) []int {
	xs = append(xs, 3)
	t.xs = append(t.xs, 2)
	return xs
}
""",
    ),
}
KEEPS = {
    "where it may not run": Case("""
func f(x bool) bool { return x && g() == 2 }

func g() (int, bool) { return 1, true }
func k(i int) int    { return i }
"""),
    "where it runs again": Case("""
func f() {
	for g() == 2 {
	}
}

func g() (int, bool) { return 1, true }
func k(i int) int    { return i }
"""),
    "a conversion of what changes": Case("""
import "strconv"

func f(s string) {
	for i := 0; i < strconv.Atoi(s); i++ {
		s += "1"
	}
}
"""),
    "behind another call": Case("""
func f() {
	println(k(1), k(g()))
}

func g() (int, bool) { return 1, true }
func k(i int) int    { return i }
"""),
    "two values that are both meant": Case("""
func g() (int, int) { return 1, 2 }

func f() int { return g() }
"""),
    "a comparison as a statement": Case("""
func f(x int) { x == 3 }
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
