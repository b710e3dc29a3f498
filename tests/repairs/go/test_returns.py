import pytest

from tests.repairs.go.cases import Case

MEND = "returns"
FIRES = {
    "a chain without an else": Case(
        """
func f(x int) int {
	if x > 1 {
		return 2
	} else if x < 0 {
		return 3
	}
}
""",
        """
func f(x int) int {
	if x > 1 {
		return 2
	} else if x < 0 {
		return 3
	}
	return 0
}
""",
    ),
    "not found": Case(
        """
type S struct{ n int }

func f(xs []S) (S, bool) {
	for _, x := range xs {
		if x.n > 1 {
			return x, true
		}
	}
}
""",
        """
type S struct{ n int }

func f(xs []S) (S, bool) {
	for _, x := range xs {
		if x.n > 1 {
			return x, true
		}
	}
	return S{}, false
}
""",
    ),
    "no error in the end": Case(
        """
func f(x int) error {
	if x > 1 {
		return g()
	}
}

func g() error { return nil }
""",
        """
func f(x int) error {
	if x > 1 {
		return g()
	}
	return nil
}

func g() error { return nil }
""",
    ),
    "the other answer": Case(
        """
func f(xs []int) bool {
	for _, x := range xs {
		if x > 1 {
			return false
		}
	}
}
""",
        """
func f(xs []int) bool {
	for _, x := range xs {
		if x > 1 {
			return false
		}
	}
	return true
}
""",
    ),
    "its receiver": Case(
        """
type S struct{ n int }

func (s *S) Add() *S {
	s.n++
}
""",
        """
type S struct{ n int }

func (s *S) Add() *S {
	s.n++
	return s
}
""",
    ),
    "of a type parameter, in a literal": Case(
        """
func f[T any](xs []T) func() T {
	return func() T {
		for _, x := range xs {
			return x
		}
	}
}
""",
        """
func f[T any](xs []T) func() T {
	return func() T {
		for _, x := range xs {
			return x
		}
		return *new(T)
	}
}
""",
    ),
    "nil for a value": Case(
        """
import "errors"

type S struct{}
type N int

func f() (S, string, N, error) { return nil, nil, nil, errors.New("x") }
""",
        """
import "errors"

type S struct{}
type N int

func f() (S, string, N, error) { return S{}, "", 0, errors.New("x") }
""",
    ),
    "too few and too many": Case(
        """
import "errors"

func f() (int, error)    { return 1 }
func g() (int, []int, error) { return errors.New("x") }
func h() int             { return 1, nil }
func k()                 { return nil }
""",
        """
import "errors"

func f() (int, error)    { return 1, nil }
func g() (int, []int, error) { return 0, nil, errors.New("x") }
func h() int             { return 1 }
func k()                 { return }
""",
    ),
}
KEEPS = {
    "an empty body": Case("""
func f() int {
}
"""),
    "all that returns is a success": Case("""
func f(xs []int) (int, error) {
	for _, x := range xs {
		return x, nil
	}
}
"""),
    "a value too many": Case("""
func f() { return 1 }
"""),
    "a value too few": Case("""
func f() (int, int) { return 1 }
"""),
    "nothing for a value": Case("""
func f() int { return }
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
