import pytest

from guild.spec.languages import paths_of, role_of
from guild.spec.languages import test_path as beside
from guild.toolchains import LANGUAGES


def test_a_path_says_who_writes_it():
    paths = ("go.mod", "a.go", "sub/a_test.go", "sub/go.mod", "test.go")
    assert [role_of(path, "go") for path in paths] == ["module", "dev", "test", "dev", "dev"]


def test_every_language_names_its_files():
    assert all(paths_of(language).module for language in LANGUAGES)


def test_tests_may_stand_in_a_folder_of_their_own():
    paths = ("Cargo.toml", "src/lib.rs", "tests/a.rs", "src/a_test.rs", "tests/data/a.txt")
    assert [role_of(path, "rust") for path in paths] == ["module", "dev", "test", "dev", "dev"]


@pytest.mark.parametrize(
    ("path", "language", "test"),
    [
        ("sub/a.go", "go", "sub/a_test.go"),
        ("sub/a.py", "python", "sub/test_a.py"),
        ("src/a.rs", "rust", "tests/a_test.rs"),
        ("src/in/a.rs", "rust", "tests/a_test.rs"),
    ],
)
def test_the_tests_of_a_file_have_their_place(path: str, language: str, test: str):
    assert beside(path, language) == test
