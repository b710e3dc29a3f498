"""Two ways to rank texts by their likeness to a query: BM25, and the words that both have."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from guild.settings import Likeness

_WORD = re.compile(r"[a-z0-9]+")
_HUMPED = re.compile(r"\b\w*[a-z0-9][A-Z]\w*")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MOST_TERMS = 32
"""Terms of a query that BM25 looks up."""
_COMMON = 16
"""A word is common that one text in so many has."""


class Index(Protocol):
    """Texts, ready to be compared with queries."""

    def __init__(self, texts: Sequence[str]) -> None: ...

    def scores(self, query: str) -> NDArray[np.float32]:
        """Return how alike each text is to the query: 0 where nothing is shared."""
        ...


class Bm25:
    """Rare words that a text shares with the query count most, and more in a short text."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s
        from bm25s.stopwords import STOPWORDS_EN

        self._stop = frozenset(STOPWORDS_EN)
        self._count = len(texts)
        words = [self._terms(text) for text in texts]
        self._held = Counter(chain.from_iterable(map(set, words)))
        self._index: Any = None
        if any(words):
            self._index = bm25s.BM25()
            self._index.index(words, show_progress=False)

    def scores(self, query: str) -> NDArray[np.float32]:
        """Return the BM25 score of each text by the rarest terms of a query; the rest counts little and costs most."""
        import numpy as np

        terms = sorted(self._held.keys() & self._terms(query), key=lambda term: (self._held[term], term))
        return self._index.get_scores(terms[:_MOST_TERMS]) if terms else np.zeros(self._count, np.float32)

    def _terms(self, text: str) -> list[str]:
        """Return the words, and the parts of each name: `NewStore` is also a store."""
        parts = _HUMP.sub(" ", " ".join(_HUMPED.findall(text)))
        return [word for word in (*words_of(text), *words_of(parts)) if word not in self._stop]


class Jaccard:
    """The share of all their words that a text and the query have in common: 1 where they have the same."""

    def __init__(self, texts: Sequence[str]) -> None:
        import numpy as np

        holders: dict[str, list[int]] = {}
        sets = [set(words_of(text)) for text in texts]
        for number, words in enumerate(sets):
            for word in words:
                holders.setdefault(word, []).append(number)
        common = {word for word, numbers in holders.items() if len(numbers) * _COMMON > len(sets)}
        self._rare = {word: np.array(numbers) for word, numbers in holders.items() if word not in common}
        # Adding up whole columns is the faster way where most of a column is set.
        self._common = {word: np.bincount(holders[word], minlength=len(sets)).astype(np.uint8) for word in common}
        self._sizes = np.array([len(words) for words in sets], np.float32)

    def scores(self, query: str) -> NDArray[np.float32]:
        """Return the Jaccard index of each text."""
        import numpy as np

        words = set(words_of(query))
        shared = np.zeros(len(self._sizes), np.float32)
        for word in words & self._common.keys():
            shared += self._common[word]
        if held := [self._rare[word] for word in words & self._rare.keys()]:
            shared += np.bincount(np.concatenate(held), minlength=len(shared))
        return (shared / np.maximum(self._sizes + len(words) - shared, 1)).astype(np.float32, copy=False)


INDEXES: Mapping[Likeness, type[Index]] = {"bm25": Bm25, "jaccard": Jaccard}


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared: runs of letters and digits, in small letters."""
    return _WORD.findall(text.lower())


def ranked(texts: Sequence[str], query: str) -> list[int]:
    """Return the numbers of the texts, the one most like the query first, by BM25; equals keep their order."""
    scores = likenesses(texts, query)
    return sorted(range(len(texts)), key=lambda number: -scores[number])


def likenesses(texts: Sequence[str], query: str) -> list[float]:
    """Return how alike each text is to the query, by BM25."""
    return Bm25(texts).scores(query).tolist()
