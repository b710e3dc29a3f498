"""Read the events of test2json: which tests ran, how each ended, and what it printed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from guild.toolchains import TestResult

_OUTPUT = 4000
"""Characters of a test's output that a result keeps: the end tells how it ended."""


@dataclass
class Trail:
    """The runs of one test: what it printed in a run that did not pass, or in its last."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    running: bool = False
    cut: bool = False
    """Whether the program was ended from outside while this test ran."""
    output: list[str] = field(default_factory=list[str])
    kept: str = ""

    @property
    def sometimes(self) -> bool:
        """Whether it passed in some runs and failed in others."""
        return self.failed > 0 and self.passed > 0

    def end(self, action: str) -> None:
        """Take in how a run ended; the output of the first failed run stays."""
        text = "".join(self.output)
        if not self.failed:
            self.kept = text
        self.passed += action == "pass"
        self.failed += action == "fail"
        self.skipped += action == "skip"
        self.running, self.output = False, []


def read(text: str) -> dict[str, Trail]:
    """Return the trail of each test in the order of their first runs; the package's own stands under no name."""
    trails: dict[str, Trail] = {"": Trail()}
    for event in _events(text):
        trail = trails.setdefault(event.get("Test", ""), Trail())
        action = event.get("Action", "")
        if action in ("pass", "fail", "skip"):
            trail.end(action)
        elif action == "run":
            trail.running = True
        elif action == "output":
            trail.output.append(event.get("Output", ""))
    for trail in trails.values():
        if trail.running:
            trail.cut = True
            trail.end("fail")
    return trails


def results(package: str, trails: dict[str, Trail]) -> tuple[TestResult, ...]:
    """Return one result a test; a test that was skipped in every run has none."""
    return tuple(
        TestResult(package=package, name=name, passed=not trail.failed, output=trail.kept[-_OUTPUT:])
        for name, trail in trails.items()
        if name and trail.passed + trail.failed
    )


def _events(text: str) -> Iterator[dict[str, str]]:
    for line in text.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict):
            yield cast("dict[str, str]", event)
