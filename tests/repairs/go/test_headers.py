import pytest

from tests.repairs.go.cases import Case

MEND = "headers"
FIRES = {
    "a literal in a head": Case(
        """
type P struct{ x int }

func f(p P) {
	if p == P{1} {
		println("é")
	}
	for q := P{1}; q.x < 3; {
	}
	if q := &P{2}; q.x == 2 {
	}
}
""",
        """
type P struct{ x int }

func f(p P) {
	if p == (P{1}) {
		println("é")
	}
	for q := (P{1}); q.x < 3; {
	}
	if q := &(P{2}); q.x == 2 {
	}
}
""",
    ),
}
KEEPS = {
    "another fault of a head": Case("""
func f(x int) {
	if x = 3 {
	}
}
"""),
    "a literal in a call": Case("""
type P struct{ x int }

func g(p P) int { return p.x }

func f() {
	if g(P{1}) = 3 {
	}
}
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
