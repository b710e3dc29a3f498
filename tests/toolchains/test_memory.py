"""A toolchain's memory: nothing is asked twice of equal files, and all is asked of others."""

from pathlib import Path

import pytest

from guild import settings
from guild.sandbox import open_sandbox
from guild.toolchains import open_toolchain
from guild.toolchains.memory import LAST, Memory, remembered
from guild.values import Expect
from guild.workspace import Workspace
from tests.toolchains.opened import toolchain


class Tool:
    """A toolchain that counts what really was asked of it."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.asked: list[str] = []

    @remembered
    def build(self, root: Path) -> str:
        """Say what is there to build."""
        self.asked.append("build")
        return ",".join(sorted(path.name for path in root.iterdir()))

    @remembered
    def test(self, root: Path, *, race: bool = False) -> str:
        """Say how it was tested."""
        self.asked.append("race" if race else "test")
        return f"{race}"

    @remembered
    def format(self, text: str) -> str:
        """Refuse one text."""
        self.asked.append(text)
        if text == "bad":
            raise ValueError(text)
        return text.strip()


def folder(root: Path, text: str) -> Path:
    root.mkdir()
    (root / "k.go").write_text(text)
    return root


def test_a_folder_is_what_it_holds(tmp_path: Path) -> None:
    tool = Tool()
    first, same, other = (folder(tmp_path / name, text) for name, text in (("a", "1"), ("b", "1"), ("c", "2")))
    assert tool.build(first) == tool.build(same) == tool.build(other) == "k.go"
    assert tool.asked == ["build", "build"]
    (first / "k.go").write_text("3")
    tool.build(first)
    assert len(tool.asked) == 3


def test_another_question_about_the_same_folder_is_asked(tmp_path: Path) -> None:
    tool, place = Tool(), folder(tmp_path / "a", "1")
    assert [tool.test(place), tool.test(place, race=True), tool.test(place)] == ["False", "True", "False"]
    tool.build(place)
    assert tool.asked == ["test", "race", "build"]


def test_a_fault_is_no_answer_and_only_the_last_answers_are_kept() -> None:
    tool = Tool()
    for _ in range(2):
        with pytest.raises(ValueError, match="bad"):
            tool.format("bad")
    assert tool.asked == ["bad", "bad"]
    for number in range(LAST + 1):
        tool.format(f" {number}")
        tool.format(" 0")
    assert tool.asked.count(" 0") == 1, "asked again and again, it stays"
    tool.format(" 1")
    assert tool.asked.count(" 1") == 2


def test_a_toolchain_is_opened_once_for_each_way_to_run_it() -> None:
    def opened(*, unsafe_host: bool) -> object:
        sandbox = open_sandbox(unsafe_host=unsafe_host)
        return open_toolchain("go", sandbox, settings.cache_folder(), path=settings.search_path())

    assert opened(unsafe_host=False) is opened(unsafe_host=False) is not opened(unsafe_host=True)


@pytest.mark.go
def test_go_compiles_and_runs_equal_folders_once(tmp_path: Path) -> None:
    tool = toolchain()
    code = "package once\n\nfunc One() int { return 1 }\n"
    test = (
        'package once\n\nimport "testing"\n\nfunc TestOne(t *testing.T) {\n\tif One() != 1 {\n\t\tt.Fatal()\n\t}\n}\n'
    )
    files = {"go.mod": "module example.org/once\n\ngo 1.22\n", "k.go": code, "k_test.go": test}
    places = [tmp_path / name for name in ("a", "b")]
    for place in places:
        Workspace(place).write(files)
    for ask in (tool.build, tool.vet, tool.test):
        first, again = (ask(place) for place in places)
        assert first is again
    reports = [tool.compiles(place, {"k.go": f"{code}\nx"}) for place in places]
    assert reports[0] is reports[1] and not reports[0].ok
    expect = [Expect(call="One()", want=["1"], line=0)]
    answers = [tool.ask_oracles({**files}, [*expect]) for _ in places]
    sights = [tool.watch({**files}, "k_test.go") for _ in places]
    assert answers[0] is answers[1] and answers[0][0]["ok"] and sights[0] is sights[1] and sights[0]
