import pytest

from tests.repairs.go.cases import Case

MEND = "pointers"
FIRES = {
    "an address for a pointer": Case(
        """
type N struct {
	next *N
	v    int
}

func f(n N) *N {
	var q *N = n
	q = N{v: 1}
	n.next = q
	return n
}
""",
        """
type N struct {
	next *N
	v    int
}

func f(n N) *N {
	var q *N = &n
	q = &N{v: 1}
	n.next = q
	return &n
}
""",
    ),
    "a value for a pointer": Case(
        """
type N struct{}

func f(p *N) {
	g(p)
	g(&N{})
}

func g(n N) {}
""",
        """
type N struct{}

func f(p *N) {
	g(*p)
	g(N{})
}

func g(n N) {}
""",
    ),
    "a pointer receiver": Case(
        """
type I interface{ Do() }
type S struct{}

func (s *S) Do() {}

func f(i I) {
	var s S
	f(s)
	f(S{})
}
""",
        """
type I interface{ Do() }
type S struct{}

func (s *S) Do() {}

func f(i I) {
	var s S
	f(&s)
	f(&S{})
}
""",
    ),
    "a pointer to an interface": Case(
        """
type I interface{ Do() }

func f(p *I) {
	p.Do()
	f(&p)
}
""",
        """
type I interface{ Do() }

func f(p I) {
	p.Do()
	f(p)
}
""",
    ),
    "the elements behind a pointer": Case(
        """
type H []int

func (h *H) Push(x any) { h = append(h, x.(int)) }

func (h *H) Pop() any {
	n := len(h)
	x := h[n-1]
	h = h[:n-1]
	for range h {
	}
	return x
}
""",
        """
type H []int

func (h *H) Push(x any) { *h = append(*h, x.(int)) }

func (h *H) Pop() any {
	n := len(*h)
	x := (*h)[n-1]
	*h = (*h)[:n-1]
	for range *h {
	}
	return x
}
""",
    ),
    "what is decoded into": Case(
        """
import "encoding/json"

func f(b []byte) (v map[string]int, err error) {
	err = json.Unmarshal(b, v)
	return v, err
}
""",
        """
import "encoding/json"

func f(b []byte) (v map[string]int, err error) {
	err = json.Unmarshal(b, &v)
	return v, err
}
""",
    ),
}
KEEPS = {
    "a result has no address": Case("""
type N struct{}

func f() *N { return g() }

func g() N { return N{} }
"""),
    "another type": Case("""
type N struct{}
type M struct{}

func f(n N) *M { return n }
"""),
    "a method is missing": Case("""
type I interface{ Do() }
type S struct{}

func f(i I) { f(S{}) }
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
