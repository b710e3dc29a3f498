"""What the prose of a Spec says in so many words: the tests it names, the values of calls it states."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_STRING = r"""(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\])+')"""
_NUMBER = r"-?\d\w*(?:\.\d\w*)?"
_ANY_ATOM = rf"(?>{_STRING}|{_NUMBER})"
_SIGN = r"(?:===?|=>|->|→|=(?!=)|(?P<word>(?:is|returns|equals|gives)\b))"
_ARROW = r"(?:->|→|=>|(?P<word>(?:into|becomes|gives|yields|returns)\b))"
_DENIED = re.compile(
    r"\b(?:not|never|no|if|unless|wrong|wrongly|instead|rather|would|was)\b|n't\b|!\s*$|(?:\|\||\bor)\s*$", re.I
)
_REFUTED = re.compile(r"[^.;]{0,80}\b(?:wrong|incorrect|bug|mistake|fail)", re.I)
_ENDS = re.compile(r"\s*(?:$|[.;:()`,]|and\b)")
_TOKEN = re.compile(rf"{_ANY_ATOM}|\s+|.", re.S)
_SMALL_WORDS = """
a an and at be build by for from i in into it its make me must of on or should so than that the their then they this to
want when where which who whose will with write
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_FENCED = re.compile(r"^[ \t]*```[^\n`]*\n(.*?)(?:^[ \t]*```[ \t]*$|\Z)|```[^\n`]*```", re.S | re.M)


@dataclass(frozen=True)
class _Words:
    """What prose looks like that speaks of a language."""

    test: re.Pattern[str]
    """The name of a test."""
    statement: re.Pattern[str]
    example: re.Pattern[str]
    goes_on: re.Pattern[str]
    """What stands behind a value that is but the beginning of an expression."""


def _words(test: str, atom: str, collection: str) -> _Words:
    value = rf"(?:{collection}|{atom})"
    call = rf"(?<![\w.\]])[^\W\d]\w*\(\s*{value}(?:\s*,\s*{value})*\s*\)"
    operators = r"\s*(?:[+*/%|^<>]|&(?!&)|-\s*\w|[!=]=|or\b)"
    return _Words(
        test=re.compile(rf"\b{test}(?!\w|\*|…|\.\.)"),
        statement=re.compile(rf"(?P<call>{call})\s*{_SIGN}\s*(?P<value>{value})"),
        example=re.compile(rf"(?<![\w.(\[,{{=])(?P<given>{value})\s*{_ARROW}\s*(?P<value>{value})"),
        goes_on=re.compile(rf"[\w(\[{{\"']|\.\w|{operators}|\s*,\s*(?:{atom}|[Ee]rr)"),
    )


def _nested(atom: str, depth: int, lead: str = "") -> str:
    """Return what lists, tuples, sets and dicts of atoms look like, so many deep, with what may stand before each."""
    item = rf"(?:{_nested(atom, depth - 1, lead)}|{atom})" if depth else atom
    return rf"(?:{lead}[\[({{]\s*(?:{item}(?:\s*[,:]\s*{item})*\s*,?)?\s*[\])}}])"


_GO_ATOM = rf"(?>{_STRING}|{_NUMBER}|(?:true|false|nil)\b)"
_PYTHON_ATOM = rf"(?>{_STRING}|''|{_NUMBER}|(?:True|False|None)\b)"
_RUST_ATOM = rf"(?>{_STRING}|{_NUMBER}|(?:true|false|None)\b)"
_REACT_ATOM = rf"(?>{_STRING}|''|{_NUMBER}|(?:true|false|null|undefined)\b)"
_WORDS = {
    "go": _words(r"Test[A-Z]\w*", _GO_ATOM, rf"(?:(?:\[\d*\]|map\[\w+\])+\w+\{{(?>[\s,:{{}}]|{_GO_ATOM})*\}})"),
    "python": _words(r"test_\w+(?!\w|\.py\b)", _PYTHON_ATOM, _nested(_PYTHON_ATOM, 2)),
    "rust": _words(r"test_\w+(?!\w|\.rs\b)", _RUST_ATOM, _nested(_RUST_ATOM, 2, r"(?:Some|Ok|Err|vec!|&)?")),
    "react": _words(r"[Tt]est \"([^\"\n]+)\"", _REACT_ATOM, _nested(_REACT_ATOM, 2)),
}


def keywords(text: str) -> list[str]:
    """Return the words of a text that say what it is about, in small letters."""
    return [word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in _SMALL]


def quoted(purpose: str) -> str:
    """Return the code that a purpose quotes in a fence, the last where there are several: what is there already."""
    return next((code for code in reversed(_FENCED.findall(purpose)) if code), "")


def unquoted(purpose: str) -> str:
    """Return what a purpose says beside the code that it quotes."""
    return _FENCED.sub(" ", purpose)


def named_tests(purpose: str, language: str) -> list[str]:
    """Return each test function that a purpose names, in order; Go's TestMain runs tests and is none."""
    return [name for name in dict.fromkeys(_WORDS[language].test.findall(purpose)) if name != "TestMain"]


def statements(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield each call of literals that a text states the literal value of, such as `GCD(8,15)=1`; when unsure, none."""
    words = _WORDS[language]
    for said in words.statement.finditer(text):
        if _is_meant(text, said, words):
            yield bare(said["call"]), said["value"]


def examples(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield each literal that a text says becomes another, such as `"ab" into "ba"`; when unsure, none."""
    words = _WORDS[language]
    for said in words.example.finditer(text):
        if _is_meant(text, said, words):
            yield said["given"], said["value"]


def _is_meant(text: str, said: re.Match[str], words: _Words) -> bool:
    """Tell whether a statement stands alone, neither denied before it nor refuted or gone on with behind it."""
    before = re.split(r"[.;:]\s|[;\n]", text[max(0, said.start() - 80) : said.start()])[-1]
    after = text[said.end() : said.end() + 100]
    ends = not said["word"] or _ENDS.match(after)
    return bool(ends) and not (_DENIED.search(before) or words.goes_on.match(after) or _REFUTED.match(after))


def bare(expression: str) -> str:
    """Return an expression without the spaces that mean nothing, so that `F(1, 2)` is `F(1,2)`."""
    tokens = (token for token in _TOKEN.findall(expression))
    return "".join(token for token in tokens if not token.isspace())


def unfolded(text: str) -> str:
    """Return a text in one line; the spaces within its lines stay, since they may be those of a literal."""
    return " ".join(line.strip() for line in text.strip().splitlines())


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
