import pytest

from tests.repairs.go.cases import Case

MEND = "comparing"
FIRES = {
    "slices, maps and what holds them": Case(
        """
type Q struct{ s []int }

func f(a, b []int, m, n map[string]int, p, q Q) bool {
	if a == b {
		return m != n
	}
	return !(p == q)
}
""",
        """
import "reflect"

type Q struct{ s []int }

func f(a, b []int, m, n map[string]int, p, q Q) bool {
	if reflect.DeepEqual(a, b) {
		return !reflect.DeepEqual(m, n)
	}
	return !(reflect.DeepEqual(p, q))
}
""",
    ),
    "a negated number": Case(
        """
func f(a, b int) bool { return !a == b || !a != b }
""",
        """
func f(a, b int) bool { return a != b || a == b }
""",
    ),
    "an error taken for a truth": Case(
        """
import "strconv"

func f(s string, more bool) int {
	n, ok := strconv.Atoi(s)
	if more && !ok {
		return 0
	}
	return n
}
""",
        """
import "strconv"

func f(s string, more bool) int {
	n, ok := strconv.Atoi(s)
	if more && ok != nil {
		return 0
	}
	return n
}
""",
    ),
    "a test of a slice": Case(
        """
import "testing"

func TestX(t *testing.T) {
	if got := []int{1, 2}; got != []int{1, 2} {
		t.Error(got)
	}
}
""",
        """
import (
	"reflect"
	"testing"
)

func TestX(t *testing.T) {
	if got := []int{1, 2}; !reflect.DeepEqual(got, []int{1, 2}) {
		t.Error(got)
	}
}
""",
        file="a_test.go",
    ),
}
KEEPS = {
    "an order of slices": Case("""
func f(a, b []int) bool { return a < b }
"""),
    "a negated number alone": Case("""
func f(a int) bool { return !a }
"""),
    "types that differ": Case("""
func f(a []int, b int) bool { return a == b }
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
