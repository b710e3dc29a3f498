import pytest

from tests.repairs.go.cases import Case

MEND = "promised"
HEADS = ("type Box struct { n int; names []string }", "type boxes []*Box", "func New() *Box")
FIRES = {
    "types that are used alone": Case(
        """
func New() *Box { return &Box{n: 1} }

func all() boxes { return boxes{New()} }
""",
        """
func New() *Box { return &Box{n: 1} }

func all() boxes { return boxes{New()} }

type Box struct { n int; names []string }

type boxes []*Box
""",
        promised=HEADS,
    ),
}
KEEPS = {
    "what is not spelled out": Case("func New() *Crate { return &Crate{} }\n", promised=HEADS),
    "a function that is": Case("func f() any { return New() }\n", promised=HEADS[2:]),
    "a type that is declared": Case("type Box struct{}\n\nfunc f() Box { return 1 }\n", promised=HEADS),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
