"""The habits of the house, as checks that are each seen to fail on a planted fault."""

import ast
import io
import re
import shutil
import statistics
import subprocess
import sys
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import guild.errors

ROOT = Path(__file__).parent.parent
MOST_LINES, MOST_FUNCTION_LINES, MOST_P90, MOST_PARAMETERS, LONGEST_TEXT = 250, 40, 25, 5, 200
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
GUEST = "guild/sandbox/prober.py"
"""A script of its own that runs inside a sandbox, out of reach of the rest: nobody may import it."""
OWNERS: dict[str, tuple[str, ...]] = {
    "subprocess": ("guild/process.py", GUEST),
    "guild.sandbox.prober": (),
    "typer": ("guild/cli/",),
    "rich": ("guild/cli/", "guild/report/"),
    "langgraph.graph": ("guild/graph.py", "guild/forward/"),
}
DOORS: dict[str, tuple[str, ...]] = {
    "os.environ": ("guild/settings.py", GUEST),
    "os.getenv": ("guild/settings.py",),
    "os.system": ("guild/process.py",),
    "os.popen": ("guild/process.py",),
}
WRITERS = (
    *("guild/workspace.py", "guild/records.py", "guild/checkpoint.py", "guild/models/sources.py"),
    "guild/cgroups.py",
)
"""Project files, a run's records, its database, the cache of weights; control groups, which are on no disk."""
WRITES = {"write_text", "write_bytes", "copyfile", "copytree"}


class Module(NamedTuple):
    """A source file to check."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


Check = Callable[[Module], Iterator[str]]


def sources(folder: str) -> list[Module]:
    return [Module(str(path.relative_to(ROOT)), path.read_text()) for path in sorted((ROOT / folder).rglob("*.py"))]


def functions(module: Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give each name that is imported, `from a import b` as `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def short_files(module: Module) -> Iterator[str]:
    if len(module.text.splitlines()) > MOST_LINES:
        yield f"{module.path}: {len(module.text.splitlines())} lines"


def short_functions(module: Module) -> Iterator[str]:
    for function in functions(module):
        if length(function) > MOST_FUNCTION_LINES:
            yield f"{module.path}:{function.lineno}: {function.name} has {length(function)} lines"


def few_parameters(module: Module) -> Iterator[str]:
    if module.path.startswith("guild/cli/"):
        return
    for function in functions(module):
        given = function.args
        names = [argument.arg for argument in [*given.posonlyargs, *given.args, *given.kwonlyargs]]
        count = len([name for name in names if name not in ("self", "cls")])
        if count > MOST_PARAMETERS:
            yield f"{module.path}:{function.lineno}: {function.name} takes {count} parameters"


def telling_names(module: Module) -> Iterator[str]:
    vague = VAGUE.intersection(part.strip("_") for part in Path(module.path).with_suffix("").parts)
    if vague:
        yield f"{module.path}: {', '.join(vague)} says nothing"


def module_docstrings(module: Module) -> Iterator[str]:
    if not ast.get_docstring(module.tree):
        yield f"{module.path}: says not what it is for"


def owned_imports(module: Module) -> Iterator[str]:
    for line, name in imported(module.tree):
        for owned, owners in OWNERS.items():
            if f"{name}.".startswith(f"{owned}.") and not module.path.startswith(owners):
                yield f"{module.path}:{line}: imports {name}"


def doors(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = f"{node.value.id}.{node.attr}"
            if name in DOORS and not module.path.startswith(DOORS[name]):
                yield f"{module.path}:{node.lineno}: {name}"
    for line, name in imported(module.tree):
        if name in DOORS and not module.path.startswith(DOORS[name]):
            yield f"{module.path}:{line}: {name}"


def opens_to_write(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    values = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    modes = [value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)]
    return name == "open" and any(re.fullmatch(r"[rwaxbt+]*[wax+][rwaxbt+]*", mode) for mode in modes)


def few_writers(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or module.path.startswith(WRITERS):
            continue
        if opens_to_write(node) or (isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
            yield f"{module.path}:{node.lineno}: writes to disk"


def narrow_excepts(module: Module) -> Iterator[str]:
    """What passes on what it caught, after tidying up, may catch anything."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ExceptHandler) or module.path.startswith("guild/cli/"):
            continue
        caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else {"Exception"}
        passed_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
        if "Exception" in caught or ("BaseException" in caught and not passed_on):
            yield f"{module.path}:{node.lineno}: catches anything"


def no_prompts_in_code(module: Module) -> Iterator[str]:
    """Long prose belongs in a file; a long list of words is data."""
    tree = module.tree
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in documentation:
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            text = "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
            if len(text) > LONGEST_TEXT and re.search(r"[.,:;!?](\s|$)", text):
                yield f"{module.path}:{node.lineno}: a text of {len(text)} characters"


