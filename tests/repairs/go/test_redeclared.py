import pytest

from guild.repairs.go import redeclared
from tests.repairs.go.subjects import IMPLEMENTATION, MODULE, TEST, repaired, subject

HEAD, BODY = TEST.split("func TestGCD", 1)
BODY = "func TestGCD" + BODY


def applied(text: str, path: str = "numkit_test.go", **rest: object) -> str:
    return redeclared.apply(subject(text, path, **rest))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "copy",
    [
        "// GCD is mine.\nfunc GCD(a, b int) int { return a }\n",
        "func GCD(a, b uint) uint { return a }\n",
        "func absolute(a int) int { return a }\n",
        "type Pair struct{ A, B int }\n",
        "func (p *Pair) Sum() int { return 0 }\n",
        "const Most, Least = 9, 1\n",
        "type (\n\tPair struct{}\n)\n",
        "func main() {}\n",
    ],
)
def test_what_the_code_under_test_declares_goes_from_a_test_file(copy: str) -> None:
    assert applied(f"{HEAD}{copy}\n{BODY}") == TEST
    assert applied(f"{HEAD}{BODY}\n{copy}") == TEST


@pytest.mark.parametrize(
    "helper",
    [
        "func check(t *testing.T) {}\n",
        "func gcd(a, b int) int { return a }\n",
        "func (p Pair) String() string { return `` }\n",
        "const Most, Fewest = 9, 1\n",
        "var _ = Pair{}\n",
        "func init() {}\n",
        "func TestMain(m *testing.M) {}\n",
    ],
)
def test_helpers_stay(helper: str) -> None:
    text = f"{HEAD}{helper}\n{BODY}"
    assert applied(text, siblings={"numkit.go": IMPLEMENTATION + "\nfunc init() {}\n\nvar _ = Pair{}\n"}) == text


def test_what_other_folders_and_other_tests_declare_stays() -> None:
    text = f"{HEAD}func GCD() {{}}\n\n{BODY}"
    siblings = {"sub/numkit.go": IMPLEMENTATION, "other_test.go": IMPLEMENTATION, "notes.md": "func GCD() {}"}
    assert applied(text, siblings=siblings) == text


def test_a_test_that_the_implementation_holds_stays_in_the_test_file() -> None:
    assert applied(TEST, siblings={"numkit.go": TEST}) == TEST


def test_a_file_of_copies_alone_is_kept() -> None:
    assert applied(IMPLEMENTATION) == IMPLEMENTATION


def test_an_external_test_keeps_its_names_unless_it_tests_a_copy() -> None:
    copy = "func GCD(a, b int) int { return a }\n"
    apart = f'package numkit_test\n\nimport (\n\t"testing"\n\n\t"{MODULE}"\n)\n\n{copy}\n{BODY}'.replace(
        "= GCD", "= numkit.GCD"
    )
    assert applied(apart) == apart
    assert repaired(f'package numkit_test\n\nimport "testing"\n\n{copy}\n{BODY}').text == TEST


def test_tests_go_from_an_implementation_with_the_imports_that_they_alone_needed() -> None:
    mixed = IMPLEMENTATION.replace("package numkit\n", 'package numkit\n\nimport "testing"\n') + f"\n{BODY}"
    result = repaired(mixed + "\nfunc BenchmarkGCD(b *testing.B) {}\n", "numkit.go", siblings={"numkit_test.go": TEST})
    assert result.text == IMPLEMENTATION
    assert result.fired == ("redeclared", "imports")


@pytest.mark.parametrize(
    "text",
    [
        TEST,
        "package numkit\n\nfunc TestGCD(a int) bool { return true }\n\nfunc A() {}\n",
        "package numkit\n\nfunc Testing(t *testing.T) {}\n\nfunc A() {}\n",
        "package numkit\n\nfunc TestHash(t *testing.T, h Hash) {}\n\nfunc A() {}\n",
    ],
)
def test_an_implementation_of_tests_alone_or_of_test_like_names_is_kept(text: str) -> None:
    assert applied(text, "numkit.go", siblings={}) == text


def test_main_goes_from_a_library_and_stays_in_a_program() -> None:
    text = "package numkit\n\nfunc A() {}\n\nfunc main() {}\n"
    assert applied(text, "numkit.go", siblings={}) == "package numkit\n\nfunc A() {}\n"
    program = text.replace("package numkit", "package main")
    assert applied(program, "store.go", package="main", siblings={}) == program
    main = {"main.go": "package main\n\nfunc main() {}\n"}
    assert applied(program, "store.go", package="main", siblings=main) == "package main\n\nfunc A() {}\n"
    assert applied(program, "main.go", package="main", siblings={"store.go": program}) != ""
    assert "func main" in applied(program, "main.go", package="main", siblings={"store.go": program})


def test_an_exact_copy_goes_from_an_implementation_and_another_version_stays() -> None:
    text = "package numkit\n\ntype Pair struct{ A, B   int }\n\nfunc Own() {}\n"
    assert applied(text, "own.go") == "package numkit\n\nfunc Own() {}\n"
    changed = text.replace("A, B", "A, B, C")
    assert applied(changed, "own.go") == changed


def test_of_a_symbol_declared_twice_the_last_whole_one_stays() -> None:
    text = "package numkit\n\nfunc A() int { return 1 }\n\nfunc B() {}\n\n// A is better.\nfunc A() int { return 2 }\n"
    assert (
        applied(text, "a.go", siblings={})
        == "package numkit\n\nfunc B() {}\n\n// A is better.\nfunc A() int { return 2 }\n"
    )
    broken = "package numkit\n\nfunc A() int { return 1 }\n\nfunc A() int { return ) }\n"
    assert applied(broken, "a.go", siblings={}) == "package numkit\n\nfunc A() int { return 1 }\n"
    methods = "package numkit\n\nfunc (a A) F() {}\n\nfunc (b B) F() {}\n\nfunc init() {}\n\nfunc init() {}\n"
    assert applied(methods, "a.go", siblings={}) == methods


def test_the_same_test_twice_stays_once_and_two_tests_of_one_name_both_stay() -> None:
    assert applied(f"{TEST}\n{BODY}", siblings={}) == TEST
    other = BODY.replace("6", "7")
    assert applied(f"{TEST}\n{other}", siblings={}) == f"{TEST}\n{other}".replace(
        "func TestGCD(t *testing.T) {\n\tif got := GCD(12, 18); got != 7",
        "func TestGCD2(t *testing.T) {\n\tif got := GCD(12, 18); got != 7",
    )


def test_a_count_of_iota_is_not_torn() -> None:
    text = "package numkit\n\nconst (\n\tA = iota\n\tB\n\tC\n)\n\nfunc F() {}\n"
    sibling = {"numkit.go": "package numkit\n\nconst (\n\tA = iota\n\tB\n)\n"}
    assert applied(text, siblings=sibling) == text
    assert applied(text.replace("\tC\n", ""), siblings=sibling) == "package numkit\n\nfunc F() {}\n"
