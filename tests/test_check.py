"""A Project's Verdict: which stages pass, who is blamed, and what is not green although nothing failed."""

from typing import Literal

import pytest

from guild.check import NO_PROOF, check
from guild.values import Diagnostic, Expect, FileTask, Plan, Probe, Verdict, rank
from guild.workspace import digest
from tests.toolchains.opened import toolchain

pytestmark = pytest.mark.go

MOD = "module example.org/k\n\ngo 1.22\n"
CODE = "package k\n\nfunc Double(n int64) int64 { return 2 * n }\n"
TEST = """package k

import "testing"

func TestDouble(t *testing.T) {
	if Double(2) != 4 {
		t.Fatal("not doubled")
	}
}
"""
SOUND = {"go.mod": MOD, "k.go": CODE, "k_test.go": TEST}


def task(path: str, role: Literal["dev", "test"] = "dev", **fields: list[str]) -> FileTask:
    empty: dict[str, list[str]] = {"needs": [], "declares": [], "signatures": [], "tests": []}
    return FileTask(path=path, role=role, purpose="", line=1, **{**empty, **fields})


def plan(*tasks: FileTask, expect: tuple[tuple[str, str], ...] = (), probes: tuple[Probe, ...] = ()) -> Plan:
    return Plan(
        name="k",
        language="go",
        module="example.org/k",
        description="",
        tasks=list(tasks) or [task("k.go"), task("k_test.go", "test")],
        expect=[Expect(call=call, want=[want], line=number) for number, (call, want) in enumerate(expect, 11)],
        probes=list(probes),
        stated=[],
    )


def judged(files: dict[str, str], wanted: Plan | None = None) -> Verdict:
    return check({**SOUND, **files}, wanted or plan(), toolchain())


def stages(verdict: Verdict) -> list[int | None]:
    return [verdict["score"][name] for name in ("parse", "build", "vet", "test", "run")]


def only(verdict: Verdict) -> Diagnostic:
    assert len(verdict["diagnostics"]) == 1, verdict["diagnostics"]
    return verdict["diagnostics"][0]


def test_a_sound_project_is_green() -> None:
    verdict = judged({}, plan(expect=(("Double(21)", "42"),)))
    assert verdict["green"], verdict["reason"]
    assert stages(verdict) == [1, 1, 1, 1, None]
    assert verdict["reason"] == ""
    assert (verdict["score"]["total"], verdict["score"]["max"], verdict["score"]["passed"]) == (3, 3, 2)
    assert verdict["tests_passed"] == ["TestDouble"]
    assert verdict["oracles"][0] == {"oracle": "Double(21) = 42", "line": 11, "ok": True, "message": ""}
    assert verdict["race"] == "passed" or verdict["race"].startswith("not run: ")
    assert verdict["files_hash"] == digest(SOUND)


def test_the_stages_end_where_one_fails_and_a_better_project_ranks_higher() -> None:
    worse_to_better = [
        ({"k.go": "package k\n\nfunc Double( {\n"}, [0, None, None, None, None]),
        ({"k.go": CODE.replace("2 * n", "true") + "\nvar x int = gone\n"}, [1, 0, None, None, None]),
        ({"k.go": CODE.replace("2 * n", "true")}, [1, 0, None, None, None]),
        ({"k_test.go": TEST.replace("Double(2)", "Triple(2)")}, [1, 1, 0, None, None]),
        ({"k.go": CODE.replace("2 * n", "3 * n")}, [1, 1, 1, 0, None]),
        ({}, [1, 1, 1, 1, None]),
    ]
    verdicts = [judged(edit) for edit, _ in worse_to_better]
    assert [stages(verdict) for verdict in verdicts] == [reached for _, reached in worse_to_better]
    ranks = [rank(verdict["score"]) for verdict in verdicts]
    assert ranks == sorted(set(ranks))


def test_what_the_prose_states_is_evidence_beside_the_oracles_and_outweighs_a_count_of_failures() -> None:
    told = {**plan(expect=(("Double(21)", "42"),)), "stated": [Expect(call="Double(1)", want=["2"], line=0)]}
    right = judged({"k_test.go": TEST.replace("!= 4", "!= 5")}, told)
    wrong = judged({"k.go": CODE.replace("2 * n", "n + 3")}, told)
    assert right["stated"] == [{"oracle": "Double(1) = 2", "line": 0, "ok": True, "message": ""}]
    assert wrong["stated"][0]["ok"] is False
    assert [(len(each["oracles"]), each["score"]["stated"]) for each in (right, wrong)] == [(1, 1), (1, 0)]
    assert rank(judged({}, told)["score"]) > rank(right["score"]) > rank(wrong["score"])
    fewer = judged({"k.go": CODE.replace("2 * n", "n + 2")}, {**told, "expect": []})
    assert fewer["green"], "what is stated is no oracle"


