"""Packages of a project: fetched, pinned, seen by every stage in the sandbox; commands that tell more."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from guild.sandbox import open_sandbox
from guild.toolchains import Acting
from guild.toolchains.python import PythonToolchain
from guild.toolchains.python.commands import Python
from guild.toolchains.python.locate import locate
from guild.toolchains.python.packages import MANIFEST, required
from guild.values import Expect, Probe
from guild.workspace import temporary
from tests.toolchains.opened import toolchain
from tests.toolchains.python.wheels import index

USER = "from tinygreet import greeting\n\n\ndef hail() -> str:\n    return greeting('you')\n"
TEST = "from hail import hail\n\n\ndef test_hail():\n    assert hail() == 'hello you'\n"


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PythonToolchain:
    """Open Python with a cache of its own, where pip knows one package."""
    for name, value in index(tmp_path / "index").items():
        monkeypatch.setenv(name, value)
    return PythonToolchain(Python(locate(), open_sandbox(), tmp_path / "cache"))


@pytest.fixture
def files(tool: PythonToolchain) -> dict[str, str]:
    return {**tool.scaffold("example.org/hail"), "hail.py": USER, "test_hail.py": TEST}


def codes(tool: PythonToolchain, files: Mapping[str, str]) -> list[str]:
    """Return what parse, build, vet and test say of files."""
    with temporary() as place:
        place.write(files)
        said = [tool.parse(files), tool.build(place.root), tool.vet(place.root), tool.test(place.root)]
    return [found["code"] for report in said for found in report.diagnostics]


def test_a_package_is_missing_until_it_is_installed_and_recorded(tool: PythonToolchain, files: dict[str, str]) -> None:
    assert set(codes(tool, files)) == {"missing-package"}
    done = tool.install(files, "tiny.greet>=1")
    assert (done.ok, done.said) == (True, "installed tiny.greet==1.2")
    files |= done.edits
    assert required(files[MANIFEST]) == ["tiny.greet==1.2"] and files[MANIFEST].startswith(
        "[project]\ndependencies = ["
    )
    assert codes(tool, files) == []
    asked = tool.ask_oracles(files, [Expect(call="hail()", want=["'hello you'"], line=1)])
    assert [each["ok"] for each in asked] == [True]
    assert not tool.install(files, "tiny-greet").ok, "it is there already"
    assert set(codes(tool, {**files, "more.py": "import elsewhere\n"})) == {"missing-package"}


def test_a_server_sees_its_packages(tool: PythonToolchain, files: dict[str, str]) -> None:
    serving = "from http.server import BaseHTTPRequestHandler, HTTPServer\n\nfrom tinygreet import greeting\n\n\n"
    serving += "class Hail(BaseHTTPRequestHandler):\n    def do_GET(self):\n        greeting('x')\n"
    serving += "        self.send_response(204)\n        self.end_headers()\n\n\n"
    serving += "if __name__ == '__main__':\n    HTTPServer(('127.0.0.1', 8080), Hail).serve_forever()\n"
    files |= {"main.py": serving, **tool.install(files, "tiny-greet").edits}
    with temporary() as place:
        place.write(files)
        report, results = tool.serve(place.root, [Probe(method="GET", path="/", body="", status=204, line=1)])
    assert report.ok and results[0]["ok"], report.diagnostics


@pytest.mark.parametrize(
    ("manifest", "requirement", "why"),
    [
        ("[project]\nname = 'a'\n", "no-such-thing", "pip: .*no-such-thing"),
        ("[project]\nname = 'a'\n", "tiny-greet>=2", "pip: .*tiny-greet"),
        ("[project]\nname = 'a'\ndependencies = [\n]\n", "tiny-greet", "in a form that guild does not change"),
        ("", "tiny-greet", "in a form that guild does not change"),
    ],
)
def test_what_cannot_be_had_or_recorded_is_told(
    tool: PythonToolchain, tmp_path: Path, manifest: str, requirement: str, why: str
) -> None:
    done = tool.install({MANIFEST: manifest}, requirement)
    assert not done.ok and not done.edits
    with pytest.raises(AssertionError, match=why):
        raise AssertionError(done.said)
    assert not list((tmp_path / "cache/python-packages").glob("*")), "nothing is left half made"


def test_a_command_tells_what_it_prints_and_changes_nothing(tool: PythonToolchain, files: dict[str, str]) -> None:
    files |= tool.install(files, "tiny-greet").edits
    told = tool.run(files, ["python", "-c", "import hail; print(hail.hail()); open('x', 'w'); import missing"])
    assert told.ok and "hello you" in told.said and "No module named 'missing'" in told.said
    assert told.said.endswith("(exit code 1)") and not told.edits
    assert "1 passed" in tool.run(files, ["pytest", "-q"]).said
    refused = tool.run(files, ["curl", "example.org"])
    assert not refused.ok and "curl is none of the commands" in refused.said
    hidden = tool.run(files, ["python", "-c", "import socket; socket.create_connection(('127.0.0.1', 9), 1)"])
    assert "Error" in hidden.said


def test_who_acts_is_told_from_who_only_judges() -> None:
    assert isinstance(toolchain("python"), Acting) and not isinstance(toolchain("go"), Acting)
