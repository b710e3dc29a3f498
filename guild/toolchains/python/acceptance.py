"""Render oracles as acceptance tests: one function an oracle, which imports what it needs and so hides no other."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files as resources
from string import Template

from guild.spec.prose import unfolded
from guild.toolchains.python import calls
from guild.values import ANY_WANT, ERROR_WANT, Expect

FILE = "guild_acceptance_test.py"
_TEST = "test_acceptance_"


def render(files: Mapping[str, str], numbered: Mapping[int, Expect]) -> dict[str, str]:
    """Return the acceptance tests of numbered oracles, path -> text."""
    if not numbered:
        return {}
    oracles = "\n\n\n".join(_function(number, expect, files) for number, expect in numbered.items())
    template = resources("guild.toolchains.python").joinpath("acceptance.tmpl").read_text("utf-8")
    return {FILE: Template(template).substitute(oracles=oracles)}


def test_name(number: int) -> str:
    """Return the name of an oracle's test function."""
    return f"{_TEST}{number:02d}"


def number_of(name: str) -> int:
    """Return the number of the oracle that a test function asks; 0 for another."""
    number = name.removeprefix(_TEST)
    return int(number) if number.isdecimal() else 0


def _function(number: int, expect: Expect, files: Mapping[str, str]) -> str:
    where = f", line {expect['line']} of the Spec" if expect["line"] else ""
    head = f'def {test_name(number)}():\n    """Oracle {number}{where}."""\n'
    wants = [want for want in expect["want"] if want not in (ANY_WANT, ERROR_WANT)]
    imports = [*calls.imports([expect["call"], *wants], files)]
    lines = [*imports, *([""] if imports else []), *_body(expect)]
    return head + "\n".join(f"    {line}".rstrip() for line in lines)


def _body(expect: Expect) -> Iterator[str]:
    call, wants = unfolded(expect["call"]), [want.strip() for want in expect["want"]]
    what = json.dumps(call, ensure_ascii=False)
    if wants == [ERROR_WANT]:
        yield f"acceptance_fails({what}, lambda: {call})"
    elif wants == [ANY_WANT]:
        yield call
    elif len(wants) == 1:
        yield f"acceptance_equal({what}, {call}, {wants[0]})"
    else:
        yield f"got = acceptance_results({what}, {call}, {len(wants)})"
        for index, want in enumerate(wants):
            label = json.dumps(f"{call}, result {index + 1}", ensure_ascii=False)
            if want == ERROR_WANT:
                yield f"assert isinstance(got[{index}], BaseException), {label} + ': got no exception, want one'"
            elif want != ANY_WANT:
                yield f"acceptance_equal({label}, got[{index}], {want})"
