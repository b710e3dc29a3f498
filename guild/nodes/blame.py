"""Blame: which file a red Verdict points at, and how to ask for its change."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from guild.evidence import stated_want
from guild.excerpt import functions_in
from guild.nodes.revising import of_change
from guild.nodes.targets import UNTESTED, Target, named, writable
from guild.state import State
from guild.syntax import syntax_of
from guild.values import Diagnostic, Expect, OracleResult, rank
from guild.workshop import FLEET, Workshop

_MOST_TRIES = 2
_WORD = re.compile(r"\w+")


def pick(state: State, shop: Workshop) -> Target | None:
    """Return the likeliest change that was tried least since the Score last rose; None when all were tried enough."""
    tried = _tried(state)
    targets = _targets(state, shop)
    if not targets:
        return None
    target = min(targets, key=lambda each: tried[each.path, each.name, each.mode, each.speaker])
    again = tried[target.path, target.name, target.mode, target.speaker]
    return None if again >= _MOST_TRIES else replace(target, again=again)


def _tried(state: State) -> Counter[tuple[str, str, str, str]]:
    """Count the rounds on a path and a name, in a mode and by a speaker since the Score last rose or a person spoke."""
    spoken = max((said["rounds"] for said in state.get("said", []) if said["text"]), default=0)
    count: Counter[tuple[str, str, str, str]] = Counter()
    for entry in reversed(state.get("rounds", [])):
        after = entry["after"]
        if entry["number"] <= spoken:
            break
        if entry["kept"] and after is not None and rank(after) > rank(entry["before"]):
            break
        count[entry["path"], entry.get("name", ""), entry.get("mode", ""), entry.get("speaker", "")] += 1
    return count


def _targets(state: State, shop: Workshop) -> list[Target]:
    """Return what may be changed and how, the likeliest first; what does not compile comes before what disagrees."""
    mendable = [found for found in state["verdict"]["diagnostics"] if found.get("owner", "model") == "model"]
    asserted = tuple(found for found in mendable if found["stage"] == "test" and found["code"] not in UNTESTED)
    if state.get("before"):
        first = list(of_change(state, mendable, asserted))
        return [*first, *(replace(each, speaker=speaker) for speaker in _speakers(shop) for each in first)]
    first = list(named(state, [found for found in mendable if found not in asserted]))
    if asserted and not any(found["stage"] in ("parse", "build", "vet") for found in mendable):
        first += _disagreement(state, shop, asserted)
    first = first or [
        Target(path=path, mode="redraw", why="no file is blamed", diagnostics=tuple(mendable))
        for path in writable(state["plan"])
    ]
    if "strategy" in shop.settings.without:
        return first
    own = [*first, *_fallbacks(state, shop, first)]
    return [*own, *(replace(each, speaker=speaker) for speaker in _speakers(shop) for each in _spoken(first))]


def _speakers(shop: Workshop) -> Iterator[str]:
    """Give who else can be asked: roles with another model than the fixer's, then the fleet, the nearest first."""
    heard = {shop.model("fix").name}
    for role in ("dev", "test", "review"):
        if (name := shop.model(role).name) not in heard:
            heard.add(name)
            yield role
    yield from (f"{FLEET}{number}" for number in range(len(shop.fleet)))


def _spoken(first: Sequence[Target]) -> Iterator[Target]:
    """Give what another model is asked for: what was asked first, but for what independent drafts decide."""
    for each in first:
        yield replace(each, mode="mend", test="") if each.mode == "agree" else each


def _fallbacks(state: State, shop: Workshop, first: Sequence[Target]) -> Iterator[Target]:
    """Give what to do where the first idea on a file brought nothing: a smaller scope, a fresh draft, all in view."""
    likeliest: dict[str, Target] = {}
    for each in first:
        likeliest.setdefault(each.path, each)
    for mode in ("anew", "redraw", "whole"):
        for path, target in likeliest.items():
            taken = {each.mode for each in first if each.path == path}
            fits = _is_written_anew(state, shop, target) if mode == "anew" else mode == "redraw" or "mend" in taken
            if mode not in taken and fits:
                yield replace(target, mode=mode, test="")


