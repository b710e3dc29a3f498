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
    packages: tuple[int, int] = (2, 2)
    """Those that `build` counts, and those that `vet` counts."""


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

PYPROJECT = '[project]\nname = "shapes"\nversion = "0.1.0"\n'
SHAPES = """class NegativeError(ValueError):
    pass


def area(side):
    \"\"\"Return the area of a square.\"\"\"
    if side < 0:
        raise NegativeError(side)
    return side * side


def double(n):
    return 2 * n
"""
TEST_SHAPES = """import pytest

from shapes import NegativeError, area


@pytest.mark.parametrize(("side", "want"), [(1, 1), (2, 4), (-1, None)])
def test_area(side, want):
    if want is None:
        with pytest.raises(NegativeError):
            area(side)
    else:
        assert area(side) == want
"""
UPPER = """def upper(text):
    return text.upper()
"""


def broken_test(line: str) -> Files:
    """Return a test file of its own, whose one test does this."""
    return {"test_more.py": f"import os\nimport sys\nimport time\n\n\ndef test_more():\n    {line}\n"}


PYTHON = Sample(
    files={"pyproject.toml": PYPROJECT, "shapes.py": SHAPES, "test_shapes.py": TEST_SHAPES, "names.py": UPPER},
    tests=("test_area", "test_area/1-1", "test_area/2-4", "test_area/-1-None"),
    symbols=("area", "double", "NegativeError", "upper"),
    packages=(2, 3),
    faults={
        "syntax": Fault("build", {"shapes.py": "import os\n\n\ndef area(:\n"}, "shapes.py", 4, "syntax"),
        "undefined": Fault("build", {"names.py": "\nN = missing(1)\n"}, "names.py", 2, "undefined", "missing"),
        "undefined in a function": Fault(
            "vet", {"names.py": "def upper(text):\n    return missing(text)\n"}, "names.py", 2, "undefined", "missing"
        ),
        "name that another module lacks": Fault(
            "build", {"names.py": "from shapes import volume\n"}, "names.py", 1, "undefined", "volume"
        ),
        "member that a module lacks": Fault(
            "build",
            {"names.py": "import math\n\n\ndef f():\n    return math.root(4)\n"},
            "names.py",
            5,
            "undefined",
            "math.root",
        ),
        "missing module": Fault(
            "build", {"names.py": "import requests\n"}, "names.py", 1, "missing-package", "requests"
        ),
        "missing module in a function": Fault(
            "build", {"names.py": "def f():\n    import numpy\n"}, "names.py", 2, "missing-package", "numpy"
        ),
        "import cycle": Fault(
            "build",
            {"a.py": "from b import X\n\nY = 1\n", "b.py": "\nfrom a import Y\n\nX = 1\n"},
            "a.py",
            1,
            "import-cycle",
        ),
        "raises when imported": Fault("build", {"names.py": "\nN = [1][2]\n"}, "names.py", 2, "panic"),
        "leaves when imported": Fault("build", {"names.py": "import sys\nsys.exit(0)\n"}, "names.py", 2, "exit"),
        "leaves at once when imported": Fault("build", {"names.py": "import os\nos._exit(0)\n"}, "names.py", 0, "exit"),
        "hangs when imported": Fault("build", {"names.py": "\nwhile True: print(1)\n"}, "names.py", 2, "timeout"),
        "redeclared": Fault(
            "vet",
            {"names.py": "def upper():\n    return 1\n\n\ndef upper():\n    return 2\n"},
            "names.py",
            5,
            "redeclared",
            "upper",
        ),
        "call that does not fit": Fault(
            "build",
            {"names.py": "from shapes import double\n\n\ndef f():\n    return double(1, 2)\n"},
            "names.py",
            5,
            "arguments",
            "double",
        ),
        "suspect": Fault("vet", {"names.py": 'def f():\n    return "%d" % (1, 2)\n'}, "names.py", 2, "vet"),
        "test cannot be imported": Fault(
            "vet",
            {"test_shapes.py": TEST_SHAPES.replace("import NegativeError, area", "import gone")},
            "test_shapes.py",
            3,
            "undefined",
            "gone",
        ),
        "wrong value": Fault(
            "test",
            {"shapes.py": SHAPES.replace("side * side", "side")},
            "test_shapes.py",
            12,
            "assertion",
            "",
            "test_area/2-4",
        ),
        "failing case": Fault(
            "test",
            {"shapes.py": SHAPES.replace("< 0", "< -9")},
            "test_shapes.py",
            9,
            "assertion",
            "",
            "test_area/-1-None",
        ),
        "panic": Fault(
            "test",
            {"shapes.py": SHAPES.replace("return side * side", "return [side][side]")},
            "shapes.py",
            9,
            "panic",
            "area",
            "test_area/1-1",
        ),
        "test hangs": Fault(
            "test", broken_test("time.sleep(99)"), "test_more.py", 7, "timeout", "test_more", "test_more"
        ),
        "test leaves": Fault("test", broken_test("sys.exit(0)"), "test_more.py", 7, "exit", "test_more", "test_more"),
        "test leaves at once": Fault("test", broken_test("os._exit(0)"), "test_more.py", 6, "exit", "", "test_more"),
        "test prints without end": Fault(
            "test",
            broken_test("while True: print('x' * 9999)"),
            "test_more.py",
            7,
            "panic",
            "test_more",
            "test_more",
        ),
    },
    untidy="def  f( ):\n  return 'a'\n",
    tidy='def f():\n    return "a"\n',
    broken="def (\n",
    expect=(("double(21)", "42"), ("names.upper('a')", "'A'"), ("area(-1)", "error")),
    wrong=("double(21)", "41"),
    uncompilable=("double(1, 2)", "1"),
)

