from guild.plan import make_plan
from guild.spec import load_spec
from guild.values import Plan


def plan(files: str, rest: str = "") -> Plan:
    return make_plan(load_spec(f"name: x\ndescription: d\nfiles:\n{files}{rest}", languages=("go",)))[0]


def test_roles_lines_and_the_module():
    spec = """\
  - path: go.mod
    purpose: Output as a ```mod block. Module path example.com/other.
  - path: x.go
    purpose: package x.
  - path: x_test.go
    purpose: TestA, then TestB and TestA again.
  - {path: y_test.go, content: "package x\\n"}
"""
    tasks = {task["path"]: task for task in plan(spec)["tasks"]}
    assert [(task["path"], task["role"], task["line"]) for task in tasks.values()] == [
        ("go.mod", "module", 4),
        ("y_test.go", "given", 10),
        ("x.go", "dev", 6),
        ("x_test.go", "test", 8),
    ]
    assert tasks["go.mod"]["purpose"] == ""
    assert tasks["x_test.go"]["tests"] == ["TestA", "TestB"]


def test_the_module_has_a_task_even_unlisted():
    found = plan("  - {path: x.go, purpose: p}\n")
    assert [(task["path"], task["role"]) for task in found["tasks"]] == [("go.mod", "module"), ("x.go", "dev")]
    assert found["module"] == "example.com/x"


def test_a_module_file_of_the_users_own_has_the_last_word():
    text = '  - {path: go.mod, content: "module own.dev/x\\n\\ngo 1.22\\n"}\n  - {path: x.go, purpose: p}\n'
    spec = load_spec(f"name: x\ngo_module: a.b/c\ndescription: d\nfiles:\n{text}", languages=("go",))
    found, given = make_plan(spec)
    assert found["module"] == "own.dev/x"
    assert given == {"go.mod": "module own.dev/x\n\ngo 1.22\n"}
    assert [task["role"] for task in found["tasks"]] == ["given", "dev"]


def test_what_may_be_installed_stands_in_the_plan_and_nowhere_else():
    head, file = "name: x\nlanguage: python\ndescription: d\n", "files: [{path: x.py, purpose: p}]\n"
    assert "packages" not in make_plan(load_spec(head + file, languages=("python",)))[0]
    allowed = load_spec(f'{head}packages: [requests, "numpy>=2,<3"]\n{file}', languages=("python",))
    assert make_plan(allowed)[0].get("packages") == ["requests", "numpy>=2,<3"]


def test_only_listed_symbols_are_declared_and_listed_tests_replace_named_ones():
    tasks = plan(
        """\
  - {path: x.go, purpose: "F(n int) int doubles.", declares: [G]}
  - {path: x_test.go, purpose: TestF, tests: [TestG]}
"""
    )["tasks"]
    assert (tasks[1]["declares"], tasks[1]["signatures"]) == (["G"], ["func F(n int) int"])
    assert tasks[2]["tests"] == ["TestG"]


def test_a_test_that_two_files_name_belongs_to_the_one_that_describes_it():
    found = plan("  - {path: a_test.go, purpose: like TestB}\n  - {path: b_test.go, purpose: 'TestB: checks b.'}\n")
    assert {task["path"]: task["tests"] for task in found["tasks"][1:]} == {"a_test.go": [], "b_test.go": ["TestB"]}
    apart = plan("  - {path: a/a_test.go, purpose: TestB}\n  - {path: b/b_test.go, purpose: TestB}\n")
    assert [task["tests"] for task in apart["tasks"][1:]] == [["TestB"], ["TestB"]]


def test_oracles_keep_their_lines():
    rest = """\
expect:
  - call: F(1)
    want: [_, error]
probes:
  - {request: 'POST /x {"a":1}', status: 201}
"""
    found = plan("  - {path: x.go, purpose: p}\n", rest)
    assert found["expect"] == [{"call": "F(1)", "want": ["_", "error"], "line": 6}]
    assert found["probes"] == [{"method": "POST", "path": "/x", "body": '{"a":1}', "status": 201, "line": 9}]


def test_stated_values_are_evidence_unless_contradicted_or_settled():
    purpose = "TestF: F(1)=2; F(2)=4; F(3)=6; F(3)=7; F(1) = 2."
    found = plan(f"  - {{path: x_test.go, purpose: '{purpose}'}}\n", "expect: [{call: 'F( 2 )', want: 4}]\n")
    assert found["stated"] == [{"call": "F(1)", "want": ["2"], "line": 4}]


def test_an_example_states_the_value_of_the_one_function_that_it_can_be_of():
    def stated(purpose: str) -> list[tuple[str, list[str]]]:
        found = plan(f"  - path: x.go\n    purpose: '{purpose}'\n")["stated"]
        return [(each["call"], each["want"]) for each in found]

    assert stated('Write Double(s string) string that turns "ab" into "aabb".') == [('Double("ab")', ['"aabb"'])]
    assert stated("Write Square(n int) int: 3 -> 9; -2 -> 4.") == [("Square(3)", ["9"]), ("Square(-2)", ["4"])]
    assert stated('Write Count(s string) int that turns "ab" into "aabb".') == [], "another type"
    assert stated('Write Join(a, b string) string that turns "ab" into "aabb".') == [], "two arguments"
    assert stated('F(s string) string reverses. G(s string) string doubles. "ab" into "ba".') == [], "of which"
    assert stated('Write F(s string) string.\n\n      ```go\n      // "ab" -> "ba"\n      ```\n') == [], "quoted code"
