import pytest

from tests.repairs.go.cases import Case

MEND = "local_types"
BESIDE = {
    "read_test.go": """package p

func read[T any](text string) T {
	var value T
	return value
}
"""
}
FIRES = {
    "an answer whose fields are compared": Case(
        """
import "testing"

func TestTotals(t *testing.T) {
	stats := read[Stats]("{}")
	want := Stats{Total: 2}
	if stats.Total != want.Total || stats.Name == "" || !stats.Done {
		t.Errorf("stats = %+v, want %+v", stats, Stats{Total: 2})
	}
}
""",
        """
import "testing"

func TestTotals(t *testing.T) {
	type Stats struct { Total int; Name string; Done bool }
	stats := read[Stats]("{}")
	want := Stats{Total: 2}
	if stats.Total != want.Total || stats.Name == "" || !stats.Done {
		t.Errorf("stats = %+v, want %+v", stats, Stats{Total: 2})
	}
}
""",
        file="a_test.go",
        beside=BESIDE,
    ),
}
KEEPS = {
    "a field of a type that cannot be told": Case(
        """
import "testing"

func TestTotals(t *testing.T) {
	if stats := read[Stats]("{}"); stats.Total != total() {
		t.Error(stats)
	}
}

func total() int { return 1 }
""",
        file="a_test.go",
        beside=BESIDE,
    ),
    "a type of a variable": Case("func f() { var s Stats; s.Total = 1 }\n", file="a_test.go"),
    "what is no test": Case(
        "func f() bool { s := read[Stats](1); return s.Total == 1 }\n\nfunc read[T any](n int) (t T) { return t }\n"
    ),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
