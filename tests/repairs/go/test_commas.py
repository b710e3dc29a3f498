import pytest

from tests.repairs.go.cases import Case

MEND = "commas"
FIRES = {
    "behind the last line": Case(
        """
var xs = []string{
	"é",
	"b"
}

func f(a, b int) {
	f(1,
		2 // two
	)
}
""",
        """
var xs = []string{
	"é",
	"b",
}

func f(a, b int) {
	f(1,
		2, // two
	)
}
""",
    ),
}
KEEPS = {
    "another fault": Case("""
func f() {
	x := [1
}
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
