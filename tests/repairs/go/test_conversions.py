import pytest

from tests.repairs.go.cases import Case

MEND = "conversions"
FIRES = {
    "numbers": Case(
        """
import "math"

func f(i int, j int64, x float64, u uint, b byte) int {
	x += i
	i += x
	if i > b || u == i {
		i = math.Sqrt(i)
	}
	var k int64 = i + j
	return k
}
""",
        """
import "math"

func f(i int, j int64, x float64, u uint, b byte) int {
	x += float64(i)
	i += int(x)
	if i > int(b) || int(u) == i {
		i = int(math.Sqrt(float64(i)))
	}
	var k int64 = int64(i) + j
	return int(k)
}
""",
    ),
    "a quotient keeps its fraction": Case(
        """
func f(xs []int) float64 {
	sum := 0
	return (sum + 1) / len(xs)
}

func g(a, b int) float64 { return a / b % 2 }
""",
        """
func f(xs []int) float64 {
	sum := 0
	return float64((sum + 1)) / float64(len(xs))
}

func g(a, b int) float64 { return float64(a / b % 2) }
""",
    ),
    "characters and strings": Case(
        """
func f(r rune, s string, b []byte) string {
	g(r)
	g(s[0])
	s = b
	b = s
	return s + r
}

func g(s string) {}
""",
        """
func f(r rune, s string, b []byte) string {
	g(string(r))
	g(string(s[0]))
	s = string(b)
	b = []byte(s)
	return s + string(r)
}

func g(s string) {}
""",
    ),
    "numbers in digits": Case(
        """
func f(i int, j int64) string {
	s := "n" + i
	s = j
	return s
}
""",
        """
import (
	"fmt"
	"strconv"
)

func f(i int, j int64) string {
	s := "n" + strconv.Itoa(i)
	s = fmt.Sprint(j)
	return s
}
""",
    ),
    "what vet says of string(i)": Case(
        """
func f(i int) string { return string(i) + string('a'+i) }
""",
        """
import "strconv"

func f(i int) string { return strconv.Itoa(i) + string(rune('a'+i)) }
""",
    ),
    "named types": Case(
        """
import "time"

type Level int

func f(n int, l Level) Level {
	time.Sleep(n * time.Second)
	if l > n {
		return n
	}
	return l
}
""",
        """
import "time"

type Level int

func f(n int, l Level) Level {
	time.Sleep(time.Duration(n) * time.Second)
	if l > Level(n) {
		return Level(n)
	}
	return l
}
""",
    ),
    "errors": Case(
        """
func f(err error) error {
	g(err)
	return "bad"
}

func g(s string) {}
""",
        """
import "errors"

func f(err error) error {
	g(err.Error())
	return errors.New("bad")
}

func g(s string) {}
""",
    ),
    "what an any holds": Case(
        """
import "container/heap"

func f(h heap.Interface) int { return heap.Pop(h) }
""",
        """
import "container/heap"

func f(h heap.Interface) int { return heap.Pop(h).(int) }
""",
    ),
    "an index": Case(
        """
func f(xs []int, x float64) int { return xs[x/2] }
""",
        """
func f(xs []int, x float64) int { return xs[int(x/2)] }
""",
    ),
    "an operand of a test": Case(
        """
import "testing"

func TestX(t *testing.T) {
	var want int64 = 3
	if got := len("abc"); got != want {
		t.Error(got)
	}
}
""",
        """
import "testing"

func TestX(t *testing.T) {
	var want int64 = 3
	if got := len("abc"); int64(got) != want {
		t.Error(got)
	}
}
""",
        file="a_test.go",
    ),
}
KEEPS = {
    "a constant with a fraction": Case("""
func f() int { return 2.5 }
"""),
    "text that is no number": Case("""
func f(s string) int { return s }
"""),
    "an error that may be nil": Case("""
func f(err error) string { return err }
"""),
    "a part of a duration": Case("""
import "time"

func f(x float64) time.Duration { return x * time.Second }
"""),
    "slices of other things": Case("""
func f(xs []string) string { return xs }
"""),
    "text beside a number": Case("""
func f(s string, i int) bool { return s == i }
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
