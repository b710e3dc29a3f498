import pytest

from tests.repairs.go.cases import Case

MEND = "foreign"
FIRES = {
    "methods that are functions": Case(
        """
func f(xs []int, s string, m map[string]int) int {
	xs.append(3)
	if s.Contains("x") {
		return xs.len() + s.length
	}
	return m.size() + len(s.Split(","))
}
""",
        """
import "strings"

func f(xs []int, s string, m map[string]int) int {
	xs = append(xs, 3)
	if strings.Contains(s, "x") {
		return len(xs) + len(s)
	}
	return len(m) + len(strings.Split(s, ","))
}
""",
    ),
    "wrapped errors": Case(
        """
import "errors"

func f(err error) error { return errors.Wrap(errors.Wrapf(err, "x %d", 3), "100%") }
""",
        """
import "fmt"

func f(err error) error { return fmt.Errorf("100%%: %w", fmt.Errorf("x %d: %w", 3, err)) }
""",
    ),
    "ordered types": Case(
        """
import "golang.org/x/exp/constraints"

func f[T constraints.Ordered](a, b T) bool { return a < b }
""",
        """
import "cmp"

func f[T cmp.Ordered](a, b T) bool { return a < b }
""",
    ),
}
KEEPS = {
    "a method that has no function": Case("""
func f(m map[string]int, xs []int) {
	m.Delete("x")
	xs.Sort()
	xs.push()
}
"""),
    "a struct of its own": Case("""
type T struct{}

func f(t T) int { return t.len() }
"""),
    "a message that is no text": Case("""
import "errors"

func f(err error, s string) error { return errors.Wrap(err, s) }
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
