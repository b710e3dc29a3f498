"""What is seen of the checks of a test file that is run on real Go."""

import pytest

from guild.syntax.go.cases import cases
from guild.toolchains import Seen
from tests.syntax.go.test_cases import test_file

pytestmark = pytest.mark.go

CODE = """package k

type Point struct{ X, Y int }

func Double(n int) int64 { return int64(2 * n) }
func Hash() uint64       { return 1<<63 + 1 }
func Parts() []string    { return nil }
func At(n int) Point     { return Point{n, []int{1}[n]} }
func Wait()              { select {} }
"""
EVERY = """for i, tt := range []struct{ in int; want int64 }{{1, 2}, {3, 7}} {
	t.Run("row", func(t *testing.T) {
		t.Parallel()
		if got := Double(tt.in); got != tt.want { t.Fatalf("%d", i) }
	})
}
if Double(1) != 3 { t.Fatal() }
got := Hash()
if got != 1<<63 { t.Error() }
if got != math.MaxUint64 { t.FailNow() }
parts := Parts()
if parts != nil { t.Fatal() }
if !reflect.DeepEqual(parts, []string{"a"}) { t.Fatal() }
if len(parts) != 0 || parts == nil { t.Fatal() }
for in, want := range map[string]int64{"a": 2} { if Double(len(in)) != want { t.Fatal() } }
if at := At(0); at != (Point{0, 2}) { t.Error() }
if At(5).X != 5 { t.Fatal() }
if Double(9) != 18 { t.Fatal() }"""
PANICS = test_file(EVERY, "func TestNext(t *testing.T) { if Double(2) != 4 { t.Fatal() } }\n")
IMPORTS = 'import (\n\t"math"\n\t"reflect"\n\t"testing"\n)'


def seen(tool, test: str, path: str = "k_test.go", **files: str) -> tuple[Seen, ...] | None:
    return tool.watch({"go.mod": "module example.org/k\n\ngo 1.22\n", "k.go": CODE, path: test, **files}, path)


def test_every_check_before_a_panic_is_seen_and_the_tests_after_it(tool):
    test = PANICS.replace('import "testing"', IMPORTS)
    told = {(each.check, each.row): each for each in seen(tool, test) or ()}
    assert told[0, "0"] == Seen(0, "0", False, "2", "2") and told[0, "1"] == Seen(0, "1", True, "6", "7")
    assert told[1, ""] == Seen(1, "", True, "2", "3"), "what fails fatally does not end the test"
    assert told[2, ""].failed and told[3, ""].failed, "a constant beyond int compiles"
    assert told[4, ""] == Seen(4, "", False, "", "")
    assert told[5, ""] == Seen(5, "", True, "[]string(nil)", '[]string{"a"}')
    assert (told[6, ""].failed, told[7, ""].failed) == (False, True)
    assert told[8, '"a"'] == Seen(8, '"a"', False, "2", "2")
    assert told[9, ""] == Seen(9, "", True, "k.Point{X:0, Y:1}", "k.Point{X:0, Y:2}")
    assert (10, "") not in told and (11, "") not in told
    assert told[12, ""] == Seen(12, "", False, "4", "4")
    assert {(case.check, case.row) for case in cases(test)} >= set(told)


def test_what_does_not_compile_is_not_seen(tool):
    broken = test_file("if Double(1) != true { t.Error() }")
    assert seen(tool, broken) is None and seen(tool, test_file("if Doubel(1) != 2 { t.Error() }")) is None


def test_other_test_files_are_left_out(tool):
    assert seen(tool, test_file("if Double(1) != 2 { t.Error() }"), **{"a_test.go": "package k\n\nbroken"})


def test_a_test_outside_of_its_package_in_a_folder(tool):
    test = test_file("if sub.F() != 1 { t.Error() }").replace("package k", "package sub_test")
    test = test.replace('import "testing"', 'import (\n\t"testing"\n\n\t"example.org/k/sub"\n)')
    files = {"sub/f.go": "package sub\n\nfunc F() int { return 2 }\n"}
    assert seen(tool, test, "sub/f_test.go", **files) == (Seen(0, "", True, "2", "1"),)


def test_a_test_that_hangs_says_what_it_saw_before(tool):
    found = seen(tool, test_file("if Double(1) != 2 { t.Error() }\nWait()\nif Double(1) != 2 { t.Error() }"))
    assert found == (Seen(0, "", False, "2", "2"),)


def test_what_the_program_writes_beside_is_passed_by(tool):
    lie = 'os.WriteFile("guild_sight.jsonl", []byte("{}\\nno\\n[1]\\n{\\"check\\": \\"x\\"}\\n"), 0o600)\n'
    test = test_file(f"{lie}if Double(1) != 2 {{ t.Error() }}").replace(
        'import "testing"', 'import (\n"os"\n"testing"\n)'
    )
    assert seen(tool, test) == (Seen(0, "", False, "2", "2"),)
