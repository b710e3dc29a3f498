"""The Specs that everything else uses as input: ours, and the thirteen that must load unchanged."""

import shutil
from pathlib import Path

import pytest

from guild.plan import make_plan
from guild.spec import lint, load_spec, self_contained
from guild.spec.languages import paths_of
from guild.toolchains import LANGUAGES
from guild.values import FileTask
from tests.references import GO, holds, oracle_test, run_go
from tests.toolchains.opened import toolchain

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared/specs"
OURS = sorted((ROOT / "specs").glob("*.yaml"))
SHARED_SPECS = sorted(SHARED.glob("*.yaml")) or [
    pytest.param(SHARED, marks=pytest.mark.skip(reason=f"there is no {SHARED}"))
]


def tasks(path: Path) -> list[FileTask]:
    return make_plan(load_spec(str(path), languages=LANGUAGES))[0]["tasks"]


@pytest.mark.parametrize("path", [*OURS, *SHARED_SPECS], ids=lambda path: path.stem)
def test_it_loads_clean_and_plans(path: Path):
    spec = load_spec(str(path), languages=LANGUAGES)
    assert lint(spec) == []
    assert self_contained(str(path)) == path.read_text()
    planned = tasks(path)
    module = paths_of(spec.language).module
    assert sorted(task["path"] for task in planned) == sorted({module, *(file.path for file in spec.files)})
    roles = [task["role"] for task in planned]
    assert roles == sorted(roles, key=["module", "dev", "test"].index)
    assert all(task["tests"] and task["needs"] for task in planned if task["role"] == "test")


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_ours_say_what_must_be_there(path: Path):
    plan, given = make_plan(load_spec(str(path), languages=LANGUAGES))
    assert plan["module"] == f"example.com/{path.stem}"
    assert plan["expect"] and not given
    assert all(task["declares"] and task["signatures"] for task in plan["tasks"] if task["role"] == "dev")


def test_ours_are_the_ones_that_are_promised():
    promised = "numkit stringkit tasks-api roman inventory wordfreq textkit calc bank slugkit linecount counter"
    assert {path.stem for path in OURS} >= set(promised.split())


@pytest.mark.go
@pytest.mark.skipif(GO is None, reason="there is no go on PATH")
@pytest.mark.parametrize(
    ("name", "right", "wrong"), [("numkit", "return -a", "return a"), ("stringkit", "unicode.ToLower(r)", "r")]
)
def test_what_ours_state_is_true_and_tells_a_fault(name: str, right: str, wrong: str, tmp_path: Path):
    plan, _ = make_plan(load_spec(str(ROOT / f"specs/{name}.yaml"), languages=LANGUAGES))
    shutil.copy(ROOT / f"tests/references/{name}.go", tmp_path)
    (tmp_path / "go.mod").write_text(f"module {plan['module']}\n\ngo 1.22\n")
    (tmp_path / "oracles_test.go").write_text(oracle_test(name, [*plan["expect"], *plan["stated"]]))
    tested = run_go("test", "-v", "./...", cwd=tmp_path)
    assert "--- PASS: TestOracles" in tested.stdout, tested.stdout
    source = tmp_path / f"{name}.go"
    source.write_text(source.read_text().replace(right, wrong))
    assert "--- FAIL: TestOracles" in run_go("test", "-v", "./...", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [("roman", "%= value", "-= value"), ("inventory", "count < 1", "count < 0"), ("wordfreq", "-pair[1]", "pair[1]")],
)
def test_what_our_python_specs_state_is_true_and_tells_a_fault(name: str, right: str, wrong: str):
    plan, _ = make_plan(load_spec(str(ROOT / f"specs/{name}.yaml"), languages=LANGUAGES))
    text = (ROOT / f"tests/references/{name}.py").read_text()
    assert all(holds(oracle, text) for oracle in [*plan["expect"], *plan["stated"]])
    assert not all(holds(oracle, text.replace(right, wrong)) for oracle in [*plan["expect"], *plan["stated"]])


@pytest.mark.rust
@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("textkit", ".rev().collect", ".collect"),
        ("calc", "right == 0.0", "right == 1.0"),
        ("bank", "+= amount", "= amount"),
    ],
)
def test_what_our_rust_specs_state_is_true_and_tells_a_fault(name: str, right: str, wrong: str):
    plan, _ = make_plan(load_spec(str(ROOT / f"specs/{name}.yaml"), languages=LANGUAGES))
    tool, text = toolchain("rust"), (ROOT / f"tests/references/{name}.rs").read_text()
    told = [*plan["expect"], *plan["stated"]]

    def held(library: str) -> bool:
        files = {**tool.scaffold(plan["module"]), "src/lib.rs": library}
        return all(each["ok"] is True for each in tool.ask_oracles(files, told))

    assert held(text)
    assert not held(text.replace(right, wrong))


@pytest.mark.parametrize(
    ("name", "path", "right", "wrong"),
    [
        ("slugkit", "src/slugkit.js", "most - 1", "most"),
        ("linecount", "src/linecount.js", "code = 1", "code = 2"),
        ("counter", "src/bounds.js", "Math.max(value, low)", "value"),
    ],
)
def test_what_our_react_specs_state_is_true_and_tells_a_fault(name: str, path: str, right: str, wrong: str):
    plan, _ = make_plan(load_spec(str(ROOT / f"specs/{name}.yaml"), languages=LANGUAGES))
    told = [*plan["expect"], *plan["stated"]]
    files = {f"src/{file.name}": file.read_text() for file in (ROOT / "tests/references" / name).iterdir()}
    assert [each["ok"] for each in toolchain("react").ask_oracles(files, told)] == [True] * len(told)
    broken = {**files, path: files[path].replace(right, wrong)}
    assert False in [each["ok"] for each in toolchain("react").ask_oracles(broken, told)]