PACKAGE = '{"name": "shapes", "type": "module"}\n'
SQUARES = """export class NegativeError extends Error {}

export function area(side) {
  if (side < 0) {
    throw new NegativeError("negative");
  }
  return side * side;
}

export const double = (n) => 2 * n;
"""
BADGE = """import { double } from "./shapes.js";

export function Badge({ count }) {
  return <b>Twice: {double(count)}</b>;
}
"""
BADGE_TEST = """import { render, screen } from "@testing-library/react";
import { Badge } from "./Badge.jsx";
import { area } from "./shapes.js";

test.each([[1, 1], [2, 4], [-1, null]])("area of %i", (side, want) => {
  if (want === null) {
    expect(() => area(side)).toThrow("negative");
    return;
  }
  expect(area(side)).toBe(want);
  render(<Badge count={side} />);
  expect(screen.getByText(`Twice: ${2 * side}`)).toBeInTheDocument();
});
"""
CONDITIONAL = """import { useState } from "react";

export function More({ on }) {
  if (on) {
    useState(1);
  }
  return null;
}
"""
CARGO = '[package]\nname = "shapes"\nversion = "0.1.0"\nedition = "2021"\nbuild = false\n'
LIB = """pub mod names;

#[derive(Debug, PartialEq)]
pub struct NegativeError;

/// Returns the area of a square.
pub fn area(side: i64) -> Result<i64, NegativeError> {
    if side < 0 {
        return Err(NegativeError);
    }
    Ok(side * side)
}

pub fn double(n: i64) -> i64 {
    2 * n
}
"""
UPPERCASE = """pub fn upper(text: &str) -> String {
    text.to_uppercase()
}
"""
MAIN = """fn main() {
    println!("{}", shapes::double(21));
}
"""
SHAPES_TEST = """use shapes::*;

#[test]
fn test_area() {
    for (side, want) in [(1, 1), (2, 4)] {
        assert_eq!(area(side), Ok(want));
    }
    assert!(area(-1).is_err());
}
"""


def lone_test(line: str) -> Files:
    """Return a test file of its own, whose one test does this."""
    return {"tests/more_test.rs": f"#[test]\nfn test_more() {{\n    {line}\n}}\n"}


