import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import RunnableLambda

from guild.errors import EndpointError, PromptTooLong, SettingsError
from guild.models import Model, open_model
from guild.models.connection import Connection
from guild.models.endpoint import open_endpoint
from guild.models.faults import Patience, shown
from tests.models.server import Manners, Server
from tests.models.test_scripted import request

TEXT = "package numkit\n\nfunc GCD(a, b int) int { return a }\n"
QUICK = Patience(attempts=3, first_wait=0.01, connect=2, read=5)


def manners(**changed: Any) -> Manners:
    return Manners(**{"answer": lambda payload: TEXT, **changed})


def opened(server: Server, name: str = "tiny", **patience: Any) -> Model:
    values = {"attempts": 3, "first_wait": 0.01, "connect": 2.0, "read": 5.0, **patience}
    return open_endpoint(name, Connection(server.url, server.manners.key, Patience(**values)))


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_reply_arrives_in_pieces_and_is_whole():
    pieces: list[str] = []
    with Server(manners(prompt_tokens=lambda size: size // 3)) as server:
        model = open_model("tiny", base_url=server.url, api_key="")
        asked = request(stop=("```\n",), max_tokens=99)
        reply = model.ask(asked, pieces.append)
    assert (reply["text"], reply["finish"], reply["model"]) == (TEXT, "stop", "tiny")
    assert len(pieces) > 3 and "".join(pieces) == TEXT
    assert reply["prompt_tokens"] == (len(asked.system) + len(asked.prompt)) // 3
    assert reply["completion_tokens"] == 7


def test_what_is_sent_is_what_every_server_reads(monkeypatch):
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with Server(manners(models=["my-codex"])) as server:
        open_model("my-codex", base_url=server.url, api_key="").ask(request(stop=("x",), max_tokens=99, seed=7))
        sent = server.calls[-1]
    assert sent["model"] == "my-codex", "a name that LangChain would send to /v1/responses"
    assert (sent["max_tokens"], sent["seed"], sent["temperature"], sent["stop"]) == (99, 7, 0.2, ["x"])
    assert "max_completion_tokens" not in sent
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"status": 429, "retry_after": "0.01"},
        {"broken": "at once"},
        {"broken": "mid-stream"},
        {"broken": "no finish"},
        {"broken": "error event"},
    ],
    ids=lambda fault: "-".join(str(value) for value in fault.values()),
)
def test_a_fault_that_passes_changes_nothing_and_one_that_stays_is_one_line(fault):
    with Server(manners(every=3, **fault)) as server:
        model = opened(server)
        assert [model.ask(request())["text"] for _ in range(6)] == [TEXT] * 6
        assert len(server.calls) > 6, "some calls were asked twice"
        server.manners.every = 1
        before = len(server.calls)
        with pytest.raises(EndpointError, match="tiny at http://127") as caught:
            model.ask(request())
        assert len(server.calls) - before == QUICK.attempts
    assert "\n" not in str(caught.value) and ";" in str(caught.value)


def test_several_threads_may_ask_at_once():
    def answer(payload):
        return payload["messages"][-1]["content"]

    with Server(manners(answer=answer, every=3, status=500)) as server, ThreadPoolExecutor(4) as pool:
        model = opened(server, attempts=8)
        prompts = [f"prompt {number}" for number in range(12)]
        replies = pool.map(lambda prompt: model.ask(request(prompt=prompt))["text"], prompts)
        assert list(replies) == prompts


def test_the_server_says_how_long_to_wait():
    said: list[str] = []
    with Server(manners(every=3, status=429, retry_after="0.3", rude=True)) as server:
        model = open_endpoint("tiny", Connection(server.url, "", QUICK, said.append))
        began = time.monotonic()
        assert model.ask(request())["text"] == TEXT
    assert time.monotonic() - began > 0.3
    assert len(said) == 1 and "429" in said[0] and "0.3 s" in said[0]


def test_a_reply_cut_short_says_so():
    with Server(manners(finish="length")) as server:
        assert opened(server).ask(request())["finish"] == "length"


def test_a_server_that_hangs_is_left():
    with Server(manners()) as server:
        model = opened(server, read=0.2, attempts=1)
        server.manners.delay = 1.0
        began = time.monotonic()
        with pytest.raises(EndpointError, match="no answer in time"):
            model.ask(request())
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ValueError])
def test_leaving_closes_the_stream_and_asks_nothing_again(fault):
    def leave(piece: str) -> None:
        raise fault

    with Server(manners()) as server:
        model = opened(server)
        server.manners.answer, server.manners.delay = lambda payload: "x" * 80_000, 0.002
        with pytest.raises(fault):
            model.ask(request(), leave)
        assert server.hung_up.wait(5), "the server goes on writing"
        assert len(server.calls) == 1


def test_a_fault_on_opening_passes_too():
    with Server(manners(every=3, status=500, rude=True)) as server:
        opened(server)
        opened(server)
        assert opened(server).ask(request())["text"] == TEXT
        assert len(server.calls) == 3 * 2 + 1 + 3, "two to open each, one to ask, three that failed"


def test_a_wrong_key_is_one_line_before_any_work():
    with Server(manners(key="right")) as server:
        assert opened(server).ask(request())["text"] == TEXT
        server.calls.clear()
        with pytest.raises(EndpointError, match="GUILD_API_KEY") as caught:
            open_model("tiny", base_url=server.url, api_key="wrong")
        assert not server.calls and "\n" not in str(caught.value) and "wrong" not in str(caught.value)


def test_a_missing_model_names_those_that_are_there():
    with (
        Server(manners(models=["small", "big"])) as server,
        pytest.raises(EndpointError, match=r"no model tiny.*big, small"),
    ):
        opened(server)


