"""What stands twice: code among the tests, which they would test in its place, and a name declared again."""

from guild.repairs.rust.surroundings import RUST, declared, is_test, library
from guild.repairs.subject import Subject
from guild.syntax import Declaration, Edit, edited
from guild.syntax.rust.source import each_test, item_start, type_of
from guild.syntax.rust.tree import IMPL, tree


def apply(subject: Subject) -> str:
    """Drop the copies, never all that there is: a file of copies alone is something else gone wrong."""
    found = [each for each in RUST.parse(subject.text).declarations if each.kind != "method"]
    gone: list[Edit] = [(each.start, each.end, "") for each in _doubled(found)]
    if is_test(subject.path):
        gone += _copies(subject, found)
    if {each.start for each in found} <= {start for start, _, _ in gone}:
        return subject.text
    return edited(subject.text, gone)


def _doubled(found: list[Declaration]) -> list[Declaration]:
    """Return what is word for word declared before."""
    seen: dict[str, Declaration] = {}
    return [each for each in found if seen.setdefault(each.text.strip(), each) is not each]


def _copies(subject: Subject, found: list[Declaration]) -> list[Edit]:
    """Return what a test file declares again of the code under test, the impls of its types too."""
    theirs = {name for text in library(subject).values() for name in declared(text)}
    parsed = tree(subject.text)
    tests = {name for name, _ in each_test(parsed)}
    gone: list[Edit] = [(each.start, each.end, "") for each in found if each.name in theirs - tests]
    for node in parsed.root.named_children:
        if node.type == IMPL and type_of(parsed, node) in theirs:
            gone.append((parsed.char(item_start(node).start_byte), parsed.char(node.end_byte), ""))
    return gone
