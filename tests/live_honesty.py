"""One live build with the small embedded model: green or not, what guild says must equal what Go says by hand."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from guild import settings as setting
from guild.build import history
from guild.records import Records, run_folders
from guild.toolchains.go.locate import locate
from guild.values import Verdict

ROOT = Path(__file__).parent.parent
MODEL, MINUTES = "local:qwen2.5-coder-0.5b", "5"


def build(folder: Path) -> tuple[int, dict[str, Any]]:
    """Build numkit in a folder; return the exit code and what was printed."""
    command = [str(Path(sys.executable).parent / "guild"), "build", str(ROOT / "specs/numkit.yaml"), "--json"]
    done = subprocess.run(
        [*command, "--model", MODEL, "--max-minutes", MINUTES, "--out", str(folder / "out")],
        cwd=folder,
        env={**os.environ, "GUILD_HOME": str(folder / "home")},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), f"exit code {done.returncode}"
    return done.returncode, json.loads(done.stdout)


def by_hand(out: Path, *arguments: str) -> bool:
    """Run go in the output folder, as a person would."""
    go = locate(setting.search_path()).go
    environment = {**os.environ, "GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOTOOLCHAIN": "local"}
    return subprocess.run([str(go), *arguments], cwd=out, env=environment, check=False).returncode == 0


def compare(said: dict[str, Any], verdict: Verdict, out: Path) -> None:
    """Hold what was said against what Go says of the files: vet, and tests with the acceptance test among them."""
    score = verdict["score"]
    assert said["score"] == {name: score[name] for name in said["score"]}, (said, score)
    vet, test = by_hand(out, "vet", "./..."), by_hand(out, "test", "-count=4", "./...")
    assert score["vet"] is None or bool(score["vet"]) == vet, (score, vet)
    failed = bool(verdict["tests_failed"]) or any(oracle["ok"] is False for oracle in verdict["oracles"])
    if verdict["green"]:
        assert vet and test, "guild says green, Go does not"
    elif any(found["code"] in ("missing-file", "missing-symbol") for found in verdict["diagnostics"]):
        return
    elif score["vet"]:
        assert test == (not failed), (verdict["reason"], test)
    else:
        assert not (vet and test), "guild says that it does not compile, Go compiles and passes it"


def main() -> None:
    """Build, then compare exit code, what was printed, what was recorded and what is."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        code, said = build(folder)
        [run] = run_folders(folder / "home")
        state = history(run)[0].values
        assert said["outcome"] == Records(run).manifest()["outcome"] == state["outcome"], (said, state["outcome"])
        assert (code == 0) == (said["outcome"] == "green") == state["verdict"]["green"], (code, said)
        compare(said, state["verdict"], folder / "out")
        score = said["score"]
        print(f"live build: {said['outcome']}, {score['total']} of {score['max']}, {said['seconds']:.0f} s: honest")


if __name__ == "__main__":
    main()
