"""LangGraph Studio's server: it starts offline, and a build can be stepped, inspected, edited, resumed and forked."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import ROOT

pytest.importorskip("langgraph_api", reason="the studio extra is not installed")
pytestmark = [pytest.mark.go, pytest.mark.timeout(240)]

QUIET = {"LANGGRAPH_CLI_NO_ANALYTICS": "1", "LANGGRAPH_NO_VERSION_CHECK": "true", "LANGSMITH_TRACING": "false"}
CONTEXT = {"model": f"script:{ROOT / 'tests/scripts/numkit.yaml'}"}
SPEC = {"spec": str(ROOT / "specs/numkit.yaml")}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """Start the server from a copy of what it needs, so that its pickles land nowhere else."""
    folder = tmp_path_factory.mktemp("studio")
    for name in ("langgraph.json", "graphs"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "pyproject.toml").write_text('[project]\nname = "studio"\nversion = "0"\n')
    port = _free_port()
    command = [sys.executable, "-m", "langgraph_cli", "dev", "--no-browser", "--no-reload", "--port", str(port)]
    log = (folder / "log").open("wb")
    server = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **QUIET}, stdout=log, stderr=log, start_new_session=True
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, server, folder / "log")
        yield url
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _wait(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(240):
        assert server.poll() is None, log.read_text()
        try:
            if httpx.get(f"{url}/ok").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.25)
    raise AssertionError(log.read_text())


def test_the_input_is_one_field_and_the_settings_are_a_form(server: str) -> None:
    from langgraph_sdk import get_sync_client

    client = get_sync_client(url=server)
    assistant = client.assistants.search(graph_id="build")[0]
    schemas: dict[str, Any] = client.assistants.get_schemas(assistant["assistant_id"])
    assert list(schemas["input_schema"]["properties"]) == ["spec"]
    form = schemas["context_schema"]["properties"]
    assert form["model"]["default"] == "local:qwen2.5-coder-1.5b"
    assert form["max_fix_rounds"]["default"] == 6
    assert form["review"]["type"] == "boolean"


def test_a_plan_is_approved_with_a_word(server: str) -> None:
    from langgraph_sdk import get_sync_client

    client = get_sync_client(url=server)
    thread = client.threads.create()["thread_id"]
    chosen: Any = {**CONTEXT, "approve": True, "max_fix_rounds": 0}
    client.runs.wait(thread, "build", input=SPEC, context=chosen)
    [stop] = client.threads.get_state(thread)["interrupts"]
    assert stop["value"]["about"] == "plan" and stop["value"]["tasks"][1]["path"] == "numkit.go"
    answer: Any = {"resume": {"go_on": True, "say": "keep it plain"}}
    final: Any = client.runs.wait(thread, "build", command=answer, context=chosen)
    assert final["outcome"] == "red" and final["said"][0]["text"] == "keep it plain"


def test_a_build_is_stepped_edited_resumed_and_forked(server: str) -> None:
    from langgraph_sdk import get_sync_client

    client = get_sync_client(url=server)
    thread = client.threads.create()["thread_id"]
    seen: list[str] = []
    payload: Any = SPEC
    for _ in range(3):
        client.runs.wait(thread, "build", input=payload, context=CONTEXT, interrupt_before="*")
        state = client.threads.get_state(thread)
        seen += state["next"]
        payload = None
    assert seen == ["planner", "dev_coder", "test_coder"]
    values: Any = state["values"]
    assert values["files"]["numkit.go"].startswith("package numkit")
    edited = values["files"]["numkit.go"].replace("if x < lo {", "if lo > hi {\n\t\treturn x\n\t}\n\tif x < lo {")
    client.threads.update_state(thread, {"files": {"numkit.go": edited}}, as_node="dev_coder")
    final: Any = client.runs.wait(thread, "build", input=None, context=CONTEXT)
    assert final["outcome"] == "green", final["verdict"]["reason"]
    assert final["files"]["numkit.go"] == edited and final["rounds"] == []
    drafted = next(entry for entry in client.threads.get_history(thread, limit=50) if entry["next"] == ["verifier"])
    checkpoint = drafted["checkpoint"]["checkpoint_id"]
    forked: Any = client.runs.wait(thread, "build", input=None, context=CONTEXT, checkpoint_id=checkpoint)
    assert forked["outcome"] == "green"
