"""Render oracles as acceptance tests: one test an oracle, which imports what it needs and so hides no other."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files as resources
from string import Template

from guild.spec.prose import unfolded
from guild.toolchains.react import calls
from guild.values import ANY_WANT, ERROR_WANT, Expect

FILE = "guild_acceptance.test.js"
_TEST = "acceptance "


def render(files: Mapping[str, str], numbered: Mapping[int, Expect]) -> dict[str, str]:
    """Return the acceptance tests of numbered oracles, path -> text."""
    if not numbered:
        return {}
    oracles = "\n\n".join(_test(number, expect, files) for number, expect in numbered.items())
    template = resources("guild.toolchains.react").joinpath("acceptance.tmpl").read_text("utf-8")
    return {FILE: Template(template).substitute(oracles=oracles)}


def title(number: int) -> str:
    """Return the title of an oracle's test."""
    return f"{_TEST}{number:02d}"


def _test(number: int, expect: Expect, files: Mapping[str, str]) -> str:
    where = f", line {expect['line']} of the Spec" if expect["line"] else ""
    wants = [want for want in expect["want"] if want not in (ANY_WANT, ERROR_WANT)]
    lines = [*calls.imports([expect["call"], *wants], files), *_body(expect)]
    body = "\n".join(f"  {line}" for line in lines)
    return f'// Oracle {number}{where}.\ntest("{title(number)}", async () => {{\n{body}\n}});'


def _body(expect: Expect) -> Iterator[str]:
    call, wants = unfolded(expect["call"]), [want.strip() for want in expect["want"]]
    what = json.dumps(call, ensure_ascii=False)
    if wants == [ERROR_WANT]:
        yield f"await acceptanceFails({what}, () => {call});"
    elif wants == [ANY_WANT]:
        yield f"await {call};"
    elif len(wants) == 1:
        yield f"acceptanceEqual({what}, await {call}, {wants[0]});"
    else:
        yield f"const got = await {call};"
        for index, want in enumerate(wants):
            label = json.dumps(f"{call}, result {index + 1}", ensure_ascii=False)
            if want == ERROR_WANT:
                yield f"acceptanceEqual({label}, got[{index}] instanceof Error, true);"
            elif want != ANY_WANT:
                yield f"acceptanceEqual({label}, got[{index}], {want});"
