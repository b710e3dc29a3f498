"""How Go tests end: by assertion, panic, deadlock, exit, limit or luck, each told as what it was."""

from pathlib import Path

import pytest

from guild import settings
from guild.toolchains import Report
from guild.toolchains.go import GoToolchain
from guild.values import Diagnostic
from guild.workspace import Workspace

pytestmark = pytest.mark.go

MOD = "module example.org/t\n\ngo 1.22\n"
CODE = """package t

type Stack struct{ items []int }

func (s *Stack) At(i int) int { return s.items[i] }

func Block() { <-make(chan int) }

func Count(n *int) { *n++ }
"""


def ran(tool: GoToolchain, root: Path, body: str, imports: str = "", **options: bool) -> Report:
    test = f'package t\n\nimport (\n\t"testing"\n{imports}\n)\n\n{body}\n'
    Workspace(root).write({"go.mod": MOD, "t.go": CODE, "t_test.go": test})
    return tool.test(root, **options)


def only(report: Report) -> Diagnostic:
    assert not report.ok
    assert len(report.diagnostics) == 1, report.diagnostics
    return report.diagnostics[0]


def test_failure_messages_keep_place_and_lines_and_mere_logs_are_left_out(tool: GoToolchain, tmp_path: Path) -> None:
    body = 'func TestA(t *testing.T) {\n\tt.Log("context")\n\tt.Errorf("got %d\\nwant %d", 1, 2)\n}'
    found = only(ran(tool, tmp_path, body))
    assert (found["path"], found["line"], found.get("test")) == ("t_test.go", 10, "TestA")
    assert found["message"] == "got 1\nwant 2"


def test_a_loop_of_failures_is_cut_short(tool: GoToolchain, tmp_path: Path) -> None:
    body = 'func TestA(t *testing.T) {\n\tfor i := range 100 {\n\t\tt.Errorf("case %d", i)\n\t}\n}'
    assert len(ran(tool, tmp_path, body).diagnostics) == 10


def test_a_test_that_fails_without_a_word_is_told(tool: GoToolchain, tmp_path: Path) -> None:
    found = only(ran(tool, tmp_path, "func TestA(t *testing.T) { t.FailNow() }"))
    assert (found["path"], found["message"]) == ("t_test.go", "failed without a message")


def test_a_panic_blames_the_first_frame_of_the_project(tool: GoToolchain, tmp_path: Path) -> None:
    found = only(ran(tool, tmp_path, "func TestA(t *testing.T) { (&Stack{}).At(3) }"))
    assert (found["path"], found["line"], found["symbol"], found["code"]) == ("t.go", 5, "Stack.At", "panic")
    assert "index out of range [3]" in found["message"]
    assert "at TestA (t_test.go:8)" in found["message"]


def test_a_deadlock_ends_in_time_with_its_stacks(tool: GoToolchain, tmp_path: Path) -> None:
    found = only(ran(tool, tmp_path, "func TestA(t *testing.T) { Block() }"))
    assert (found["path"], found["line"], found["symbol"], found["code"]) == ("t.go", 7, "Block", "timeout")
    assert found["message"].startswith("panic: test timed out after 3s")


def test_an_exit_in_a_test_is_a_failure_even_with_code_0(tool: GoToolchain, tmp_path: Path) -> None:
    for code in (0, 3):
        report = ran(tool, tmp_path, f"func TestA(t *testing.T) {{ os.Exit({code}) }}", '\t"os"')
        assert only(report).get("test") == "TestA"
        assert [each.passed for each in report.tests] == [False]


def test_a_main_that_runs_no_test_passes_none(tool: GoToolchain, tmp_path: Path) -> None:
    body = 'func TestMain(m *testing.M) { os.Exit(0) }\n\nfunc TestA(t *testing.T) { t.Fatal("never") }'
    assert ran(tool, tmp_path, body, '\t"os"').tests == ()


def test_a_panic_before_any_test_is_the_packages(tool: GoToolchain, tmp_path: Path) -> None:
    found = only(ran(tool, tmp_path, 'func init() { panic("early") }\n\nfunc TestA(t *testing.T) {}'))
    assert (found["path"], found["message"].splitlines()[0]) == ("t_test.go", "panic: early")
    assert "test" not in found


