"""Files to repair, beside a module that offers something."""

from guild.repairs import Repaired, Subject, repair

NUMKIT = "def gcd(a, b):\n    return a\n\n\nclass Box:\n    pass\n"


def subject(text: str, path: str = "app.py", **siblings: str) -> Subject:
    beside = {"numkit.py": NUMKIT, **{f"{name}.py": other for name, other in siblings.items()}}
    beside.pop(path, None)
    return Subject(path=path, text=text, package="", module="", siblings=beside)


def repaired(text: str, path: str = "app.py", **siblings: str) -> Repaired:
    return repair(subject(text, path, **siblings))
