import pytest

from tests.repairs.go.cases import Case

MEND = "declaring"
FIRES = {
    "the first assignment declares": Case(
        """
func f() int {
	v = 3
	v = 4
	return v
}
""",
        """
func f() int {
	v := 3
	v = 4
	return v
}
""",
    ),
    "one of two is new": Case(
        """
func f() int {
	a := 1
	a, b = 2, 3
	return a + b
}
""",
        """
func f() int {
	a := 1
	a, b := 2, 3
	return a + b
}
""",
    ),
    "nothing is new": Case(
        """
func f() int {
	v := 3
	v := 4
	return v
}
""",
        """
func f() int {
	v := 3
	v = 4
	return v
}
""",
    ),
    "in heads": Case(
        """
func f(xs []int) {
	for i = 0; i < 3; i++ {
	}
	for i = range xs {
		println(i)
	}
	if x = 3; x > 2 {
	}
}
""",
        """
func f(xs []int) {
	for i := 0; i < 3; i++ {
	}
	for i := range xs {
		println(i)
	}
	if x := 3; x > 2 {
	}
}
""",
    ),
}
KEEPS = {
    "a use outside of the block": Case("""
func f() int {
	if true {
		w = 3
	}
	return w
}
"""),
    "a use before": Case("""
func f() {
	println(w)
	w = 3
}
"""),
    "a member": Case("""
type T struct{}

func f(t T) {
	t.a = 3
	w.a = 3
}
"""),
    "an operation": Case("""
func f() {
	w += 3
}
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
