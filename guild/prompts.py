"""Find, check and render a prompt: a file a role and language, front-matter above the text, `$name` placeholders."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Any

import yaml

from guild.errors import PromptError

_SHIPPED = "_prompts"
_FENCE = "---\n"


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A prompt file: what it needs, the words that stay, the words that change."""

    role: str
    inputs: frozenset[str]
    replies_with: str
    system: str
    body: str

    def render(self, **inputs: str) -> tuple[str, str]:
        """Return the system text and the prompt, given exactly the declared inputs."""
        if frozenset(inputs) != self.inputs:
            raise PromptError(f"prompt {self.role}: given {sorted(inputs)}, declares {sorted(self.inputs)}")
        return Template(self.system).substitute(inputs).strip(), Template(self.body).substitute(inputs).strip()


def folder() -> Traversable:
    """Return where the prompts lie: inside the wheel, or beside the package in a checkout."""
    shipped = files("guild") / _SHIPPED
    return shipped if shipped.is_dir() else Path(str(files("guild"))).parent / "prompts"


def has(language: str, name: str) -> bool:
    """Tell whether there is a prompt."""
    return (folder() / language / f"{name}.md").is_file()


@cache
def load(language: str, name: str) -> Prompt:
    """Read and check a prompt; its placeholders are the inputs that it declares."""
    text = (folder() / language / f"{name}.md").read_text(encoding="utf-8")
    if not text.startswith(_FENCE) or _FENCE not in text[len(_FENCE) :]:
        raise PromptError(f"prompt {language}/{name}: no front-matter")
    head, body = text[len(_FENCE) :].split(_FENCE, 1)
    meta: dict[str, Any] = yaml.safe_load(head)
    prompt = Prompt(
        role=meta["role"],
        inputs=frozenset(meta["inputs"]),
        replies_with=meta["replies_with"],
        system=meta["system"],
        body=body,
    )
    used = frozenset((*Template(prompt.system).get_identifiers(), *Template(prompt.body).get_identifiers()))
    if used != prompt.inputs:
        raise PromptError(f"prompt {language}/{name}: declares {sorted(prompt.inputs)}, uses {sorted(used)}")
    return prompt


def fingerprint() -> str:
    """Return a sha256 over all prompt files, so that a run can say which words it was asked in."""
    whole = hashlib.sha256()
    for language in sorted(folder().iterdir(), key=lambda entry: entry.name):
        for file in sorted(language.iterdir(), key=lambda entry: entry.name):
            whole.update(f"{language.name}/{file.name}\0".encode() + file.read_bytes())
    return whole.hexdigest()
