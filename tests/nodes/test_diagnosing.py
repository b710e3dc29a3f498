"""A diagnosis that leads to more than an edit: installed and run as far as the Spec allows, refused with the reason."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from guild import settings as setting
from guild.build import Place, start_in
from guild.nodes.diagnosing import Diagnosed, diagnosed, installation
from guild.nodes.targets import Target
from guild.records import Records, run_folders
from guild.result import Result
from guild.sandbox import open_sandbox
from guild.story import story
from guild.toolchains.python import PythonToolchain
from guild.toolchains.python.commands import Python
from guild.toolchains.python.locate import locate
from guild.workshop import Desk, Workshop, open_workshop
from tests.nodes.samples import asked, found, plan, state, task, verdict, workshop
from tests.test_dialogue import Watch
from tests.toolchains.opened import toolchain
from tests.toolchains.python.test_packages import TEST, USER
from tests.toolchains.python.wheels import index

SPEC = """name: hail
language: python
description: Hails people.
packages: ["tiny-greet>=1"]
files:
  - path: hail.py
    purpose: "`def hail() -> str` greets you."
  - path: test_hail.py
    purpose: "test_hail: hail."
expect:
  - call: hail()
    want: "'hello you'"
"""
PLAIN = "def hail() -> str:\n    return 'hello you'\n"


def built(folder: Path, cause: str) -> Result:
    """Build a Spec whose first draft needs a package, with this diagnosis of what fails."""
    script: Mapping[str, Any] = {
        "dev": {"hail.py": [f"```python\n{USER}```"]},
        "test": {"test_hail.py": [f"```python\n{TEST}```"]},
        "diagnose": {"hail.py": [cause] * 3},
        "fix": {"hail.py": [f"```python\n{PLAIN}```"]},
    }
    (folder / "script.yaml").write_text(json.dumps(script))
    known: dict[str, Any] = {"model": f"script:{folder / 'script.yaml'}", "candidates": 1, "review": False}
    shop = open_workshop(setting.coerce(known), language="python")
    own = PythonToolchain(Python(locate(), open_sandbox(), folder / "cache"))
    place = Place(home=folder / "home", out=folder / "out")
    return start_in(replace(shop, toolchain=own), SPEC, place=place, watch=Watch())


def told(folder: Path) -> list[str]:
    return story(Records(run_folders(folder / "home")[0]))


def prompts(folder: Path, role: str) -> list[str]:
    records = Records(run_folders(folder / "home")[0])
    shown = [event for event in records.events() if event["kind"] == "prompt" and event["role"] == role]
    return ["\n".join(records.get(event[part]) for part in ("system", "prompt")) for event in shown]


@pytest.fixture(autouse=True)
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in index(tmp_path / "index").items():
        monkeypatch.setenv(name, value)


def test_an_allowed_package_is_installed_judged_and_recorded(tmp_path: Path) -> None:
    result = built(tmp_path, "Evidence: 1\nHypothesis: tinygreet is not there.\nAction: install Tiny_Greet")
    assert result.manifest["outcome"] == "green", told(tmp_path)
    [entry] = result.state["rounds"]
    assert (entry.get("mode"), entry["path"], entry["kept"]) == ("install", "pyproject.toml", True)
    [cause] = result.state["diagnoses"]
    assert (cause["action"], cause["what"], cause["said"]) == ("install", "Tiny_Greet", "installed tiny-greet==1.2")
    assert [each["code"] for each in cause["evidence"]] == ["missing-package"]
    assert 'dependencies = ["tiny-greet==1.2"]' in (tmp_path / "out/pyproject.toml").read_text()
    assert "  cause of hail.py: tinygreet is not there.: install Tiny_Greet" in told(tmp_path)
    assert not prompts(tmp_path, "fix") and "the standard library and tiny-greet>=1" in prompts(tmp_path, "dev")[0]


def test_what_a_command_prints_is_evidence_for_the_fix(tmp_path: Path) -> None:
    wished = "Evidence: 1\nHypothesis: It may lack.\nAction: run `python -c 'import sys; print(1 + 1, sys.argv)'`"
    result = built(tmp_path, wished)
    assert result.manifest["outcome"] == "green" and result.state["rounds"][0].get("mode") == "mend"
    [prompt] = prompts(tmp_path, "fix")
    assert "It may lack.\n`python -c 'import sys; print(1 + 1, sys.argv)'` prints:\n2 ['-c']\n(exit code 0)" in prompt


def asked_of(folder: Path, cause: str, packages: Sequence[str] = (), **settings: Any) -> tuple[Diagnosed, Workshop]:
    """Have a file diagnosed that imports what is not there."""
    tools = toolchain("python")
    shop = workshop(folder, {"diagnose": {"hail.py": [cause]}}, tools=tools, records=True, **settings)
    files = {"pyproject.toml": "[project]\n", "hail.py": USER}
    lacks = found("hail.py", "No module named 'tinygreet'", code="missing-package", line=1, stage="parse")
    wanted = plan(task("hail.py"), language="python", packages=[*packages])
    target = Target(path="hail.py", mode="mend", why="", diagnostics=(lacks,))
    return diagnosed(Desk(shop), state(files, plan=wanted, verdict=verdict(files, lacks)), target), shop


NONE = "the Spec lists no `packages`, so the standard library is all there is"


@pytest.mark.parametrize(
    ("packages", "action", "why"),
    [
        ([], "install tiny-greet", NONE),
        ([], "run python -c 'print(1)'", NONE),
        (["tiny-greet>=1"], "install requests", "requests is none of the packages that the Spec allows: tiny-greet>=1"),
        (["tiny-greet"], "run curl x.org", "curl is none of the commands that can be run: python, python3, pytest"),
    ],
)
def test_what_the_spec_does_not_allow_is_refused_and_the_fix_is_told_why(
    tmp_path: Path, packages: list[str], action: str, why: str
) -> None:
    told, shop = asked_of(tmp_path, f"Evidence: 1\nHypothesis: It lacks.\nAction: {action}", packages, diagnose=True)
    assert told.words == f"It lacks.\nNot done: {action}: {why}." and not told.edits and installation(told) is None
    assert told.found is not None and told.found["refused"] == why
    [request] = asked(shop)
    assert "1. hail.py:1: No module named 'tinygreet'" in request.prompt
    assert f"may be installed: {', '.join(packages) or 'none'}." in " ".join(request.prompt.split())


def test_a_malformed_diagnosis_is_refused_and_the_fix_goes_on_without(tmp_path: Path) -> None:
    told, shop = asked_of(tmp_path, "You should simply install tiny-greet.", ["tiny-greet"])
    assert (told.found, told.words, len(told.replies)) == (None, "", 1)
    assert shop.records is not None
    assert "    refused: a diagnosis without evidence, hypothesis, action" in story(shop.records)


@pytest.mark.parametrize(("packages", "off"), [([], []), (["tiny-greet"], ["diagnosis"])])
def test_nobody_is_asked_where_nothing_may_be_installed_or_it_is_switched_off(
    tmp_path: Path, packages: list[str], off: list[str]
) -> None:
    told, shop = asked_of(tmp_path, "", packages, without=tuple(off))
    assert told.replies == () and asked(shop) == []