def test_what_does_not_parse_is_told_once_in_the_compilers_words() -> None:
    found = only(judged({"k.go": "package k\n\nfunc Double( {\n"}))
    assert (found["stage"], found["path"], found["line"], found["code"]) == ("parse", "k.go", 3, "syntax")
    assert found["message"] == "syntax error: unexpected {, expected )"


def test_an_import_that_leads_nowhere_fails_parse() -> None:
    verdict = judged({"k.go": CODE.replace("package k\n", 'package k\n\nimport _ "github.com/no/such"\n')})
    found = only(verdict)
    assert (found["stage"], found["code"], found["symbol"]) == ("parse", "missing-package", "github.com/no/such")
    assert verdict["score"]["errors"] == 1


def test_imports_of_the_module_resolve() -> None:
    files = {"sub/sub.go": "package sub\n\nconst Two = 2\n", "k.go": CODE.replace("2 * n", "sub.Two * n")}
    files["k.go"] = files["k.go"].replace("package k\n", 'package k\n\nimport "example.org/k/sub"\n')
    assert judged(files)["green"]


def test_a_failed_build_still_tells_what_is_wrong_with_the_tests() -> None:
    edits = {"k.go": CODE.replace("2 * n", "true"), "k_test.go": TEST.replace("Double(2)", "Triple(2)")}
    verdict = judged(edits)
    assert [(each["stage"], each["path"]) for each in verdict["diagnostics"]] == [
        ("build", "k.go"),
        ("vet", "k_test.go"),
    ]
    assert verdict["reason"].startswith("build failed: k.go:3: cannot use true")
    assert verdict["reason"].endswith("(and 1 more)")


def test_a_missing_symbol_fails_the_build() -> None:
    verdict = judged({}, plan(task("k.go", declares=["Double", "Triple"]), task("k_test.go", "test")))
    found = only(verdict)
    assert stages(verdict)[1] == 0
    assert (found["path"], found["code"], found["symbol"]) == ("k.go", "missing-symbol", "Triple")


@pytest.mark.parametrize(
    ("test", "code"),
    [
        ("", "missing-test"),
        ('func TestMore(t *testing.T) { t.Log("fine") }', "hollow-test"),
        ('func TestMore(t *testing.T) {\n\tt.Skip("later")\n\tt.Fatal("never")\n}', "skipped-test"),
    ],
)
def test_a_named_test_must_be_there_and_able_to_fail_and_run(test: str, code: str) -> None:
    wanted = plan(task("k.go"), task("k_test.go", "test", tests=["TestDouble", "TestMore"]))
    verdict = judged({"k_test.go": f"{TEST}\n{test}\n"}, wanted)
    found = only(verdict)
    assert stages(verdict)[3] == 0
    assert (found["path"], found["code"], found.get("test")) == ("k_test.go", code, "TestMore")


def test_a_file_of_the_plan_that_is_missing_is_not_green() -> None:
    verdict = judged({}, plan(task("k.go"), task("more.go")))
    assert not verdict["green"] and verdict["score"]["build"] == 0
    assert [(found["path"], found["code"]) for found in verdict["diagnostics"]] == [("more.go", "missing-file")]
    verdict = judged({}, plan(task("k.go"), task("more_test.go", "test")))
    assert not verdict["green"] and (verdict["score"]["build"], verdict["score"]["test"]) == (1, 0)


def test_other_hollow_tests_are_only_listed() -> None:
    verdict = judged({"more_test.go": 'package k\n\nimport "testing"\n\nfunc TestMore(t *testing.T) { t.Log(1) }\n'})
    assert verdict["green"]
    assert verdict["hollow"] == ["more_test.go:TestMore"]


def test_nothing_that_could_fail_is_not_green() -> None:
    for test in ("package k\n", 'package k\n\nimport "testing"\n\nfunc TestIt(t *testing.T) { t.Log(Double(1)) }\n'):
        verdict = judged({"k_test.go": test})
        assert not verdict["green"]
        assert verdict["reason"] == NO_PROOF
        assert judged({"k_test.go": test}, plan(expect=(("Double(1)", "2"),)))["green"]


