"""Calls of the Printf kind: verbs, arguments and newlines that do not go together."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from guild.repairs.go.places import above, innermost
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import Tree, field, tree
from guild.values import Diagnostic

_FUNCTION = r"^(?P<function>\S+) "
_VERB = re.compile(r"%(?P<flags>[-+# 0]*)(?P<width>\d*)(?P<precision>\.\d*)?(?P<verb>.|$)", re.S)
_LITERALS = ("interpreted_string_literal", "raw_string_literal")
_OURS = ("(*testing.", "testing.")


@dataclass(frozen=True)
class _Call:
    """A call with a format in it: the literal, its verbs, and the arguments that they print."""

    parsed: Tree
    node: Node
    literal: Node
    arguments: list[Node]
    words: re.Match[str]
    """What vet said, taken apart."""

    @property
    def at(self) -> int:
        """Where the literal begins in the text."""
        return self.parsed.char(self.literal.start_byte)

    @property
    def verbs(self) -> list[re.Match[str]]:
        """The places in the literal that take an argument."""
        return [verb for verb in _VERB.finditer(self.parsed.of(self.literal)) if verb["verb"] not in ("%", "")]

    @property
    def is_simple(self) -> bool:
        """Whether the verbs take the arguments one after the other."""
        return not re.search(r"%[-+# 0]*[\[*]|\.\*", self.parsed.of(self.literal))

    def verb(self, verb: re.Match[str], new: str) -> Edit:
        """Replace a verb."""
        return self.at + verb.start(), self.at + verb.end(), new


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Print every argument by a verb that fits it, and no verb without an argument."""
    parsed = tree(subject.text)
    edits: dict[Edit, None] = {}
    for found in diagnostics:
        for pattern, answer in _ANSWERS:
            match = pattern.match(found["message"])
            call = _call(parsed, found, match) if match else None
            if call is not None and call.is_simple:
                edits |= dict.fromkeys(answer(call))
    return list(edits)


def _call(parsed: Tree, found: Diagnostic, words: re.Match[str]) -> _Call | None:
    """Find the call that a diagnostic is about: the next one out that bears the function's name."""
    name = words["function"].rpartition(".")[2]
    node = above(innermost(parsed, found), "call_expression")
    while node is not None and parsed.of(field(node, "function")).rpartition(".")[2] != name:
        node = above(node.parent, "call_expression") if node.parent is not None else None
    arguments = field(node, "arguments") if node is not None else None
    if node is None or arguments is None:
        return None
    given = arguments.named_children[1 if name.startswith(("Fprint", "Append")) else 0 :]
    return _Call(parsed, node, given[0], given[1:], words) if given else None


def _wrong_type(call: _Call) -> Iterator[Edit]:
    new = "s" if call.words["type"] == "string" else "v"
    for verb, argument in zip(call.verbs, call.arguments, strict=False):
        text = "".join(call.parsed.of(argument).split())
        if verb[0] == call.words["verb"] and text == "".join(call.words["argument"].split()):
            plain = verb["width"] if not verb["flags"].strip("-") else ""
            yield call.verb(verb, f"%{verb['flags'] if plain else ''}{plain}{new}")


def _unknown_verb(call: _Call) -> Iterator[Edit]:
    """A verb that nobody knows prints its argument, or is a percent sign where there is none for it."""
    wanted = len(call.verbs) == len(call.arguments)
    for verb in call.verbs:
        if verb[0] == call.words["verb"]:
            rest = "" if verb["verb"].isalpha() else verb["verb"]
            yield call.verb(verb, f"%v{rest}" if wanted else f"%{verb[0]}")


def _wrapping(call: _Call) -> Iterator[Edit]:
    return (call.verb(verb, "%v") for verb in call.verbs if verb["verb"] == "w")


def _no_verb(call: _Call) -> Iterator[Edit]:
    text = call.parsed.of(call.literal)
    if call.literal.type in _LITERALS and text.endswith("%" + text[-1]):
        end = call.at + len(text) - 1
        yield end, end, "%"


def _missing(call: _Call) -> Iterator[Edit]:
    """In what a test says of its failure, a verb without an argument is a text; elsewhere the argument is missed."""
    if call.words["function"].startswith(_OURS) and call.literal.type in _LITERALS:
        for verb in call.verbs[len(call.arguments) :]:
            yield call.verb(verb, f"%{verb[0]}")


def _surplus(call: _Call) -> Iterator[Edit]:
    text = call.parsed.of(call.literal)
    more = len(call.arguments) - len(call.verbs)
    if call.literal.type in _LITERALS and more > 0:
        tail = 3 if text.endswith('\\n"') else 1
        end = call.at + len(text) - tail
        yield end, end, " %v" * more


def _formatting(call: _Call) -> Iterator[Edit]:
    """Call the function that formats, in place of the one that only prints."""
    name = field(field(call.node, "function") or call.node, "field")
    tested = call.words["function"].startswith(_OURS)
    if name is None or call.literal.type not in _LITERALS or (len(call.verbs) != len(call.arguments) and not tested):
        return
    text = call.parsed.of(name)
    yield *call.parsed.span(name), f"{text.removesuffix('ln')}f"
    if text.endswith("ln") and call.literal.type == "interpreted_string_literal":
        end = call.parsed.char(call.literal.end_byte) - 1
        yield end, end, "\\n"


def _newline(call: _Call) -> Iterator[Edit]:
    last = [call.literal, *call.arguments][-1]
    if call.parsed.of(last).endswith('\\n"'):
        end = call.parsed.char(last.end_byte)
        yield end - 3, end - 1, ""


def _variable(call: _Call) -> Iterator[Edit]:
    if not call.arguments:
        yield call.at, call.at, '"%s", '


_ANSWERS: tuple[tuple[re.Pattern[str], Callable[[_Call], Iterator[Edit]]], ...] = tuple(
    (re.compile(pattern, re.S), answer)
    for pattern, answer in (
        (rf"{_FUNCTION}format (?P<verb>%\S+) has arg (?P<argument>.+) of wrong type (?P<type>.+)$", _wrong_type),
        (rf"{_FUNCTION}format (?P<verb>%.+) has unknown verb", _unknown_verb),
        (rf"{_FUNCTION}does not support error-wrapping directive", _wrapping),
        (rf"{_FUNCTION}format % is missing verb", _no_verb),
        (rf"{_FUNCTION}format %\S+ reads arg #\d+, but call has", _missing),
        (rf"{_FUNCTION}call (?:needs \d+ args? but has|has arguments but no formatting)", _surplus),
        (rf"{_FUNCTION}call has possible (?:Printf )?formatting directive", _formatting),
        (rf"{_FUNCTION}arg list ends with redundant newline", _newline),
        (r"^non-constant format string in call to (?P<function>\S+)$", _variable),
    )
)
