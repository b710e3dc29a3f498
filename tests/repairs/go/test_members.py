import pytest

from tests.repairs.go.cases import Case

MEND = "members"
FIRES = {
    "another case, or the beginning": Case(
        """
type T struct {
	Name     string
	value    int
	Priority int
}

func (t T) String() string { return "" }

func f() string {
	t := T{name: "x", Value: 2, Prio: 3}
	t.name = t.Str()
	return t.string()
}
""",
        """
type T struct {
	Name     string
	value    int
	Priority int
}

func (t T) String() string { return "" }

func f() string {
	t := T{Name: "x", value: 2, Priority: 3}
	t.Name = t.String()
	return t.String()
}
""",
    ),
    "declared in another file": Case(
        """
func f(t T) int { return t.Prio }
""",
        """
func f(t T) int { return t.Priority }
""",
        beside={"t.go": "package p\n\ntype T struct{ Name, Priority int }\n"},
    ),
    "what hides in an any": Case(
        """
import "container/list"

type entry struct{ key string }

func f(l *list.List) string {
	l.PushFront(&entry{key: "a"})
	return l.Front().Value.key
}
""",
        """
import "container/list"

type entry struct{ key string }

func f(l *list.List) string {
	l.PushFront(&entry{key: "a"})
	return l.Front().Value.(*entry).key
}
""",
    ),
    "what a test expects": Case(
        """
import "testing"

func TestX(t *testing.T) {
	for _, tt := range []struct{ in, want int }{{1, 1}} {
		if tt.in != tt.expected {
			t.Error(tt)
		}
	}
}
""",
        """
import "testing"

func TestX(t *testing.T) {
	for _, tt := range []struct{ in, want int }{{1, 1}} {
		if tt.in != tt.want {
			t.Error(tt)
		}
	}
}
""",
        file="a_test.go",
    ),
    "a field that rows fill": Case(
        """
import "testing"

func TestX(t *testing.T) {
	for _, tt := range []struct{ in int }{{name: "one", in: 1}, {name: "two", in: 2}} {
		t.Run(tt.name, func(t *testing.T) {})
	}
}
""",
        """
import "testing"

func TestX(t *testing.T) {
	for _, tt := range []struct{
	name string
 in int }{{name: "one", in: 1}, {name: "two", in: 2}} {
		t.Run(tt.name, func(t *testing.T) {})
	}
}
""",
        file="a_test.go",
    ),
}
KEEPS = {
    "nothing like it": Case("""
type T struct {
	Name     string
	value    int
	Priority int
}

func (t T) String() string { return "" }

func f(t T) int { return t.count }

var t = T{count: 3}
"""),
    "two that begin so": Case("""
type T struct{ left, leftmost int }

func f(t T) int { return t.lef }
"""),
    "too short to tell": Case("""
type T struct {
	Name     string
	value    int
	Priority int
}

func (t T) String() string { return "" }

func f(t T) int { return t.v }
"""),
    "rows without keys": Case("""
var t = []struct{ in int }{{1}, {name: "two", in: 2}}
"""),
    "two that it may be": Case("""
type a struct{ key int }
type b struct{ key int }

var x, y = a{key: 1}, b{key: 2}

func f(x any) int { return x.key }
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
