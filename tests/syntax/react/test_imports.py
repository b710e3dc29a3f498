"""The imports of a JavaScript text: read, written, added."""

import pytest

from guild.syntax.react.imports import Binding, added, is_import, statements
from guild.syntax.react.tree import tree


@pytest.mark.parametrize(
    "line",
    [
        'import "a";',
        'import R from "r";',
        'import R, { a, b as c } from "r";',
        'import * as Q from "q";',
        'import R, * as Q from "q";',
    ],
)
def test_a_statement_is_read_as_it_is_written(line: str) -> None:
    [(_, binding)] = statements(tree(line))
    assert binding.line == line


def test_a_long_list_stands_a_name_a_line() -> None:
    names = tuple((f"name{number}" * 2, f"name{number}" * 2) for number in range(9))
    assert Binding("a", names=names).line.startswith("import {\n  name0name0,\n")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('import { b } from "a";\nx();\n', 'import { b, a } from "a";\nx();\n'),
        ('import { a } from "a";\n', 'import { a } from "a";\n'),
        ('import { b as a } from "c";\n', 'import { b as a } from "c";\n'),
        ('import c from "c";\n\nx();\n', 'import c from "c";\nimport { a } from "a";\n\nx();\n'),
        ("#!/usr/bin/env node\nx();\n", '#!/usr/bin/env node\nimport { a } from "a";\n\nx();\n'),
        ("", 'import { a } from "a";\n'),
    ],
)
def test_what_is_missing_is_imported_once(text: str, wanted: str) -> None:
    binding = Binding("a", names=(("a", "a"),))
    assert added(text, [binding, binding]) == wanted


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ('import { a } from "b";', True),
        ("import {", True),
        ('import "a.css";', True),
        ("import this now", False),
        ("imports are needed", False),
        (' import "a";', False),
        ("const a = 1;", False),
        ("", False),
    ],
)
def test_a_line_is_an_import_or_prose(line: str, is_one: bool) -> None:
    assert is_import(line) is is_one
