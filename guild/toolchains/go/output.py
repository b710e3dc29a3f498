"""Read what the go command prints about source code into diagnostics."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guild.process import Completed
from guild.syntax.go import parse
from guild.toolchains.go.layout import Package
from guild.values import Diagnostic, Stage, key

CODES: tuple[tuple[str, str], ...] = (
    ("unused-import", r'^"(?P<symbol>[^"]+)" imported(?: as \S+)? and not used'),
    ("unused-variable", r"^declared and not used: (?P<symbol>\w+)"),
    ("unused-variable", r"^(?P<symbol>\w+) declared (?:and|but) not used"),
    ("undefined", r"^undefined: (?P<symbol>[\w.]+)"),
    ("undefined", r"^function (?P<symbol>main) is undeclared"),
    ("unexported", r"^name (?P<symbol>\w+) not exported by package"),
    ("unexported", r"^(?P<symbol>[\w.]+) undefined \(cannot refer to unexported"),
    ("no-member", r"^(?P<symbol>\S+) undefined \(type "),
    ("unknown-field", r"^unknown field (?P<symbol>\w+) in struct"),
    ("redeclared", r"^(?P<symbol>[\w.]+) redeclared in this block"),
    ("redeclared", r"^method (?P<symbol>[\w.]+) already declared"),
    ("redeclared", r"^field and method with the same name (?P<symbol>\w+)"),
    ("redeclared", r"^no new variables on left side of :="),
    ("missing-return", r"^missing return"),
    ("import-cycle", r"^import cycle not allowed"),
    ("missing-package", r"^package (?P<symbol>\S+) is not in std"),
    ("missing-package", r"^cannot find module providing package (?P<symbol>[^\s:]+)"),
    ("missing-package", r"^no required module provides package (?P<symbol>[^\s;:]+)"),
    ("missing-package", r'^"?(?P<symbol>\.[^\s"]*)"? is relative, but relative import'),
    ("missing-package", r'^local import "(?P<symbol>[^"]+)"'),
    ("missing-package", r"^(?:import|could not import) (?P<symbol>\S+)"),
    ("mixed-packages", r"^found packages "),
    ("arguments", r"^(?:not enough|too many) arguments in call to (?P<symbol>[\w.]+)"),
    ("mismatch", r"^(?:not enough|too many) return values"),
    ("mismatch", r"^assignment mismatch"),
    ("mismatch", r"^(?:cannot (?:use|convert|assign|infer|range|call)|invalid operation|impossible|non-boolean)"),
    ("syntax", r"^(?:syntax error|expected |illegal |invalid character|non-declaration|imports must appear)"),
    ("syntax", r"^(?:newline in |string literal not|raw string|rune literal|comment not|more than one character)"),
)
_PATTERNS = tuple((code, re.compile(pattern)) for code, pattern in CODES)
_PLACE = re.compile(
    r"^(?:vet: )?(?P<path>[^\s:][^:\n]*\.(?:go|mod|sum|work|s)):(?P<line>\d+)(?::(?P<column>\d+))?:? (?P<text>.*)$"
)
_INNER_PLACE = re.compile(r"(?:\./)?([\w./-]+\.go):\d+(?::\d+)?")
_MIXED = re.compile(r"found packages .* in (?P<folder>.+)$")
_RING = re.compile(r"(?:package|imports) (\S+?)(?=[\s:;]|$)")
_NOISE = re.compile(
    r"^(?:go: (?:finding module|downloading|warning)|FAIL\b|ok\b|\?\s|no packages to vet|note: module requires)"
)
_MOD = re.compile(r"^go: (?P<text>.*go\.mod.*|.*go\.sum.*|cannot find main module.*|updates to go\.mod.*)$")


@dataclass(frozen=True)
class Origin:
    """What a printed path is read against: the project's root and its packages."""

    root: Path
    packages: Sequence[Package]
    edits: Mapping[str, str] = field(default_factory=dict[str, str])
    """What is laid over the files, path -> text."""

    def relative(self, path: str) -> str:
        """Return a printed path below the root; nothing when it lies outside.

        What vet found is cached with the path it had then: an equal file of ours below another root is ours.
        """
        whole = (self.root / path).resolve()
        if whole.is_relative_to(self.root.resolve()):
            return str(whole.relative_to(self.root.resolve()))
        ours = {each for package in self.packages for each in (*package.sources, *package.tests)}
        ends = ("/".join(whole.parts[start:]) for start in range(1, len(whole.parts)))
        return next((end for end in ends if end in ours), "")

    def main_file(self, import_path: str) -> str:
        """Return the file that answers for a package that a message names without a file."""
        heading = import_path.split(" ")[0]
        found = next((package for package in self.packages if package.import_path == heading), None)
        files = (*found.sources, *found.tests) if found else ()
        return next((path for path in files if path.endswith("main.go")), files[0] if files else "")

    def stranger(self, folder: str) -> str:
        """Return the file of a folder whose package clause differs from most others."""
        place = self.relative(folder)
        found = next((package for package in self.packages if package.folder == place), None)
        if found is None:
            return ""
        clauses = {path: self._clause(path) for path in (*found.sources, *found.tests)}
        names = list(clauses.values())
        usual = max(names, key=names.count) if names else ""
        return next((path for path in reversed(clauses) if clauses[path] != usual), "")

    def _clause(self, path: str) -> str:
        text = self.edits.get(path)
        name = parse((self.root / path).read_text("utf-8", "replace") if text is None else text).package
        return name.removesuffix("_test") if path.endswith("_test.go") else name


