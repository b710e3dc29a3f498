"""What stands where it may not, or twice: tests among the code, code among the tests, a name defined again."""

from collections import Counter

from guild.repairs.python.surroundings import PYTHON, is_test, modules
from guild.repairs.subject import Subject
from guild.syntax import Declaration, edited


def apply(subject: Subject) -> str:
    """Drop the copies, never all that there is: a file of copies alone is something else gone wrong."""
    declared = [found for found in PYTHON.parse(subject.text).declarations if found.kind in ("func", "type")]
    gone = [*_doubled(declared), *(_copies if is_test(subject.path) else _tests)(subject, declared)]
    if not gone or len({found.start for found in gone}) == len({found.start for found in declared}):
        return subject.text
    return edited(subject.text, [(found.start, found.end, "") for found in gone])


def _doubled(declared: list[Declaration]) -> list[Declaration]:
    """Return all but the last whole one of a name; tests that differ would lose a case, and stay."""
    counts = Counter(found.name for found in declared)
    stays = {found.name: found for found in declared} | {found.name: found for found in declared if not found.broken}
    doubled = [found for found in declared if counts[found.name] > 1 and found is not stays[found.name]]
    return [each for each in doubled if not _is_tester(each) or each.text.split() == stays[each.name].text.split()]


def _copies(subject: Subject, declared: list[Declaration]) -> list[Declaration]:
    """Return what a test file declares again of the code under test, which it would then test in its place."""
    theirs = {name for names in modules(subject).values() for name in names}
    return [found for found in declared if found.name in theirs and not _is_tester(found)]


def _tests(subject: Subject, declared: list[Declaration]) -> list[Declaration]:
    return [found for found in declared if _is_tester(found)]


def _is_tester(found: Declaration) -> bool:
    return found.kind == "func" and PYTHON.is_test_name(found.name)
