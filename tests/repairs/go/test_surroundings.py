import pytest

from guild.repairs.go import surroundings
from guild.syntax import go
from tests.repairs.go.subjects import MODULE, subject

SIBLINGS = {
    "api/a.go": "package api\n",
    "api/a_test.go": "package api_test\n",
    "api/sub/b.go": "package sub\n",
    "main.go": "package main\n",
    "api/notes.md": "package notes",
}
HERE = subject("package api\n", "api/here.go", package="api", siblings=SIBLINGS)


def test_mates_are_the_go_files_of_the_folder() -> None:
    assert list(surroundings.mates(HERE)) == ["api/a.go", "api/a_test.go"]
    assert [source.package for source in surroundings.implementation(HERE)] == ["api"]


def test_packages_by_import_path_without_programs() -> None:
    assert surroundings.own_path(HERE) == f"{MODULE}/api"
    assert surroundings.packages(HERE) == {f"{MODULE}/api": "api", f"{MODULE}/api/sub": "sub"}


@pytest.mark.parametrize(
    ("path", "own"),
    [
        (f"{MODULE}/api", True),
        ("api", True),
        ("example.com/x/api", True),
        (f"{MODULE}/api/sub", False),
        ("net/http", False),
        ("C", False),
    ],
)
def test_own_imports(path: str, own: bool) -> None:
    assert surroundings.is_own_import(HERE, go.Import(path, "", 1)) is own


def test_external() -> None:
    source = go.parse("package api_test\n")
    assert surroundings.is_external(subject("", "api/x_test.go", package="api"), source)
    assert not surroundings.is_external(subject("", "api/x.go", package="api"), source)
    assert not surroundings.is_external(subject("", "api/x_test.go", package="api_test"), source)
