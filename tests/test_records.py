"""A run's folder survives a kill at any moment, and what was recorded is found again."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from guild.errors import OutputError, RunLocked, RunNotFound
from guild.manifest import Manifest
from guild.records import Records, new_run, run_folders
from guild.values import Reply


def manifest(run: str = "r", **changes: object) -> Manifest:
    plain: Manifest = {
        "run": run,
        "name": "numkit",
        "started": "2026-11-21T10:15:30.000+00:00",
        "spec": "name: numkit\n",
        "spec_hash": "0" * 64,
        "spec_source": "specs/numkit.yaml",
        "settings": {"seed": 1},
        "versions": {"guild": "0.1.0"},
        "prompts_hash": "",
        "out": "generated/numkit",
        "outcome": "",
        "finished": "",
        "seconds": 0.0,
    }
    return {**plain, **changes}  # type: ignore[typeddict-item]


def reply(text: str = "package numkit\n") -> Reply:
    return {
        "text": text,
        "finish": "stop",
        "prompt_tokens": 10,
        "completion_tokens": 3,
        "seconds": 0.5,
        "model": "script:x",
    }


def test_a_new_run_is_readable_sortable_and_never_given_twice(tmp_path: Path) -> None:
    folders = {new_run(tmp_path, "Num Kit/…") for _ in range(20)}
    assert len(folders) == 20
    assert all(folder.is_dir() and folder.parent == tmp_path / "runs" for folder in folders)
    date, time, name, tail, rest = (min(folders).name + "-").split("-", 4)
    assert (len(date), len(time), name, tail) == (8, 6, "num", "kit") and rest
    assert new_run(tmp_path, "../..").parent == tmp_path / "runs"


def test_runs_without_a_manifest_are_not_listed(tmp_path: Path) -> None:
    new_run(tmp_path, "empty")
    kept = new_run(tmp_path, "kept")
    Records(kept).write_manifest(manifest(kept.name))
    assert run_folders(tmp_path) == [kept]
    assert run_folders(tmp_path / "nowhere") == []


def test_the_manifest_is_replaced_whole(tmp_path: Path) -> None:
    records = Records(tmp_path)
    with pytest.raises(RunNotFound):
        records.manifest()
    records.write_manifest(manifest())
    records.write_manifest(manifest(outcome="green"))
    assert records.manifest()["outcome"] == "green"
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]


def test_events_keep_order_and_any_text(tmp_path: Path) -> None:
    records = Records(tmp_path)
    records.event("plan", tasks=["a", "ü\u2028\n[x]"])
    records.event("outcome", outcome="green")
    first, second = records.events()
    assert (first["kind"], first["tasks"]) == ("plan", ["a", "ü\u2028\n[x]"])
    assert second["time"] >= first["time"]
    assert list(Records(tmp_path / "none").events()) == []


@pytest.mark.parametrize("torn", ['{"kind": "reply", "key"', '{"kind": "pl\xe4n"}'.encode("latin-1"), "[1]", "\n\n"])
def test_a_torn_line_is_passed_over_and_the_next_starts_afresh(tmp_path: Path, torn: str | bytes) -> None:
    records = Records(tmp_path)
    records.event("plan", tasks=[])
    with (tmp_path / "trace.jsonl").open("ab") as trace:
        trace.write(torn if isinstance(torn, bytes) else torn.encode())
    assert [event["kind"] for event in records.events()] == ["plan"]
    Records(tmp_path).event("node", name="verifier")
    assert [event["kind"] for event in records.events()] == ["plan", "node"]


def test_events_of_several_threads_do_not_mix(tmp_path: Path) -> None:
    records = Records(tmp_path)

    def work(number: int) -> None:
        for _ in range(25):
            records.event("draft", draw=number, text="x" * 5000)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len((tmp_path / "trace.jsonl").read_text().splitlines()) == len(list(records.events())) == 100


@pytest.mark.parametrize("text", ["", "package x\r\n", "lone \ud800 surrogate", "naïve"])
def test_texts_come_back_as_they_were(tmp_path: Path, text: str) -> None:
    records = Records(tmp_path)
    digest = records.put(text)
    assert records.put(text) == digest
    assert records.get(digest) == text
    assert len(list((tmp_path / "blobs").iterdir())) == 1


def test_a_damaged_text_is_not_taken_for_whole_and_heals_when_put_again(tmp_path: Path) -> None:
    records = Records(tmp_path)
    digest = records.put("package numkit")
    (tmp_path / "blobs" / digest).write_text("package")
    with pytest.raises(KeyError):
        records.get(digest)
    records.put("package numkit")
    assert records.get(digest) == "package numkit"
    with pytest.raises(KeyError):
        records.get("0" * 64)


def test_a_recorded_reply_is_found_again_by_a_later_process(tmp_path: Path) -> None:
    records = Records(tmp_path)
    assert records.find_reply("k") is None
    records.add_reply("k", reply("first"), role="dev", path="numkit.go", round=0, draw=0)
    assert records.find_reply("k") == reply("first")
    records.add_reply("k", reply("second"))
    later = Records(tmp_path)
    assert later.find_reply("k") == reply("first")
    assert later.find_reply("other") is None
    event = next(later.events())
    assert (event["role"], event["path"], event["recorded"]) == ("dev", "numkit.go", False)
    assert "first" not in json.dumps(event)


def test_a_reply_whose_text_was_lost_is_asked_again(tmp_path: Path) -> None:
    records = Records(tmp_path)
    records.add_reply("k", reply("first"))
    (tmp_path / "blobs" / records.put("first")).write_text("fir")
    assert Records(tmp_path).find_reply("k") is None


def test_final_files_replace_earlier_ones_and_stay_inside(tmp_path: Path) -> None:
    records = Records(tmp_path)
    records.write_files({"a.go": "package a\n", "b/b.go": "package b\n"})
    records.write_files({"b/b.go": "package bb\n"})
    files = {str(path.relative_to(tmp_path)): path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {"files/b/b.go": "package bb\n"}
    with pytest.raises(OutputError):
        records.write_files({"../x": ""})
    assert not (tmp_path / "x").exists() and (tmp_path / "files/b/b.go").exists()


def test_a_fork_takes_over_answers_and_history_but_not_what_was_written_elsewhere(tmp_path: Path) -> None:
    origin, fork, bare = (Records(tmp_path / name) for name in ("origin", "fork", "bare"))
    origin.event("plan", tasks=[])
    origin.event("written", files={"a.go": "0"})
    (*_, last) = origin.events()
    while next(reversed(list(origin.events())))["time"] == last["time"]:
        origin.event("node", name="later")
    origin.add_reply("k", reply("first"))
    assert fork.find_reply("k") is None
    fork.adopt(origin, until=last["time"])
    assert fork.find_reply("k") == reply("first")
    assert [event["kind"] for event in fork.events() if event.get("name") != "later"] == ["plan", "reply"]
    bare.adopt(origin)
    assert [event["kind"] for event in bare.events()] == ["reply"]
    bare.adopt(Records(tmp_path / "nothing"))


HOLDER = """
import sys, time
from pathlib import Path
from guild.records import Records
with Records(Path(sys.argv[1])).hold():
    print("held", flush=True)
    time.sleep(60)
