import pytest

from guild.plan.go import spelled_out
from guild.plan.order import Spelled
from guild.spec.model import FileSpec, Spec


def spelled(purpose: str, path: str = "x.go", others: str = "") -> Spelled:
    files = (
        FileSpec.model_construct(path=path, purpose=purpose),
        FileSpec.model_construct(path="y.go", purpose=others),
    )
    return spelled_out(Spec.model_construct(name="x", description="d", files=files))[0]


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
        "says nothing at all",
    ],
)
def test_what_is_not_sure_is_left(purpose: str):
    assert spelled(purpose).signatures == ()


def test_what_is_called_as_a_method_elsewhere_is_no_function():
    assert spelled("Set(i int) bool sets bit i.", others="b.Set(1)").signatures == ()
    assert spelled("Set(i int) bool sets bit i.", others="Set(1)").signatures == ("func Set(i int) bool",)


def test_tests_spell_out_what_is_written_as_code_only():
    purpose = "func hit(path string) int sends. func TestA(t *testing.T) { }. GCD(a, b int) int is tested."
    assert spelled(purpose, "x_test.go").signatures == ("func hit(path string) int",)


def test_a_file_owns_what_it_spells_out():
    found = spelled("A sentinel ErrGone. A Store interface with Get. `func New() int` and GCD(a int) int returns.")
    assert found.symbols == {"ErrGone", "Store", "New"}
    assert spelled("GCD(a int) int returns.").symbols == {"GCD"}


def test_the_users_own_file_owns_what_it_declares():
    file = FileSpec.model_construct(path="x.go", content="package x\n\ntype T struct{}\n\nfunc (T) M() {}\n")
    assert "T" in spelled_out(Spec.model_construct(name="x", files=(file,)))[0].symbols


def test_quoted_code_declares_nothing_wherever_a_fence_is_spoken_of() -> None:
    code = "```go\nfunc Half(n int) int { return n / 2 }\n```\n"
    assert spelled(f"Answer in one ```go block.\n\nMake Half return (int, error).\n\n{code}").signatures == ()
