import pytest

from tests.repairs.go.cases import Case

MEND = "formats"
FIRES = {
    "verbs of another type": Case(
        """
import "fmt"

func f(s string, i int, xs []int) string {
	fmt.Printf("%d %s\\n", s, i)
	return fmt.Sprintf("%5d|%-5d|%.2f|%%", s, s, xs)
}
""",
        """
import "fmt"

func f(s string, i int, xs []int) string {
	fmt.Printf("%s %v\\n", s, i)
	return fmt.Sprintf("%5s|%-5s|%v|%%", s, s, xs)
}
""",
    ),
    "unknown verbs": Case(
        """
import "fmt"

func f(i int) {
	fmt.Printf("%z", i)
	fmt.Printf("(100%) %d", i)
	fmt.Printf("100%")
}
""",
        """
import "fmt"

func f(i int) {
	fmt.Printf("%v", i)
	fmt.Printf("(100%%) %d", i)
	fmt.Printf("100%%")
}
""",
    ),
    "wrapping outside of Errorf": Case(
        """
import "fmt"

func f(err error) string { return fmt.Sprintf("%w", err) }
""",
        """
import "fmt"

func f(err error) string { return fmt.Sprintf("%v", err) }
""",
    ),
    "arguments without a verb": Case(
        """
import "fmt"

func f(i int) {
	fmt.Printf("%d\\n", i, i)
	fmt.Printf("x", i)
}
""",
        """
import "fmt"

func f(i int) {
	fmt.Printf("%d %v\\n", i, i)
	fmt.Printf("x %v", i)
}
""",
    ),
    "functions that do not format": Case(
        """
import "fmt"

func f(i int) {
	fmt.Println("%d", i)
	fmt.Println("x\\n")
}
""",
        """
import "fmt"

func f(i int) {
	fmt.Printf("%d\\n", i)
	fmt.Println("x")
}
""",
    ),
    "a format that is no constant": Case(
        """
import "fmt"

func f(s string) { fmt.Printf(s) }
""",
        """
import "fmt"

func f(s string) { fmt.Printf("%s", s) }
""",
    ),
    "what a test says": Case(
        """
import "testing"

func TestX(t *testing.T) {
	if got := len("a"); got != 1 {
		t.Error("got %d", got)
		t.Errorf("got %d, want %d", got)
		t.Errorf("got", got)
		t.Fatalf("got %s", got)
	}
}
""",
        """
import "testing"

func TestX(t *testing.T) {
	if got := len("a"); got != 1 {
		t.Errorf("got %d", got)
		t.Errorf("got %d, want %%d", got)
		t.Errorf("got %v", got)
		t.Fatalf("got %v", got)
	}
}
""",
        file="a_test.go",
    ),
}
KEEPS = {
    "an argument is missing": Case("""
import "fmt"

func f(i int) {
	fmt.Printf("%d %d\\n", i)
}
"""),
    "arguments by number": Case("""
import "fmt"

func f(s string, i int) { fmt.Printf("%[2]d %[1]d", s, i) }
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
