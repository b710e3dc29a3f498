"""What a toolchain said last: equal files get an equal answer, so that nothing is compiled or run twice."""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from guild.workspace import Workspace

LAST = 64
"""Answers that are kept: a few rounds of a run."""


class Memory:
    """The last answers of one toolchain, shared by all who ask it."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, Any] = OrderedDict()
        self._lock = Lock()

    def recall(self, question: str, ask: Callable[[], Any]) -> Any:
        """Return the answer to a question that was asked lately, else ask."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                return self._answers[question]
        answer = ask()
        with self._lock:
            self._answers[question] = answer
            while len(self._answers) > LAST:
                self._answers.popitem(last=False)
        return answer


class Remembering(Protocol):
    """A toolchain with a memory."""

    memory: Memory


_Of = ParamSpec("_Of")
_Answer = TypeVar("_Answer")
_Tool = TypeVar("_Tool", bound=Remembering)


def remembered(
    method: Callable[Concatenate[_Tool, _Of], _Answer],
) -> Callable[Concatenate[_Tool, _Of], _Answer]:
    """Have a method that only reads asked once of equal arguments; a folder is the text files in it."""

    @wraps(method)
    def once(tool: _Tool, /, *of: _Of.args, **named: _Of.kwargs) -> _Answer:
        asked = method.__name__, [_told(each) for each in of], {name: _told(each) for name, each in named.items()}
        question = sha256(repr(asked).encode()).hexdigest()
        return tool.memory.recall(question, lambda: method(tool, *of, **named))

    return once


def _told(argument: object) -> object:
    return Workspace(argument).read() if isinstance(argument, Path) else argument
