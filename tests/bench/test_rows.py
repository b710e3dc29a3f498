import json
from pathlib import Path

import pytest

from guild.bench.rows import Bench, chosen, load_rows, load_specs, spec_of
from guild.cli.app import run
from guild.errors import UserError
from guild.plan import make_plan
from guild.spec import load_spec
from tests.bench.samples import CATCH, MARK, UNIT, rows
from tests.conftest import SHARED

SPEC = """name: words
description: Two words.
files:
  - path: words.go
    purpose: Hello() string returns hello.
expect:
  - call: Hello()
    want: '"hello"'
"""


def test_a_row_is_taken_apart(tmp_path: Path) -> None:
    [row] = load_rows("unit", rows(tmp_path, UNIT))
    assert row.task.prompt == UNIT["prompt"]
    assert MARK not in str(row.task) + str(row.key)
    assert MARK in row.key.hidden["reference"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", ":2: is not JSON"),
        ("[]", ":2: must be an object"),
        (json.dumps({**UNIT, "id": " "}), ":2: id: must be text"),
        (json.dumps({**UNIT, "id": "b", "prompt": 3}), ":2: prompt: must be text"),
        (json.dumps({**UNIT, "id": "b", "metadata": None}), ":2: metadata: must be an object"),
        (json.dumps({**CATCH, "id": "b"}), ":2: metadata.tests: is missing or wrong"),
        (json.dumps(UNIT), ":2: id: 'greet' stands here twice"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(
    line: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = rows(tmp_path, UNIT)
    path.write_text(path.read_text() + line)
    assert run(["bench", "unit", "--data", str(path)]) == 2
    [told] = capsys.readouterr().err.splitlines()
    assert f"rows.jsonl{said}" in told


def test_a_file_without_rows_or_that_is_not_there_is_the_users_fault(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no rows"):
        load_rows("unit", rows(tmp_path))
    with pytest.raises(UserError, match="cannot be read"):
        load_rows("unit", tmp_path / "none.jsonl")


def test_rows_are_chosen_by_name_or_number(tmp_path: Path) -> None:
    known = load_rows("unit", rows(tmp_path, UNIT, {**UNIT, "id": "other"}))
    assert [row.task.id for row in chosen(known, "other,greet", None)] == ["other", "greet"]
    assert [row.task.id for row in chosen(known, None, 1)] == ["greet"]
    with pytest.raises(UserError, match="no row 'nope': there are greet, other"):
        chosen(known, "nope", None)


def test_the_spec_of_a_function_asks_for_it_and_for_tests(tmp_path: Path) -> None:
    [row] = load_rows("unit", rows(tmp_path, UNIT))
    tasks = {
        task["path"]: task for task in make_plan(load_spec(spec_of("unit", row.task), languages=["go"]))[0]["tasks"]
    }
    assert tasks["impl.go"]["signatures"] == ["func Greet(name string) string"]
    assert tasks["impl_test.go"]["role"] == "test"
    assert UNIT["prompt"] in tasks["impl_test.go"]["purpose"]


def test_the_spec_of_a_test_describes_the_function(tmp_path: Path) -> None:
    [row] = load_rows("catch", rows(tmp_path, CATCH))
    tasks = {
        task["path"]: task for task in make_plan(load_spec(spec_of("catch", row.task), languages=["go"]))[0]["tasks"]
    }
    assert tasks["impl.go"]["purpose"].startswith("Greet(name string) string, which says")
    assert tasks["impl_test.go"]["purpose"] == CATCH["prompt"]


def test_code_in_a_request_keeps_its_lines(tmp_path: Path) -> None:
    prompt = 'Change this.\n\nOriginal:\n```go\npackage sandbox\n\nfunc F() {\n\tprintln("a: b")\n}\n```'
    [row] = load_rows("edit", rows(tmp_path, {**UNIT, "prompt": prompt}))
    spec = load_spec(spec_of("edit", row.task), languages=["go"])
    assert spec.files[0].purpose == prompt


def test_a_spec_goes_in_without_its_oracles(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text(SPEC)
    [row] = load_specs([path])
    spec = load_spec(row.task.prompt, languages=["go"])
    assert row.task.id == "words" and spec.expect == () and spec.files[0].path == "words.go"
    with pytest.raises(UserError, match="another spec is called words"):
        load_specs([path, path])


@pytest.mark.parametrize(
    ("bench", "name"),
    [("unit", "go_dev_24"), ("edit", "go_edit_8"), ("catch", "go_test_13"), ("review", "go_review_8")],
)
def test_the_shared_rows_become_specs_without_their_keys(bench: Bench, name: str) -> None:
    path = SHARED / "bench" / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("../shared/bench is not here")
    known = load_rows(bench, path)
    assert len(known) == int(name.rpartition("_")[2])
    for row in known:
        plan, _ = make_plan(load_spec(spec_of(bench, row.task), languages=["go"]))
        hidden = [text for text in row.key.hidden.values() if isinstance(text, str) and len(text) > 40]
        assert len(plan["tasks"]) == 3 and hidden
        assert not any(text in spec_of(bench, row.task) for text in hidden)
