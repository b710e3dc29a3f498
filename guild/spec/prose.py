"""What the prose of a Spec says in so many words: the tests it names, the values of calls it states."""

import re
from collections.abc import Iterable, Iterator

_ATOM = r"""(?>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\])+'|-?\d\w*(?:\.\d\w*)?|(?:true|false|nil)\b)"""
_LIST = rf"(?:(?:\[\d*\]|map\[\w+\])+\w+\{{(?>[\s,:{{}}]|{_ATOM})*\}})"
_VALUE = rf"(?:{_LIST}|{_ATOM})"
_CALL = rf"(?<![\w.\]])[^\W\d]\w*\(\s*{_VALUE}(?:\s*,\s*{_VALUE})*\s*\)"
_SIGN = r"(?:==|=>|->|→|=(?!=)|(?P<word>(?:is|returns|equals|gives)\b))"
_STATEMENT = re.compile(rf"(?P<call>{_CALL})\s*{_SIGN}\s*(?P<value>{_VALUE})")
_ARROW = r"(?:->|→|=>|(?P<word>(?:into|becomes|gives|yields|returns)\b))"
_EXAMPLE = re.compile(rf"(?<![\w.(\[,{{=])(?P<given>{_VALUE})\s*{_ARROW}\s*(?P<value>{_VALUE})")
_DENIED = re.compile(
    r"\b(?:not|never|no|if|unless|wrong|wrongly|instead|rather|would|was)\b|n't\b|!\s*$|(?:\|\||\bor)\s*$", re.I
)
_REFUTED = re.compile(r"[^.;]{0,80}\b(?:wrong|incorrect|bug|mistake|fail)", re.I)
_GOES_ON = re.compile(rf"[\w(\[{{\"']|\.\w|\s*(?:[+*/%|^<>]|&(?!&)|-\s*\w|[!=]=|or\b)|\s*,\s*(?:{_ATOM}|[Ee]rr)")
_ENDS = re.compile(r"\s*(?:$|[.;:()`,]|and\b)")
_TOKEN = re.compile(rf"{_ATOM}|\s+|.", re.S)
_FENCED = re.compile(r"^[ \t]*```[^\n`]*\n(.*?)(?:^[ \t]*```[ \t]*$|\Z)|```[^\n`]*```", re.S | re.M)
_TEST = re.compile(r"\bTest[A-Z]\w*(?!\w|\*|…|\.\.)")


def quoted(purpose: str) -> str:
    """Return the code that a purpose quotes in a fence, the last where there are several: what is there already."""
    return next((code for code in reversed(_FENCED.findall(purpose)) if code), "")


def unquoted(purpose: str) -> str:
    """Return what a purpose says beside the code that it quotes."""
    return _FENCED.sub(" ", purpose)


def named_tests(purpose: str) -> list[str]:
    """Return each test function that a purpose names, in order; TestMain runs tests and is none."""
    return [name for name in dict.fromkeys(_TEST.findall(purpose)) if name != "TestMain"]


def statements(text: str) -> Iterator[tuple[str, str]]:
    """Yield each call of literals that a text states the literal value of, such as `GCD(8,15)=1`; when unsure, none."""
    for said in _STATEMENT.finditer(text):
        if _is_meant(text, said):
            yield bare(said["call"]), said["value"]


def examples(text: str) -> Iterator[tuple[str, str]]:
    """Yield each literal that a text says becomes another, such as `"ab" into "ba"`; when unsure, none."""
    for said in _EXAMPLE.finditer(text):
        if _is_meant(text, said):
            yield said["given"], said["value"]


def _is_meant(text: str, said: re.Match[str]) -> bool:
    """Tell whether a statement stands alone, neither denied before it nor refuted or gone on with behind it."""
    before = re.split(r"[.;:]\s|[;\n]", text[max(0, said.start() - 80) : said.start()])[-1]
    after = text[said.end() : said.end() + 100]
    ends = not said["word"] or _ENDS.match(after)
    return bool(ends) and not (_DENIED.search(before) or _GOES_ON.match(after) or _REFUTED.match(after))


def bare(expression: str) -> str:
    """Return an expression without the spaces that mean nothing, so that `F(1, 2)` is `F(1,2)`."""
    tokens = (token for token in _TOKEN.findall(expression))
    return "".join(token for token in tokens if not token.isspace())


def callee(call: str) -> str:
    """Return the name that a call begins with."""
    found = re.match(r"[^\W\d]\w*", call)
    return found[0] if found else ""


def mentions(text: str, symbol: str) -> bool:
    """Tell whether a text names a symbol as a word of its own."""
    return re.search(rf"(?<!\w){re.escape(symbol)}(?!\w)", text) is not None


def contradicted(said: Iterable[tuple[str, str]]) -> set[str]:
    """Return the calls that two different values are stated of."""
    values: dict[str, set[str]] = {}
    for call, value in said:
        values.setdefault(bare(call), set()).add(bare(value))
    return {call for call, found in values.items() if len(found) > 1}
