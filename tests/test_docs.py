"""Docs are executed: the README's commands and code, the command reference, the spec page's example."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from guild.cli.app import run
from guild.cli.reference import reference
from guild.graph import compiled
from guild.spec import lint, load_spec
from tests.conftest import ROOT
from tests.toolchains.opened import toolchain

README = (ROOT / "README.md").read_text()
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").glob("*.md"))]


def _blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def _script(folder: Path) -> str:
    """Write the script of what the README asks models for: numkit, Roman numerals in Python, a counter in React."""
    script = yaml.safe_load((ROOT / "tests/scripts/numkit.yaml").read_text())
    for role, answers in yaml.safe_load((ROOT / "tests/scripts/roman.yaml").read_text()).items():
        script.setdefault(role, {}).update(answers)
    code = (ROOT / "tests/references/roman.py").read_text()
    script["dev"]["roman.py"] = [f"```python\n{code}```"]
    for path in (ROOT / "tests/references/counter").iterdir():
        role = "test" if ".test." in path.name else "dev"
        script[role][f"src/{path.name}"] = [f"```jsx\n{path.read_text()}```"]
        script["review"][f"src/{path.name}"] = ["CLEAN"]
    path = folder / "script.yaml"
    path.write_text(yaml.safe_dump(script))
    return f"script:{path}"


@pytest.mark.go
def test_the_commands_of_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "specs").symlink_to(ROOT / "specs")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.setenv("GUILD_MODEL", _script(tmp_path))
    toolchain("react")
    lines = [line for block in _blocks(README, "sh") for line in block.splitlines() if line.startswith("guild ")]
    assert len(lines) >= 7
    for line in lines:
        assert run(shlex.split(line, comments=True)[1:]) == 0, line


def test_the_make_targets_of_the_readme_are_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"make ([a-z]+)", "\n".join(_blocks(README, "sh"))))
    assert {"demo", "test"} <= named <= targets


def test_the_code_of_the_readme_runs(numkit_script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUILD_MODEL", numkit_script)
    blocks = _blocks(README, "python")
    assert blocks
    for block in blocks:
        done = subprocess.run([sys.executable, "-c", block], env=dict(os.environ), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_the_readme_shows_the_golden_picture() -> None:
    assert _blocks(README, "mermaid") == [compiled().get_graph().draw_mermaid(with_styles=False)]


def test_the_reference_is_that_of_the_commands() -> None:
    assert (ROOT / "docs/cli.md").read_text() == reference(), "make docs writes it anew"


def test_the_example_of_the_spec_page_is_sound() -> None:
    [example] = _blocks((ROOT / "docs/spec.md").read_text(), "yaml")
    assert lint(load_spec(example, languages=("go",))) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
        assert (page.parent / link).exists(), link


def test_nothing_is_left_to_fill_in() -> None:
    assert not [page.name for page in PAGES if re.search(r"^[A-Z]+(_[A-Z]+)+$", page.read_text(), re.MULTILINE)]


def test_architecture_lists_every_room_and_the_import_rows() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    rooms = [path.name if path.suffix else f"{path.name}/" for path in (ROOT / "guild").iterdir()]
    assert [room for room in rooms if not room.startswith("_") and f"`{room}`" not in text] == []
    layers = re.search(r"layers = \[\n(.*?)\]", (ROOT / "pyproject.toml").read_text(), re.DOTALL)
    assert layers
    rows = [re.sub(r" ?\|? ?\([a-z]+\)", "", row) for row in re.findall(r'"(.*?)"', layers[1])]
    table = " > ".join(f"`{row}`" for row in rows if row)
    assert table in " ".join(text.split()), table