def test_a_server_out_of_reach_is_one_line(closed_port):
    began = time.monotonic()
    with pytest.raises(EndpointError, match=r"refused.*--base-url"):
        open_model("tiny", base_url=f"http://127.0.0.1:{closed_port}/v1", api_key="")
    assert time.monotonic() - began < 5


def test_a_base_url_without_its_v1_is_one_line():
    with Server() as server, pytest.raises(EndpointError, match="/v1"):
        open_model("tiny", base_url=server.root, api_key="")


@pytest.mark.parametrize("url", ["", "localhost:11434", "ftp://x/v1", "http://"])
def test_a_base_url_that_is_none_is_a_users_error(url):
    with pytest.raises(SettingsError, match="base URL"):
        open_model("tiny", base_url=url, api_key="")


def test_a_server_without_a_list_of_models_is_asked_all_the_same():
    with Server(manners(models=None)) as server:
        assert opened(server, "anything").name == "anything"
        with pytest.raises(SettingsError, match="--model"):
            opened(server, "")


def test_without_a_name_the_only_model_is_taken():
    with Server(manners(models=["only"])) as server:
        assert opened(server, "").name == "only"
        server.manners.models = ["one", "two"]
        with pytest.raises(SettingsError, match="one, two"):
            opened(server, "")


def test_a_name_may_bring_its_address_and_lack_its_tag(closed_port):
    with Server(manners(models=["tiny:latest"])) as server:
        model = open_model(f"tiny@{server.url}", base_url=f"http://127.0.0.1:{closed_port}/v1", api_key="")
        assert model.name == "tiny:latest"


@pytest.mark.parametrize(
    ("kind", "note"),
    [("llama.cpp", "/props"), ("vllm", "max_model_len"), ("ollama", "/api/ps")],
)
def test_the_context_is_what_the_server_reports(kind, note):
    with Server(manners(kind=kind, context=5000)) as server:
        model = opened(server)
        assert model.context == 5000 and note in model.note


def test_a_context_that_nobody_reports_is_assumed_and_said():
    with Server() as server:
        model = opened(server)
        assert model.context == 4096 and "assumed" in model.note


def test_a_prompt_that_does_not_fit_is_never_sent():
    with Server() as server:
        model = opened(server)
        before = len(server.calls)
        with pytest.raises(PromptTooLong, match="4096"):
            model.ask(request(system="s" * 12_000, max_tokens=256))
        assert len(server.calls) == before
        assert model.ask(request(system="s" * 11_000, max_tokens=256))["text"]


@pytest.mark.parametrize("kind", ["llama.cpp", "vllm"])
def test_a_server_that_counts_tokens_decides_what_fits(kind):
    with Server(manners(kind=kind, context=4096)) as server:
        model = opened(server)
        assert model.ask(request(system="s" * 20_000))["text"]
        with pytest.raises(PromptTooLong):
            model.ask(request(system="s" * 40_000))


def test_a_prompt_that_the_server_calls_too_long_is_told_as_such():
    message = "request (9000 tokens) exceeds the available context size (4096 tokens)"
    with Server(manners(every=3, status=400, message=message, rude=True)) as server:
        model = opened(server)
        with pytest.raises(PromptTooLong, match="9000 tokens"):
            model.ask(request())
        assert len(server.calls) == 3, "asking again is of no use"


@pytest.mark.parametrize(
    ("size", "reported", "cut"),
    [(8000, 900, True), (8000, 1200, False), (12_000, 2048, True), (12_000, 2047, True), (12_000, 2050, False)],
)
def test_prompt_tokens_that_show_a_cut_prompt_stop_the_run(size, reported, cut):
    with Server(manners(kind="llama.cpp", context=16_000, prompt_tokens=lambda size: reported)) as server:
        model = opened(server)
        asked = request(system="", prompt="p" * size)
        if not cut:
            assert model.ask(asked)["prompt_tokens"] == reported
            return
        with pytest.raises(EndpointError, match=r"OLLAMA_CONTEXT_LENGTH.*--ctx-size"):
            model.ask(asked)


def test_parameters_that_a_server_refuses_are_left_out_or_said_in_its_words():
    with Server(manners(refuses=("max_tokens", "temperature", "seed"))) as server:
        assert opened(server).ask(request(max_tokens=99))["text"] == TEXT
        sent = server.calls[-1]
    assert sent["max_completion_tokens"] == 99
    assert not {"max_tokens", "temperature", "seed"} & sent.keys()


def test_a_parameter_that_cannot_be_left_out_is_one_line():
    with Server(manners(refuses=("messages",))) as server, pytest.raises(EndpointError, match="HTTP 400"):
        opened(server)


def test_tracing_sees_who_asked_and_what_it_cost():
    class Seen(BaseCallbackHandler):
        def __init__(self):
            self.metadata: dict[str, Any] = {}
            self.usage: Any = None

        def on_chat_model_start(self, serialized, messages, *, metadata=None, **kwargs):
            self.metadata = metadata or {}

        def on_llm_end(self, response, **kwargs):
            self.usage = response.generations[0][0].message.usage_metadata

    seen = Seen()
    with Server(manners(prompt_tokens=lambda size: 50)) as server:
        model = opened(server)
        RunnableLambda(lambda _: model.ask(request(draw=2))["text"]).invoke("", {"callbacks": [seen]})
    assert (seen.metadata["role"], seen.metadata["draw"]) == ("dev", 2)
    assert seen.usage["input_tokens"] == 50


def test_a_url_is_shown_without_its_secrets():
    assert shown("https://me:word@host:8/v1?key=s") == "https://host:8/v1"
