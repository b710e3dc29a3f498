import pytest

from tests.repairs.go.cases import Case

MEND = "unused_variables"
TESTED = """import "testing"

func TestX(t *testing.T) {
	got, err := answer()
	want := 5
	if got != 42 {
		t.Fatal()
	}
}

func answer() (int, error) { return 42, nil }
"""
FIRES = {
    "an idle one goes": Case(
        "func f() {\n\tx := 1\n\tprintln(2)\n}\n",
        "func f() {\n\tprintln(2)\n}\n",
    ),
    "a call is still made": Case(
        "func f() {\n\tx := g()\n\tvar y = g()\n}\n\nfunc g() int { return 1 }\n",
        "func f() {\n\t_ = g()\n\tvar _ = g()\n}\n\nfunc g() int { return 1 }\n",
    ),
    "one of two": Case(
        "func f() int {\n\ta, b := g()\n\treturn a\n}\n\nfunc g() (int, int) { return 1, 2 }\n",
        "func f() int {\n\ta, _ := g()\n\treturn a\n}\n\nfunc g() (int, int) { return 1, 2 }\n",
    ),
    "both of two": Case(
        "func f() {\n\ta, b := g()\n}\n\nfunc g() (int, int) { return 1, 2 }\n",
        "func f() {\n\t_, _ = g()\n}\n\nfunc g() (int, int) { return 1, 2 }\n",
    ),
    "of a range": Case(
        "func f(xs []int) {\n\tfor i, v := range xs {\n\t\tprintln(v)\n\t}\n\tfor i, v := range xs {\n"
        "\t\tprintln(i)\n\t}\n\tfor i, v := range xs {\n\t}\n}\n",
        "func f(xs []int) {\n\tfor _, v := range xs {\n\t\tprintln(v)\n\t}\n\tfor i := range xs {\n"
        "\t\tprintln(i)\n\t}\n\tfor range xs {\n\t}\n}\n",
    ),
    "of a type switch": Case(
        "func f(x any) {\n\tswitch v := x.(type) {\n\tcase int:\n\t}\n}\n",
        "func f(x any) {\n\tswitch x.(type) {\n\tcase int:\n\t}\n}\n",
    ),
    "one that is only assigned": Case(
        "func f() {\n\tok := false\n\tfor i := 0; i < 3; i++ {\n\t\tok = true\n\t}\n}\n",
        "func f() {\n\tok := false\n\t_ = ok\n\tfor i := 0; i < 3; i++ {\n\t\tok = true\n\t}\n}\n",
    ),
    "a shadow of err": Case(
        "func f() (err error) {\n\tif true {\n\t\t_, err := g()\n\t}\n\treturn err\n}\n\n"
        "func g() (int, error) { return 1, nil }\n",
        "func f() (err error) {\n\tif true {\n\t\t_, _ = g()\n\t}\n\treturn err\n}\n\n"
        "func g() (int, error) { return 1, nil }\n",
    ),
    "a test keeps what it states": Case(
        TESTED, TESTED.replace("got, err :=", "got, _ :=").replace("want := 5", "_ = 5"), file="a_test.go"
    ),
}
KEEPS = {
    "another fault": Case("func f() int {\n\tx := 1\n\treturn y\n}\n".replace("x := 1", "x := 1\n\tprintln(x)")),
    "an import": Case('import "os"\n'),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
