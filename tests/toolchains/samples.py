"""A small project of each language that is sound, and the faults that a toolchain must find in it."""

from dataclasses import dataclass

Files = dict[str, str]


@dataclass(frozen=True)
class Fault:
    """An edit of the sound project, the stage that must see it, and what its diagnostic says."""

    stage: str
    edit: Files
    path: str
    line: int
    code: str
    symbol: str = ""
    test: str = ""


@dataclass(frozen=True)
class Sample:
    files: Files
    tests: tuple[str, ...]
    symbols: tuple[str, ...]
    faults: dict[str, Fault]
    untidy: str
    tidy: str
    broken: str
    expect: tuple[tuple[str, str], ...]
    """Calls and the values they have."""
    wrong: tuple[str, str]
    uncompilable: tuple[str, str]


GO_MOD = "module example.org/shapes\n\ngo 1.22\n"
AREA = """package shapes

import "errors"

var ErrNegative = errors.New("negative side")

// Area returns the area of a square.
func Area(side int) (int, error) {
\tif side < 0 {
\t\treturn 0, ErrNegative
\t}
\treturn side * side, nil
}

func Double(n int64) int64 { return 2 * n }
"""
AREA_TEST = """package shapes

import "testing"

func TestArea(t *testing.T) {
\tfor _, side := range []int{1, 2} {
\t\tif got, _ := Area(side); got != side*side {
\t\t\tt.Errorf("Area(%d) = %d", side, got)
\t\t}
\t}
\tt.Run("negative", func(t *testing.T) {
\t\tif _, err := Area(-1); err == nil {
\t\t\tt.Fatal("no error")
\t\t}
\t})
}
"""
NAMES = """package names

import "strings"

func Upper(text string) string { return strings.ToUpper(text) }
"""

GO = Sample(
    files={"go.mod": GO_MOD, "area.go": AREA, "area_test.go": AREA_TEST, "names/names.go": NAMES},
    tests=("TestArea", "TestArea/negative"),
    symbols=("Area", "Double", "ErrNegative", "Upper"),
    faults={
        "syntax": Fault("build", {"area.go": "package shapes\n\nfunc Area( {\n"}, "area.go", 3, "syntax"),
        "undefined": Fault(
            "build",
            {"names/names.go": "package names\n\nvar N = missing(1)\n"},
            "names/names.go",
            3,
            "undefined",
            "missing",
        ),
        "type": Fault(
            "build", {"names/names.go": "package names\n\nvar N int = true\n"}, "names/names.go", 3, "mismatch"
        ),
        "unused import": Fault(
            "build", {"names/names.go": 'package names\n\nimport "os"\n'}, "names/names.go", 3, "unused-import", "os"
        ),
        "unused variable": Fault(
            "build",
            {"names/names.go": "package names\n\nfunc F() {\n\tx := 1\n}\n"},
            "names/names.go",
            4,
            "unused-variable",
            "x",
        ),
        "missing return": Fault(
            "build", {"names/names.go": "package names\n\nfunc F() int {\n}\n"}, "names/names.go", 4, "missing-return"
        ),
        "redeclared": Fault(
            "build", {"more.go": "package shapes\n\nfunc Area() {}\n"}, "more.go", 3, "redeclared", "Area"
        ),
        "missing package": Fault(
            "build",
            {"names/names.go": 'package names\n\nimport _ "no/such"\n'},
            "names/names.go",
            3,
            "missing-package",
            "no/such",
        ),
        "import cycle": Fault(
            "build",
            {
                "a/a.go": 'package a\n\nimport _ "example.org/shapes/b"\n',
                "b/b.go": 'package b\n\nimport _ "example.org/shapes/a"\n',
            },
            "a/a.go",
            0,
            "import-cycle",
        ),
        "mixed packages": Fault("build", {"main.go": "package main\n"}, "main.go", 0, "mixed-packages"),
        "module file": Fault("build", {"go.mod": "module example.org/shapes\nnonsense\n"}, "go.mod", 2, "go-mod"),
        "too new": Fault("build", {"go.mod": "module example.org/shapes\n\ngo 1.99\n"}, "go.mod", 0, "go-mod"),
        "no main": Fault("build", {"cmd/x/x.go": "package main\n"}, "cmd/x/x.go", 0, "undefined", "main"),
        "suspect": Fault(
            "vet",
            {"names/names.go": 'package names\n\nimport "fmt"\n\nfunc F() { fmt.Printf("%d", "x") }\n'},
            "names/names.go",
            5,
            "vet",
        ),
        "test does not compile": Fault(
            "vet",
            {"area_test.go": AREA_TEST.replace("Area(-1)", "Missing(-1)")},
            "area_test.go",
            12,
            "undefined",
            "Missing",
        ),
        "wrong value": Fault(
            "test", {"area.go": AREA.replace("side * side", "side + 1")}, "area_test.go", 8, "assertion", "", "TestArea"
        ),
        "failing case": Fault(
            "test", {"area.go": AREA.replace("< 0", "< -9")}, "area_test.go", 13, "assertion", "", "TestArea/negative"
        ),
        "panic": Fault(
            "test",
            {"area.go": AREA.replace("return side * side", "return 1 / (side - side)")},
            "area.go",
            12,
            "panic",
            "Area",
            "TestArea",
        ),
    },
    untidy="package a\nfunc  F( ) { }\n",
    tidy="package a\n\nfunc F() {}\n",
    broken="package a\nfunc (\n",
    expect=(("Double(21)", "42"), ('names.Upper("a")', '"A"'), ("Area(-1)", "error")),
    wrong=("Double(21)", "41"),
    uncompilable=('Double("x")', "1"),
)

SAMPLES = {"go": GO}
