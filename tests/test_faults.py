"""A build against a real server that misbehaves: it ends the same, or stops with one clear line and goes on later."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from guild.cli.app import run
from guild.runs import list_runs
from tests.conftest import ROOT
from tests.models.server import Manners, Server

SPEC = str(ROOT / "specs/numkit.yaml")
SCRIPT: dict[str, Any] = yaml.safe_load((ROOT / "tests/scripts/numkit.yaml").read_text())
pytestmark = pytest.mark.go


def _answer(payload: dict[str, Any]) -> str:
    """Answer from the script, told who is asked by the words of the prompt."""
    prompt = payload["messages"][-1]["content"]
    path = prompt.splitlines()[-1].removeprefix("File: ")
    role = "review" if prompt.count("Review the file") else "fix" if "toolchain says" in prompt else "dev"
    return SCRIPT["test" if path.endswith("_test.go") else role][path][0]


def _build(server: Server, *more: str) -> int:
    return run(["build", SPEC, "--base-url", server.url, "--model", "tiny", "--out", "out", "--json", *more])


@pytest.mark.parametrize(
    "manners",
    [
        Manners(every=3, status=500),
        Manners(every=3, status=429, retry_after="0"),
        Manners(every=3, broken="at once"),
        Manners(every=3, broken="mid-stream"),
        Manners(every=3, broken="no finish"),
        Manners(delay=0.01),
    ],
    ids=["500", "429", "closed at once", "closed in mid-stream", "no finish reason", "slow"],
)
def test_a_build_ends_the_same(manners: Manners, capsys: pytest.CaptureFixture[str]) -> None:
    manners.answer = _answer
    with Server(manners) as server:
        assert _build(server) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["outcome"] == "green" and said["rounds"] == 1
    assert "lo > hi" in Path("out/numkit.go").read_text()


def test_replies_cut_short_are_never_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with Server(Manners(answer=_answer, finish="length")) as server:
        assert _build(server, "--max-fix-rounds", "1") == 1
    said = json.loads(capsys.readouterr().out)
    assert said["outcome"] in ("budget", "stalled") and said["files"] == ["go.mod"]


def test_a_server_that_is_gone_stops_with_one_line_and_the_run_goes_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    class Leaving:
        """Answers the first file, then nothing."""

        calls = 0

        def __call__(self, payload: dict[str, Any]) -> str:
            self.calls += 1
            server.manners.every, server.manners.status, server.manners.retry_after = 1, 503, "0"
            return _answer(payload)

    with Server(Manners(answer=Leaving())) as server:
        assert _build(server, "--candidates", "1") == 3
    said = capsys.readouterr().err.splitlines()
    [line] = [line for line in said if line.startswith("guild: ")]
    assert server.url.removesuffix("/v1") in line
    [run_] = list_runs(tmp_path / "home")
    assert any(f"guild resume {run_['run']}" in line for line in said)
    with Server(Manners(answer=_answer)) as again:
        assert run(["resume", "last", "--base-url", again.url, "--json"]) == 0
        assert len(again.calls) == 3
    assert json.loads(capsys.readouterr().out)["outcome"] == "green"


@pytest.mark.parametrize(
    ("manners", "word"),
    [(Manners(key="secret"), "GUILD_API_KEY"), (Manners(models=["other"]), "other"), (None, "")],
    ids=["wrong key", "no such model", "unreachable"],
)
def test_what_is_out_of_reach_is_said_before_any_work(
    manners: Manners | None, word: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with Server(manners) as server:
        url = server.url
        if manners:
            assert _build(server) == 3
    if manners is None:
        assert run(["build", SPEC, "--base-url", url, "--model", "tiny", "--out", "out"]) == 3
    said = capsys.readouterr()
    assert said.out == "" and word in said.err and len([x for x in said.err.splitlines() if "guild:" in x]) == 1
    assert not list_runs(tmp_path / "home") and not Path("out").exists()
