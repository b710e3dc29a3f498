"""The Corpus: verified examples, of which a prompt shows the few that are most like its task."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from guild.retrieval.ranking import INDEXES, Index, Jaccard
from guild.settings import Likeness
from guild.syntax import syntax_for

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NEARLY_EQUAL = 0.8
"""The Jaccard index from which on two instructions are taken for the same."""
_WORDS = 8
"""Words from which on a text that stands in another one is no chance."""
_TEST = re.compile(r"^(?:func Test|\s*def test_)", re.M)
_FENCE = re.compile(r"^```(\w+)", re.M)
_UNFENCED = "go"
"""The language of a response without a fence."""


@dataclass(frozen=True, slots=True)
class Example:
    """A verified example: what was asked for, and the answer that the toolchain passed."""

    instruction: str
    response: str

    @property
    def tests(self) -> bool:
        """Whether the answer holds tests."""
        return _TEST.search(self.response) is not None

    @property
    def shown(self) -> str:
        """The example as a prompt shows it."""
        answer = self.response.strip()
        fenced = answer if "```" in answer else f"```{_UNFENCED}\n{answer}\n```"
        return f"Asked: {self.instruction.strip()}\n{fenced}\n\n"

    @property
    def fence(self) -> str:
        """The word behind the fence of the answer."""
        found = _FENCE.search(self.response)
        return found[1].lower() if found else _UNFENCED


def asked_for(description: str, path: str, purpose: str) -> str:
    """Return the instruction that a file's task amounts to, under which its example is kept."""
    return f"Write {path}: {purpose.strip()}\n\nThe project: {description.strip()}"


class Corpus:
    """Verified examples, indexed when they are first asked for."""

    def __init__(self, examples: Iterable[Example] = (), *, likeness: Likeness = "bm25") -> None:
        self.examples = tuple(dict.fromkeys(examples))
        self._likeness: Likeness = likeness

    def similar(self, query: str, *, tests: bool, most: int, room: int) -> list[Example]:
        """Return the examples most like a query that fit in `room` bytes together, those of its own kind first.

        `tests` says which kind is wanted. Of equal instructions one is taken, and none without a word of the query.
        """
        if not self.examples or most < 1:
            return []
        scores, taken = self._scores(query, tests=tests), list[Example]()
        while len(taken) < most:
            fitting = scores * (self._sizes <= room)
            best = int(fitting.argmax())
            if fitting[best] <= 0:
                break
            example, scores[best] = self.examples[best], 0
            if all(example.instruction != other.instruction for other in taken):
                taken.append(example)
                room -= int(self._sizes[best])
        return taken

    def of(self, language: str) -> "Corpus":
        """Return the Corpus of the examples in one language."""
        fences = syntax_for(language).fences
        kept = [example for example in self.examples if example.fence in fences]
        return self if len(kept) == len(self.examples) else Corpus(kept, likeness=self._likeness)

    def excluding(self, texts: Iterable[str]) -> "Corpus":
        """Return a Corpus without the examples whose instruction is, nearly is, or holds one of these texts."""
        if not self.examples:
            return self
        likeness = Jaccard([example.instruction for example in self.examples])
        flat = [_flat(example.instruction) for example in self.examples]
        dropped: set[int] = set()
        for text in map(_flat, texts):
            dropped.update((likeness.scores(text) >= _NEARLY_EQUAL).nonzero()[0].tolist())
            dropped.update(number for number, instruction in enumerate(flat) if _holds(instruction, text))
        kept = (example for number, example in enumerate(self.examples) if number not in dropped)
        return Corpus(kept, likeness=self._likeness)

    def _scores(self, query: str, *, tests: bool) -> "NDArray[np.float32]":
        """Score all examples, each of the wanted kind above each of the other."""
        import numpy as np

        scores = self._index.scores(query)
        return scores + np.sign(scores) * (self._tests == tests) * scores.max()

    @cached_property
    def _index(self) -> Index:
        return INDEXES[self._likeness]([example.instruction for example in self.examples])

    @cached_property
    def _sizes(self) -> "NDArray[np.int64]":
        import numpy as np

        return np.array([len(example.shown.encode()) for example in self.examples], np.int64)

    @cached_property
    def _tests(self) -> "NDArray[np.bool_]":
        import numpy as np

        return np.array([example.tests for example in self.examples], np.bool_)


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())


def _holds(one: str, other: str) -> bool:
    """Say whether texts are equal, or one holds the other whole and that is long enough to be no chance."""
    short, long = sorted((one, other), key=len)
    return one == other or (short.count(" ") >= _WORDS and short in long)
