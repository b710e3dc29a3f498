"""What tests show: that what is differs from what was, or that it does what they say."""

from collections.abc import Mapping

from guild.check import check
from guild.spec.prose import quoted
from guild.syntax import syntax_of
from guild.values import Plan
from guild.workshop import Workshop
from guild.workspace import temporary

TELLS_NOTHING = "passes without the change"


def tests_among(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files of tests."""
    return {path: text for path, text in files.items() if syntax_of(path).is_test(path)}


def to_be_changed(shop: Workshop, plan: Plan) -> dict[str, str]:
    """Return the code that the purposes of implementation files quote, path -> text."""
    tasks = [task for task in plan["tasks"] if task["role"] == "dev" and "quoting" not in shop.settings.without]
    return {task["path"]: text for task in tasks if (text := quoted(task["purpose"]))}


def tells_apart(shop: Workshop, files: Mapping[str, str], before: Mapping[str, str]) -> bool:
    """Tell whether the tests among files fail, or do not compile, on code as it was before."""
    with temporary() as place:
        place.write({**files, **before, **tests_among(files)})
        return not shop.toolchain.test(place.root).ok


def against(shop: Workshop, files: Mapping[str, str], plan: Plan, name: str) -> str:
    """Return what speaks against a test of what is there: it cannot fail, or something is not green with it."""
    if name in {each.rpartition(":")[2] for each in shop.toolchain.census(files).hollow}:
        return f"{name} cannot fail"
    verdict = check(files, plan, shop.toolchain)
    return "" if verdict["green"] else verdict["reason"]
