"""Events as nodes emit them, to tell of."""

from typing import Any

Event = dict[str, Any]
RUN = "20261121-101530-numkit-3f2a"


def diagnostic(**changes: object) -> Event:
    plain = {"path": "numkit.go", "line": 3, "column": 7, "symbol": "", "code": "", "stage": "build", "message": "m"}
    return {**plain, **changes}


def verdict(*, green: bool, diagnostics: list[Event] | None = None, **changes: object) -> Event:
    score = {"parse": 1, "build": 1, "vet": 1, "test": int(green), "run": None, "total": 2 + int(green), "max": 3}
    return {
        "kind": "verdict",
        "round": 0,
        "origin": "draft",
        "green": green,
        "reason": "" if green else "1 test fails",
        "score": score,
        "diagnostics": diagnostics or [],
        "tests_passed": ["TestGCD"],
        "tests_failed": [] if green else ["TestClamp"],
        "hollow": [],
        "oracles": [],
        "race": "passed",
        "seconds": 4.21,
        "files_hash": "h",
        **changes,
    }


def reply(role: str, path: str, *, recorded: bool = False, **changes: object) -> list[Event]:
    request = {"role": role, "path": path, "round": 0, "draw": 0, **changes}
    answer = {"completion_tokens": 210, "prompt_tokens": 400, "seconds": 10.5, "finish": "stop", "recorded": recorded}
    return [{"kind": "prompt", **request, "model": "m", "chars": 9}, {"kind": "reply", **request, **answer}]


def draft(role: str, path: str, **changes: object) -> Event:
    plain = {"round": 0, "draw": 0, "hash": "h", "fired": [], "parses": True, "reason": ""}
    return {"kind": "draft", "role": role, "path": path, **plain, **changes}


def finished(outcome: str = "green", *, judged: Event | None = None, limit: str = "", **changes: object) -> Event:
    judged = judged or verdict(green=outcome == "green")
    return {
        "kind": "finished",
        "name": "numkit",
        "run": RUN,
        "outcome": outcome,
        "score": judged["score"],
        "rounds": 2,
        "tokens": 1240,
        "seconds": 73.21,
        "out": "/home/user/generated/num[kit]",
        "files": ["numkit.go"],
        "disputes": [],
        "verdict": judged,
        "review": None,
        "spent": {"calls": 3, "exhausted": limit},
        **changes,
    }
