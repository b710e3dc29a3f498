import os
import subprocess
import sys

import httpx
import pytest

from guild.errors import WeightsError
from guild.models import open_model
from guild.models.embedded import SLOTS, cores, slots_for
from tests.models.test_scripted import request

NAME = "local:qwen2.5-coder-0.5b"
GB = 1_000_000_000


@pytest.mark.parametrize(
    ("size", "available", "slots"),
    [(1.1, 24, SLOTS), (1.1, 2.1, 1), (1.1, 1.9, 0), (0.5, 1.6, SLOTS), (0.5, 1.35, 1), (4.7, 6, 0), (4.7, 8, 2)],
)
def test_slots_are_what_memory_allows(size, available, slots):
    assert slots_for(int(size * GB), int(available * GB)) == slots


def test_threads_are_the_cores_that_this_process_may_use():
    assert 1 <= cores() <= len(os.sched_getaffinity(0))


def test_without_llama_cpp_it_is_one_line_with_the_mend_and_nothing_is_fetched(tmp_path):
    program = f"""
import sys
sys.modules["xllamacpp"] = None
from guild.errors import MachineError
from guild.models import open_model
try:
    open_model({NAME!r}, base_url="", api_key="", report=print)
except MachineError as error:
    print(error)
"""
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, env=env)
    assert "pip install 'guild[local]'" in done.stdout and done.stdout.count("\n") == 1, done.stderr
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_model_is_one_line_and_prints_nothing(tmp_path, capfd):
    pytest.importorskip("xllamacpp")
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"not a model")
    with pytest.raises(WeightsError, match="cannot load") as caught:
        open_model(f"local:{path}", base_url="", api_key="")
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


@pytest.mark.live
def test_it_answers_quietly_within_a_known_context_and_shares_its_memory(capfd):
    lines: list[str] = []
    model = open_model(NAME, base_url="", api_key="", report=lines.append)
    again = open_model(NAME, base_url="", api_key="", report=lines.append)
    pieces: list[str] = []
    reply = model.ask(request(prompt="Write func GCD in Go.\nFile: a.go", max_tokens=40), pieces.append)
    assert reply["text"] == "".join(pieces) and len(pieces) > 5
    assert (reply["finish"], reply["completion_tokens"], reply["model"]) == ("length", 40, NAME)
    assert (model.name, model.context) == (NAME, 8192)
    assert again.ask(request(prompt="Say yes.", max_tokens=3))["text"]
    assert len([line for line in lines if "loading" in line]) <= 1, "one server for both"
    model.close()
    assert again.ask(request(prompt="Say no.", max_tokens=3))["text"], "closing one leaves the other"
    assert capfd.readouterr() == ("", "")


@pytest.mark.live
def test_equal_requests_get_equal_replies_and_other_seeds_others():
    model = open_model(NAME, base_url="", api_key="")
    ask = {"prompt": "Write a poem about Go.", "temperature": 1.0, "max_tokens": 24}
    first, second = (model.ask(request(seed=3, **ask))["text"] for _ in range(2))
    assert first == second
    assert model.ask(request(seed=4, **ask))["text"] != first


@pytest.mark.live
def test_nobody_else_on_the_machine_may_ask_it():
    model = open_model(NAME, base_url="", api_key="")
    url = model.connection.url
    assert url.startswith("http://127.0.0.1:")
    assert httpx.post(f"{url}/chat/completions", json={"messages": []}).status_code == 401


@pytest.mark.live
def test_a_last_message_of_the_assistant_is_continued():
    model = open_model(NAME, base_url="", api_key="")
    opening = "```go\npackage numkit\n\nfunc GCD(a, b int) int {\n"
    body = {
        "messages": [{"role": "user", "content": "Write GCD."}, {"role": "assistant", "content": opening}],
        "max_tokens": 60,
        "temperature": 0,
        "stop": ["```"],
    }
    headers = {"Authorization": f"Bearer {model.connection.key}"}
    answer = httpx.post(f"{model.connection.url}/chat/completions", json=body, headers=headers, timeout=60).json()
    text = answer["choices"][0]["message"]["content"]
    assert text.startswith(opening) and "package" not in text.removeprefix(opening)


@pytest.mark.live
def test_ctrl_c_in_mid_reply_ends_the_process_at_once():
    program = f"""
import os, signal
from guild.models import open_model
from tests.models.test_scripted import request
model = open_model({NAME!r}, base_url="", api_key="")
try:
    asked = request(prompt="Count to a thousand.", max_tokens=2000)
    model.ask(asked, lambda piece: os.kill(os.getpid(), signal.SIGINT))
except KeyboardInterrupt:
    print("interrupted")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "interrupted\n", "")