RUST = Sample(
    files={
        "Cargo.toml": CARGO,
        "src/lib.rs": LIB,
        "src/names.rs": UPPERCASE,
        "src/main.rs": MAIN,
        "tests/shapes_test.rs": SHAPES_TEST,
    },
    tests=("test_area",),
    symbols=("area", "double", "NegativeError", "upper"),
    packages=(2, 3),
    faults={
        "syntax": Fault("build", {"src/bin/extra.rs": "fn main() {}\n\nfn area( {\n"}, "src/bin/extra.rs", 3, "syntax"),
        "undefined": Fault(
            "build", {"src/main.rs": "fn main() {\n    missing(1);\n}\n"}, "src/main.rs", 2, "undefined", "missing"
        ),
        "no main": Fault("build", {"src/bin/extra.rs": "fn f() {}\n"}, "src/bin/extra.rs", 1, "undefined", "main"),
        "type": Fault("build", {"src/names.rs": "pub const N: i32 = true;\n"}, "src/names.rs", 1, "mismatch"),
        "missing crate": Fault(
            "build", {"src/names.rs": "use rand::Rng;\n"}, "src/names.rs", 1, "missing-package", "rand"
        ),
        # Programs and tests cannot be compiled before the library that they use: what is wrong with it hides them.
        "name that a module lacks": Fault(
            "vet", {"src/names.rs": "use crate::volume;\n"}, "src/names.rs", 1, "undefined", "volume"
        ),
        "private": Fault(
            "vet",
            {"src/names.rs": "fn hidden() {}\n", "src/main.rs": "fn main() {\n    shapes::names::hidden();\n}\n"},
            "src/main.rs",
            2,
            "unexported",
            "hidden",
        ),
        "moved": Fault(
            "build",
            {"src/names.rs": "pub fn f(t: String) -> String {\n    drop(t);\n    t\n}\n"},
            "src/names.rs",
            3,
            "borrow",
            "t",
        ),
        "redeclared": Fault(
            "build", {"src/names.rs": "pub fn f() {}\npub fn f() {}\n"}, "src/names.rs", 2, "redeclared", "f"
        ),
        "file of no crate": Fault("build", {"src/lost.rs": "pub fn f() {}\n"}, "src/lib.rs", 0, "stray-file", "lost"),
        "no member": Fault(
            "build",
            {"src/names.rs": "pub fn f(t: &str) -> usize {\n    t.length()\n}\n"},
            "src/names.rs",
            2,
            "no-member",
            "length",
        ),
        "module file": Fault("build", {"Cargo.toml": CARGO + "nonsense\n"}, "Cargo.toml", 0, "manifest"),
        "suspect": Fault(
            "vet",
            {"src/names.rs": "pub fn f(n: u32) -> u32 {\n    n & 0\n}\n"},
            "src/names.rs",
            2,
            "vet",
        ),
        "unused import": Fault("vet", {"src/names.rs": "use std::fmt;\n"}, "src/names.rs", 1, "unused-import", "fmt"),
        "test does not compile": Fault(
            "vet",
            {"tests/shapes_test.rs": SHAPES_TEST.replace("area(-1)", "missing(-1)")},
            "tests/shapes_test.rs",
            8,
            "undefined",
            "missing",
        ),
        "wrong value": Fault(
            "test",
            {"src/lib.rs": LIB.replace("side * side", "side + 1")},
            "tests/shapes_test.rs",
            6,
            "assertion",
            "",
            "test_area",
        ),
        "panic": Fault(
            "test",
            {"src/lib.rs": LIB.replace("Ok(side * side)", "Ok([side][side as usize])")},
            "src/lib.rs",
            11,
            "panic",
            "area",
            "test_area",
        ),
        "test leaves": Fault(
            "test", lone_test("std::process::exit(0);"), "tests/more_test.rs", 2, "exit", "", "test_more"
        ),
        "test in the code fails": Fault(
            "test",
            {"src/names.rs": "#[test]\nfn test_more() {\n    assert_eq!(1 + 1, 3);\n}\n"},
            "src/names.rs",
            3,
            "assertion",
            "",
            "names::test_more",
        ),
    },
    untidy="pub fn  f( )->i32{1}\n",
    tidy="pub fn f() -> i32 {\n    1\n}\n",
    broken="pub fn (\n",
    expect=(("double(21)", "42"), ('names::upper("a")', '"A"'), ("area(-1)", "error")),
    wrong=("double(21)", "41"),
    uncompilable=('double("x")', "1"),
)


def failing_test(line: str) -> Files:
    """Return a test file of its own, whose one test does this."""
    return {"src/more.test.js": f'import fs from "node:fs";\n\ntest("does more", async () => {{\n  {line}\n}});\n'}


