import pytest

from guild.errors import ReplyError
from guild.replies import sketches

PLAN = '{"files": [{"path": " a.py ", "purpose": "p", "parts": [{"head": "f()", "does": "d", "why": 1}]}]}'


@pytest.mark.parametrize("reply", [PLAN, f"```json\n{PLAN}\n```", f"Sure!\n```\n{PLAN}\nThat is all {{}}", f"{PLAN}}}"])
def test_the_first_object_is_the_plan(reply: str) -> None:
    assert sketches(reply) == [{"path": "a.py", "purpose": "p", "parts": [{"head": "f()", "does": "d"}]}]


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ("", "no JSON"),
        ("I would write a.py.", "no JSON"),
        (PLAN[:-5], "is no JSON"),
        ('{"path": "a.py"}', "files: Field required"),
        ('{"files": [{"path": "a.py", "purpose": "p"}]}', "files.0.parts: Field required"),
        ('{"files": "a.py"}', "files: "),
        ("{" * 100_000, "is no JSON"),
    ],
)
def test_anything_else_is_refused(reply: str, why: str) -> None:
    with pytest.raises(ReplyError, match=why):
        sketches(reply)
