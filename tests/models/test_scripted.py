from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict

from guild.errors import EndpointError, PromptTooLong, ScriptExhausted, SettingsError
from guild.models import Request, open_model
from guild.testing import ScriptedModel, parse_script

SCRIPT = """
dev:
  numkit.go:
    - |
      package numkit
    - {text: "package nu", finish: length}
fix:
  numkit.go:
    - text: cut
      prompt_tokens: 3
"""


def request(role: Any = "dev", path: str = "numkit.go", draw: int = 0, **fields: Any) -> Request:
    made: dict[str, Any] = {
        "role": role,
        "path": path,
        "round": 0,
        "draw": draw,
        "system": "You write Go.",
        "prompt": f"Write it.\nFile: {path}",
        "temperature": 0.2,
        "seed": 1,
        "max_tokens": 256,
    }
    return Request(**{**made, **fields})


def test_answers_by_role_file_and_draw(tmp_path):
    path = tmp_path / "script.yaml"
    path.write_text(SCRIPT)
    model = open_model(f"script:{path}", base_url="", api_key="")
    seen: list[str] = []
    first, second = model.ask(request(), seen.append), model.ask(request(draw=1))
    assert (first["text"], first["finish"], first["model"]) == ("package numkit\n", "stop", f"script:{path}")
    assert (second["text"], second["finish"]) == ("package nu", "length")
    assert "".join(seen) == first["text"]
    assert first["prompt_tokens"] == len("You write Go." + "Write it.\nFile: numkit.go") // 4
    assert first["completion_tokens"] == len(first["text"]) // 4
    assert model.ask(request())["text"] == first["text"], "asked again it answers the same"


def test_the_file_is_read_from_the_prompt_even_when_a_declaration_follows():
    model = ScriptedModel({"fix": {"a.go": ["the right one"]}})
    prompt = "File: other.go\nbody\nFile: a.go\nDeclaration: GCD"
    assert model.ask(request(role="fix", path="ignored.go", prompt=prompt))["text"] == "the right one"
    assert model.ask(request(role="fix", path="a.go", prompt="no such line"))["text"] == "the right one"


@pytest.mark.parametrize("wrong", [{"role": "test"}, {"path": "x.go"}, {"draw": 2}, {"draw": -1}])
def test_raises_outside_its_script(wrong):
    model = ScriptedModel(parse_script(SCRIPT))
    with pytest.raises(ScriptExhausted, match="no answer for role"):
        model.ask(request(**wrong))


def test_remembers_what_it_saw_and_what_is_left():
    model = ScriptedModel(parse_script(SCRIPT))
    model.ask(request())
    assert [seen.prompt for seen in model.requests] == ["Write it.\nFile: numkit.go"]
    assert model.left_over() == [("dev", "numkit.go", 1), ("fix", "numkit.go", 0)]


def test_a_cut_prompt_stops_and_one_too_long_is_not_sent():
    model = ScriptedModel(parse_script(SCRIPT))
    with pytest.raises(EndpointError, match="OLLAMA_CONTEXT_LENGTH"):
        model.ask(request(role="fix", system="s" * 400))
    with pytest.raises(PromptTooLong, match="32768"):
        model.ask(request(system="s" * 100_000))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("dev: [", "not YAML"),
        ("- a", "must be a mapping"),
        ("dev: [a]", "dev: must be a mapping"),
        ("dev: {a.go: text}", "dev: a.go: must be a list"),
        ("dev: {a.go: [{texts: x}]}", "draw 0: texts"),
        ("dev: {a.go: [{finish: stop}]}", "draw 0: text"),
        ("dev: {a.go: [{text: x, delay: soon}]}", "draw 0: delay"),
    ],
)
def test_a_wrong_script_is_a_users_error(text, named):
    with pytest.raises(SettingsError, match=named) as caught:
        parse_script(text, source="script.yaml")
    assert "script.yaml" in str(caught.value) and "\n" not in str(caught.value)


def test_a_script_that_is_not_there_is_a_users_error(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        open_model(f"script:{tmp_path}/none.yaml", base_url="", api_key="")


class Seen(BaseCallbackHandler):
    def __init__(self):
        self.metadata: list[dict[str, Any]] = []

    def on_chat_model_start(self, serialized, messages, *, metadata=None, **kwargs):
        self.metadata.append(metadata or {})


def test_a_call_inside_a_node_is_seen_by_the_callbacks_of_the_graph():
    class State(TypedDict, total=False):
        text: str

    model, seen = ScriptedModel(parse_script(SCRIPT)), Seen()
    graph = StateGraph(State)
    graph.add_node("dev_coder", lambda state: {"text": model.ask(request(draw=1))["text"]})
    graph.add_edge(START, "dev_coder")
    graph.add_edge("dev_coder", END)
    state = graph.compile().invoke({}, {"callbacks": [seen], "metadata": {"run": "r1"}})
    assert state["text"] == "package nu"
    told = seen.metadata[0]
    assert (told["role"], told["path"], told["round"], told["draw"]) == ("dev", "numkit.go", 0, 1)
    assert (told["langgraph_node"], told["run"]) == ("dev_coder", "r1")
