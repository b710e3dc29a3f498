"""Renaming: what a request means by it, and a name changed wherever the compiler no longer finds it."""

import pytest

from guild.renaming import Renaming, renamed, renamings
from tests.toolchains.opened import toolchain

MOD = "module example.org/k\n\ngo 1.22\n"
STORE = """package k

// Keeper keeps.
type Keeper interface {
	Drop(id int) error
}

// Store holds things. Drop is not its only method.
type Store struct {
	size, left int
	Title      string
}

// Drop lets a thing go; Drop twice and it is gone.
func (s *Store) Drop(id int) error {
	s.left -= id
	return nil
}

func (s *Store) DropAll() { _ = s.Drop(s.size) }

// Drop is a function of its own.
func Drop() string { return "Drop" }
"""
USE = """package sub

import "example.org/k"

var keeper k.Keeper = &k.Store{Title: "a"}

func Use(s *k.Store) string {
	_ = s.Drop(1)
	return s.Title + k.Drop()
}
"""
TESTS = """package k

import "testing"

func TestDrop(t *testing.T) {
	s := Store{Title: "Title"}
	if err := s.Drop(1); err != nil || s.Title != "Title" {
		t.Errorf("Drop: %v", err)
	}
}
"""
FILES = {"go.mod": MOD, "store.go": STORE, "sub/use.go": USE, "store_test.go": TESTS, "README.md": "Drop it.\n"}


@pytest.mark.parametrize(
    ("request_", "wanted"),
    [
        ("Rename the method Delete of Store to Remove.", [("Store", "Delete", "Remove")]),
        ("rename Store.Delete to Store.Remove", [("Store", "Delete", "Remove")]),
        (
            "Please rename the field `Title` of the Task struct to `Heading`, and nothing else.",
            [("Task", "Title", "Heading")],
        ),
        ("rename function parse into Parse", [("", "parse", "Parse")]),
        ("Rename A to B. Then rename the type C as D!", [("", "A", "B"), ("", "C", "D")]),
        ("Add a method Rename to Store.", []),
        ("The store has to be renamed.", []),
    ],
)
def test_what_a_request_renames(request_, wanted):
    assert [(each.owner, each.old, each.new) for each, _ in renamings(request_)] == wanted
    assert all(words in request_ for _, words in renamings(request_))


@pytest.mark.go
def test_a_method_is_renamed_where_it_is_meant_and_with_it_what_an_interface_wants():
    files = renamed(toolchain(), FILES, Renaming("Store", "Drop", "Release"))
    assert files is None, "the interface still wants Drop, and nobody asked to change it"
    files = renamed(toolchain(), FILES, Renaming("Keeper", "Drop", "Release"))
    assert files is not None
    assert "\tRelease(id int) error" in files["store.go"]
    assert "// Release lets a thing go; Release twice and it is gone.\nfunc (s *Store) Release(" in files["store.go"]
    assert "s.Release(s.size)" in files["store.go"] and "DropAll" in files["store.go"]
    assert '// Drop is a function of its own.\nfunc Drop() string { return "Drop" }' in files["store.go"]
    assert "s.Release(1)" in files["sub/use.go"] and "k.Drop()" in files["sub/use.go"]
    assert "s.Release(1); err != nil" in files["store_test.go"] and '"Drop: %v"' in files["store_test.go"]
    assert files["README.md"] == FILES["README.md"]
    assert not toolchain_says(files)


@pytest.mark.go
def test_a_field_is_renamed_in_literals_and_selectors_but_not_in_strings():
    files = renamed(toolchain(), FILES, Renaming("Store", "Title", "Name"))
    assert files is not None
    assert '&k.Store{Name: "a"}' in files["sub/use.go"] and "s.Name +" in files["sub/use.go"]
    assert 'Store{Name: "Title"}' in files["store_test.go"] and 's.Name != "Title"' in files["store_test.go"]
    assert not toolchain_says(files)


@pytest.mark.go
@pytest.mark.parametrize(
    "wanted",
    [
        Renaming("", "Drop", "Release"),  # two declarations bear the name
        Renaming("Store", "Nothing", "Something"),
        Renaming("Store", "Drop", "DropAll"),  # there is one already
    ],
)
def test_what_is_not_clear_or_not_sound_is_not_renamed(wanted):
    assert renamed(toolchain(), FILES, wanted) is None


def toolchain_says(files):
    from guild.workspace import temporary

    with temporary() as place:
        place.write(files)
        return toolchain().compiles(place.root, {}).diagnostics
