import json
from pathlib import Path

import pytest

from guild.bench.ledger import RESULTS, Ledger
from guild.bench.table import cells, markdown, mechanisms, mixed, tabulate, wilson
from guild.cli.app import run
from tests.bench.samples import result

RESULTS_OF_TWO = [
    result(),
    result(id="b", ok=False, prompt_tokens=200, seconds=10.0, fired={"imports": 1, "fix": 3}, helped={"fix": 2}),
    result(arm="one-shot", ok=False, fired={}, helped={}),
]


def test_the_table_counts_what_is_green_and_what_it_cost() -> None:
    loop, shot = tabulate(RESULTS_OF_TWO)
    assert (loop.rows, loop.green, loop.tokens_per_row, loop.seconds_per_row) == (2, 1, 170.0, 8.0)
    assert (loop.tokens_per_green, loop.seconds_per_green) == (340.0, 16.0)
    assert loop.mechanisms == {"imports": (3, 1), "fix": (3, 2)}
    assert (shot.green, shot.tokens_per_green, shot.strict) == (0, None, None)
    assert cells(loop)[4:6] == ["1 of 2", "50% (9% to 91%)"]
    assert mechanisms([loop])[0] == ["unit", "go", "loop", "1", "fix", "3", "2"]


def test_a_strict_count_stands_beside_the_loose_one() -> None:
    [line] = tabulate([result(strict=True), result(id="b", strict=False)])
    assert cells(line)[4] == "2 of 2 (strict 1)"


@pytest.mark.parametrize(
    ("green", "rows", "low", "high"),
    [(0, 0, 0.0, 1.0), (0, 10, 0.0, 0.278), (20, 24, 0.641, 0.933), (8, 8, 0.676, 1.0)],
)
def test_shares_are_as_sure_as_wilson_says(green: int, rows: int, low: float, high: float) -> None:
    assert wilson(green, rows) == pytest.approx((low, high), abs=0.001)


def test_results_of_different_code_are_told() -> None:
    assert mixed([result(), result(id="b")]) == ""
    assert mixed([result(), result(id="b", versions={"code": "d"})]).startswith("these results differ in code")


def test_seeds_stand_on_lines_of_their_own() -> None:
    assert [line.seed for line in tabulate([result(), result(seed=2)])] == [1, 2]


def test_the_newest_result_of_a_row_counts(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    for each in (result(ok=False, fingerprint="old"), result(id="b"), result(fingerprint="new")):
        ledger.add(each)
    assert [(each["id"], each["ok"]) for each in Ledger(tmp_path).results] == [("b", True), ("greet", True)]
    assert ledger.find("old", "greet") is None and ledger.find("new", "greet") is not None


def test_a_table_is_made_of_files_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = Ledger(tmp_path)
    for each in RESULTS_OF_TWO:
        ledger.add(each)
    path = str(tmp_path / RESULTS)
    assert run(["bench", "table", path]) == 0
    assert "50% (9% to 91%)" in capsys.readouterr().out
    assert run(["bench", "table", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["table"][0]["green"] == 1
    assert run(["bench", "table", path, "--markdown"]) == 0
    assert capsys.readouterr().out.startswith(markdown(tabulate(RESULTS_OF_TWO)))


@pytest.mark.parametrize(("line", "said"), [("{", "is not JSON"), ("{}", "arm is missing"), ("3", "is no result")])
def test_a_file_that_holds_no_results_is_told(
    line: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text(line)
    assert run(["bench", "table", str(path)]) == 2
    told = capsys.readouterr().err
    assert "some.jsonl:1: " in told and said in told