"""

WRITER = """
import sys
from pathlib import Path
from guild.records import Records
records = Records(Path(sys.argv[1]))
reply = dict(finish="stop", prompt_tokens=1, completion_tokens=1, seconds=0.0, model="m")
for number in range(10**9):
    records.add_reply(str(number), dict(reply, text=str(number) * 999))
    print(number, flush=True)
"""


def start(program: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True)


def test_the_lock_keeps_others_out_and_dies_with_its_process(tmp_path: Path) -> None:
    records = Records(tmp_path)
    assert not records.held()
    assert list(tmp_path.iterdir()) == []
    holder = start(HOLDER, tmp_path)
    assert holder.stdout and holder.stdout.readline() == "held\n"
    assert records.held()
    with pytest.raises(RunLocked), records.hold():
        raise AssertionError("held twice")
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    assert not records.held()
    with records.hold():
        assert Records(tmp_path).held()


def test_replies_said_to_be_recorded_survive_a_kill(tmp_path: Path) -> None:
    writer = start(WRITER, tmp_path)
    assert writer.stdout
    last = [writer.stdout.readline() for _ in range(50)][-1]
    os.kill(writer.pid, signal.SIGKILL)
    rest = writer.communicate()[0].split()
    known = int(rest[-1] if rest else last)
    records = Records(tmp_path)
    for number in range(known + 1):
        found = records.find_reply(str(number))
        assert found and found["text"] == str(number) * 999
    records.event("node", name="fixer")
    assert list(records.events())[-1]["name"] == "fixer"
