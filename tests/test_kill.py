"""Kill -9 at every boundary of a scripted build, then resume: the same files, nothing done twice."""

import os
import signal
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from guild import settings as setting
from guild.build import Place, history, resume, start
from guild.records import Records, run_folders
from guild.result import Result
from guild.runs import steps_of
from tests.conftest import ROOT

SPEC = str(ROOT / "specs/numkit.yaml")
SETTINGS = {"model": f"script:{ROOT / 'tests/scripts/numkit.yaml'}"}
BOUNDARIES = [("step", number) for number in range(1, 10)] + [("reply", number) for number in range(1, 5)]
BOUNDARIES += [("verdict", 1), ("verdict", 2), ("gate", 1), ("outcome", 1)]
pytestmark = pytest.mark.go


class Killer:
    """A watcher that kills its own process at the n-th event of a kind."""

    def __init__(self, kind: str, number: int) -> None:
        self.kind, self.left = kind, number

    def event(self, event: Mapping[str, Any]) -> None:
        self.left -= event["kind"] == self.kind
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class Quiet:
    """A watcher that takes no note."""

    def event(self, event: Mapping[str, Any]) -> None:
        pass


def _start(folder: Path, watch: Any) -> Result:
    place = Place(home=folder / "home", out=folder / "out")
    return start(SPEC, setting.coerce(SETTINGS), place=place, watch=watch)


def _killed(folder: Path, kind: str, number: int) -> bool:
    """Run a build in a child that kills itself; say whether it did."""
    child = os.fork()
    if child == 0:
        try:
            _start(folder, Killer(kind, number))
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _files(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], int]:
    """Return the files and the number of steps of a build that nobody kills."""
    folder = tmp_path_factory.mktemp("whole")
    result = _start(folder, Quiet())
    assert result.manifest["outcome"] == "green"
    [run] = run_folders(folder / "home")
    steps = len(steps_of(history(run)))
    assert steps == sum(kind == "step" for kind, _ in BOUNDARIES), "a boundary is not tried"
    return _files(folder / "out"), steps


@pytest.mark.parametrize(("kind", "number"), BOUNDARIES)
def test_a_killed_build_goes_on(tmp_path: Path, whole: tuple[dict[str, str], int], kind: str, number: int) -> None:
    assert _killed(tmp_path, kind, number), "the build ended before it could be killed"
    [run] = run_folders(tmp_path / "home")
    committed = [step["checkpoint"] for step in steps_of(history(run))]
    result = resume(run, setting.coerce(SETTINGS), watch=Quiet())
    files, steps = whole
    assert result.manifest["outcome"] == "green"
    assert _files(tmp_path / "out") == files == _files(run / "files") | _acceptance(files)
    after = [step["checkpoint"] for step in steps_of(history(run))]
    assert after[: len(committed)] == committed
    assert len(after) == steps or kind == "outcome", "writes that outlive a kill need no checkpoint of their own"
    asked = Counter(event["key"] for event in Records(run).events() if event["kind"] == "reply")
    assert set(asked.values()) == {1}


def _acceptance(files: dict[str, str]) -> dict[str, str]:
    return {path: text for path, text in files.items() if "acceptance" in path}
