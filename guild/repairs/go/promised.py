"""Types that nothing declares, though the Plan spells them out: they are written as they are spelled."""

import re
from collections.abc import Sequence

from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.values import Diagnostic

_TYPE = re.compile(r"type (\w+)")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Declare at the end of a file the types that it is to declare and only uses."""
    heads = {found[1]: head for head in subject.promised if (found := _TYPE.match(head))}
    wanted = dict.fromkeys(each["symbol"] for each in diagnostics if each["code"] == "undefined")
    text = "".join(f"\n\n{heads[name]}" for name in wanted if name in heads)
    end = len(subject.text.rstrip())
    return [(end, end, text)] if text else []