def _disagreement(state: State, shop: Workshop, asserted: tuple[Diagnostic, ...]) -> Iterator[Target]:
    """Test and implementation disagree: what the user stated decides who is asked first.

    Code that fails what is stated says nothing of tests: it is put right before both sides are heard.
    """
    implementation = tuple(_implementations(state, asserted))
    tests = [task["path"] for task in state["plan"]["tasks"] if task["role"] == "test"]
    failing = [path for path in tests if any(found["path"] == path for found in asserted)]
    stated = _stated(state, shop)
    wrong = tuple(found for ok, found in stated if ok is False)
    asked = any(not _is_test(found["path"]) for found in asserted)
    told = any(found["code"] == "oracle" for found in asserted) or all(_spelt_out(state, found) for found in asserted)
    guilty = bool(wrong) or asked or told
    held = any(ok for ok, _ in stated) or any(oracle["ok"] for oracle in state["verdict"]["oracles"])
    why = "stated values fail" if guilty else "stated values hold" if held else "nothing is stated"
    mends = [Target(path=path, mode="mend", why=why, diagnostics=wrong or asserted) for path in implementation]
    anew = [replace(each, mode="anew") for each in mends[:1] if _is_written_anew(state, shop, each)]
    agree = [
        Target(path=path, mode="agree", why=why, diagnostics=asserted, test=test)
        for test in failing
        for path in implementation[:1]
        if "agreement" not in shop.settings.without and _is_comparable(state, test, asserted)
    ]
    if not agree:
        redraw = [Target(path=path, mode="redraw", why=why, diagnostics=asserted) for path in failing]
        yield from ([*redraw, *mends] if held and not guilty else [*mends, *redraw])
    elif guilty:
        yield from [*mends, *anew, *([] if wrong or told else agree)]
    else:
        yield from [*agree, *mends]


def _is_test(path: str) -> bool:
    return syntax_of(path).is_test(path)


def _is_written_anew(state: State, shop: Workshop, target: Target) -> bool:
    """Tell whether functions of a file are blamed that can be written anew."""
    if "strategy" in shop.settings.without or _is_test(target.path) or target.path not in state["files"]:
        return False
    return bool(functions_in(target.path, state["files"], target.diagnostics))


def _is_comparable(state: State, path: str, asserted: tuple[Diagnostic, ...]) -> bool:
    """Tell whether a test that failed in a file compares something, so that drafts can be heard on it."""
    failed = {found.get("test", "").split("/")[0] for found in asserted if found["path"] == path}
    return any(case.test in failed for case in syntax_of(path).cases(state["files"].get(path, "")))


def _spelt_out(state: State, found: Diagnostic) -> bool:
    """Tell whether the Spec states every case of the test that failed."""
    test = found.get("test", "").split("/")[0]
    cases = syntax_of(found["path"]).cases(state["files"].get(found["path"], ""))
    asked = [case for case in cases if case.test == test]
    return bool(asked) and all(stated_want(state["plan"], case) == case.want for case in asked)


def _implementations(state: State, asserted: tuple[Diagnostic, ...]) -> Iterator[str]:
    """Give the implementation files, those that the failing tests name most first."""
    words: list[str] = []
    for found in asserted:
        name = found.get("test", "").split("/")[0]
        text = state["files"].get(found["path"], "")
        declared = syntax_of(found["path"]).parse(text).declarations
        bodies = [each.text for each in declared if each.name == name]
        words += _WORD.findall(" ".join([*bodies, found["symbol"], found["message"]]))
    paths = [t["path"] for t in state["plan"]["tasks"] if t["role"] == "dev" and t["path"] in state["files"]]
    named = {
        path: sum(words.count(each.name.split(".")[-1]) for each in syntax_of(path).parse(text).declarations)
        for path in paths
        for text in [state["files"][path]]
    }
    yield from sorted(paths, key=lambda path: -named[path])


def _stated(state: State, shop: Workshop) -> list[tuple[bool | None, Diagnostic]]:
    """Return whether each value holds that the prose states, and what to say if it does not."""
    asked = zip(state["plan"]["stated"], state["verdict"]["stated"], strict=True)
    return [(result["ok"], _said(state, shop, oracle, result)) for oracle, result in asked]


def _said(state: State, shop: Workshop, expect: Expect, result: OracleResult) -> Diagnostic:
    subject = shop.toolchain.subject(state["files"], expect, result["message"])
    return Diagnostic(
        path=subject.path,
        line=0,
        column=0,
        symbol=subject.symbol,
        code="stated",
        message=result["message"],
        stage="test",
    )
