"""What stands where it may not, or twice: tests among the code, code among the tests, a name declared again."""

from collections import Counter

from guild.repairs.react.surroundings import REACT, defaults, is_test, modules
from guild.repairs.subject import Subject
from guild.syntax import Declaration, edited
from guild.syntax.react.tests import HOOKS, test_names


def apply(subject: Subject) -> str:
    """Drop the copies, never all that there is: a file of copies alone is something else gone wrong."""
    titles = set(test_names(subject.text))
    declared = [found for found in REACT.parse(subject.text).declarations if found.kind in ("func", "type")]
    tests = [found for found in declared if found.name in titles]
    code = [found for found in declared if found.name not in titles]
    gone = [*_doubled(code), *_repeated(tests), *(_copies(subject, code) if is_test(subject.path) else tests)]
    if not gone or len({found.start for found in gone}) == len({found.start for found in declared}):
        return subject.text
    return edited(subject.text, [(found.start, found.end, "") for found in gone])


def _doubled(declared: list[Declaration]) -> list[Declaration]:
    """Return all but the last whole one of a name."""
    stays = {found.name: found for found in declared} | {found.name: found for found in declared if not found.broken}
    return [found for found in declared if found is not stays[found.name]]


def _repeated(tests: list[Declaration]) -> list[Declaration]:
    """Return the tests that another one says word for word; those that differ would lose a case, and stay."""
    seen = Counter[str]()
    gone: list[Declaration] = []
    for found in tests:
        words = " ".join(found.text.split())
        gone += [found] if seen[words] else []
        seen[words] += 1
    return gone


def _copies(subject: Subject, declared: list[Declaration]) -> list[Declaration]:
    """Return what a test file declares again of the code under test, which it would then test in its place."""
    theirs = {name for names in modules(subject).values() for name in names} | {*defaults(subject).values()}
    return [found for found in declared if found.name in theirs and found.name not in HOOKS]
