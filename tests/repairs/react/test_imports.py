"""Imports come from where their names lie, in the way in which they are offered."""

import pytest

from guild.repairs.react.imports import apply
from tests.repairs.react.subjects import subject


@pytest.mark.parametrize(
    ("imported", "body", "wanted"),
    [
        ('import { slugify } from "./slug";', "slugify(1);", ['import { slugify } from "./slug.js";']),
        ('import { slugify } from "../lib/slugs.js";', "slugify(1);", ['import { slugify } from "./slug.js";']),
        ('import slugify from "./slug.js";', "slugify(1);", ['import { slugify } from "./slug.js";']),
        ('import { Counter } from "./Counter";', "<Counter />;", ['import Counter from "./ui/Counter.jsx";']),
        ('import Count from "./ui/Counter.jsx";', "<Count />;", ['import Count from "./ui/Counter.jsx";']),
        ('import { slugify, gone } from "./slug.js";', "slugify(1);", ['import { slugify } from "./slug.js";']),
        ('import React, { useState } from "react";', "useState(1);", ['import { useState } from "react";']),
        ('import React from "react";', "React.memo(1);", ['import React from "react";']),
        ('import "./App.css";', "a();", []),
        ("", "slugify(LIMIT, <Counter />);", [
            'import { LIMIT, slugify } from "./slug.js";',
            'import Counter from "./ui/Counter.jsx";',
        ]),
        ("", "useMemo(() => fs.a);", ['import fs from "node:fs";', 'import { useMemo } from "react";']),
        ("", "const slugify = (useRef) => useRef;", []),
    ],
)  # fmt: skip
def test_imports_are_put_right(imported: str, body: str, wanted: list[str]) -> None:
    lines = apply(subject(f"{imported}\n\n{body}\n")).split("\n")
    assert sorted(line for line in lines if line.startswith("import")) == sorted(wanted)
    assert [line for line in lines if line and not line.startswith("import")] == [body]


def test_a_test_imports_what_renders() -> None:
    text = "userEvent.click(screen.getByText(1));\n"
    assert apply(subject(text)) == text
    lines = apply(subject(f'import {{ userEvent }} from "@testing-library/react";\n{text}', "src/a.test.jsx")).split(
        "\n"
    )
    assert sorted(line for line in lines if "import" in line) == [
        'import userEvent from "@testing-library/user-event";',
        'import { screen } from "@testing-library/react";',
    ]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('import * as slug from "./slug.js";\n\nslug.slugify(1);\n', "src/app.js"),
        ('import { a } from "elsewhere";\n\na();\n', "src/app.js"),
        ('import { slugify } from "./slug.js";\n\nexport const a = { slugify };\n', "src/app.js"),
        ('import path from "path";\n\npath.join(1);\n', "src/app.js"),
        ("somewhere(1);\n", "src/app.js"),
        ("const { useState } = React1;\nuseState(1);\n", "src/app.js"),
        ("import {\n", "src/app.js"),
    ],
)
def test_sound_imports_stay(text: str, path: str) -> None:
    assert apply(subject(text, path)) == text


def test_a_name_that_two_modules_offer_is_left_to_the_model() -> None:
    text = "slugify(1);\n"
    assert apply(subject(text, other="export const slugify = 1;\n")) == text
