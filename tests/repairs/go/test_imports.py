import pytest

from guild.repairs.go import imports
from tests.repairs.go.subjects import MODULE, repaired, subject

STORE = {"store/store.go": "package store\n\nfunc New() int { return 0 }\n", "main.go": "package main\n"}


def applied(code: str, path: str = "numkit.go", **rest: object) -> str:
    return imports.apply(subject(code, path, **{"siblings": {}, **rest}))  # type: ignore[arg-type]


FIRES = {
    "unused": ('import "fmt"\n\nfunc A() {}\n', "func A() {}\n"),
    "one of two unused": (
        'import (\n\t"fmt"\n\t"os"\n)\n\nfunc A() { os.Exit(1) }\n',
        'import "os"\n\nfunc A() { os.Exit(1) }\n',
    ),
    "unused though a local of its name is": (
        'import "url"\n\nfunc A(url U) { url.Do() }\n',
        "func A(url U) { url.Do() }\n",
    ),
    "missing": ("func A() { fmt.Println() }\n", 'import "fmt"\n\nfunc A() { fmt.Println() }\n'),
    "missing, two": (
        "func A() { fmt.Println(strings.ToUpper(`は`)) }\n",
        'import (\n\t"fmt"\n\t"strings"\n)\n\nfunc A() { fmt.Println(strings.ToUpper(`は`)) }\n',
    ),
    "missing beside another": (
        'import "fmt"\n\nfunc A() { fmt.Println(reflect.TypeOf(1)) }\n',
        'import (\n\t"fmt"\n\t"reflect"\n)\n\nfunc A() { fmt.Println(reflect.TypeOf(1)) }\n',
    ),
    "missing, deep": (
        "func A() { httptest.NewRecorder() }\n",
        'import "net/http/httptest"\n\nfunc A() { httptest.NewRecorder() }\n',
    ),
    "rand by its member": (
        "func A() { rand.Read(nil); rand.Int(rand.Reader, nil) }\n",
        'import "crypto/rand"\n\nfunc A() { rand.Read(nil); rand.Int(rand.Reader, nil) }\n',
    ),
    "rand, the common one": ("func A() { rand.Intn(1) }\n", 'import "math/rand"\n\nfunc A() { rand.Intn(1) }\n'),
    "template by its member": (
        "var X template.HTML\n",
        'import "html/template"\n\nvar X template.HTML\n',
    ),
    "a short path": (
        'import "rand"\n\nfunc A() { rand.Intn(1) }\n',
        'import "math/rand"\n\nfunc A() { rand.Intn(1) }\n',
    ),
    "an experiment's path": (
        'import "golang.org/x/exp/slices"\n\nfunc A() { slices.Sort(b) }\n',
        'import "slices"\n\nfunc A() { slices.Sort(b) }\n',
    ),
    "a wrong path beside the right one": (
        'import (\n\t"net/http"\n\t"http"\n)\n\nvar X http.Handler\n',
        'import "net/http"\n\nvar X http.Handler\n',
    ),
    "twice": ('import "fmt"\nimport "fmt"\n\nfunc A() { fmt.Print() }\n', 'import "fmt"\n\nfunc A() { fmt.Print() }\n'),
    "two of one name": (
        'import (\n\t"crypto/rand"\n\t"math/rand"\n)\n\nfunc A() { rand.Intn(1) }\n',
        'import "math/rand"\n\nfunc A() { rand.Intn(1) }\n',
    ),
    "a stranger that is unused": (
        'import "github.com/stretchr/testify/assert"\n\nfunc A() {}\n',
        "func A() {}\n",
    ),
    "an alias that is unused": (
        'import str "strings"\n\nfunc A() { strings.ToUpper(b) }\n',
        'import "strings"\n\nfunc A() { strings.ToUpper(b) }\n',
    ),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name: str) -> None:
    before, after = FIRES[name]
    assert applied(f"package numkit\n\n{before}") == f"package numkit\n\n{after}"


STAYS = {
    "used": 'import "fmt"\n\nfunc A() { fmt.Println() }\n',
    "odd layout": 'import ( "os"; "fmt" )\nfunc A() { fmt.Println(os.Args) }\n',
    "an alias": 'import str "strings"\n\nfunc A() { str.ToUpper(b) }\n',
    "a side effect": 'import _ "embed"\n\nvar X string\n',
    "a dot": 'import . "math"\n\nvar X = Sqrt(2)\n',
    "an own name on the right": 'import "net/url"\n\nfunc A() { url, err := url.Parse(b); use(url, err) }\n',
    "used in a type alone": 'import "sync"\n\ntype T struct{ mu sync.Mutex }\n',
    "two, one aliased": 'import (\n\tc "crypto/rand"\n\t"math/rand"\n)\n\nvar X, Y = rand.Intn(1), c.Text()\n',
    "a stranger that is used": 'import "github.com/stretchr/testify/assert"\n\nfunc A() { assert.Equal(1) }\n',
    "an unknown qualifier": "func A() { nobody.Knows() }\n",
    "a variable of the package": "var log = New()\n\nfunc A() { log.Print() }\n",
    "C": '// #include <stdio.h>\nimport "C"\n\nfunc A() { fmt.Println() }\n',
    "what does not parse": 'import "fmt"\n\nfunc A() {\n',
}


@pytest.mark.parametrize("name", STAYS)
def test_it_does_not_fire(name: str) -> None:
    text = f"package numkit\n\n{STAYS[name]}"
    assert applied(text) == text


def test_a_siblings_variable_is_no_package() -> None:
    text = "package numkit\n\nfunc A() { log.Print() }\n"
    siblings = {"log.go": "package numkit\n\nvar log = New()\n"}
    assert applied(text, siblings=siblings) == text
    assert '"log"' in applied(text, siblings={"log.go": "package other\n\nvar log = New()\n"})


@pytest.mark.parametrize(
    "wrong", ["store", "numkit/store", "guildlm.dev/numkit/internal/store", "./store", "github.com/you/numkit/store"]
)
def test_a_wrong_path_of_the_module_is_corrected(wrong: str) -> None:
    text = f'package main\n\nimport "{wrong}"\n\nfunc A() {{ store.New() }}\n'
    wanted = text.replace(f'"{wrong}"', f'"{MODULE}/store"')
    assert applied(text, "cmd/main.go", package="main", siblings=STORE) == wanted


def test_a_package_of_the_module_is_imported() -> None:
    text = "package main\n\nfunc A() { store.New() }\n"
    wanted = f'package main\n\nimport "{MODULE}/store"\n\nfunc A() {{ store.New() }}\n'
    assert applied(text, "cmd/main.go", package="main", siblings=STORE) == wanted


def test_the_modules_package_comes_before_the_librarys_and_a_program_is_never_imported() -> None:
    siblings = {"list/list.go": "package list\n", "main.go": "package main\n"}
    text = "package api\n\nfunc A() { list.New(main.X) }\n"
    assert applied(text, "api/api.go", package="api", siblings=siblings).count("import") == 1
    assert f'"{MODULE}/list"' in applied(text, "api/api.go", package="api", siblings=siblings)


def test_an_external_test_gets_the_path_of_what_it_tests() -> None:
    test = "package numkit_test\n\n{}func TestA(t *testing.T) {{ numkit.GCD(1, 2) }}\n"
    wanted = f'import (\n\t"testing"\n\n\t"{MODULE}"\n)\n\n'
    for wrong in ("", 'import "numkit"\n\n', 'import "example.com/you/numkit"\n\n'):
        assert repaired(test.format(wrong)).text == test.format(wanted)
