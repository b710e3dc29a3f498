"""Scoring a folder: how probes are read, the Plan of a project without a Spec, the folder left as it was."""

from pathlib import Path

import pytest

from guild.errors import SettingsError, UserError
from guild.scoring import parse_probe, plan_of, score_folder
from guild.values import Verdict
from tests.nodes.samples import MOD, RIGHT, TESTS, WRONG

MAIN = """package main

import (
	"net/http"
	"os"
)

func main() {
	_ = http.ListenAndServe(":"+os.Getenv("PORT"), http.NotFoundHandler())
}
"""
SPEC = """name: k
language: go
go_module: example.org/k
description: Numbers.
files:
  - path: k.go
    purpose: package k. Double(n int) int doubles.
    declares: [Double, Half]
expect:
  - call: Double(21)
    want: 42
"""


def project(folder: Path, **files: str) -> Path:
    for name, text in {"go.mod": MOD, "k.go": RIGHT, "k_test.go": TESTS, **files}.items():
        path = folder / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / "project"


def scored(folder: Path, *probes: str, spec: str | None = None) -> Verdict:
    return score_folder(folder, spec=spec, probes=probes)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("GET /tasks -> 200", ("GET", "/tasks", "", 200)),
        ('POST /tasks {"title": "a -> b"} -> 201', ("POST", "/tasks", '{"title": "a -> b"}', 201)),
        (" DELETE /tasks/1?x=2->404 ", ("DELETE", "/tasks/1?x=2", "", 404)),
        ("POST /t line\nline -> 200", ("POST", "/t", "line\nline", 200)),
    ],
)
def test_a_probe_is_read(text, read):
    probe = parse_probe(text)
    assert (probe["method"], probe["path"], probe["body"], probe["status"]) == read


@pytest.mark.parametrize(
    "text", ["", "GET /tasks", "get /tasks -> 200", "GET tasks -> 200", "GET / -> 20", "GET / -> ok"]
)
def test_what_is_no_probe_is_refused_before_any_work(tmp_path, text):
    with pytest.raises(SettingsError, match="--probe"):
        scored(project(tmp_path), text)


def test_a_project_without_a_spec_is_its_go_files_with_nothing_asked_of_them():
    plan = plan_of("k", dict.fromkeys(["k_test.go", "sub/a.go", "go.mod", "README.md"], ""))
    roles = {task["path"]: task["role"] for task in plan["tasks"]}
    assert roles == {"k_test.go": "test", "sub/a.go": "dev", "go.mod": "module", "README.md": "given"}
    assert not any(task["tests"] or task["declares"] for task in plan["tasks"])


def test_what_is_no_project_is_refused(tmp_path):
    with pytest.raises(UserError, match="not a folder"):
        scored(tmp_path / "missing")
    (tmp_path / "a.go").write_text(RIGHT)
    with pytest.raises(UserError, match=r"go\.mod"):
        scored(tmp_path)


@pytest.mark.go
def test_a_sound_folder_has_three_of_three_and_stays_as_it_was(tmp_path):
    folder = project(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    verdict = scored(folder)
    assert verdict["green"], verdict["reason"]
    assert (verdict["score"]["total"], verdict["score"]["max"]) == (3, 3)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


@pytest.mark.go
def test_a_spec_asks_for_what_the_folders_own_tests_do_not(tmp_path):
    spec = tmp_path / "spec.yaml"
    spec.write_text(SPEC)
    folder = project(tmp_path, **{"k.go": WRONG, "k_test.go": TESTS.replace("!= 4", "!= 6")})
    assert scored(folder)["green"]
    verdict = scored(folder, spec=str(spec))
    assert not verdict["green"] and verdict["oracles"][0]["ok"] is False
    assert "Half is not declared" in [found["message"] for found in verdict["diagnostics"]]


@pytest.mark.go
def test_a_probe_is_sent_to_a_server_and_counts(tmp_path):
    folder = project(tmp_path, **{"cmd/server/main.go": MAIN})
    right = scored(folder, "GET /nothing -> 404")
    assert right["green"] and (right["score"]["total"], right["score"]["max"]) == (4, 4), right["reason"]
    wrong = scored(folder, "GET /nothing -> 200")
    assert not wrong["green"] and wrong["score"]["run"] == 0 and wrong["score"]["total"] == 3
