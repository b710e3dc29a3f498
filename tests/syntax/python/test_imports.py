"""The imports of one Python text added to another's."""

import pytest

from guild.syntax.python.imports import is_import, merged
from guild.syntax.python.tree import tree


@pytest.mark.parametrize(
    ("text", "new", "wanted"),
    [
        ("import os\nx = 1\n", "import os\nimport re, os\n", "import os\nimport re\nx = 1\n"),
        (
            "from m import a\n",
            "from m import (\n    a,\n    b as c,\n)\nfrom m import b as c\n",
            "from m import a\nfrom m import b as c\n",
        ),
        (
            "from m import a\n",
            "from m import *\nfrom . import b, c\n",
            "from m import a\nfrom m import *\nfrom . import b, c\n",
        ),
        ("try:\n    import tomllib\nexcept E: ...\n", "import tomllib\n", "try:\n    import tomllib\nexcept E: ...\n"),
        (
            "import a  # why\n\n\ndef f():\n    import b\n",
            "import b\n",
            "import a  # why\nimport b\n\n\ndef f():\n    import b\n",
        ),
        ('"""D."""\nx = 1\n', "import a\n", '"""D."""\n\nimport a\nx = 1\n'),
        ("#!/bin/x\n# of f\ndef f(): ...\n", "import a\n", "#!/bin/x\nimport a\n\n\n# of f\ndef f(): ...\n"),
        ("import a\n", "from __future__ import annotations\n", "from __future__ import annotations\nimport a\n"),
        ("from __future__ import annotations\nimport a\n", "from __future__ import annotations\n", None),
        ("x = 1\n", "def f():\n    import a\n", None),
    ],
)
def test_what_is_missing_is_imported_once(text: str, new: str, wanted: str | None) -> None:
    assert merged(text, tree(new)) == (text if wanted is None else wanted)


def test_the_future_comes_before_what_else_is_new() -> None:
    result = merged('"""D."""\nx = 1\n', tree("import a\nfrom __future__ import annotations\n"))
    assert result == '"""D."""\n\nfrom __future__ import annotations\n\nimport a\nx = 1\n'


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("import json", True),
        ("import a.b as c, d  # e", True),
        ("from . import x", True),
        ("from a import (", True),
        ("from __future__ import x", True),
        ("import this now", False),
        ("from here on we go", False),
        (" import x", False),
        ("def f():", False),
        ("import a; f()", False),
        ("", False),
    ],
)
def test_a_line_is_an_import_or_prose(line: str, is_one: bool) -> None:
    assert is_import(line) is is_one
