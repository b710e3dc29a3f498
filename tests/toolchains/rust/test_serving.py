"""Servers in Rust: started, asked, and blamed where they die."""

from pathlib import Path

import pytest

from guild.toolchains.rust import RustToolchain
from guild.toolchains.rust.serving import program, serves
from guild.values import Probe
from guild.workspace import Workspace
from tests.toolchains.samples import CARGO

MAIN = """use std::io::{Read, Write};
use std::net::TcpListener;

fn main() {
    let listener = TcpListener::bind("127.0.0.1:8080").unwrap();
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        let mut buffer = [0; 1024];
        let read = stream.read(&mut buffer).unwrap();
        let ok = buffer[..read].starts_with(b"GET /ok");
        let status = if ok { "200 OK" } else { "404 Not Found" };
        write!(stream, "HTTP/1.1 {status}\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n").unwrap();
    }
}
"""
FILES = {"Cargo.toml": CARGO, "src/main.rs": MAIN}


def probe(path: str, status: int) -> Probe:
    return Probe(method="GET", path=path, body="", status=status, line=1)


@pytest.mark.rust
def test_a_server_is_asked(tool: RustToolchain, tmp_path: Path) -> None:
    Workspace(tmp_path).write(FILES)
    report, results = tool.serve(tmp_path, [probe("/ok", 200), probe("/x", 200)])
    assert [each["ok"] for each in results] == [True, False]
    assert [(each["code"], each["path"]) for each in report.diagnostics] == [("probe", "src/main.rs")]


@pytest.mark.rust
def test_a_server_that_dies_is_blamed_where_it_does(tool: RustToolchain, tmp_path: Path) -> None:
    dying = MAIN.replace(
        "    let listener", "    let none: Vec<u8> = vec![];\n    let _ = none[none.len()];\n    let listener"
    )
    Workspace(tmp_path).write({**FILES, "src/main.rs": dying})
    report, results = tool.serve(tmp_path, [probe("/ok", 200)])
    (found,) = report.diagnostics
    assert (found["code"], found["path"], found["line"], found["symbol"]) == ("exit", "src/main.rs", 6, "main")
    assert "index out of bounds" in found["message"] and results[0]["ok"] is None


@pytest.mark.rust
def test_a_server_that_does_not_compile_says_so(tool: RustToolchain, tmp_path: Path) -> None:
    Workspace(tmp_path).write({**FILES, "src/main.rs": MAIN.replace("buffer[..read]", "gone[..read]")})
    report, _ = tool.serve(tmp_path, [probe("/ok", 200)])
    assert [(each["code"], each["stage"]) for each in report.diagnostics] == [("undefined", "run")]


def test_a_server_is_a_program_that_listens() -> None:
    assert serves(FILES) and program(FILES) == "src/main.rs"
    assert not serves({**FILES, "src/main.rs": "fn main() {}\n"})
    assert not serves({"Cargo.toml": CARGO, "src/lib.rs": MAIN})
