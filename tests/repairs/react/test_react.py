"""The family as a whole: what a model's usual answer becomes, and what no repair may do."""

import pytest

from guild.repairs import REGISTRY, names
from tests.repairs.react.subjects import COUNTER, SLUG, repaired, subject

TEST = """import React from 'react';
import { render, screen, fireEvent } from '@testing-library/react';
import '@testing-library/jest-dom';
import { Counter } from '../Counter';

function slugify(text) {
  return text;
}

test("shows one", () => {
  render(<Counter />);
  expect(await screen.findByText("1")).toBeInTheDocument();
  expect(slugify("a")).toBe("a");
});
"""
CODE = """const React = require('react');
const { slugify } = require('./slugs');

function Title(props: { text: string }) {
  const [shown] = useState(slugify(props.text));
  return <h1>{shown}</h1>;
}

module.exports = Title;

ReactDOM.render(<Title />, document.getElementById('root'));
"""
TITLE = """import { slugify } from "./slug.js";
import { useState } from "react";
function Title(props) {
  const [shown] = useState(slugify(props.text));
  return <h1>{shown}</h1>;
}
export { Title };
"""


def test_the_usual_test_becomes_a_test() -> None:
    result = repaired(TEST, "src/ui/Counter.test.jsx")
    assert result.fired == ("repeated", "waiting", "imports")
    lines = [line for line in result.text.splitlines() if line.startswith("import")]
    assert lines == [
        'import { render, screen } from "@testing-library/react";',
        'import Counter from "./Counter.jsx";',
        'import { slugify } from "../slug.js";',
    ]
    assert 'test("shows one", async () => {' in result.text and "function slugify" not in result.text


def test_the_usual_component_becomes_a_module() -> None:
    result = repaired(CODE, "src/Title.jsx")
    assert result.fired == ("types", "commonjs", "loose", "imports")
    assert result.text.replace("\n\n", "\n") == TITLE


@pytest.mark.parametrize("name", REGISTRY["react"].repairs)
@pytest.mark.parametrize("text", [SLUG, COUNTER.replace("default ", ""), 'import "node:fs";\n'])
def test_no_repair_fires_on_a_sound_file(name: str, text: str) -> None:
    assert REGISTRY["react"].repairs[name](subject(text)) == text


@pytest.mark.parametrize("name", REGISTRY["react"].repairs)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "export",
        "import",
        "}{",
        "function f(",
        "const {",
        "import {",
        "`",
        "export {",
        "\ud800",
        "const x = require(",
    ],
)
def test_no_repair_stumbles_over_broken_text(name: str, text: str) -> None:
    assert isinstance(REGISTRY["react"].repairs[name](subject(text)), str)


def test_all_can_be_left_out() -> None:
    assert repaired(CODE, "notes.txt").text == CODE
    mends = {"undefined"}
    assert set(names("react")) == mends | {*REGISTRY["react"].repairs}
