import textwrap
from pathlib import Path

import pytest
import yaml

from guild.errors import SpecError
from guild.spec import Spec, load_spec, self_contained

GOOD = """\
name: x
description: d
files:
  - path: a.go
    purpose: p
"""


def load(source: str, folder: Path | None = None) -> Spec:
    return load_spec(source, languages=("go",), folder=folder)


def fault(source: str) -> str:
    with pytest.raises(SpecError) as caught:
        load(source)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def written(text: str, name: str = "spec.yaml") -> str:
    Path(name).write_text(textwrap.dedent(text))
    return name


def test_a_spec_loads_from_a_path_and_from_text():
    path, text = load(written(GOOD)), load(GOOD)
    assert path.model_dump() == text.model_dump()
    assert (path.name, path.language, path.files[0].purpose) == ("x", "go", "p")
    assert load("{name: x, description: d, files: [{path: a.go, purpose: p}]}").name == "x"


def test_the_module_is_named_after_the_spec_where_nothing_else_is_said():
    assert load(GOOD).module == "example.com/x"
    assert load(GOOD + "go_module: a.b/c\n").module == "a.b/c"


def test_everything_that_a_spec_may_say():
    spec = load(
        GOOD
        + """\
  - path: sub/a_test.go
    purpose: p
    declares: [F, T.M]
    needs: [a.go]
    tests: [TestF]
expect:
  - call: F(1, 2)
    want: 6
  - {call: 'F("a: b")', want: [_, error]}
  - {call: G(), want: true}
probes:
  - request: 'POST /tasks {"title": "x"}'
    status: 201
  - {request: GET /tasks, status: '200'}
"""
    )
    assert spec.files[1].declares == ("F", "T.M")
    assert [oracle.want for oracle in spec.expect] == [("6",), ("_", "error"), ("true",)]
    assert [probe.parts() for probe in spec.probes] == [("POST", "/tasks", '{"title": "x"}'), ("GET", "/tasks", "")]
    assert [probe.status for probe in spec.probes] == [201, 200]
    assert [spec.line("files", 1), spec.line("expect", 1), spec.line("probes", 0)] == [6, 14, 17]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("name: x\n", ""), "spec.yaml:1: name: is missing"),
        (GOOD.replace("description: d\n", ""), "spec.yaml:1: description: is missing"),
        (GOOD.replace("    purpose: p\n", ""), "spec.yaml:4: files[0].purpose: is missing"),
        (GOOD + "author: me\n", "spec.yaml:6: author: is no key that guild knows: name,"),
        (GOOD.replace("name:", "nmae:"), "spec.yaml:1: nmae: is no key"),
        (GOOD + "    purpse: q\n", "spec.yaml:6: files[0].purpse: is no key that guild knows: path,"),
        (GOOD + "expect: [{call: F(1), value: 2}]\n", "expect[0].value: is no key that guild knows: call, want"),
        (GOOD + "  - path: a.go\n    purpose: q\n", "spec.yaml:6: files[1].path: 'a.go' is the path of files[0] too"),
        (GOOD + "  - path: x/guild_acceptance_test.go\n    purpose: q\n", "spec.yaml:6: files[1].path: 'x/guild_acc"),
        (GOOD + "  - path: a.go/b.go\n    purpose: q\n", "cannot both be files"),
        (GOOD.replace("a.go\n    purpose: p", "a.go\n    content: c\n    given: g"), "files[0].content: stands beside"),
        (GOOD + "language: cobol\n", "spec.yaml:6: language: 'cobol' is no language that guild knows: go"),
        ("name: x\ndescription: d\nfiles: []\n", "spec.yaml:3: files: must not be empty"),
        ("name: x\ndescription: d\nfiles: a.go\n", "spec.yaml:3: files: must be a list"),
        ("name: x\ndescription: d\nfiles: [a.go]\n", "spec.yaml:3: files[0]: must be a mapping"),
        ("- a\n- b\n", "spec.yaml:1: must be a mapping"),
        ("some prose\n", "spec.yaml:1: must be a mapping"),
        (GOOD.replace("name: x", "name: 5"), 'spec.yaml:1: name: must be text; quote it: "5"'),
        (GOOD.replace("name: x", "name:"), "name: must be text, not nothing"),
        (GOOD.replace("name: x", "name: ../x"), "spec.yaml:1: name: '../x' must be"),
        (GOOD.replace("name: x", "name: x."), "name: 'x.' must be"),
        (GOOD + "go_module: a b\n", "go_module: 'a b' is no module path"),
        (GOOD + "    needs: b.go\n", "files[0].needs: must be a list"),
        (GOOD + "    declares: [a b]\n", "files[0].declares[0]: 'a b' is no symbol"),
        (GOOD.replace("purpose: p", 'purpose: "\\ud800"'), "files[0].purpose: holds a character"),
        (GOOD + "expect: [{call: F(1), want: }]\n", "expect[0].want[0]: must be an expression"),
        (GOOD + "expect: [{call: '', want: 1}]\n", "expect[0].call: must be an expression"),
        (GOOD + "expect: [{call: F(1), want: []}]\n", "expect[0].want: must not be empty"),
        (GOOD + "expect: [{call: F(1)}]\n", "expect[0].want: is missing"),
        (GOOD + "probes: [{request: get /x, status: 200}]\n", "probes[0].request: must begin with one of GET"),
        (GOOD + "probes: [{request: GET x, status: 200}]\n", "probes[0].request: must name a path"),
        (GOOD + "probes: [{request: GET, status: 200}]\n", "probes[0].request: must name a path"),
        (GOOD + "probes: [{request: GET /x, status: ok}]\n", "probes[0].status: must be a number"),
        (GOOD + "probes: [{request: GET /x, status: 2000}]\n", "probes[0].status: "),
        (GOOD + "packages: [a b]\n", "packages[0]: 'a b' is no package"),
        (GOOD + "packages: ['a @ https://x.org/a.whl']\n", "packages[0]: 'a @ https://x.org/a.whl' names an address"),
        (GOOD + "packages: [requests]\n", "packages: no packages can be installed for go so far"),
    ],
)
def test_a_wrong_spec_is_refused_with_file_key_and_line(text: str, said: str):
    assert said in fault(written(text))


