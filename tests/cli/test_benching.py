import pytest

from guild.cli.app import run


@pytest.mark.parametrize("command", ["unit", "edit", "catch", "review", "specs", "table", "overhead"])
def test_every_bench_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", command, "--help"]) == 0
    assert f"Example: guild bench {command}" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("words", [["unit"], ["specs"], ["table"], ["unit", "--data", "x", "--limit", "0"], ["nope"]])
def test_what_is_not_asked_rightly_is_the_users_fault(words: list[str]) -> None:
    assert run(["bench", *words]) == 2
