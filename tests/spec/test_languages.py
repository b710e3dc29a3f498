from guild.spec.languages import paths_of, role_of
from guild.toolchains import LANGUAGES


def test_a_path_says_who_writes_it():
    paths = ("go.mod", "a.go", "sub/a_test.go", "sub/go.mod", "test.go")
    assert [role_of(path, "go") for path in paths] == ["module", "dev", "test", "dev", "dev"]


def test_every_language_names_its_files():
    assert all(paths_of(language).module for language in LANGUAGES)
