import pytest

from tests.repairs.go.cases import Case

MEND = "type_parameters"
FIRES = {
    "zero of any type": Case(
        """
type Stack[T any] struct{ items []T }

func (s *Stack[T]) Top() (T, error) { return 0, nil }

func first[V any](vs []V) V {
	if len(vs) == 0 {
		return nil
	}
	var v V = ""
	return v
}
""",
        """
type Stack[T any] struct{ items []T }

func (s *Stack[T]) Top() (T, error) { return *new(T), nil }

func first[V any](vs []V) V {
	if len(vs) == 0 {
		return *new(V)
	}
	var v V = *new(V)
	return v
}
""",
    ),
    "handed on": Case(
        """
type Set[T comparable] struct{ m map[T]bool }

func (s *Set) Add(x T) { s.m[x] = true }

func New[T comparable]() *Set { return &Set{m: map[T]bool{}} }

func (s *Set[T]) Union(o *Set) *Set {
	r := New()
	return r
}

type Pair[K comparable, V any] struct{ next *Pair }
""",
        """
type Set[T comparable] struct{ m map[T]bool }

func (s *Set[T]) Add(x T) { s.m[x] = true }

func New[T comparable]() *Set[T] { return &Set[T]{m: map[T]bool{}} }

func (s *Set[T]) Union(o *Set[T]) *Set[T] {
	r := New[T]()
	return r
}

type Pair[K comparable, V any] struct{ next *Pair[K, V] }
""",
    ),
    "filled with one kind": Case(
        """
type Set[T comparable] struct{ m map[T]bool }

func New[T comparable]() *Set[T] { return nil }

func (s *Set[T]) Add(x T) {}

func f() {
	s := New()
	s.Add("x")
	t := Set{}
	t.Add(3)
}
""",
        """
type Set[T comparable] struct{ m map[T]bool }

func New[T comparable]() *Set[T] { return nil }

func (s *Set[T]) Add(x T) {}

func f() {
	s := New[string]()
	s.Add("x")
	t := Set[int]{}
	t.Add(3)
}
""",
    ),
    "constrained": Case(
        """
type Heap[T any] struct{ xs []T }

func New[T any]() *Heap[T] { return &Heap[T]{} }

func (h *Heap[E]) Less(i, j int) bool { return h.xs[i] < h.xs[j] }

func Has[K, V any](m map[K]V, k K) bool {
	_, ok := m[k]
	return ok
}

func Same[T any](a, b T) bool { return a == b }
""",
        """
import "cmp"

type Heap[T cmp.Ordered] struct{ xs []T }

func New[T cmp.Ordered]() *Heap[T] { return &Heap[T]{} }

func (h *Heap[E]) Less(i, j int) bool { return h.xs[i] < h.xs[j] }

func Has[K comparable, V any](m map[K]V, k K) bool {
	_, ok := m[k]
	return ok
}

func Same[T comparable](a, b T) bool { return a == b }
""",
    ),
}
KEEPS = {
    "no zero": Case("""
func f[T any](xs []T) T {
	return 1
}
"""),
    "filled with two kinds": Case("""
type Set[T comparable] struct{}

func New[T comparable]() *Set[T] { return nil }

func (s *Set[T]) Add(x T) {}

func f() {
	s := New()
	s.Add("x")
	s.Add(3)
}
"""),
    "nothing in scope": Case("""
type Set[T comparable] struct{}

var s Set
"""),
    "an operator of numbers": Case("""
func f[T any](a, b T) T { return a - b }
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
