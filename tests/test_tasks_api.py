"""The reference service is what its Spec says, by the real toolchain: the quality that a build is measured against."""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from guild.plan import make_plan
from guild.spec import load_spec
from guild.syntax import go
from guild.values import Plan
from tests.references import GO, oracle_test, run_go

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples/tasks-api"

pytestmark = [pytest.mark.go, pytest.mark.skipif(GO is None, reason="there is no go on PATH")]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(load_spec(str(ROOT / "specs/tasks-api.yaml"), languages=("go",)))[0]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start the service on a free port, and give its address."""
    binary = tmp_path_factory.mktemp("tasks-api") / "server"
    built = run_go("build", "-o", str(binary), ".", cwd=EXAMPLE)
    assert built.returncode == 0, built.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([binary], env={"PORT": str(port)}, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                httpx.get(f"{address}/healthz")
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield address, process
    finally:
        process.kill()
        process.wait()


def test_it_declares_and_tests_what_the_spec_lists(plan: Plan):
    assert {path.name for path in EXAMPLE.iterdir()} == {task["path"] for task in plan["tasks"]}
    for task in plan["tasks"]:
        text = (EXAMPLE / task["path"]).read_text()
        if task["role"] == "module":
            assert f"module {plan['module']}\n" in text
            continue
        assert set(task["declares"]) <= {found.name for found in go.parse(text).declarations}
        assert set(task["tests"]) == set(go.test_names(text) if task["role"] == "test" else [])


def test_it_is_formatted_and_sound():
    assert run_go("vet", "./...", cwd=EXAMPLE).returncode == 0
    formatter = shutil.which("gofmt") or str(Path(str(GO)).resolve().parent / "gofmt")
    listed = subprocess.run([formatter, "-l", str(EXAMPLE)], capture_output=True, text=True, check=True)
    assert listed.stdout == ""


def test_its_tests_pass():
    race = ["-race"] if shutil.which("gcc") or shutil.which("cc") else []
    tested = run_go("test", *race, "-count=4", "./...", cwd=EXAMPLE)
    assert tested.returncode == 0, tested.stdout


def test_its_tests_see_planted_faults(tmp_path: Path):
    faults = [
        ("store.go", "cmp.Compare(a.ID, b.ID)", "cmp.Compare(b.ID, a.ID)"),
        ("store.go", "make([]Task, 0, len(s.tasks))", "[]Task(nil)"),
        ("task.go", "strings.TrimSpace(d.Title)", 'strings.TrimLeft(d.Title, " ")'),
        ("api.go", "decoder.DisallowUnknownFields()", ""),
        ("task.go", '`json:"created_at"`', '`json:"created"`'),
    ]
    for number, (name, old, new) in enumerate(faults):
        folder = tmp_path / str(number)
        shutil.copytree(EXAMPLE, folder)
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new))
        assert run_go("test", "-count=1", "./...", cwd=folder).returncode != 0, old


def test_it_keeps_the_oracles_of_its_spec(plan: Plan, tmp_path: Path):
    folder = tmp_path / "oracles"
    shutil.copytree(EXAMPLE, folder)
    (folder / "oracles_test.go").write_text(oracle_test("main", plan["expect"]))
    tested = run_go("test", "-run", "TestOracles", "-count=1", "-v", "./...", cwd=folder)
    assert "--- PASS: TestOracles" in tested.stdout, tested.stdout


def test_it_answers_the_probes_of_its_spec(plan: Plan, server: tuple[str, subprocess.Popen[bytes]]):
    address, _ = server
    answers = [
        (probe["line"], httpx.request(probe["method"], address + probe["path"], content=probe["body"]).status_code)
        for probe in plan["probes"]
    ]
    assert answers == [(probe["line"], probe["status"]) for probe in plan["probes"]]


def test_it_shuts_down_when_told_to(server: tuple[str, subprocess.Popen[bytes]]):
    address, process = server
    assert httpx.get(f"{address}/healthz").json() == {"status": "ok"}
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=10) == 0
