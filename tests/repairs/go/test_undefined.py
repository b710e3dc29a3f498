import pytest

from tests.repairs.go.cases import Case

MEND = "undefined"
FIRES = {
    "another case": Case(
        """
type Stack struct{ n int }

func NewStack() *Stack { return nil }

func (s *Stack) IsEmpty() bool { return s.n == 0 }

func f() *stack { return newStack() }
""",
        """
type Stack struct{ n int }

func NewStack() *Stack { return nil }

func (s *Stack) IsEmpty() bool { return s.n == 0 }

func f() *Stack { return NewStack() }
""",
    ),
    "the only constructor": Case(
        """
type Stack struct{ n int }

func NewStack() *Stack { return nil }

func (s *Stack) IsEmpty() bool { return s.n == 0 }

func f() *Stack { return New() }
""",
        """
type Stack struct{ n int }

func NewStack() *Stack { return nil }

func (s *Stack) IsEmpty() bool { return s.n == 0 }

func f() *Stack { return NewStack() }
""",
    ),
    "the receiver is missing": Case(
        """
type Stack struct{ n int }

func NewStack() *Stack { return nil }

func (s *Stack) IsEmpty() bool { return s.n == 0 }

func (s *Stack) Pop() bool { return IsEmpty() || n > 1 }
""",
        """
type Stack struct{ n int }

func NewStack() *Stack { return nil }

func (s *Stack) IsEmpty() bool { return s.n == 0 }

func (s *Stack) Pop() bool { return s.IsEmpty() || s.n > 1 }
""",
    ),
    "one of several": Case(
        """
func f(tests []int) {
	for range test {
	}
}
""",
        """
func f(tests []int) {
	for range tests {
	}
}
""",
    ),
    "another package of the library": Case(
        """
import "strings"

func f() string { return strings.Itoa(3) + strings.toUpper("x") + strings.Toupper("y") }
""",
        """
import (
	"strconv"
	"strings"
)

func f() string { return strconv.Itoa(3) + strings.ToUpper("x") + strings.ToUpper("y") }
""",
    ),
    "from outside": Case(
        """
import (
	"testing"

	"example.org/mended/undefined/from_outside"
)

func TestX(t *testing.T) {
	if p.newStack() != nil {
		t.Error()
	}
}
""",
        """
import (
	"testing"

	"example.org/mended/undefined/from_outside"
)

func TestX(t *testing.T) {
	if p.NewStack() != nil {
		t.Error()
	}
}
""",
        file="a_test.go",
        package="p_test",
        beside={"s.go": "package p\n\ntype Stack struct{}\n\nfunc NewStack() *Stack { return nil }\n"},
    ),
}
KEEPS = {
    "nothing like it": Case("""
type Stack struct{ n int }

func NewStack() *Stack { return nil }

func (s *Stack) IsEmpty() bool { return s.n == 0 }

func f() { NewStak() }
"""),
    "two that it may be": Case("""
func Newstack() {}
func NewStack() {}

func f() { newStack() }
"""),
    "a member of several packages": Case("""
import "strconv"

var x = strconv.Contains("a", "b")
"""),
    "a bare name of the library": Case("""
var x = Itoa(3)
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
