import pytest

from tests.repairs.go.cases import Case

MEND = "calls"
FIRES = {
    "methods that are not called": Case(
        """
type L struct {
	items []int
	size  int
}

func (l *L) Len() int     { return len(l.items) }
func (l *L) Items() []int { return l.items }
func (l *L) Self() *L     { return l }
func (l *L) Do()          {}

func f(l *L) int {
	if l.Len > 3 || 4 < l.Len {
		return l.Len
	}
	println(len(l.Items), l.Items[0], l.Self.Len())
	for range l.Items {
	}
	l.Do
	defer l.Do
	go func() {}
	return 0
}
""",
        """
type L struct {
	items []int
	size  int
}

func (l *L) Len() int     { return len(l.items) }
func (l *L) Items() []int { return l.items }
func (l *L) Self() *L     { return l }
func (l *L) Do()          {}

func f(l *L) int {
	if l.Len() > 3 || 4 < l.Len() {
		return l.Len()
	}
	println(len(l.Items()), l.Items()[0], l.Self().Len())
	for range l.Items() {
	}
	l.Do()
	defer l.Do()
	go func() {}()
	return 0
}
""",
    ),
    "a field is not called": Case(
        """
type L struct {
	items []int
	size  int
}

func (l *L) Len() int     { return len(l.items) }
func (l *L) Items() []int { return l.items }
func (l *L) Self() *L     { return l }
func (l *L) Do()          {}

func f(l *L) int { return l.size() + len(l.items()) }
""",
        """
type L struct {
	items []int
	size  int
}

func (l *L) Len() int     { return len(l.items) }
func (l *L) Items() []int { return l.items }
func (l *L) Self() *L     { return l }
func (l *L) Do()          {}

func f(l *L) int { return l.size + len(l.items) }
""",
    ),
    "a method that is printed": Case(
        """
import "fmt"

type L struct{}

func (l *L) Len() int { return 0 }

func f(l *L) { fmt.Printf("%d", l.Len) }
""",
        """
import "fmt"

type L struct{}

func (l *L) Len() int { return 0 }

func f(l *L) { fmt.Printf("%d", l.Len()) }
""",
    ),
}
KEEPS = {
    "a call with arguments": Case("""
type L struct {
	items []int
	size  int
}

func (l *L) Len() int     { return len(l.items) }
func (l *L) Items() []int { return l.items }
func (l *L) Self() *L     { return l }
func (l *L) Do()          {}

func f(l *L) int { return l.size(3) }
"""),
    "a call that is a statement": Case("""
type L struct {
	items []int
	size  int
}

func (l *L) Len() int     { return len(l.items) }
func (l *L) Items() []int { return l.items }
func (l *L) Self() *L     { return l }
func (l *L) Do()          {}

func f(l *L) { l.size() }
"""),
    "a function of parameters": Case("""
func f(x int) int { return f }
"""),
    "another result": Case("""
type L struct {
	items []int
	size  int
}

func (l *L) Len() int     { return len(l.items) }
func (l *L) Items() []int { return l.items }
func (l *L) Self() *L     { return l }
func (l *L) Do()          {}

func f(l *L) string { return l.Len }
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
