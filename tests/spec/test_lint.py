import pytest

from guild.spec import lint, load_spec

GOOD = """\
name: x
description: d
files:
  - path: x.go
    purpose: package x. F(n int) int doubles.
  - path: x_test.go
    purpose: "TestF: F(1)=2."
expect:
  - {call: F(2), want: 4}
"""


def found(text: str) -> list[str]:
    return lint(load_spec(text, languages=("go",)))


def test_a_good_spec_is_clean():
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "    purpose: package x. F(n int) int doubles.",
            "    purpose: ''\n    declares: [F]",
            "spec:5: files[0].purpose: says nothing of what x.go is for",
        ),
        ("TestF: ", "", "spec:6: files[1]: x_test.go names no test"),
        ("F(1)=2.", "F(1)=2; F(1) is 3.", "spec:7: files[1].purpose: two values are stated of F(1): 2 and 3"),
        ("F(1)=2.", "F(2)=5.", "spec:9: expect[0]: two values are stated of F(2): 4 and 5"),
        ("call: F(2)", "call: Twice(2)", "spec:9: expect[0].call: no file is said to declare Twice"),
        ("expect:", "probes: [{request: GET /, status: 200}]\nexpect:", "spec:8: probes: no file is said to start"),
        ("    purpose: package", "    needs: [y.go]\n    purpose: package", "files[0].needs[0]: 'y.go' is no file"),
        ("    purpose: package", "    declares: [F, F]\n    purpose: package", ""),
        (
            "expect:",
            "  - {path: y.go, purpose: p, declares: [F]}\n  - {path: z.go, purpose: p, declares: [F]}\nexpect:",
            "spec:9: files[3].declares[0]: F is declared by y.go too",
        ),
        (
            "expect:",
            "  - {path: y_test.go, purpose: as TestF does}\nexpect:",
            "spec:8: files[2]: TestF is named in x_test.go too",
        ),
    ],
)
def test_what_is_likely_wrong_is_said(old: str, new: str, said: str):
    assert old in GOOD
    findings = found(GOOD.replace(old, new))
    assert len(findings) == (1 if said else 0)
    assert said in "".join(findings)


def test_a_spec_in_which_nothing_can_fail():
    findings = found("name: x\ndescription: d\nfiles:\n  - {path: x.go, purpose: p}\n")
    assert findings == ["spec:3: files: no test and no oracle: nothing could fail, so nothing can be green"]


def test_a_test_before_all_implementation():
    files = "  - {path: x_test.go, purpose: TestF}\n  - {path: x.go, purpose: F}\n"
    assert "stands before all that it could test" in found(f"name: x\ndescription: d\nfiles:\n{files}")[0]


def test_the_users_own_files_are_not_judged():
    own = "  - {path: y_test.go, content: package x}\n  - {path: go.mod, content: module x}\n"
    assert found(GOOD.replace("expect:", f"{own}expect:")) == []


def test_a_project_begins_with_a_file_that_is_compiled():
    text = (
        "name: x\nlanguage: rust\ndescription: d\nfiles:\n  - {path: src/PATH, purpose: fn f() -> u8 is 1}\nexpect:\n"
    )
    text += "  - {call: f(), want: 1}\n"
    rust = ("rust",)
    assert lint(load_spec(text.replace("PATH", "lib.rs"), languages=rust)) == []
    (said,) = lint(load_spec(text.replace("PATH", "x.rs"), languages=rust))
    assert "neither src/lib.rs nor src/main.rs is listed" in said
