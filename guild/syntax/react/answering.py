"""A JavaScript test that waits for no error any more, where a value is what is wanted."""

from collections.abc import Mapping

from guild.syntax import edited
from guild.syntax.react.checks import checks
from guild.syntax.react.tree import FUNCTIONS, tree


def answering(text: str, wants: Mapping[int, str]) -> str:
    """Write `expect(() => CALL).toThrow()` as `expect(CALL).toEqual(VALUE)`, for the checks that are named."""
    parsed = tree(text)
    named = [check for check in checks(parsed) if check.kind == "raises" and check.number in wants]
    plain = [
        check
        for check in named
        if check.table is None and not check.waits and check.asked.parent and check.asked.parent.type in FUNCTIONS
    ]
    values = [(check, parsed.of(check.asked), wants[check.number] or "null") for check in plain]
    edits = [(*parsed.span(check.statement), f"expect({asked}).toEqual({value})") for check, asked, value in values]
    return edited(text, edits)
