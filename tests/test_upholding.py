"""A user's own tests: what an edit may take from them, and the list of what it altered."""

import pytest

from guild.upholding import altered, loss

CODE = "package k\n\nfunc Double(n int) int { return 2 * n }\n"
TESTS = """package k

import "testing"

func TestDouble(t *testing.T) {
	if got := Double(2); got != 4 { // twice
		t.Errorf("Double(2) = %d, want 4", got)
	}
	if Double(0) != 0 {
		t.Error("zero")
	}
}

func helper() string { return "task not found" }
"""
BEFORE = {"k.go": CODE, "k_test.go": TESTS}


def lost(old: str, new: str, request: str = "Make it better.", code: str = CODE) -> str:
    assert old in TESTS
    return loss(BEFORE, {"k.go": code, "k_test.go": TESTS.replace(old, new)}, request)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("got != 4", "got != 5", "4"),
        ("got != 4", "got == 4", "!="),
        ('\tif Double(0) != 0 {\n\t\tt.Error("zero")\n\t}\n', "", "takes"),
        ("\tif got := Double(2)", '\tt.Skip("later")\n\tif got := Double(2)', "Skip"),
        ("\tif got := Double(2)", "\treturn\n\tif got := Double(2)", "return"),
        ('return "task not found"', 'return "no such task"', "task not found"),
    ],
)
def test_what_a_test_asks_is_not_taken_from_it(old, new, word):
    said = lost(old, new)
    assert word in said and "k_test.go" in said


def test_a_test_is_not_dropped_and_no_test_file():
    assert "TestDouble" in loss(BEFORE, {"k.go": CODE, "k_test.go": "package k\n"}, "Make it better.")
    assert "TestDouble" in loss(BEFORE, {"k.go": CODE}, "Make it better.")


@pytest.mark.parametrize(
    ("old", "new", "request_", "code"),
    [
        ("twice", "once more", "Make it better.", CODE),
        ('t.Error("zero")\n\t}\n', 't.Error("zero")\n\t}\n\tif Double(3) != 6 {\n\t\tt.Error("six")\n\t}\n', "", CODE),
        ("got != 4", "got != 5", "Double(2) has to be 5.", CODE),
        ('"task not found"', '"no such task"', 'The message is "no such task" from now on.', CODE),
        ("Double(2); got", "Twice(2); got", "Call it otherwise.", CODE.replace("Double", "Twice")),
    ],
)
def test_what_is_added_or_asked_for_or_borne_by_nothing_any_more_may_be(old, new, request_, code):
    assert lost(old, new, request_, code) == ""


def test_a_word_the_request_says_stands_for_one_that_goes_not_for_two():
    both = TESTS.replace("got != 4", "got != 5").replace("Double(0) != 0", "Double(0) != 1")
    assert loss(BEFORE, {"k.go": CODE, "k_test.go": both}, "Double(2) has to be 5.")


def test_each_line_of_a_users_test_that_is_another_is_listed():
    after = {"k.go": CODE, "k_test.go": TESTS.replace("got != 4", "got != 5") + "\nfunc TestNew(t *testing.T) {}\n"}
    [line] = altered(BEFORE, after)
    assert (line["file"], line["line"], line["test"]) == ("k_test.go", 6, "TestDouble")
    assert "got != 4" in line["old"] and "got != 5" in line["new"]
    assert altered(BEFORE, BEFORE) == []
    gone = altered(
        BEFORE, {"k.go": CODE, "k_test.go": TESTS.replace('\tif Double(0) != 0 {\n\t\tt.Error("zero")\n\t}\n', "")}
    )
    assert [(each["new"], bool(each["old"])) for each in gone] == [("", True)] * 3