def telling_comments(module: Module) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type == tokenize.COMMENT and re.search(
            r"[-=#*~]{4,}|\b(TODO|FIXME|XXX)\b|^#\s*\d+[.)]\s", token.string
        ):
            yield f"{module.path}:{token.start[0]}: {token.string}"


def real_world(module: Module) -> Iterator[str]:
    """Fake the model, never the world."""
    for line, name in imported(module.tree):
        if f"{name}.".startswith(("unittest.mock.", "mock.", "pytest_mock.")):
            yield f"{module.path}:{line}: imports {name}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("setattr", "delattr"):
            yield f"{module.path}:{node.lineno}: replaces code"


HOUSE: list[Check] = [
    short_files,
    short_functions,
    few_parameters,
    telling_names,
    module_docstrings,
    owned_imports,
    doors,
    few_writers,
    narrow_excepts,
    no_prompts_in_code,
    telling_comments,
]


@pytest.mark.parametrize("check", HOUSE)
def test_the_house_keeps_its_habits(check: Check) -> None:
    assert [fault for module in sources("guild") for fault in check(module)] == []


def test_tests_fake_the_model_alone() -> None:
    assert [fault for module in sources("tests") for fault in real_world(module)] == []


def p90(modules: list[Module]) -> float:
    return statistics.quantiles([length(each) for module in modules for each in functions(module)], n=10)[-1]


def test_the_tail_of_function_lengths_is_bound() -> None:
    assert p90(sources("guild")) <= MOST_P90


PLANTED: list[tuple[Check, str, str]] = [
    (short_files, "guild/x.py", "x = 1\n" * 251),
    (short_functions, "guild/x.py", "def f():\n" + "    x = 1\n" * 40),
    (short_functions, "guild/x.py", "class A:\n    async def f(self):\n" + "        x = 1\n" * 40),
    (few_parameters, "guild/x.py", "def f(self, a, b, c, *, d, e, f): ..."),
    (telling_names, "guild/go/utils.py", ""),
    (telling_names, "guild/common/go.py", ""),
    (module_docstrings, "guild/x.py", "x = 1"),
    (owned_imports, "guild/x.py", "def f():\n    import subprocess"),
    (owned_imports, "guild/sandbox/x.py", "from subprocess import run"),
    (owned_imports, "guild/toolchains/go/x.py", "from guild.sandbox import prober"),
    (owned_imports, "guild/build.py", "import typer.testing"),
    (owned_imports, "guild/runs.py", "from rich.text import Text"),
    (owned_imports, "guild/nodes/x.py", "from langgraph.graph import StateGraph"),
    (owned_imports, "guild/nodes/x.py", "from langgraph import graph"),
    (doors, "guild/build.py", "import os\nos.environ['A']"),
    (doors, "guild/build.py", "from os import environ"),
    (doors, "guild/build.py", "import os\nos.getenv('A')"),
    (doors, "guild/settings.py", "import os\nos.system('ls')"),
    (few_writers, "guild/nodes/x.py", "path.write_text('')"),
    (few_writers, "guild/nodes/x.py", "open(path, 'w')"),
    (few_writers, "guild/nodes/x.py", "path.open(mode='ab')"),
    (few_writers, "guild/nodes/x.py", "shutil.copyfile(a, b)"),
    (narrow_excepts, "guild/x.py", "try: ...\nexcept Exception: raise"),
    (narrow_excepts, "guild/x.py", "try: ...\nexcept (OSError, Exception) as e: ..."),
    (narrow_excepts, "guild/x.py", "try: ...\nexcept: ..."),
    (narrow_excepts, "guild/x.py", "try: ...\nexcept BaseException: ..."),
    (no_prompts_in_code, "guild/x.py", f"x = '{'Write Go. ' * 21}'"),
    (no_prompts_in_code, "guild/x.py", f"x = f'{'Write Go. ' * 15}{{z}}{'Write Go. ' * 6}'"),
    (no_prompts_in_code, "guild/x.py", f"x = ('{'Write Go. ' * 15}'\n     '{'Write Go. ' * 6}')"),
    (telling_comments, "guild/x.py", "x = 1  # TODO: more"),
    (telling_comments, "guild/x.py", "# ---- values ----"),
    (telling_comments, "guild/x.py", "# 1. first of all"),
    (real_world, "tests/x.py", "from unittest.mock import patch"),
    (real_world, "tests/x.py", "def test(monkeypatch): monkeypatch.setattr(a, 'b', c)"),
]

