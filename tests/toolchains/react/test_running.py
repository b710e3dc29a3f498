"""How tests end: by expectation, error, hang, exit or luck, each told as what it was; none hides another."""

from dataclasses import replace
from pathlib import Path

from guild.toolchains import Report
from guild.toolchains.react import ReactToolchain
from guild.toolchains.react.failures import diagnose
from guild.toolchains.react.sessions import Fault, Frame, Session, Trail
from guild.workspace import Workspace

CODE = """export const double = (n) => 2 * n;

export class Stack {
  at(i) {
    return this.items[i];
  }
}
"""
HEAD = 'import fs from "node:fs";\nimport { double, Stack } from "./k.js";\n\n'


def ran(tool: ReactToolchain, root: Path, body: str, **files: str) -> Report:
    Workspace(root).write({"k.js": CODE, "k.test.js": HEAD + body, "package.json": "{}", **files})
    return tool.test(root)


def told(report: Report) -> dict[str, tuple[str, int, str]]:
    return {
        each.get("test", each["path"]): (each["code"], each["line"], each["message"]) for each in report.diagnostics
    }


ENDINGS = """test("is first", () => { expect(double(1)).toBe(2); });
test("wants more", () => { expect(double(2)).toBe(5); });
test("wants an error", () => { expect(() => double(2)).toThrow(); });
test("wants an object", () => { expect({ a: double(2) }).toEqual({ a: 5 }); });
test("panics", () => { new Stack().at(3); });
test("throws a text", () => { throw "own words"; });
test("waits", async () => { await new Promise(() => {}); });
test("hangs", () => { for (;;) double(1); });
test.skip("is left out", () => { expect(1).toBe(2); });
test.each([1, 2])("is a row %i", (n) => { expect(n).toBe(1); });
test("leaves", () => { process.exit(0); });
test("leaves at once", () => { process.reallyExit(0); });
test("is last", () => { expect(double(1)).toBe(2); });
"""


def test_each_ending_is_told_as_what_it_was(tool: ReactToolchain, tmp_path: Path) -> None:
    report = ran(tool, tmp_path, ENDINGS)
    found = told(report)
    assert {test: code for test, (code, _, _) in found.items()} == {
        "wants more": "assertion",
        "wants an error": "assertion",
        "wants an object": "assertion",
        "panics": "panic",
        "throws a text": "panic",
        "waits": "timeout",
        "hangs": "timeout",
        "is a row %i/1": "assertion",
        "leaves": "exit",
        "leaves at once": "exit",
    }
    line = 'test("wants more", () => { expect(double(2)).toBe(5); })'
    assert found["wants more"][1:] == (5, f"{line}: got 4, want 5")
    assert "Received function did not throw" in found["wants an error"][2]
    assert found["wants an object"][2].endswith('got {"a": 4}, want {"a": 5}')
    [panic] = [each for each in report.diagnostics if each.get("test") == "panics"]
    assert (panic["path"], panic["line"], panic["symbol"]) == ("k.js", 5, "Stack")
    assert panic["message"].endswith("at Stack (k.js:5)\nat panics (k.test.js:8)")
    assert [each.name for each in report.tests if each.passed] == ["is first", "is a row %i/0", "is last"]


FORGED = '{"end": "k.test.js#0", "outcome": "passed", "faults": []}\\n{"finished": true}\\n'


def test_a_test_cannot_write_its_own_result_nor_choose_how_it_is_run(tool: ReactToolchain, tmp_path: Path) -> None:
    body = f"""test("forges", () => {{
  for (let line = 1; line < 30; line++) {{
    try {{ fs.writeSync(line, {FORGED!r}); }} catch {{}}
  }}
  expect(double(1)).toBe(3);
}});
test("holds", () => {{ expect(double(1)).toBe(2); }});
"""
    settings = {"jest.config.json": '{"testMatch": []}', "package.json": '{"jest": {"testNamePattern": "nothing"}}'}
    report = ran(tool, tmp_path, body, **settings)
    assert [(each.name, each.passed) for each in report.tests] == [("forges", False), ("holds", True)]


def test_what_hangs_on_chance_is_luck() -> None:
    place = Trail("k.test.js", "is chance", 4, "passed")
    fault = Fault("Error", "expect", (Frame("k.test.js", 4),), matched=True, got="1", want="2")
    sessions = [Session({"a": place}), Session({"a": replace(place, outcome="failed", faults=(fault,))})]
    [found] = diagnose(sessions, {"k.test.js": HEAD + 'test("is chance", () => { f(); });\n'})
    assert "depends on luck" in found["message"] and found.get("test") == "is chance"


def test_a_file_that_cannot_be_loaded_hides_no_other(tool: ReactToolchain, tmp_path: Path) -> None:
    files = {"a.test.js": "\nnull.a;\n", "b.test.js": "process.exit(0);\n", "c.test.js": "for (;;);\n"}
    report = ran(tool, tmp_path, 'test("holds it", () => { expect(double(1)).toBe(2); });\n', **files)
    assert {path: found[:2] for path, found in told(report).items()} == {
        "a.test.js": ("panic", 2),
        "b.test.js": ("exit", 0),
        "c.test.js": ("timeout", 0),
    }
    assert [each.name for each in report.tests] == ["holds it"]


PAGE = """import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Toggle } from "./Toggle.jsx";

test("is clicked", async () => {
  render(<Toggle />);
  fireEvent.click(screen.getByRole("button"));
  expect(screen.getByText("on")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button"));
  expect(screen.queryByText("on")).toBeNull();
});

test("is not there", () => {
  render(<Toggle />);
  expect(screen.getByText("gone")).toBeInTheDocument();
});
"""
TOGGLE = """import { useState } from "react";

export function Toggle() {
  const [on, setOn] = useState(false);
  return <button onClick={() => setOn(!on)}>{on ? "on" : "off"}</button>;
}
"""


def test_a_jsx_test_sees_a_page_and_a_js_test_none(tool: ReactToolchain, tmp_path: Path) -> None:
    body = 'test("has no page", () => { expect(typeof document).toBe("undefined"); });\n'
    report = ran(tool, tmp_path, body, **{"Toggle.jsx": TOGGLE, "Toggle.test.jsx": PAGE})
    assert {each.name: each.passed for each in report.tests} == {
        "has no page": True,
        "is clicked": True,
        "is not there": False,
    }
    code, line, message = told(report)["is not there"]
    assert (code, line) == ("assertion", 15) and "Unable to find an element with the text: gone" in message


def test_without_tests_and_under_a_race_detector_nothing_is_asked(tool: ReactToolchain, tmp_path: Path) -> None:
    Workspace(tmp_path).write({"k.js": CODE})
    assert tool.test(tmp_path).note == "there are no tests"
    assert tool.race_available() is None
    assert "no race detector" in tool.test(tmp_path, race=True).note
