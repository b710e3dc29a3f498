"""A test that fails though its wanted values stand: its way there is told anew, as a draft tells it that passes."""

from collections import Counter
from collections.abc import Mapping, Sequence

from guild.syntax import syntax_of
from guild.toolchains import Toolchain
from guild.workspace import temporary


def retold(
    toolchain: Toolchain,
    files: Mapping[str, str],
    code: tuple[str, Sequence[str]],
    tests: tuple[str, Sequence[str]],
    failed: Sequence[str],
) -> str:
    """Return the first test with those that failed as another draft tells them; empty where none will do.

    It holds every case with the value that it wants, and passes on the first draft of the code and on most of them.
    """
    (path, drafts), (test_path, (first, *others)) = code, tests
    syntax = syntax_of(test_path)
    stands = Counter((case.test, case.call, case.want) for case in syntax.cases(first))
    for other in others:
        text = syntax.splice(first, other)
        if text == first or stands - Counter((case.test, case.call, case.want) for case in syntax.cases(text)):
            continue
        passes = [_passes(toolchain, {**files, path: draft, test_path: text}, failed) for draft in drafts]
        if passes[0] and 2 * sum(passes) > len(passes):
            return text
    return ""


def _passes(toolchain: Toolchain, files: Mapping[str, str], names: Sequence[str]) -> bool:
    """Tell whether each of the named tests is there and passes."""
    with temporary() as place:
        place.write(files)
        results = toolchain.test(place.root).tests
    passed = {each.name: each.passed for each in results}
    return all(passed.get(name, False) for name in names)
