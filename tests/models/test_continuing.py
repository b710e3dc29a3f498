"""Answers that are begun for the model: a server is asked once whether it goes on from there. Loops are cut."""

from typing import Any

import pytest

from guild.models import Model
from guild.models.connection import Connection
from guild.models.endpoint import open_endpoint
from guild.models.faults import Patience
from guild.models.request import REPETITION
from tests.models.server import Manners, Server
from tests.models.test_scripted import request

OPENING = "```go\npackage k\n\n"
REST = "func One() int { return 1 }\n"
LOOP = "\tdone = append(done, next)\n"


def opened(server: Server) -> Model:
    patience = Patience(attempts=2, first_wait=0.01, connect=2.0, read=5.0)
    return open_endpoint("tiny", Connection(server.url, "", patience))


@pytest.mark.parametrize(
    ("prefill", "continues"),
    [
        ("goes on", True),
        ("echoes", True),
        ("starts again", False),
        ("starts again alike", False),
        ("refuses", False),
    ],
)
def test_a_server_is_asked_on_opening_whether_it_goes_on_from_a_begun_answer(prefill, continues):
    with Server(Manners(prefill=prefill)) as server:
        assert opened(server).continues is continues
        assert (server.greetings, server.calls) == (2, []), "one hello, one count"


@pytest.mark.parametrize("prefill", ["goes on", "echoes"])
def test_a_reply_holds_its_beginning_once(prefill):
    with Server(Manners(prefill=prefill, answer=lambda _: REST)) as server:
        reply = opened(server).ask(request(prefill=OPENING))
        assert reply["text"] == OPENING + REST
        sent = server.calls[-1]["messages"]
    assert [message["role"] for message in sent] == ["system", "user", "assistant"]
    assert sent[-1]["content"] == OPENING


def test_without_a_beginning_the_users_message_is_the_last():
    with Server(Manners(prefill="refuses", answer=lambda _: REST)) as server:
        assert opened(server).ask(request())["text"] == REST
        assert [message["role"] for message in server.calls[-1]["messages"]] == ["system", "user"]


@pytest.mark.parametrize(
    "looping",
    [LOOP, "a := 1\n\tb := 2\n\tc := 3\n", "x + "],
    ids=["a line", "some lines", "within a line"],
)
def test_a_stream_that_goes_round_in_circles_is_cut_at_the_server_too(looping):
    with Server(Manners(answer=lambda _: REST + looping * 4000, delay=0.001)) as server:
        reply = opened(server).ask(request())
        assert server.hung_up.wait(5), "the server goes on writing"
    assert (reply["finish"], reply["text"].startswith(REST)) == (REPETITION, True)
    assert len(reply["text"]) < len(REST) + 2000 and len(server.calls) == 1, "a cut reply is not asked for again"


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        (LOOP * 40, {"cut": False}),
        ("\t}\n" * 40, {}),
        (LOOP * 5 + REST, {}),
        ("".join(f"{n},\n" for n in range(99)), {}),
    ],
    ids=["not wished for", "closing braces", "five times", "unlike lines"],
)
def test_a_stream_runs_to_its_end_where_it_is_no_loop_or_may_be_one(answer: str, fields: dict[str, Any]):
    with Server(Manners(answer=lambda _: answer)) as server:
        reply = opened(server).ask(request(**fields))
    assert (reply["text"], reply["finish"]) == (answer, "stop")
