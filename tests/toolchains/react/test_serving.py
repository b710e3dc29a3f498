"""Servers that are started by Node and asked."""

from pathlib import Path

from guild.toolchains.react import ReactToolchain
from guild.values import Probe
from guild.workspace import Workspace

SERVER = """import { createServer } from "node:http";

export const handler = (request, response) => {
  if (request.url === "/bad") throw new Error("bad request");
  response.statusCode = request.url === "/items" ? 200 : 404;
  response.end("x");
};

export const start = () => createServer(handler).listen(process.env.PORT);
"""
FILES = {
    "package.json": '{"type": "module"}',
    "server.js": SERVER,
    "main.js": 'import { start } from "./server.js";\nstart();\n',
}


def probe(path: str, status: int) -> Probe:
    return Probe(method="GET", path=path, body="", status=status, line=1)


def test_a_server_is_asked(tool: ReactToolchain, tmp_path: Path) -> None:
    assert tool.serves(FILES) and not tool.serves({"main.js": "f();\n"}) and not tool.serves({"server.js": SERVER})
    Workspace(tmp_path).write(FILES)
    report, results = tool.serve(tmp_path, [probe("/items", 200), probe("/", 200)])
    assert [each["ok"] for each in results] == [True, False]
    assert [(each["code"], each["path"]) for each in report.diagnostics] == [("probe", "main.js")]


def test_a_server_that_dies_says_where(tool: ReactToolchain, tmp_path: Path) -> None:
    Workspace(tmp_path).write({**FILES, "server.js": SERVER.replace("createServer(", "null.at(")})
    report, results = tool.serve(tmp_path, [probe("/items", 200)])
    [found] = report.diagnostics
    assert (found["path"], found["line"], found["code"], results[0]["ok"]) == ("server.js", 9, "exit", None)
    assert str(tmp_path) not in found["message"] and "TypeError" in found["message"]
    assert tool.serve(Path(tmp_path / "empty"), [])[0].diagnostics[0]["code"] == "no-server"
