"""Right implementations of our Specs, and their oracles rendered by hand: what an oracle is checked against."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from guild.values import Expect

GO = shutil.which("go")


def run_go(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "GOTOOLCHAIN": "local", "GOPROXY": "off", "GOFLAGS": "-mod=mod"}
    return subprocess.run([str(GO), *arguments], cwd=cwd, env=env, capture_output=True, text=True, timeout=200)


def oracle_test(package: str, oracles: Iterable[Expect]) -> str:
    """Return a Go test, `TestOracles`, that asks each oracle."""
    lines = [f"package {package}", 'import ("testing"; "reflect")', "func TestOracles(t *testing.T) {"]
    for oracle in oracles:
        names = [f"got{number}" for number in range(len(oracle["want"]))]
        lines += ["{", f"{', '.join(names)} := {oracle['call']}"]
        lines += [_comparison(name, want, oracle) for name, want in zip(names, oracle["want"], strict=True)]
        lines.append("}")
    return "\n".join([*lines, "}", ""])


def _comparison(name: str, want: str, oracle: Expect) -> str:
    if want == "_":
        return f"_ = {name}"
    fails = f't.Errorf("line {oracle["line"]}: %#v", {name})'
    if want == "error":
        return f"if {name} == nil {{ {fails} }}"
    return f"want{name} := {name}; want{name} = {want}; if !reflect.DeepEqual({name}, want{name}) {{ {fails} }}"


def holds(oracle: Expect, text: str) -> bool:
    """Tell whether a Python module keeps an oracle of one result."""
    names: dict[str, object] = {}
    exec(text, names)
    (want,) = oracle["want"]
    try:
        got = eval(oracle["call"], names)
    except (ValueError, LookupError):
        return want == "error"
    return want != "error" and got == eval(want, names)