def read(text: str, origin: Origin, stage: Stage) -> list[Diagnostic]:
    """Return the diagnostics in what build, vet or list printed, without repetition."""
    return distinct(_statements(text.replace(f"{origin.root}/", ""), origin, stage))


def distinct(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics in the order of their places, each place and message once, the compiler's before vet's."""
    seen: dict[tuple[str, int, int], Diagnostic] = {}
    for each in sorted(diagnostics, key=lambda each: each["code"] == "vet"):
        seen.setdefault((key({**each, "code": ""}), each["line"], each["column"]), each)
    return sorted(seen.values(), key=lambda each: (each["path"], each["line"], each["column"]))


def never_mute(found: list[Diagnostic], done: Completed, stage: Stage) -> tuple[Diagnostic, ...]:
    """Return what was found, or one diagnostic for a failure that said nothing readable."""
    if found:
        return tuple(found)
    said = f"stopped at its limit of {done.stopped}" if done.stopped else (done.stderr or done.stdout).strip()[-400:]
    message = said or f"go ended with {done.returncode}"
    return (Diagnostic(path="go.mod", line=0, column=0, symbol="", code="other", message=message, stage=stage),)


def diagnostic(message: str, *, path: str, stage: Stage, place: tuple[int, int] = (0, 0), code: str = "") -> Diagnostic:
    """Make a diagnostic of one message, with the code and the symbol that its words give."""
    text = _INNER_PLACE.sub(r"\1", message.strip()).removesuffix("\n")
    text = re.sub(r" \(/\S+/src/\S+\)", "", text)
    found, symbol = classify(text)
    return Diagnostic(
        path=path, line=place[0], column=place[1], symbol=symbol, code=code or found, message=text, stage=stage
    )


def classify(message: str) -> tuple[str, str]:
    """Return the code of a compiler's message, and the symbol it is about where it names one."""
    for code, pattern in _PATTERNS:
        if match := pattern.search(message):
            return code, match.groupdict().get("symbol") or ""
    return "other", ""


def _statements(text: str, origin: Origin, stage: Stage) -> Iterator[Diagnostic]:
    """Take printed lines together: a heading names a package, an indented line goes on with the one before."""
    heading, pending = "", list[str]()
    for line in [*text.splitlines(), ""]:
        if line.startswith("\t") and pending:
            pending.append(line.strip())
            continue
        if pending:
            yield from _statement("; ".join(pending), heading, origin, stage)
        pending = []
        if line.startswith("# "):
            heading = line[2:].strip("[]")
        elif line.strip() and not _NOISE.match(line):
            pending = [line]


def _statement(line: str, heading: str, origin: Origin, stage: Stage) -> Iterator[Diagnostic]:
    """Read one statement of the go command, whatever its form."""
    if match := _PLACE.match(line):
        path = origin.relative(match["path"])
        suspect = stage == "vet" and not line.startswith("vet: ")
        message = match["text"]
        code = "go-mod" if path.endswith(("go.mod", "go.sum")) else ""
        if suspect and not code and classify(message)[0] == "other":
            code = "vet"
        yield diagnostic(
            message, path=path, stage=stage, place=(int(match["line"]), int(match["column"] or 0)), code=code
        )
    elif match := _MIXED.search(line):
        yield diagnostic(line.replace(str(origin.root), "."), path=origin.stranger(match["folder"]), stage=stage)
    elif match := _MOD.match(line):
        unsaid = "go.mod has no go directive" if match["text"].startswith("updating go.mod") else match["text"]
        if not unsaid.startswith("errors parsing"):
            yield diagnostic(unsaid, path="go.mod", stage=stage, code="go-mod")
    elif "import cycle not allowed" in line:
        ring = _RING.findall(line)
        message = f"import cycle not allowed: {' imports '.join(ring)}"
        yield diagnostic(message, path=origin.main_file(ring[0] if ring else ""), stage=stage)
    elif "undeclared in the main package" in line:
        message = line.partition(": ")[2] or line
        yield diagnostic(message, path=origin.main_file(heading), stage=stage)
    elif not line.startswith(("too many errors", "package ")):
        yield diagnostic(line, path=origin.main_file(heading), stage=stage)
