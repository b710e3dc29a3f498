"""What is seen of the checks of a test file that is run by Jest."""

from guild.syntax import syntax_for
from guild.toolchains import Seen
from guild.toolchains.react import ReactToolchain

CODE = """export const double = (n) => 2 * n;

export const fail = () => {
  throw new RangeError("far");
};

export const later = async (n) => ({ n });
"""
TEST = """import { render, screen } from "@testing-library/react";
import { double, fail, later } from "./k.js";

test.each([[1, 2], [3, 7]])("doubles %i", (n, want) => {
  expect(double(n)).toBe(want);
});

test("more", async () => {
  for (const [n, want] of [[1, 2], [2, 5]]) {
    expect(double(n)).toBe(want);
  }
  expect(() => fail()).toThrow(RangeError);
  expect(() => double(1)).toThrow();
  expect(await later(1)).toEqual({ n: 2 });
  expect(fail()).toBe(1);
  expect(double(2)).not.toBe(4);
  await expect(later(1)).resolves.toEqual({ n: 1 });
});

test("a page", () => {
  render(<p>one</p>);
  expect(screen.getByText("one")).toBeInTheDocument();
  expect(screen.getByText("two")).toBeInTheDocument();
});
"""
SEEN = [
    Seen(0, "0", False, "2", "2"),
    Seen(0, "1", True, "6", "7"),
    Seen(1, "0", False, "2", "2"),
    Seen(1, "1", True, "4", "5"),
    Seen(2, "", False, "error", "error"),
    Seen(3, "", True, "no error", "error"),
    Seen(4, "", True, "{ n: 1 }", "{ n: 2 }"),
    Seen(5, "", True, "error", "1"),
    Seen(6, "", True, "", ""),
    Seen(7, "", False, "", ""),
    Seen(8, "", False, "", ""),
    Seen(9, "", True, "", ""),
]


def test_every_check_tells_what_it_saw_and_none_ends_its_test(tool: ReactToolchain) -> None:
    files = {"k.js": CODE, "k.test.jsx": TEST, "other.test.js": "import './nowhere.js';\n"}
    assert tool.watch(files, "k.test.jsx") == tuple(SEEN)
    cases = syntax_for("react").cases(TEST)
    assert [(case.check, case.row) for case in cases] == [(each.check, each.row) for each in SEEN]


def test_what_cannot_be_loaded_sees_nothing(tool: ReactToolchain) -> None:
    assert tool.watch({"k.test.js": 'import "./gone.js";\n\ntest("a b", () => {});\n'}, "k.test.js") is None
