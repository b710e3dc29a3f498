"""Servers: the program that serves is found, started in a sandbox, and asked from within."""

from pathlib import Path

import pytest

from guild.toolchains import Report
from guild.toolchains.python import PythonToolchain
from guild.toolchains.python.serving import program
from guild.values import OracleResult, Probe
from guild.workspace import Workspace

MAIN = """import os

from app import made


def main():
    made(int(os.environ["PORT"])).serve_forever()


if __name__ == "__main__":
    main()
"""
APP = """from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201 if self.path == "/tasks" and body else 404)
        self.end_headers()

    def do_GET(self):
        raise SystemExit(4)


def made(port):
    return ThreadingHTTPServer(("127.0.0.1", port), Handler)
"""
FILES = {"main.py": MAIN, "app.py": APP}
ASYNC = """import asyncio


async def serve():
    server = await asyncio.start_server(answer, "127.0.0.1", 8123)
    async with server:
        await server.serve_forever()


async def answer(reader, writer):
    await reader.readuntil(b"\\r\\n\\r\\n")
    writer.write(b"HTTP/1.1 204 No Content\\r\\n\\r\\n")
    writer.close()


asyncio.run(serve())
"""


def probe(method: str, path: str, status: int, body: str = "") -> Probe:
    return Probe(method=method, path=path, body=body, status=status, line=9)


CREATE = probe("POST", "/tasks", 201, '{"title":"x"}')


def served(
    tool: PythonToolchain, root: Path, files: dict[str, str], *probes: Probe
) -> tuple[Report, tuple[OracleResult, ...]]:
    Workspace(root).write(files)
    return tool.serve(root, probes)


def test_a_server_is_started_and_asked(anywhere: PythonToolchain, tmp_path: Path) -> None:
    report, results = served(anywhere, tmp_path, FILES, CREATE, probe("POST", "/no", 200, "x"))
    assert [each["ok"] for each in results] == [True, False]
    assert [(each["path"], each["code"]) for each in report.diagnostics] == [("main.py", "probe")]
    assert "got status 404, want status 200" in results[1]["message"]


def test_a_package_with_a_start_of_its_own_is_started(tool: PythonToolchain, tmp_path: Path) -> None:
    report, results = served(tool, tmp_path, {"pkg/__init__.py": "", "pkg/__main__.py": ASYNC}, probe("GET", "/", 204))
    assert report.ok and results[0]["ok"]


def test_a_server_that_dies_is_blamed_where_it_died(tool: PythonToolchain, tmp_path: Path) -> None:
    broken = {**FILES, "app.py": APP.replace("    return Threading", "    port = port / 0\n    return Threading")}
    report, results = served(tool, tmp_path, broken, CREATE)
    found = report.diagnostics[0]
    assert (found["path"], found["line"], found["symbol"], found["code"]) == ("app.py", 15, "made", "exit")
    assert "ZeroDivisionError: division by zero" in found["message"] and str(tmp_path) not in found["message"]
    assert results[0]["ok"] is None


def test_a_program_that_never_listens_is_told(tool: PythonToolchain, tmp_path: Path) -> None:
    report, _ = served(tool, tmp_path, {"main.py": "import time\ntime.sleep(60)\n"}, CREATE)
    assert [each["code"] for each in report.diagnostics] == ["no-listener"]
    report, _ = served(tool, tmp_path / "library", {"app.py": APP}, CREATE)
    assert [each["code"] for each in report.diagnostics] == ["no-server"]


@pytest.mark.parametrize(
    ("files", "path"),
    [
        (FILES, "main.py"),
        ({"main.py": ASYNC}, "main.py"),
        ({"main.py": "print(1)\n", "run.py": MAIN, "app.py": APP}, "run.py"),
        ({"app.py": APP}, ""),
        ({"main.py": "import app\n", "app.py": APP + "\n\ndef unused():\n    made(1).serve_forever()\n"}, ""),
        ({"main.py": MAIN.replace("serve_forever", "handle_once"), "app.py": APP}, ""),
        ({"main.py": "def serve_forever(): ...\nserve_forever()\n"}, ""),
    ],
)
def test_a_project_serves_when_its_start_reaches_a_serving_call(files: dict[str, str], path: str) -> None:
    found = program(files)
    assert (found.path if found else "") == path
