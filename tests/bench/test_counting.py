from guild.bench.counting import count


def test_a_trace_is_summed_up() -> None:
    reply = {"kind": "reply", "prompt_tokens": 10, "completion_tokens": 4, "seconds": 1.5}
    counts = count(
        [
            {**reply, "recorded": False},
            {**reply, "recorded": True},
            {"kind": "draft", "fired": ["imports", "arity"], "helped": ["arity"], "parses": True},
            {"kind": "draft", "fired": ["imports"], "parses": True},
            {"kind": "draft", "fired": ["imports"], "parses": False},
            {"kind": "gate", "origin": "fix", "kept": True},
            {"kind": "gate", "origin": "fix", "kept": False},
            {"kind": "outcome", "outcome": "green"},
        ]
    )
    assert (counts.prompt_tokens, counts.completion_tokens, counts.model_seconds) == (10, 4, 1.5)
    assert counts.fired == {"imports": 3, "arity": 1, "fix": 2}
    assert counts.helped == {"arity": 1, "imports": 1, "fix": 1}
