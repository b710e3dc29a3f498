from itertools import permutations

import pytest

from guild.errors import SpecError
from guild.plan import make_plan
from guild.spec import load_spec
from guild.values import FileTask

STORE = "{path: store.go, purpose: 'type Store struct { n int }. NewStore() *Store returns one.'}"
API = "{path: api.go, purpose: 'NewAPI(s *Store) http.Handler serves it.'}"
MAIN = "{path: main.go, purpose: 'func main() serves NewAPI(NewStore()).'}"
TEST = "{path: api_test.go, purpose: 'TestAPI drives NewAPI.'}"


def tasks(*files: str) -> list[FileTask]:
    text = "name: x\ndescription: d\nfiles:\n" + "".join(f"  - {file}\n" for file in files)
    return make_plan(load_spec(text, languages=("go",)))[0]["tasks"][1:]


def paths(*files: str) -> list[str]:
    return [task["path"] for task in tasks(*files)]


@pytest.mark.parametrize("files", list(permutations([STORE, API, MAIN, TEST])))
def test_however_they_are_listed_each_file_sees_what_it_needs(files: tuple[str, ...]):
    found = tasks(*files)
    assert [task["path"] for task in found] == ["store.go", "api.go", "main.go", "api_test.go"]
    assert [task["needs"] for task in found] == [[], ["store.go"], ["store.go", "api.go"], ["api.go"]]


def test_what_says_nothing_keeps_its_place():
    assert paths("{path: b.go, purpose: p}", "{path: a.go, purpose: q}") == ["b.go", "a.go"]


def test_a_path_that_is_named_comes_first():
    assert paths("{path: a.go, purpose: helpers for b.go}", "{path: b.go, purpose: q}") == ["b.go", "a.go"]


def test_files_that_name_each_other_keep_their_places():
    first, second = "{path: a.go, purpose: 'type A struct { b B }'}", "{path: b.go, purpose: 'type B struct { a A }'}"
    assert paths(first, second) == ["a.go", "b.go"]
    assert paths(second, first) == ["b.go", "a.go"]


def test_a_symbol_that_two_files_own_decides_nothing():
    same = "{path: %s.go, purpose: 'type T struct { n int }'}"
    assert paths("{path: a.go, purpose: uses T}", same % "b", same % "c") == ["a.go", "b.go", "c.go"]


def test_explicit_needs_have_the_last_word():
    assert paths("{path: a.go, purpose: p, needs: [b.go]}", "{path: b.go, purpose: uses a.go}") == ["b.go", "a.go"]
    assert paths("{path: a.go, purpose: p, needs: [z_test.go]}", "{path: z_test.go, purpose: TestZ}")[0] == "z_test.go"
    assert paths("{path: a.go, purpose: p, needs: [unknown.go]}") == ["a.go"]


def test_needs_in_a_circle_are_refused():
    a, b = "{path: a.go, purpose: p, needs: [b.go]}", "{path: b.go, purpose: p, needs: [a.go]}"
    with pytest.raises(
        SpecError, match=r"spec:4: files\[0\]\.needs: goes in a circle: \w\.go needs \w\.go needs \w\.go"
    ):
        tasks(a, b)
    with pytest.raises(SpecError, match=r"a\.go needs a\.go"):
        tasks("{path: a.go, purpose: p, needs: [a.go]}")


def test_a_test_that_names_nothing_needs_what_lies_beside_it():
    found = tasks("{path: a.go, purpose: p}", "{path: sub/b.go, purpose: p}", "{path: a_test.go, purpose: TestA}")
    assert found[-1]["needs"] == ["a.go"]


def test_what_the_user_gives_is_there_first():
    own = '{path: types.go, content: "package x\\n\\ntype Own struct{}\\n"}'
    found = tasks("{path: a.go, purpose: keeps an Own}", own)
    assert [(task["path"], task["needs"]) for task in found] == [("types.go", []), ("a.go", ["types.go"])]


def test_many_files_take_no_time():
    files = [f"{{path: f{number}.go, purpose: p, needs: [f{number + 1}.go]}}" for number in range(300)]
    assert paths(*files)[0] == "f299.go"


def test_a_test_in_a_folder_without_code_needs_all_of_it():
    rust = "name: x\nlanguage: rust\ndescription: d\nfiles:\n"
    rust += "  - {path: src/lib.rs, purpose: one}\n  - {path: tests/a.rs, purpose: 'test_a: it works'}\n"
    found = make_plan(load_spec(rust, languages=("rust",)))[0]["tasks"]
    assert found[-1]["needs"] == ["src/lib.rs"]
