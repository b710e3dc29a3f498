"""What resembles a task: verified examples of a corpus, declarations of a project; nothing of it asks a model."""

from guild.retrieval.corpus import Corpus, Example, asked_for
from guild.retrieval.harvest import harvest
from guild.retrieval.ranking import likenesses, ranked
from guild.retrieval.store import add_examples, open_corpus, read_examples

__all__ = [
    "Corpus",
    "Example",
    "add_examples",
    "asked_for",
    "harvest",
    "likenesses",
    "open_corpus",
    "ranked",
    "read_examples",
]
