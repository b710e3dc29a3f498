"""Start a server, wait until it listens, send it requests, and print what happened as one line of JSON.

A script of its own, run inside a sandbox by the interpreter that runs guild: it needs nothing but the standard library,
and reads `{"argv": [...], "seconds": 10, "probes": [{"method", "path", "body"}, ...]}` from stdin.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_LISTENING = "0A"
_MAPPED = "FFFF0000"
"""The word of an IPv6 address before the one that holds an address of IPv4."""
_TICK = 0.02
_STAYING = 0.7
"""Seconds that a server must go on after its last answer."""
_GRACE = 0.3
"""Seconds that a server, once it listens elsewhere, still has to open the port that it was told."""
_ANSWER_SECONDS = 5
_TAIL = 4000
_BODY = 500

Place = tuple[str, int]


def main() -> None:
    """Do what stdin asks for."""
    asked = json.load(sys.stdin)
    port = _free_port()
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(
            asked["argv"],
            env={**os.environ, "PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        place = _await(child, port, time.monotonic() + asked["seconds"])
        answers = [_ask(place, probe) for probe in asked["probes"]] if place else []
        ended = _stays(child)
        _end(child)
        size = output.seek(0, os.SEEK_END)
        output.seek(max(0, size - _TAIL))
        printed = output.read().decode("utf-8", "replace")
    print(json.dumps({"port": place[1] if place else 0, "exit": ended, "output": printed, "answers": answers}))


def _stays(child: "subprocess.Popen[bytes]") -> int | None:
    """Return the exit code of a server that ends after its answers; None for one that goes on serving."""
    try:
        return child.wait(_STAYING)
    except subprocess.TimeoutExpired:
        return None


def _free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def _await(child: "subprocess.Popen[bytes]", port: int, deadline: float) -> Place | None:
    """Return where the server listens, preferably at `port`; None when it ends or time is up."""
    seen = 0.0
    while child.poll() is None and time.monotonic() < deadline:
        places = _places(child.pid)
        told = next((place for place in places if place[1] == port), None)
        seen = seen or (time.monotonic() if places else 0.0)
        if told or (places and time.monotonic() - seen > _GRACE):
            return told or places[0]
        time.sleep(_TICK)
    return None


def _places(group: int) -> list[Place]:
    """Return the addresses at which a process group listens, by the sockets that it holds."""
    held = _sockets(group)
    found: list[Place] = []
    for table, loopback in (("tcp", "127.0.0.1"), ("tcp6", "::1")):
        for line in _lines(Path("/proc/net") / table)[1:]:
            fields = line.split()
            address, _, port = fields[1].partition(":")
            if fields[3] == _LISTENING and fields[9] in held:
                found.append((_host(address, loopback), int(port, 16)))
    return found


def _host(address: str, loopback: str) -> str:
    """Return the address to ask: a socket for all addresses is asked on IPv4, where both kinds of it answer."""
    if not int(address, 16):
        return "127.0.0.1"
    plain = len(address) == 8 or address[16:24] == _MAPPED
    return ".".join(str(byte) for byte in reversed(bytes.fromhex(address[-8:]))) if plain else loopback


def _sockets(group: int) -> set[str]:
    """Return the inodes of the sockets that the processes of a group hold."""
    held: set[str] = set()
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and os.getpgid(int(process.name)) == group:
                links = [str(link.readlink()) for link in (process / "fd").iterdir()]
                held |= {link[8:-1] for link in links if link.startswith("socket:[")}
        except OSError:
            continue
    return held


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:
        return []


def _ask(place: Place, probe: dict[str, str]) -> dict[str, object]:
    """Send one request and return its status and body, or the fault."""
    body = probe["body"]
    kind = "application/json" if body[:1] in ("{", "[") else "text/plain; charset=utf-8"
    connection = http.client.HTTPConnection(*place, timeout=_ANSWER_SECONDS)
    try:
        headers = {"Content-Type": kind} if body else {}
        connection.request(probe["method"], probe["path"], body.encode() if body else None, headers)
        answer = connection.getresponse()
        return {"status": answer.status, "body": answer.read(_BODY).decode("utf-8", "replace")}
    except (OSError, http.client.HTTPException, ValueError) as fault:
        return {"status": 0, "body": f"{type(fault).__name__}: {fault}"}
    finally:
        connection.close()


def _end(child: "subprocess.Popen[bytes]") -> None:
    for sent in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(child.pid, sent)
            child.wait(1)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


if __name__ == "__main__":
    main()
