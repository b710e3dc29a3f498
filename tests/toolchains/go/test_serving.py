"""Servers: started in a sandbox, found where they listen, asked from within."""

from pathlib import Path

import pytest

from guild import settings
from guild.sandbox import open_sandbox
from guild.toolchains.go import GoToolchain
from guild.toolchains.go.commands import Go
from guild.toolchains.go.locate import locate
from guild.values import Probe
from guild.workspace import Workspace
from tests.toolchains.go.conftest import ALLOWANCE

pytestmark = pytest.mark.go

MOD = "module example.org/s\n\ngo 1.22\n"
TOLD = '":" + os.Getenv("PORT")'
HANDLERS = """package main

import (
	"io"
	"net/http"
	"os"
)

func routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /tasks", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if len(body) == 0 || r.Header.Get("Content-Type") != "application/json" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusCreated)
	})
	mux.HandleFunc("GET /leave", func(http.ResponseWriter, *http.Request) { os.Exit(4) })
	return mux
}
"""


def main_file(address: str, before: str = "") -> str:
    imports = "".join(f'\t"{name}"\n' for name in ("fmt", "net/http", "os"))
    body = f'\tfmt.Println("starting", os.Args[0] == "")\n{before}\thttp.ListenAndServe({address}, routes())\n'
    return f"package main\n\nimport (\n{imports})\n\nfunc main() {{\n{body}}}\n"


def probe(method: str, path: str, status: int, body: str = "") -> Probe:
    return Probe(method=method, path=path, body=body, status=status, line=9)


CREATE = probe("POST", "/tasks", 201, '{"title":"x"}')


@pytest.fixture(scope="module", params=["isolated", "host"])
def anywhere(request: pytest.FixtureRequest) -> GoToolchain:
    sandbox = open_sandbox(unsafe_host=request.param == "host")
    return GoToolchain(Go(locate(settings.search_path()), sandbox, settings.cache_folder(), ALLOWANCE))


def placed(root: Path, main: str, handlers: str = HANDLERS) -> Path:
    Workspace(root).write({"go.mod": MOD, "main.go": main, "routes.go": handlers})
    return root


def test_a_server_is_asked_where_it_was_told_to_listen(anywhere: GoToolchain, tmp_path: Path) -> None:
    root = placed(tmp_path, main_file(TOLD))
    report, results = anywhere.serve(root, [CREATE, probe("POST", "/tasks", 400), probe("GET", "/none", 404)])
    assert report.ok, report.diagnostics
    assert [each["ok"] for each in results] == [True, True, True]
    assert anywhere.serves(Workspace(root).read())


@pytest.mark.parametrize("address", ['"[::1]:0"', '":0"'])
def test_a_port_of_its_own_choice_is_found(anywhere: GoToolchain, tmp_path: Path, address: str) -> None:
    report, results = anywhere.serve(placed(tmp_path, main_file(address)), [CREATE])
    assert report.ok, report.diagnostics
    assert results[0]["ok"]


def test_without_probes_listening_is_enough(tool: GoToolchain, tmp_path: Path) -> None:
    assert tool.serve(placed(tmp_path, main_file(TOLD)), [])[0].ok


def test_a_wrong_status_is_told_with_what_came(tool: GoToolchain, tmp_path: Path) -> None:
    report, results = tool.serve(placed(tmp_path, main_file(TOLD)), [probe("GET", "/tasks", 200)])
    assert not report.ok
    assert results[0]["ok"] is False
    assert results[0]["oracle"] == "GET /tasks -> 200"
    found = report.diagnostics[0]
    assert (found["stage"], found["code"], found["path"]) == ("run", "probe", "routes.go")
    assert found["message"] == "GET /tasks: got status 405 (Method Not Allowed), want status 200"


def test_a_server_that_leaves_before_it_listens(anywhere: GoToolchain, tmp_path: Path) -> None:
    report, results = anywhere.serve(placed(tmp_path, main_file(TOLD, "\tos.Exit(2)\n")), [CREATE])
    assert results[0]["ok"] is None
    found = report.diagnostics[0]
    assert (found["code"], found["path"]) == ("exit", "main.go")
    assert found["message"] == "the server ended with exit code 2 before it listened\nstarting false"


def test_a_panic_on_the_way_up_is_placed(tool: GoToolchain, tmp_path: Path) -> None:
    report, _ = tool.serve(placed(tmp_path, main_file(TOLD, "\tvar m map[int]int\n\tm[1] = 2\n")), [])
    found = report.diagnostics[0]
    assert (found["path"], found["line"]) == ("main.go", 12)
    assert "assignment to entry in nil map" in found["message"]


def test_a_server_that_never_listens(tool: GoToolchain, tmp_path: Path) -> None:
    report, _ = tool.serve(placed(tmp_path, main_file(TOLD, "\t<-make(chan int)\n")), [])
    found = report.diagnostics[0]
    assert not report.ok
    assert "fatal error: all goroutines are asleep" in found["message"]
    slept = main_file(TOLD, '\tfor os.Getenv("NEVER") == "" {\n\t}\n')
    found = tool.serve(placed(tmp_path, slept), [])[0].diagnostics[0]
    assert (found["code"], found["path"]) == ("no-listener", "main.go")


def test_a_server_that_dies_of_a_request(tool: GoToolchain, tmp_path: Path) -> None:
    report, results = tool.serve(placed(tmp_path, main_file(TOLD)), [probe("GET", "/leave", 200), CREATE])
    assert [each["ok"] for each in results] == [False, False]
    assert "no answer" in results[0]["message"]
    assert any("exit code 4" in each["message"] for each in report.diagnostics)


def test_of_several_programs_the_one_that_serves_is_started(tool: GoToolchain, tmp_path: Path) -> None:
    idle = "package main\n\nfunc main() {}\n"
    Workspace(tmp_path).write(
        {"go.mod": MOD, "cmd/a/main.go": idle, "cmd/b/main.go": main_file(TOLD), "cmd/b/routes.go": HANDLERS}
    )
    report, results = tool.serve(tmp_path, [CREATE])
    assert report.ok
    assert results[0]["ok"]


def test_nothing_to_start(tool: GoToolchain, tmp_path: Path) -> None:
    Workspace(tmp_path).write({"go.mod": MOD, "s.go": "package s\n"})
    report, results = tool.serve(tmp_path, [CREATE])
    assert report.diagnostics[0]["code"] == "no-server"
    assert results[0]["ok"] is None
