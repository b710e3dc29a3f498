"""Run a project's tests with pytest, and tell how each ended.

Asked: `{"paths": [...], "done": [...], "each": 5, "memory"}`, the files to run, the tests that were told already, the
seconds for one test, the bytes for all; told: `{"collecting": path}`, `{"broken": path, "fault"}`, `{"begin": test,
"line"}`, `{"end": test, "outcome", "faults"}` and, where nothing ended the program, `{"finished": code}`. The project's
own fixtures count, its hooks do not: one could pass any test.
"""

import os
import resource
import sys
from collections.abc import Generator
from typing import Any

import pytest
from _pytest.config import PytestPluginManager
from _pytest.fixtures import FixtureLookupError as _Lookup

from .stage import Tell, alarmed, prepared, told

_FILE_BYTES = 16 << 20
_MOST_FAULTS = 10
_MOST_TEXT = 400
_HEARD = "pytest_generate_tests"


class Observer:
    """A plugin that tells what happens."""

    def __init__(self, asked: dict[str, Any], tell: Tell) -> None:
        self._asked, self._process = asked, os.getpid()
        self._tell = tell
        self._faults: list[dict[str, Any]] = []
        self._outcome = ""
        self._compared: tuple[str, object, object] | None = None

    def tell(self, said: dict[str, Any]) -> None:
        """Tell something, unless a test has forked and this is the copy."""
        if os.getpid() == self._process:
            self._tell(said)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collectstart(self, collector: pytest.Collector) -> None:
        """Say which file is imported next."""
        if isinstance(collector, pytest.Module):
            self.tell({"collecting": collector.nodeid})
            alarmed(self._asked["each"])

    @pytest.hookimpl(trylast=True)
    def pytest_collectreport(self) -> None:
        """Let the clock rest."""
        alarmed(0)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what has been told."""
        done = set(self._asked["done"])
        items[:] = [item for item in items if item.nodeid not in done]

    def pytest_exception_interact(self, node: pytest.Item | pytest.Collector, call: "pytest.CallInfo[Any]") -> None:
        """Tell why a file could not be collected."""
        if isinstance(node, pytest.Collector) and call.excinfo:
            error = call.excinfo.value
            fault = told(error.__cause__ or error, self._asked["root"])
            self.tell({"broken": node.nodeid.partition("::")[0], "fault": fault})

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Tell when a test begins and how it ended."""
        self._faults, self._outcome = [], "skipped"
        self.tell({"begin": item.nodeid, "line": (item.location[1] or 0) + 1})
        alarmed(self._asked["each"])
        result = yield
        alarmed(0)
        outcome = "failed" if self._faults else self._outcome
        self.tell({"end": item.nodeid, "outcome": outcome, "faults": self._faults[:_MOST_FAULTS]})
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, call: "pytest.CallInfo[Any]"
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Take in what a phase of a test raised."""
        report = yield
        if report.failed and call.excinfo:
            error = call.excinfo.value
            lacked = {"message": f"fixture {error.argname!r} not found"} if isinstance(error, _Lookup) else {}
            self._faults.append({**told(error, self._asked["root"]), **self._sides(), **lacked})
        elif report.passed and call.when == "call":
            self._outcome = "passed"
        self._compared = None
        return report

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        """Remember both sides of a comparison that did not hold."""
        self._compared = op, left, right

    def _sides(self) -> dict[str, str]:
        from _pytest._io.saferepr import saferepr

        if self._compared is None:
            return {}
        op, *sides = self._compared
        got, want = (saferepr(side, _MOST_TEXT) for side in sides)
        return {"op": op, "got": got, "want": want}


def main() -> None:
    """Do what stdin asks for."""
    asked, tell = prepared()
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    root = asked["root"]
    _deafen(root)
    own = ("-c", os.devnull, f"--rootdir={root}", f"--confcutdir={root}", "--runxfail", "-p", "no:cacheprovider")
    observer = Observer(asked, tell)
    code = pytest.main([*own, "--continue-on-collection-errors", "--tb=no", *asked["paths"]], plugins=[observer])
    observer.tell({"finished": int(code)})
    # A thread that a test left behind would be waited for.
    os._exit(0)


def _deafen(root: str) -> None:
    """Have pytest take no hook from the project's files."""
    heard = PytestPluginManager.parse_hookimpl_opts

    def deaf(self: PytestPluginManager, plugin: Any, name: str) -> Any:
        module = plugin if hasattr(plugin, "__file__") else sys.modules.get(type(plugin).__module__)
        own = str(getattr(module, "__file__", "")).startswith(f"{root}/")
        return None if own and name != _HEARD else heard(self, plugin, name)

    PytestPluginManager.parse_hookimpl_opts = deaf


if __name__ == "__main__":
    main()