INNOCENT: list[tuple[Check, str, str]] = [
    (few_parameters, "guild/x.py", "def f(self, a, b, c, *, d, e, **f): ..."),
    (few_parameters, "guild/cli/x.py", "def f(a, b, c, d, e, f): ..."),
    (owned_imports, "guild/process.py", "import subprocess"),
    (owned_imports, "guild/x.py", "from langgraph.types import Command\nimport richer"),
    (few_writers, "guild/x.py", "path.open('rb')\nopen_model('wax')\npath.open()"),
    (narrow_excepts, "guild/cli/x.py", "try: ...\nexcept Exception: ..."),
    (narrow_excepts, "guild/x.py", "try: ...\nexcept BaseException:\n    close()\n    raise"),
    (no_prompts_in_code, "guild/x.py", f'class A:\n    """{"y" * 300}"""\n    b: int\n    """{"y" * 300}"""'),
    (no_prompts_in_code, "guild/x.py", f"x = '{'archive/tar bufio ' * 20}'"),
]


@pytest.mark.parametrize(("check", "path", "text"), PLANTED)
def test_each_check_catches_its_fault(check: Check, path: str, text: str) -> None:
    assert list(check(Module(path, text)))


@pytest.mark.parametrize(("check", "path", "text"), INNOCENT)
def test_no_check_blames_the_innocent(check: Check, path: str, text: str) -> None:
    assert list(check(Module(path, text))) == []


def test_the_bound_on_the_tail_can_be_passed() -> None:
    long = "".join(f"def f{number}():\n" + "    x = 1\n" * 30 for number in range(4))
    short = "".join(f"def g{number}(): ...\n" for number in range(10))
    assert p90([Module("guild/x.py", short)]) <= MOST_P90 < p90([Module("guild/x.py", short + long)])


def drawn_tree(docstring: str) -> dict[str, str]:
    """Return class -> parent of a tree that is drawn in a docstring."""
    tree: dict[str, str] = {}
    above: dict[int, str] = {}
    for line in docstring.splitlines():
        found = re.match(r"^((?:[│ ]   )*(?:[├└]── )?)(\w+)(?: {2,}|$)", line)
        if found:
            depth = len(found[1]) // 4
            above[depth] = found[2]
            tree[found[2]] = above.get(depth - 1, "Exception")
    return tree


def class_tree(text: str) -> dict[str, str]:
    classes = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
    return {node.name: ast.unparse(node.bases[0]) for node in classes}


def test_the_error_tree_is_drawn_as_it_grows() -> None:
    text = (ROOT / "guild/errors.py").read_text()
    drawn = drawn_tree(guild.errors.__doc__ or "")
    assert drawn == class_tree(text)
    assert drawn != class_tree(text + "\n\nclass Forgotten(GuildError): ...\n")
    assert drawn != class_tree(text.replace("class RunLocked(RunError)", "class RunLocked(UserError)"))


WATCHED = """
import sys
seen = []
def watch(event, arguments):
    writing = event == "open" and isinstance(arguments[2], int) and arguments[2] & 0o1103
    if writing or event in ("os.mkdir", "os.rename", "os.remove", "socket.connect", "subprocess.Popen"):
        seen.append((event, *map(str, arguments)))
sys.addaudithook(watch)
{program}
sys.exit("\\n".join(map(str, seen)) or None)
"""
IMPORTS = """
import importlib, pkgutil
import guild
for module in pkgutil.walk_packages(guild.__path__, "guild."):
    importlib.import_module(module.name)
"""


LIGHT = """
import guild, guild.build, guild.cli.app
seen += {"langchain_openai", "openai", "xllamacpp", "huggingface_hub"}.intersection(sys.modules)
"""


def imports_quietly(program: str, folder: Path) -> str:
    """Return what a program said, or did to the disk or the network, in an empty environment."""
    done = subprocess.run(
        [sys.executable, "-B", "-c", WATCHED.format(program=program)],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr + "".join(str(path) for path in folder.iterdir())


def test_importing_touches_no_disk_and_prints_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir(mode=0o555)
    assert imports_quietly(IMPORTS, folder) == ""
    assert imports_quietly(LIGHT, folder) == ""


@pytest.mark.parametrize(
    "fault",
    [
        "import openai" + LIGHT,
        "print('guild')",
        "open('x', 'w')",
        "import os; os.open('x', os.O_CREAT | os.O_WRONLY)",
        "import pathlib; pathlib.Path('x').mkdir()",
        "import subprocess; subprocess.run(['true'])",
    ],
)
def test_an_import_that_is_not_quiet_is_heard(fault: str, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert imports_quietly(fault, folder)


def contract(folder: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    return subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("where", "line", "said"),
    [
        ("guild/__init__.py", "", ""),
        ("guild/values.py", "import guild.cli", "guild.values is not allowed to import guild.cli"),
        (
            "guild/syntax/__init__.py",
            "from guild import sandbox",
            "guild.syntax is not allowed to import guild.sandbox",
        ),
        ("guild/unlisted.py", '"""Has no row."""', "guild.unlisted"),
    ],
)
def test_imports_point_down(where: str, line: str, said: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "guild", tmp_path / "guild", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    with (tmp_path / where).open("a") as module:
        module.write(f"\n{line}\n")
    found = contract(tmp_path)
    assert (found.returncode == 0) == (said == "")
    assert said in found.stdout + found.stderr
