import pytest

from guild.syntax import SpeltOut
from guild.syntax.go.spelling import shown, spelled_out


def spelled(prose: str, *methods: str, tests: bool = False) -> SpeltOut:
    return spelled_out(prose, methods=methods, tests=tests)


@pytest.mark.parametrize(
    ("purpose", "signatures"),
    [
        ("GCD(a, b int) int returns the divisor.", ["func GCD(a, b int) int"]),
        ("func main() listens on :8080.", ["func main()"]),
        ("`func (s *T) Get(id int) (string, error)` reads.", ["func (s *T) Get(id int) (string, error)"]),
        ("Declare `type Set[T comparable] struct { m map[T]int }`.", ["type Set[T comparable] struct { m map[T]int }"]),
        ("A struct Item struct { Name string } is exported.", ["type Item struct { Name string }"]),
        ("A Cache struct holds it. New(capacity int) *Cache makes one.", ["func New(capacity int) *Cache"]),
        ("F(n int) int doubles. F(n int) int doubles.", ["func F(n int) int"]),
        ("Define an unexported slice type `heapOf []*Item` of items.", ["type heapOf []*Item"]),
    ],
)
def test_a_declaration_that_is_spelled_out(purpose: str, signatures: list[str]):
    assert list(spelled(purpose).signatures) == signatures


@pytest.mark.parametrize(
    "purpose",
    [
        "Clamp(-1,0,10)=0 and Clamp(5, 0, 10).",
        "Methods on *Set: Add(v int) adds, Len() int counts.",
        "A Cache struct. Get(key string) string reads.",
        "Marshal a small struct, e.g. `type wire struct { Name string }`.",
        "F(n int) int doubles. F(n int64) int64 doubles.",
        "a now func() time.Time field",
        "the type `heap [] of items` and `Item []`",
        "says nothing at all",
    ],
)
def test_what_is_not_sure_is_left(purpose: str):
    assert spelled(purpose).signatures == ()


def test_a_head_that_is_a_methods_name_is_no_function():
    assert spelled("Set(i int) bool sets bit i.", "Set").signatures == ()
    assert spelled("Set(i int) bool sets bit i.").signatures == ("func Set(i int) bool",)


def test_tests_spell_out_what_is_written_as_code_only():
    prose = "func hit(path string) int sends. func TestA(t *testing.T) { }. GCD(a, b int) int is tested."
    assert spelled(prose, tests=True).signatures == ("func hit(path string) int",)


def test_a_file_owns_what_it_spells_out():
    found = spelled("A sentinel ErrGone. A Store interface with Get. `func New() int` and GCD(a int) int returns.")
    assert found.symbols == {"ErrGone", "Store", "New"}
    assert spelled("GCD(a int) int returns.").symbols == {"GCD"}


@pytest.mark.parametrize(
    ("prose", "heads", "said"),
    [
        ('"ab" becomes "ba".', ["func Reverse(s string) string"], [('Reverse("ab")', '"ba"')]),
        ('"ab" becomes "ba".', ["func Reverse(s string) string", "func Upper(s string) string"], []),
        ('"ab" becomes "ba".', ["func Sum(a, b int) int"], []),
        ('2 gives 4; "a" gives "b".', ["func Double(n int) int"], [("Double(2)", "4")]),
    ],
)
def test_values_are_shown_of_the_one_function_that_can_be_meant(prose: str, heads: list[str], said: list[object]):
    assert list(shown(prose, heads)) == said
