"""Who is wrong, a test or the code under it: independent drafts of both are run against each other."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from guild.syntax import Case, Syntax, edited, syntax_of
from guild.toolchains import Seen, Toolchain
from guild.values import ERROR_WANT, Dispute

_SURE = 2
"""Votes by which an answer leads once nobody has to be asked any more."""

_NO_ERROR = "no error"
"""What is seen of a call that was to raise one, and did not."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One case of one test draft, and what each implementation answered; None where it gave no answer."""

    test: int
    case: Case
    asked: str
    """What tells it from other questions, whichever test asks it."""
    place: str
    """Where it is asked, if its words do not say all that is asked."""
    want: str
    answers: tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What a set of implementations and a set of tests agree on."""

    syntax: Syntax
    questions: tuple[Question, ...]
    votes: Mapping[str, Counter[str]]
    """What is asked -> how many drafts of code and tests give each answer."""
    agreed: Mapping[str, str]
    """What is asked -> the answer that is stated, else that most drafts give; nothing where two have as many."""
    unsure: frozenset[str]
    """What is asked where no answer leads by two: another draw may turn it."""
    scores: tuple[int, ...]
    """Questions that each implementation answers as agreed."""

    def best(self) -> int:
        """Return the implementation that agrees most, the first of those that agree as much."""
        return max(range(len(self.scores)), key=lambda number: (self.scores[number], -number))

    def open(self) -> list[Question]:
        """Return the questions worth another draw of the code: not clearly decided, or not answered as agreed."""
        best = self.best()
        unmet = (each.asked in self.agreed and each.answers[best] != self.agreed[each.asked] for each in self.questions)
        return [
            each for each, wanting in zip(self.questions, unmet, strict=True) if wanting or each.asked in self.unsure
        ]


def agreement(
    toolchain: Toolchain,
    files: Mapping[str, str],
    code: tuple[str, Sequence[str]],
    tests: tuple[str, Sequence[str]],
    stated: Callable[[Case], str] = lambda _: "",
) -> Agreement:
    """Run every test draft on every draft of the code; `code` and `tests` are a path and the drafts of that file.

    What is `stated` of a case outweighs all drafts.
    """
    (path, drafts), (test_path, test_drafts) = code, tests
    questions: list[Question] = []
    for number, test in enumerate(test_drafts):
        seen = [toolchain.watch({**files, path: draft, test_path: test}, test_path) for draft in drafts]
        questions += _questions(number, syntax_of(test_path).cases(test), seen)
    questions = _joined(questions)
    votes, settled = _votes(questions), _settled(questions, stated)
    agreed = {asked: top for asked, count in votes.items() if (top := _top(count))} | settled
    scores = [sum(each.answers[n] == agreed.get(each.asked, "") for each in questions) for n in range(len(drafts))]
    unsure = frozenset(asked for asked, count in votes.items() if asked not in settled and _lead(count) < _SURE)
    return Agreement(
        syntax=syntax_of(test_path),
        questions=tuple(questions),
        votes=votes,
        agreed=agreed,
        unsure=unsure,
        scores=tuple(scores),
    )


def disputes(found: Agreement, test: int, text: str, path: str) -> list[Dispute]:
    """Return what the draws agree on against a test: each case, its value, and the value agreed on."""
    return [_dispute(each, path, _new(each, found, text), found) for each in _against(found, test)]


def refuted(found: Agreement, test: int) -> list[Case]:
    """Return the cases of a test that wait for an error, where it is agreed that there is none."""
    against = [each for each in _against(found, test) if each.case.want == ERROR_WANT]
    return [each.case for each in against if found.agreed[each.asked] in (_NO_ERROR, _denied(ERROR_WANT))]


def corrected(text: str, found: Agreement, test: int) -> str:
    """Return a test with the wanted values that the draws agree on against it, where such a value can be written."""
    edits: list[tuple[int, int, str]] = []
    for each in _against(found, test):
        new, span = _new(each, found, text), each.case.span
        if new and span:
            edits.append((*span, found.syntax.denied(text[slice(*span)]) if each.case.truth else new))
    return edited(text, edits)


def _against(found: Agreement, test: int) -> list[Question]:
    return [
        each for each in found.questions if each.test == test and found.agreed.get(each.asked, each.want) != each.want
    ]


def _questions(number: int, cases: Sequence[Case], seen: Sequence[Sequence[Seen] | None]) -> list[Question]:
    told = [_told(sight or ()) for sight in seen]
    wanted: dict[tuple[str, str], set[str]] = {}
    for case in cases:
        wanted.setdefault((case.test, case.call), set()).add(case.want)
    found: list[Question] = []
    for case in cases:
        sights = [each.get((case.check, case.row)) for each in told]
        alone = not case.closed or len(wanted[case.test, case.call]) > 1
        if any(sights):
            found.append(_question(number, case, sights, f" (draft {number}, check {case.check})" if alone else ""))
    return found


def _joined(questions: Sequence[Question]) -> list[Question]:
    """Take for one what drafts of the same test ask once each in the same words, where the code answers all alike."""
    alike: dict[tuple[str, str], list[Question]] = {}
    for each in questions:
        alike.setdefault((each.case.test, each.case.call), []).append(each)
    joined = {
        key: f"{key[0]}: {key[1]}"
        for key, group in alike.items()
        if len({each.test for each in group}) == len(group) > 1 and len({each.answers for each in group}) == 1
    }
    return [
        replace(each, asked=joined.get((each.case.test, each.case.call), each.asked)) if each.place else each
        for each in questions
    ]


def _question(number: int, case: Case, sights: Sequence[Seen | None], place: str) -> Question:
    """Ask for the value where every draft shows one that can be compared, and for yes or no otherwise."""
    shown = [each for each in sights if each]
    asked = f"{case.call}{place}{case.row if place else ''}"
    if all(each.want and "0x" not in each.got + each.want for each in shown):
        answers = tuple(each and each.got for each in sights)
        return Question(test=number, case=case, asked=asked, place=place, want=shown[0].want, answers=answers)
    want = case.want or "as the row"
    answers = tuple(each and (_denied(want) if each.failed else want) for each in sights)
    about = "" if want in ("true", "false") else f" is {want.removeprefix('not ')}"
    return Question(test=number, case=case, asked=asked + about, place=place, want=want, answers=answers)


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


def _votes(questions: Sequence[Question]) -> dict[str, Counter[str]]:
    """Count the answers to what is asked: each test draft that asks it has a voice, and each draft of the code."""
    votes: dict[str, Counter[str]] = {}
    heard = set[tuple[str, int]]()
    for each in questions:
        count = votes.setdefault(each.asked, Counter())
        count[each.want] += 1
        for number, answer in enumerate(each.answers):
            if answer is not None and (each.asked, number) not in heard:
                heard.add((each.asked, number))
                count[answer] += 1
    return votes


def _settled(questions: Sequence[Question], stated: Callable[[Case], str]) -> dict[str, str]:
    """Return the answers that are stated: the test's own value as it was seen, where that is what is stated."""
    told = [(each, stated(each.case)) for each in questions]
    return {each.asked: each.want if value == each.case.want else value for each, value in reversed(told) if value}


def _top(count: Counter[str]) -> str:
    first, most = count.most_common(1)[0]
    return first if most > 1 and _lead(count) else ""


def _lead(count: Counter[str]) -> int:
    (_, most), *rest = count.most_common(2)
    return most - (rest[0][1] if rest else 0)


def _new(each: Question, found: Agreement, text: str) -> str:
    """Return the value agreed on as it is to be written in the test; nothing where it cannot be."""
    agreed = found.agreed[each.asked]
    if each.case.span is None or each.case.want.startswith("not ") or agreed.startswith("not "):
        return ""
    return agreed if each.case.truth else found.syntax.written(agreed, text, text[slice(*each.case.span)])


def _dispute(each: Question, path: str, new: str, found: Agreement) -> Dispute:
    agreed, case, votes = found.agreed[each.asked], each.case, found.votes[each.asked]
    outvoted = votes[agreed] > votes[each.want]
    why = f"{votes[agreed]} of {votes.total()} independent drafts say {agreed}" if outvoted else f"{agreed} is stated"
    old = case.want or each.want
    return Dispute(file=path, line=case.line, test=case.test, case=case.call, old=old, new=new, why=why)
