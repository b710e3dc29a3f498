import pytest

from tests.repairs.go.cases import Case

MEND = "spreading"
FIRES = {
    "a list appended to one of its kind": Case(
        """
func f(a []uint64, n int) []uint64 {
	b := []uint64{1}
	a = append(a, b)
	return append(a, make([]uint64, n/64))
}
""",
        """
func f(a []uint64, n int) []uint64 {
	b := []uint64{1}
	a = append(a, b...)
	return append(a, make([]uint64, n/64)...)
}
""",
    ),
}
KEEPS = {
    "one of several": Case("func f(a, b []int) []int { return append(a, 1, b) }\n"),
    "another kind": Case("func f(a []int, b []string) []int { return append(a, b) }\n"),
    "another function": Case("func g(a []int, b int) {}\n\nfunc f(a, b []int) { g(a, b) }\n"),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
