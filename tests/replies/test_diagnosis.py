"""What a model says that is asked for a cause: read whatever it is dressed in, refused where a part means nothing."""

import pytest

from guild.errors import ReplyError
from guild.replies import suspicion

SOUND = {
    "an edit": ("Evidence: 1\nHypothesis: It triples.\nAction: edit", ((1,), "It triples.", "edit", "")),
    "dressed": (
        "**Evidence:** lines 1, 2\n- **Hypothesis**: no requests\n**Action:** `install requests`",
        ((1, 2), "no requests", "install", "requests"),
    ),
    "a command": (
        "Sure!\nEvidence: 2\nHypothesis: x\nAction: run `python -c 'print(1)'`",
        ((2,), "x", "run", "python -c 'print(1)'"),
    ),
    "the first counts": (
        "Evidence: 1\nHypothesis: one\nAction: edit\nHypothesis: two\nAction: install x",
        ((1,), "one", "edit", ""),
    ),
}
BROKEN = {
    "words alone": ("It triples. It has to double.", "without evidence, hypothesis, action"),
    "no evidence": ("Hypothesis: x\nAction: edit", "without evidence"),
    "a line that was not shown": ("Evidence: 3\nHypothesis: x\nAction: edit", "none of the 2 lines"),
    "no number": ("Evidence: the first\nHypothesis: x\nAction: edit", "none of the 2 lines"),
    "another action": ("Evidence: 1\nHypothesis: x\nAction: delete it", "no action"),
    "an address": ("Evidence: 1\nHypothesis: x\nAction: install git+https://x.org/a", "no name of a package"),
    "two packages": ("Evidence: 1\nHypothesis: x\nAction: install a b", "no name of a package"),
    "no command": ("Evidence: 1\nHypothesis: x\nAction: run", "no command"),
    "an open quote": ("Evidence: 1\nHypothesis: x\nAction: run python -c 'x", "no command"),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_diagnosis_is_read(name: str) -> None:
    reply, wanted = SOUND[name]
    assert suspicion(reply, 2) == wanted


@pytest.mark.parametrize("name", BROKEN)
def test_a_malformed_one_is_refused(name: str) -> None:
    reply, why = BROKEN[name]
    with pytest.raises(ReplyError, match=why):
        suspicion(reply, 2)
