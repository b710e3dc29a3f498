"""Blame in a project that is there: which types are said to lack something."""

import pytest

from guild.nodes.revising import types_lacking
from tests.nodes.samples import found

FILES = {
    "k.go": "package k\n\ntype Task struct{}\n\ntype stats int\n",
    "k_test.go": "package k\n\ntype Fake struct{}\n",
}


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("task.Rank undefined (type Task has no field or method Rank)", ["Task"]),
        ("task.Rank undefined (type *k.Task has no field or method Rank, but does have rank)", ["Task"]),
        ("unknown field Rank in struct literal of type Task", ["Task"]),
        ("'Task' object has no attribute 'rank'", ["Task"]),
        ("fake.Rank undefined (type Fake has no field or method Rank)", []),
        ("undefined: stats", []),
        ("cannot use stats(1) as Task value in argument to f", []),
    ],
)
def test_a_type_lacks_something_only_where_that_is_said_of_it(message: str, names: list[str]) -> None:
    assert [name for _, name in types_lacking(FILES, [found("k_test.go", message)])] == names
