"""Who is wrong, a test or the code under it: independent drafts of both are run against each other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guild.syntax.go import edited, is_call
from guild.syntax.go.cases import Case, cases
from guild.syntax.go.writing import written
from guild.toolchains import Seen, Toolchain
from guild.values import Dispute


@dataclass(frozen=True, kw_only=True)
class Question:
    """One case of one test draft, and what each implementation answered; None where it gave no answer."""

    test: int
    case: Case
    asked: str
    """What tells it from other questions, whichever test asks it."""
    want: str
    answers: tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What a set of implementations and a set of tests agree on."""

    questions: tuple[Question, ...]
    agreed: Mapping[str, str]
    """What is asked -> the answer that most draws of both sides give; nothing where two have as many."""
    scores: tuple[int, ...]
    """Questions that each implementation answers as agreed."""

    def best(self) -> int:
        """Return the implementation that agrees most, the first of those that agree as much."""
        return max(range(len(self.scores)), key=lambda number: (self.scores[number], -number))

    def open(self, test: int) -> list[Question]:
        """Return the questions of a test on which as many draws say one thing as another."""
        return [each for each in self.questions if each.test == test and each.asked not in self.agreed]


def agreement(
    toolchain: Toolchain, files: Mapping[str, str], code: tuple[str, Sequence[str]], tests: tuple[str, Sequence[str]]
) -> Agreement:
    """Run every test draft on every draft of the code; `code` and `tests` are a path and the drafts of that file."""
    (path, drafts), (test_path, test_drafts) = code, tests
    questions: list[Question] = []
    for number, test in enumerate(test_drafts):
        seen = [toolchain.watch({**files, path: draft, test_path: test}, test_path) for draft in drafts]
        questions += _questions(number, test, seen)
    agreed = _agreed(questions)
    scores = [sum(each.answers[n] == agreed.get(each.asked, "") for each in questions) for n in range(len(drafts))]
    return Agreement(questions=tuple(questions), agreed=agreed, scores=tuple(scores))


def disputes(found: Agreement, test: int, text: str, path: str) -> list[Dispute]:
    """Return what the draws agree on against a test: each case, its value, and the value agreed on."""
    return [_dispute(each, path, _new(each, found, text), found) for each in _against(found, test)]


def corrected(text: str, found: Agreement, test: int) -> str:
    """Return a test with the wanted values that the draws agree on against it, where such a value can be written."""
    edits: list[tuple[int, int, str]] = []
    for each in _against(found, test):
        new, span = _new(each, found, text), each.case.span
        if new and span:
            edits.append((*span, _flipped(each.case, text[slice(*span)]) if each.case.truth else new))
    return edited(text, edits)


def _against(found: Agreement, test: int) -> list[Question]:
    return [
        each for each in found.questions if each.test == test and found.agreed.get(each.asked, each.want) != each.want
    ]


def _questions(number: int, test: str, seen: Sequence[Sequence[Seen] | None]) -> list[Question]:
    told = [_told(sight or ()) for sight in seen]
    all_cases = cases(test)
    wanted: dict[tuple[str, str], set[str]] = {}
    for case in all_cases:
        wanted.setdefault((case.test, case.call), set()).add(case.want)
    found: list[Question] = []
    for case in all_cases:
        sights = [each.get((case.check, case.row)) for each in told]
        alone = not case.closed or len(wanted[case.test, case.call]) > 1
        if any(sights):
            found.append(_question(number, case, sights, f" (draft {number}, check {case.check})" if alone else ""))
    return found


def _question(number: int, case: Case, sights: Sequence[Seen | None], place: str) -> Question:
    """Ask for the value where every draft shows one that can be compared, and for yes or no otherwise."""
    shown = [each for each in sights if each]
    asked = f"{case.call}{place}{case.row if place else ''}"
    if all(each.want and "0x" not in each.got + each.want for each in shown):
        answers = tuple(each and each.got for each in sights)
        return Question(test=number, case=case, asked=asked, want=shown[0].want, answers=answers)
    want = case.want or "as the row"
    answers = tuple(each and (_denied(want) if each.failed else want) for each in sights)
    about = "" if want in ("true", "false") else f" is {want.removeprefix('not ')}"
    return Question(test=number, case=case, asked=asked + about, want=want, answers=answers)


def _told(sight: Sequence[Seen]) -> dict[tuple[int, str], Seen]:
    """Return what each check saw; one that saw several things, in a loop, tells only whether any of them failed."""
    told: dict[tuple[int, str], Seen] = {}
    for each in sight:
        before = told.setdefault((each.check, each.row), each)
        if before != each:
            told[each.check, each.row] = Seen(each.check, each.row, before.failed or each.failed, "", "")
    return told


def _denied(want: str) -> str:
    opposite = {"true": "false", "false": "true"}
    return opposite.get(want) or (want.removeprefix("not ") if want.startswith("not ") else f"not {want}")


def _agreed(questions: Sequence[Question]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = {}
    heard = set[tuple[str, int]]()
    for each in questions:
        count = votes.setdefault(each.asked, Counter())
        count[each.want] += 1
        for number, answer in enumerate(each.answers):
            if answer is not None and (each.asked, number) not in heard:
                heard.add((each.asked, number))
                count[answer] += 1
    return {call: top for call, count in votes.items() if (top := _top(count))}


def _top(count: Counter[str]) -> str:
    (first, most), *rest = count.most_common(2)
    return first if most > 1 and (not rest or most > rest[0][1]) else ""


def _new(each: Question, found: Agreement, text: str) -> str:
    """Return the value agreed on as it is to be written in the test; nothing where it cannot be."""
    agreed = found.agreed[each.asked]
    if each.case.span is None or each.case.want.startswith("not ") or agreed.startswith("not "):
        return ""
    return agreed if each.case.truth else written(agreed, text, text[slice(*each.case.span)])


def _flipped(case: Case, condition: str) -> str:
    """Return the opposite of a condition; a case that wants the truth fails on a denial, which is taken off."""
    if case.want == "true":
        return condition.removeprefix("!")
    return f"!{condition}" if condition.isidentifier() or is_call(condition) else f"!({condition})"


def _dispute(each: Question, path: str, new: str, found: Agreement) -> Dispute:
    agreed, case = found.agreed[each.asked], each.case
    votes = sum(answer == agreed for answer in each.answers)
    why = f"{votes} of {len(each.answers)} independent drafts answer {agreed}"
    old = case.want or each.want
    return Dispute(file=path, line=case.line, test=case.test, case=case.call, old=old, new=new, why=why)
