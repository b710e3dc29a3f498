from guild.plan.spelling import spelled_out
from guild.spec.model import FileSpec, Spec
from guild.syntax import SpeltOut


def spelled(purpose: str, path: str = "x.go", others: str = "") -> SpeltOut:
    files = (
        FileSpec.model_construct(path=path, purpose=purpose),
        FileSpec.model_construct(path="y.go", purpose=others),
    )
    return spelled_out(Spec.model_construct(name="x", description="d", files=files))[0]


def test_what_is_called_as_a_method_elsewhere_is_no_function():
    assert spelled("Set(i int) bool sets bit i.", others="b.Set(1)").signatures == ()
    assert spelled("Set(i int) bool sets bit i.", others="Set(1)").signatures == ("func Set(i int) bool",)


def test_a_file_of_tests_spells_out_what_is_written_as_code_only():
    assert spelled("GCD(a, b int) int is tested.", "x_test.go").signatures == ()


def test_what_the_spec_lists_is_owned():
    file = FileSpec.model_construct(path="x.go", purpose="Anything.", declares=("Listed",))
    assert "Listed" in spelled_out(Spec.model_construct(name="x", files=(file,)))[0].symbols


def test_the_users_own_file_owns_what_it_declares():
    file = FileSpec.model_construct(path="x.go", content="package x\n\ntype T struct{}\n\nfunc (T) M() {}\n")
    assert "T" in spelled_out(Spec.model_construct(name="x", files=(file,)))[0].symbols


def test_a_file_that_is_no_code_spells_out_nothing():
    assert spelled("func F() int", "notes.txt") == SpeltOut((), frozenset())


def test_quoted_code_declares_nothing_wherever_a_fence_is_spoken_of() -> None:
    code = "```go\nfunc Half(n int) int { return n / 2 }\n```\n"
    assert spelled(f"Answer in one ```go block.\n\nMake Half return (int, error).\n\n{code}").signatures == ()
