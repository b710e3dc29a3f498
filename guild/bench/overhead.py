"""What guild itself costs: a run's time outside model and toolchain, and a warm check against the same by hand."""

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Any

from guild import process
from guild import settings as setting
from guild.bench import solving
from guild.bench.counting import count
from guild.bench.rows import Task
from guild.bench.solving import Attempt, Bout
from guild.bench.trial import open_go
from guild.check import check
from guild.errors import RunError
from guild.plan import make_plan
from guild.process import Limits
from guild.settings import Settings
from guild.spec import load_spec, self_contained
from guild.toolchains import LANGUAGES
from guild.toolchains.go import GoToolchain
from guild.toolchains.go.commands import Go
from guild.values import Plan
from guild.workshop import Workshop, open_workshop
from guild.workspace import Workspace, temporary

PACE = 20
"""Tokens a second that a scripted model is taken to write: what a small model does on two cores."""
BY_HAND = "go build ./... && go vet ./... && go test -count=4 ./..."


@dataclass(frozen=True, kw_only=True)
class Overhead:
    """Medians over a few repetitions, in seconds."""

    outside: float
    """Of a run, after start-up: neither the model's nor the toolchain's."""
    run: float
    """The whole run, with a scripted model's answers at the pace of a real one."""
    share: float
    check: float
    """A warm check after an edit, without the race detector."""
    by_hand: float
    ratio: float


class _Unraced(GoToolchain):
    def race_available(self) -> str:
        """Leave the race detector out: by hand it is not run either."""
        return "timed apart"


def shipped_spec() -> str:
    """Return the small Spec that is built where nobody names one."""
    return str(files("guild.bench") / "overhead.yaml")


def shipped_model() -> str:
    """Return the scripted model that has the answers for the shipped Spec."""
    return f"script:{files('guild.bench') / 'overhead-script.yaml'}"


def measure(spec: str, settings: Settings, folder: Path, times: int, say: Callable[[str], None]) -> Overhead:
    """Build a Spec a few times, then edit what was built and check it, by guild and by hand."""
    text = self_contained(spec)
    with closing(open_workshop(settings, report=say)) as shop:
        attempts = [_built(Bout("specs", Task("overhead", text), _forgetful(shop), folder)) for _ in range(times)]
    runs = [_split(attempt, settings) for attempt in attempts]
    go = open_go(setting.isolation(settings))
    plan = make_plan(load_spec(text, languages=LANGUAGES))[0]
    pairs = [_checked(go, plan, attempts[-1].files) for _ in range(times + 1)][1:]
    ours, theirs = median(mine for mine, _ in pairs), median(hand for _, hand in pairs)
    return Overhead(
        outside=median(outside for outside, _ in runs),
        run=median(run for _, run in runs),
        share=median(outside / run for outside, run in runs),
        check=ours,
        by_hand=theirs,
        ratio=ours / theirs,
    )


def _forgetful(shop: Workshop) -> Workshop:
    """Return a Workshop whose toolchain has not been asked anything."""
    return replace(shop, toolchain=GoToolchain(open_go(setting.isolation(shop.settings))))


def _built(bout: Bout) -> Attempt:
    attempt = solving.loop(bout)
    if attempt.outcome != "green":
        raise RunError(f"the build ended {attempt.outcome}: its time says nothing; see {attempt.records.folder}")
    return attempt


def _split(attempt: Attempt, settings: Settings) -> tuple[float, float]:
    """Return the seconds of a run that are our own, and those of the whole run."""
    counts = count(attempt.records.events())
    outside = max(0.0, attempt.seconds - counts.model_seconds - attempt.toolchain_seconds)
    scripted = settings.model.startswith("script:")
    return outside, attempt.seconds + (counts.completion_tokens / PACE if scripted else 0.0)


def _checked(go: Go, plan: Plan, built: Mapping[str, str]) -> tuple[float, float]:
    """Return the seconds of a check by guild and by hand, each after the same edit that nobody has seen."""
    path = next(task["path"] for task in plan["tasks"] if task["role"] == "dev")
    edited = {**built, path: f"{built[path]}\nconst edition{time.time_ns()} = 1\n"}
    plan = {**plan, "expect": [], "probes": []}
    began = time.monotonic()
    verdict = check(edited, plan, _Unraced(go))
    ours = time.monotonic() - began
    if not verdict["green"]:
        raise RunError(f"the check is not green: {verdict['reason']}")
    with temporary() as place:
        place.write(edited)
        return ours, _by_hand(go, place)


def _by_hand(go: Go, place: Workspace) -> float:
    """Run the three commands as a person would: in no sandbox, on code that the check has just passed."""
    own = setting.environment()
    path = f"{go.installation.root / 'bin'}:{own.get('PATH', '')}"
    env = {**own, "PATH": path, "GOCACHE": str(go.build_cache), "GOTOOLCHAIN": "local", "GOFLAGS": ""}
    done = process.run(("/bin/sh", "-c", BY_HAND), cwd=place.root, env=env, limits=Limits(seconds=300))
    if done.returncode != 0:
        raise RunError(f"by hand it fails: {(done.stderr or done.stdout).strip()[:200]}")
    return done.seconds


def told(found: Overhead) -> dict[str, Any]:
    """Return the figures as JSON can say them."""
    return {name: round(value, 4) for name, value in asdict(found).items()}
