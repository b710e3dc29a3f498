"""Prompts: each is read, checked, and rendered with exactly what it declares."""

from pathlib import Path

import pytest

from guild.errors import PromptError
from guild.prompts import fingerprint, load
from tests.conftest import ROOT

FILES = sorted((ROOT / "prompts").glob("*/*.md"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_prompt_declares_what_it_uses_and_ends_with_its_file(file: Path) -> None:
    prompt = load(file.parent.name, file.stem)
    system, text = prompt.render(**{name: f"<{name}>" for name in prompt.inputs})
    assert system and "$" not in text + system
    assert text.splitlines()[-1] == "File: <path>"
    assert all(f"<{name}>" in system + text for name in prompt.inputs)


def test_other_inputs_than_declared_are_refused() -> None:
    with pytest.raises(PromptError):
        load("go", "dev").render(path="a.go")


def test_go_braces_survive() -> None:
    prompt = load("go", "review")
    _, text = prompt.render(**{name: '[]struct{ in string }{{"a"}}' for name in prompt.inputs})
    assert '{{"a"}}' in text


def test_the_fingerprint_is_of_the_words() -> None:
    assert len(fingerprint()) == 64 and fingerprint() == fingerprint()