REACT = Sample(
    files={
        "package.json": PACKAGE,
        "src/shapes.js": SQUARES,
        "src/Badge.jsx": BADGE,
        "src/Badge.test.jsx": BADGE_TEST,
    },
    tests=("area of %i", "area of %i/0", "area of %i/1", "area of %i/2"),
    symbols=("area", "double", "NegativeError", "Badge"),
    packages=(2, 3),
    faults={
        "syntax": Fault(
            "build", {"src/shapes.js": "export const x = 1;\n\nexport function area( {\n"}, "src/shapes.js", 4, "syntax"
        ),
        "undefined": Fault(
            "build", {"src/Badge.jsx": "\nexport const N = missing(1);\n"}, "src/Badge.jsx", 2, "undefined", "missing"
        ),
        "undefined component": Fault(
            "build",
            {"src/Badge.jsx": "export const Badge = () => <Missing />;\n"},
            "src/Badge.jsx",
            1,
            "undefined",
            "Missing",
        ),
        "name that another module lacks": Fault(
            "build",
            {"src/more.js": 'import { volume } from "./shapes.js";\n\nexport const one = volume;\n'},
            "src/more.js",
            1,
            "undefined",
            "volume",
        ),
        "default that another module lacks": Fault(
            "build",
            {"src/more.js": 'import area from "./shapes.js";\n\nexport const one = area(1);\n'},
            "src/more.js",
            1,
            "undefined",
            "area",
        ),
        "name that a package lacks": Fault(
            "build",
            {"src/more.js": 'import { useStat } from "react";\n\nexport const one = useStat;\n'},
            "src/more.js",
            1,
            "undefined",
            "react.useStat",
        ),
        "missing file": Fault(
            "build", {"src/more.js": 'import "./gone.js";\n'}, "src/more.js", 1, "missing-package", "src/gone.js"
        ),
        "file without its suffix": Fault(
            "build", {"src/more.js": 'import "./shapes";\n'}, "src/more.js", 1, "missing-package", "src/shapes"
        ),
        "missing package": Fault(
            "build",
            {"src/more.js": 'import _ from "lodash";\n\nexport const one = _;\n'},
            "src/more.js",
            1,
            "missing-package",
            "lodash",
        ),
        "test library in what ships": Fault(
            "build",
            {"src/more.js": '\nimport "@testing-library/react";\n'},
            "src/more.js",
            2,
            "missing-package",
            "@testing-library/react",
        ),
        "redeclared": Fault(
            "build",
            {"src/more.js": "export function f() {}\nexport function f() {}\n"},
            "src/more.js",
            2,
            "redeclared",
            "f",
        ),
        "constant": Fault(
            "build",
            {"src/more.js": "const one = 1;\n\nexport const two = () => (one = 2);\n"},
            "src/more.js",
            3,
            "constant",
            "one",
        ),
        "suspect": Fault("vet", {"src/more.js": "export const f = (x) => x === NaN;\n"}, "src/more.js", 1, "vet"),
        "hook in a condition": Fault("vet", {"src/more.jsx": CONDITIONAL}, "src/more.jsx", 5, "vet"),
        "test lacks a name": Fault(
            "vet",
            {"src/Badge.test.jsx": BADGE_TEST.replace("render, screen", "render")},
            "src/Badge.test.jsx",
            12,
            "undefined",
            "screen",
        ),
        "wrong value": Fault(
            "test",
            {"src/shapes.js": SQUARES.replace("side * side", "side")},
            "src/Badge.test.jsx",
            10,
            "assertion",
            "",
            "area of %i/1",
        ),
        "failing case": Fault(
            "test",
            {"src/shapes.js": SQUARES.replace("< 0", "< -9")},
            "src/Badge.test.jsx",
            7,
            "assertion",
            "",
            "area of %i/2",
        ),
        "not shown": Fault(
            "test",
            {"src/Badge.jsx": BADGE.replace("Twice", "Double")},
            "src/Badge.test.jsx",
            12,
            "assertion",
            "",
            "area of %i/0",
        ),
        "panic": Fault(
            "test",
            {"src/shapes.js": SQUARES.replace("return side * side", "return null.side")},
            "src/shapes.js",
            7,
            "panic",
            "area",
            "area of %i/0",
        ),
        "component panics": Fault(
            "test",
            {"src/Badge.jsx": BADGE.replace("double(count)", "count.of.it")},
            "src/Badge.jsx",
            4,
            "panic",
            "Badge",
            "area of %i/0",
        ),
        "file cannot be loaded": Fault(
            "test", {"src/shapes.js": f"{SQUARES}\nnull.load;\n"}, "src/shapes.js", 12, "panic"
        ),
        "test hangs": Fault("test", failing_test("for (;;) fs;"), "src/more.test.js", 3, "timeout", "", "does more"),
        "test waits": Fault(
            "test", failing_test("await new Promise(() => fs);"), "src/more.test.js", 3, "timeout", "", "does more"
        ),
        "test leaves": Fault(
            "test", failing_test("process.exit(0, fs);"), "src/more.test.js", 3, "exit", "", "does more"
        ),
    },
    untidy="function  f( ) { return 'a' }\n",
    tidy='function f() {\n  return "a";\n}\n',
    broken="function (\n",
    expect=(("double(21)", "42"), ("[double(1)]", "[2]"), ("area(-1)", "error")),
    wrong=("double(21)", "41"),
    uncompilable=("triple(1)", "1"),
)

SAMPLES = {"go": GO, "python": PYTHON, "rust": RUST, "react": REACT}