def test_a_failing_oracle_fails_the_test_stage_and_blames_the_model() -> None:
    verdict = judged({}, plan(expect=(("Double(21)", "41"), ("Double(1)", "2"))))
    found = only(verdict)
    assert stages(verdict)[3] == 0
    assert (found["path"], found["code"], found["symbol"], found.get("owner")) == ("k.go", "oracle", "Double", "model")
    assert found["message"] == "Double(21): got 42, want 41"
    assert [each["ok"] for each in verdict["oracles"]] == [False, True]


def test_an_oracle_on_a_missing_symbol_is_the_models() -> None:
    wanted = plan(task("other.go"), task("k.go", signatures=["func Triple(n int) int"]), expect=(("Triple(1)", "3"),))
    found = only(judged({"other.go": "package k\n"}, wanted))
    assert (found["path"], found["code"], found["symbol"]) == ("k.go", "missing-symbol", "Triple")
    assert found.get("owner") == "model"


def test_an_oracle_that_does_not_compile_is_the_users_unless_the_signature_strayed() -> None:
    expect = (('Double("x")', "2"),)
    found = only(judged({}, plan(task("k.go", signatures=["func Double(n int64) int64"]), expect=expect)))
    assert found.get("owner") == "user"
    assert found["message"].endswith("(line 11 of the Spec)")
    found = only(judged({}, plan(task("k.go", signatures=["func Double(s string) int64"]), expect=expect)))
    assert found.get("owner") == "model"


def test_oracles_are_asked_even_when_the_tests_do_not_compile() -> None:
    verdict = judged({"k_test.go": "package k\n\nfunc broken(\n"}, plan(expect=(("Double(21)", "42"),)))
    assert [each["ok"] for each in verdict["oracles"]] == [True]
    assert stages(verdict) == [0, None, None, None, None]


def test_a_race_is_not_green() -> None:
    if toolchain().race_available():
        pytest.skip(toolchain().race_available())
    racy = (
        'package k\n\nimport (\n\t"sync"\n\t"testing"\n)\n\nfunc TestRace(t *testing.T) {\n\tvar n int\n'
        "\tvar group sync.WaitGroup\n\tfor range 2 {\n\t\tgroup.Add(1)\n\t\tgo func() {\n\t\t\tdefer group.Done()\n"
        '\t\t\tn++\n\t\t}()\n\t}\n\tgroup.Wait()\n\tif n == 0 {\n\t\tt.Fatal("lost")\n\t}\n}\n'
    )
    verdict = judged({"race_test.go": racy})
    assert verdict["race"] == "failed"
    assert stages(verdict)[3] == 0
    assert only(verdict)["code"] == "race"


SERVER = """package main

import (
	"net/http"
	"os"
)

func main() {
	http.HandleFunc("/ok", func(w http.ResponseWriter, r *http.Request) {})
	http.ListenAndServe(":"+os.Getenv("PORT"), nil)
}
"""


def probe(path: str, status: int) -> Probe:
    return Probe(method="GET", path=path, body="", status=status, line=3)


def test_a_server_counts_one_stage_more() -> None:
    files = {
        "go.mod": MOD,
        "main.go": SERVER,
        "main_test.go": TEST.replace("package k", "package main").replace("Double(2)", "2 * 2"),
    }
    verdict = check(files, plan(task("main.go")), toolchain())
    assert verdict["green"], verdict["reason"]
    assert (verdict["score"]["total"], verdict["score"]["max"]) == (4, 4)
    verdict = check(files, plan(task("main.go"), probes=(probe("/ok", 200), probe("/none", 200))), toolchain())
    assert stages(verdict) == [1, 1, 1, 1, 0]
    assert [each["ok"] for each in verdict["oracles"]] == [True, False]
    assert verdict["reason"].startswith("run failed: main.go: GET /none: got status 404")
    assert check(files, plan(task("main.go"), probes=(probe("/ok", 200),)), toolchain())["green"]


def test_probes_on_a_library_fail_the_run() -> None:
    verdict = judged({}, plan(probes=(probe("/ok", 200),)))
    assert stages(verdict) == [1, 1, 1, 1, 0]
    assert only(verdict)["code"] == "no-server"


def test_equal_projects_have_equal_verdicts() -> None:
    edit = {"k.go": CODE.replace("2 * n", "[]int64{}[n]")}
    first, second = judged(edit), judged(edit)
    assert {**first, "seconds": 0} == {**second, "seconds": 0}
