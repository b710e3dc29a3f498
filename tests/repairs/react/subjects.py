"""Files to repair, beside modules that offer something."""

from guild.repairs import Repaired, Subject, repair

SLUG = "export function slugify(text) {\n  return text;\n}\n\nexport const LIMIT = 3;\n"
COUNTER = "export default function Counter() {\n  return <p>1</p>;\n}\n"


def subject(text: str, path: str = "src/app.js", **siblings: str) -> Subject:
    beside = {
        "src/slug.js": SLUG,
        "src/ui/Counter.jsx": COUNTER,
        **{f"src/{name}.js": t for name, t in siblings.items()},
    }
    beside.pop(path, None)
    return Subject(path=path, text=text, package="", module="", siblings=beside)


def repaired(text: str, path: str = "src/app.js", **siblings: str) -> Repaired:
    return repair(subject(text, path, **siblings))
