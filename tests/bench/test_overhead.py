import json

import pytest

from guild.cli.app import run


@pytest.mark.go
def test_the_overhead_is_measured_with_a_scripted_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "overhead", "--times", "1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert 0 < found["outside"] < found["run"] and found["share"] < 0.5
    assert found["ratio"] == pytest.approx(found["check"] / found["by_hand"], rel=0.01)
