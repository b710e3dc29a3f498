"""Render oracles as acceptance tests: one function an oracle, each in the package that its call is about."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files as resources
from string import Template

from guild.spec.prose import unfolded
from guild.syntax import go as syntax
from guild.toolchains.go import calls
from guild.toolchains.go.layout import Package, packages
from guild.values import ANY_WANT, ERROR_WANT, Expect

FILE = "guild_acceptance_test.go"
ALONE = "acceptance"
"""Name of the package of acceptance tests that belong to no single package of the project."""
_OWN = ("errors", "fmt", "math", "reflect", "testing")
_FUNCTION = re.compile(r"^func (TestAcceptance(\d+))\(", re.M)


@dataclass(frozen=True)
class Home:
    """Where an oracle's test stands: a folder, the name of its package, whether calls are qualified by it."""

    folder: str
    package: str

    @property
    def path(self) -> str:
        """The path of the acceptance test below the root."""
        return FILE if self.folder == "." else f"{self.folder}/{FILE}"


def render(files: Mapping[str, str], numbered: Mapping[int, Expect]) -> dict[str, str]:
    """Return the acceptance tests of numbered oracles, path -> text."""
    known = packages(files)
    homes: dict[Home, dict[int, Expect]] = {}
    for number, expect in numbered.items():
        homes.setdefault(_home(expect, files, known), {})[number] = expect
    return {home.path: _file(home, inside, files, known) for home, inside in homes.items()}


def test_name(number: int) -> str:
    """Return the name of an oracle's test function."""
    return f"TestAcceptance{number:02d}"


def number_of(name: str) -> int:
    """Return the number of the oracle that a test function asks; 0 for a name that generated code made up."""
    number = name.removeprefix("TestAcceptance")
    return int(number) if number.isdecimal() else 0


def numbers_in(text: str) -> list[int]:
    """Return the numbers of the oracles in a rendered file."""
    return [int(number) for _, number in _FUNCTION.findall(text)]


def number_at(text: str, line: int) -> int:
    """Return the number of the oracle whose test holds a line of a rendered file; 0 for none."""
    found = numbers_in("\n".join(text.splitlines()[:line]))
    return found[-1] if found else 0


def _home(expect: Expect, files: Mapping[str, str], known: Sequence[Package]) -> Home:
    """Choose the package that declares what the call uses, else the root's, else the only one."""
    shipped = [package for package in known if package.sources]
    names = {use.name for use in calls.names(expect["call"]) if not use.member}
    declaring = [package for package in shipped if names & _declared(package, files)]
    at_root = [package for package in shipped if package.folder == "."]
    only = shipped if len(shipped) == 1 else []
    for package in (*declaring, *at_root, *only):
        return Home(package.folder, package.name)
    return Home(".", ALONE)


def _declared(package: Package, files: Mapping[str, str]) -> set[str]:
    return {found.name for path in package.sources for found in syntax.parse(files[path]).declarations}


def _file(home: Home, inside: Mapping[int, Expect], files: Mapping[str, str], known: Sequence[Package]) -> str:
    oracles = "\n".join(_function(number, expect, files) for number, expect in inside.items())
    imports = {path: "" for path in _OWN} | _imports(oracles, home, files, known)
    lines = [f'\t{alias} "{path}"'.replace("\t ", "\t") for path, alias in sorted(imports.items())]
    template = resources("guild.toolchains.go").joinpath("acceptance.tmpl").read_text("utf-8")
    return Template(template).substitute(package=home.package, imports="\n".join(lines), oracles=oracles)


def _imports(oracles: str, home: Home, files: Mapping[str, str], known: Sequence[Package]) -> dict[str, str]:
    """Return the packages that the oracles' expressions are qualified by, path -> alias."""
    siblings = [files[path] for package in known if package.folder == home.folder for path in package.sources]
    own = {package.name: package.import_path for package in known if package.folder != home.folder}
    found: dict[str, str] = {}
    for name, members in syntax.qualifiers(f"package p\n{oracles}", siblings).items():
        path = own.get(name) or syntax.standard_path(name, members)
        if path:
            found[path] = "" if syntax.package_name(path) == name else name
    return found


def _function(number: int, expect: Expect, files: Mapping[str, str]) -> str:
    where = f", line {expect['line']} of the Spec" if expect["line"] else ""
    body = "\n".join(f"\t{line}" for line in _body(expect, files))
    return f"// Oracle {number}{where}.\nfunc {test_name(number)}(t *testing.T) {{\n{body}\n}}\n"


def _body(expect: Expect, files: Mapping[str, str]) -> Iterator[str]:
    call, wants = expect["call"].strip(), [want.strip() for want in expect["want"]]
    what = json.dumps(unfolded(call), ensure_ascii=False)
    if wants == [ERROR_WANT]:
        callee = calls.callee(call, files)
        run = f"{call}; return nil" if callee.results == 0 else f"return acceptanceResults({call})"
        yield f"acceptanceFails(t, {what}, {str(callee.returns_error).lower()}, func() []any {{ {run} }})"
        return
    yield f"defer acceptancePanic(t, {what})"
    results = ", ".join("_" if want == ANY_WANT else f"g{index}" for index, want in enumerate(wants))
    yield f"{results} {'=' if set(wants) == {ANY_WANT} else ':='} {call}"
    for index, want in enumerate(wants):
        label = what if len(wants) == 1 else json.dumps(f"{json.loads(what)}, result {index + 1}", ensure_ascii=False)
        if want == ERROR_WANT:
            yield f"acceptanceError(t, {label}, g{index})"
        elif want != ANY_WANT:
            yield from (f"w{index} := g{index}", f"w{index} = {want}")
            yield f"acceptanceEqual(t, {label}, g{index}, w{index})"