@pytest.mark.parametrize(
    "path",
    [
        *("../a.go", "/a.go", "a/../../b.go", "a\\b.go", "", " ", "a.go ", "./a.go", "a//b.go", "a/", ".", ".."),
        *("~/a.go", ".git/config", "a/.GIT/x", "C:a.go", "a\x00b", "x" * 300),
    ],
)
def test_a_path_that_could_leave_the_root_is_refused(path: str):
    spec = {"name": "x", "description": "d", "files": [{"path": path, "purpose": "p"}]}
    assert "files[0].path: " in fault(written(yaml.safe_dump(spec)))


def test_what_is_no_spec_at_all_is_refused():
    Path("folder").mkdir()
    Path("binary").write_bytes(b"name: x\n\xff\xfe\n")
    assert fault("missing.yaml") == "missing.yaml: there is no such file"
    assert "no such file" in fault("x" * 5000)
    assert fault("folder") == "folder: is a folder, not a spec"
    assert fault("binary") == "binary:2: is not YAML: it is not UTF-8 text"
    assert fault("/dev/zero") == "/dev/zero: is no regular file"
    assert fault("") == "spec: is empty"


def test_a_given_file_is_read_from_the_specs_folder():
    Path("tests").mkdir()
    Path("tests/old_test.go").write_text("package x\n")
    source = written(GOOD + "  - path: old_test.go\n    given: tests/old_test.go\n")
    assert load(source).files[1].content == "package x\n"
    assert load(Path(source).read_text(), Path.cwd()).files[1].content == "package x\n"
    assert "lies in no folder" in fault(Path(source).read_text())


def test_a_given_file_outside_the_specs_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "secret").write_text("sesame\n")
    inside = tmp_path / "inside"
    inside.mkdir()
    monkeypatch.chdir(inside)
    Path("link").symlink_to(tmp_path / "secret")
    Path("up").symlink_to(tmp_path)
    for given in ("../secret", "link", "up/secret", str(tmp_path / "secret")):
        said = fault(written(GOOD + f"  - path: b.go\n    given: {given}\n"))
        assert "spec.yaml:7: files[1].given: " in said
        assert "lies outside the spec's folder" in said


def test_a_given_file_that_is_no_text_is_refused():
    Path("folder").mkdir()
    Path("zero").write_bytes(b"a\0b")
    Path("latin").write_bytes(b"\xff")
    Path("long").write_bytes(b"x" * 300_000)
    for given in ("folder", "zero", "latin", "long", "missing"):
        assert f"files[1].given: '{given}' " in fault(written(GOOD + f"  - path: b.go\n    given: {given}\n"))


ODD = 'package x\r\n\nvar s = "a\\t\x7f\x85\u2028é😀" // `it`: {x} # "y"\n'


@pytest.mark.parametrize("given", ["old.go", "'old.go' # mine", '"old.go"', "\n      old.go", ">-\n      old.go"])
def test_a_self_contained_spec_says_the_same_on_the_same_lines(given: str):
    Path("old.go").write_bytes(ODD.encode())
    source = written(f"{GOOD}  - path: old.go\n    given: {given}\n  - path: b.go\n    purpose: q\nexpect: []\n")
    spec, alone = load(source), load(self_contained(source))
    assert alone.files[1].content == spec.files[1].content == ODD
    assert alone.files[1].given is None
    for place in (("files", 1), ("files", 2), ("files", 2, "purpose"), ("expect",)):
        assert alone.line(*place) == spec.line(*place)


def test_a_spec_that_gives_nothing_contains_itself():
    assert self_contained(written(GOOD)) == GOOD
    assert self_contained(GOOD) == GOOD


def test_in_a_flow_of_braces_too():
    Path("old.go").write_text("package x\n")
    source = written("{name: x, description: d, files: [{path: a.go, given: old.go}, {given: old.go, path: b.go}]}")
    alone = load(self_contained(source))
    assert [file.content for file in alone.files] == ["package x\n"] * 2


def test_a_given_that_cannot_be_replaced_in_place_is_refused():
    Path("old.go").write_text("package x\n")
    source = written(GOOD + "  - {path: b.go, given: &g old.go}\n  - {path: c.go, given: *g}\n")
    with pytest.raises(SpecError, match=r"files\[\d\]\.given: must be a plain path"):
        self_contained(source)