@pytest.mark.parametrize(
    ("limit", "body"),
    [
        ("output", 'for {\n\t\tfmt.Println("endless endless endless endless")\n\t}'),
        ("memory", "var held [][]byte\n\tfor {\n\t\theld = append(held, bytes(1<<22))\n\t\tfmt.Sprint(len(held))\n\t}"),
    ],
)
def test_a_limit_ends_a_test_and_names_it(tool: GoToolchain, tmp_path: Path, limit: str, body: str) -> None:
    filled = (
        "\n\nfunc bytes(n int) []byte {\n\tb := make([]byte, n)\n\tfor i := range b {\n\t\tb[i] = 1\n\t}\n\treturn b\n}"
    )
    found = only(ran(tool, tmp_path, f"func TestA(t *testing.T) {{\n\t{body}\n}}{filled}", '\t"fmt"'))
    assert (found["code"], found.get("test")) == ("limit", "TestA")
    assert limit in found["message"]


def test_luck_is_not_green_and_is_called_luck(tool: GoToolchain, tmp_path: Path) -> None:
    body = 'var runs int\n\nfunc TestA(t *testing.T) {\n\truns++\n\tif runs == 3 {\n\t\tt.Error("third")\n\t}\n}'
    found = only(ran(tool, tmp_path, body))
    assert "luck" in found["message"]


def test_a_skipped_test_has_no_result(tool: GoToolchain, tmp_path: Path) -> None:
    report = ran(tool, tmp_path, 'func TestA(t *testing.T) { t.Skip("not today") }')
    assert report.ok
    assert report.tests == ()


def test_equal_failures_are_equal(tool: GoToolchain, tmp_path: Path) -> None:
    body = 'func TestA(t *testing.T) { x := new(int); t.Errorf("%p %s", x, t.TempDir()) }'
    assert ran(tool, tmp_path, body).diagnostics == ran(tool, tmp_path, body).diagnostics


def test_tests_leave_the_project_as_it_was(tool: GoToolchain, tmp_path: Path) -> None:
    body = (
        'func TestA(t *testing.T) {\n\tif err := os.WriteFile("t.go", []byte("gone"), 0o644); err != nil {\n'
        "\t\tt.Fatal(err)\n\t}\n}"
    )
    assert ran(tool, tmp_path, body, '\t"os"').ok
    assert Workspace(tmp_path).read()["t.go"] == CODE


def test_running_tests_see_no_build_cache(tool: GoToolchain, tmp_path: Path) -> None:
    cache = settings.cache_folder() / "go-build"
    body = (
        f'func TestA(t *testing.T) {{\n\tif _, err := os.Stat("{cache}"); err == nil {{\n\t\tt.Fatal("seen")\n\t}}\n}}'
    )
    assert cache.is_dir()
    assert ran(tool, tmp_path, body, '\t"os"').ok


def test_packages_whose_binaries_share_a_name_all_run(tool: GoToolchain, tmp_path: Path) -> None:
    test = 'package x\n\nimport "testing"\n\nfunc Test{0}(t *testing.T) {{ t.Error("{0}") }}\n'
    files = {f"{name.lower()}/x/x_test.go": test.format(name) for name in ("A", "B", "C")}
    Workspace(tmp_path).write({"go.mod": MOD, **files})
    report = tool.test(tmp_path)
    assert [each["path"] for each in report.diagnostics] == ["a/x/x_test.go", "b/x/x_test.go", "c/x/x_test.go"]


def test_tests_that_a_build_tag_leaves_out_are_left_out(tool: GoToolchain, tmp_path: Path) -> None:
    tagged = "//go:build never\n\npackage x\n"
    Workspace(tmp_path).write({"x/x_test.go": tagged})
    assert ran(tool, tmp_path, "func TestA(t *testing.T) {}").ok


def test_a_race_is_found_once_it_is_looked_for(tool: GoToolchain, tmp_path: Path) -> None:
    if lacking := tool.race_available():
        pytest.skip(lacking)
    body = (
        "func TestA(t *testing.T) {\n\tvar n int\n\tvar group sync.WaitGroup\n\tfor range 2 {\n\t\tgroup.Add(1)\n"
        "\t\tgo func() {\n\t\t\tdefer group.Done()\n\t\t\tCount(&n)\n\t\t}()\n\t}\n\tgroup.Wait()\n}"
    )
    found = only(ran(tool, tmp_path, body, '\t"sync"', race=True))
    assert (found["path"], found["line"], found["symbol"], found["code"]) == ("t.go", 9, "Count", "race")
