"""Drive a run: start it, resume it, fork it; look at where it stands."""

import platform
import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, cast

from langgraph.types import StateSnapshot

from guild import prompts
from guild.checkpoint import copy_thread, open_saver
from guild.delivery import Claim, Delivery, claim
from guild.errors import OutputError, RunError, RunNotFound
from guild.existing import commit, project_language, read_project, unclean
from guild.graph import compiled
from guild.handover import Handover
from guild.manifest import Errand, Manifest
from guild.models import Progress
from guild.plan import make_plan
from guild.planning import opening_of, with_files
from guild.records import Records, new_run
from guild.result import Result, changed
from guild.runs import steps_of
from guild.settings import Settings
from guild.sitting import Sitting
from guild.spec import Spec, load_spec, self_contained
from guild.standing import kind_of, thread
from guild.toolchains import LANGUAGES
from guild.watch import Watcher
from guild.workshop import Desk, Workshop, open_workshop
from guild.workspace import text_digest

_PACKAGES = ("guild", "langgraph", "langchain-core", "langchain-openai")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a run's records and its output go."""

    home: Path
    out: Path | None = None
    """The output folder; `generated/NAME` where none is given."""
    force: bool = False
    """Whether files that are not ours may be overwritten there."""


def propose(sentence: str, language: str, settings: Settings, *, watch: Watcher) -> str:
    """Return the YAML text of a Spec that a model drafts for a sentence; ReplyError where no draft is sound."""
    text = opening_of(sentence, language)
    spec = load_spec(text, languages=LANGUAGES)
    with _opened(settings, language, watch) as shop:
        return with_files(Desk(shop, watch.event), text, spec)[0]


def start(source: str, settings: Settings, *, place: Place, watch: Watcher) -> Result:
    """Build a Spec, given as a path or as text, from nothing; a folder that is not ours is refused first."""
    spec = load_spec(source, languages=LANGUAGES)
    _claimed(spec, place)
    with _opened(settings, spec.language, watch) as shop:
        return start_in(shop, source, place=place, watch=watch)


def start_in(shop: Workshop, source: str, *, place: Place, watch: Watcher) -> Result:
    """Build a Spec from nothing in a Workshop that the caller has opened, and closes."""
    spec = load_spec(source, languages=LANGUAGES)
    out, claimed = _claimed(spec, place)
    records = Records(new_run(place.home, spec.name))
    with records.hold():
        manifest = _manifest(records, shop, spec.name, self_contained(source), out)
        records.write_manifest({**manifest, "spec_source": "" if "\n" in source else source})
        delivery = Delivery(records, out, claimed)
        return _result(Sitting(records=records, shop=shop, delivery=delivery, watch=watch), anew=True)


def work_on(project: Path, errand: Errand, settings: Settings, *, place: Place, watch: Watcher) -> Result:
    """Do an errand on a project that is there; it stays as it is unless all is green in the end."""
    folder = project.absolute()
    found = read_project(folder)
    if not place.force and (path := unclean(folder)):
        raise OutputError(f"{folder} is not clean: git does not hold {path} as it is; commit it, or say --force")
    language = project_language(found)
    head = opening_of(errand["request"], language, name=re.sub(r"[^A-Za-z0-9._-]+", "-", folder.name).strip(".-_"))
    spec = load_spec(head, languages=LANGUAGES)
    with _opened(settings, language, watch) as shop:
        records = Records(new_run(place.home, spec.name))
        with records.hold():
            records.write_manifest({**_manifest(records, shop, spec.name, head, folder), "errand": errand})
            delivery = Handover(records, folder, found)
            result = _result(Sitting(records=records, shop=shop, delivery=delivery, watch=watch), anew=True)
            return _committed(result)


def resume(folder: Path, settings: Settings, *, watch: Watcher) -> Result:
    """Go on with a run, interrupted or ended, under the limits given now."""
    records = Records(folder)
    with records.hold():
        manifest = records.manifest()
        language = load_spec(manifest["spec"], languages=LANGUAGES).language
        with _opened(settings, language, watch) as shop:
            records.write_manifest({**manifest, "settings": asdict(settings), "outcome": "", "finished": ""})
            out = Path(manifest["out"])
            delivery = Handover(records, out) if "errand" in manifest else Delivery(records, out)
            return _committed(_result(Sitting(records=records, shop=shop, delivery=delivery, watch=watch)))


def fork(folder: Path, step: int, settings: Settings, *, place: Place, watch: Watcher) -> Result:
    """Start a new run at a step of another; what was answered before is not asked again."""
    origin = Records(folder)
    old = origin.manifest()
    if "errand" in old:
        raise RunError(f"run {folder.name} is about a project that is there: start another with guild maintain")
    at = next((found for found in steps_of(history(folder)) if found["step"] == step), None)
    if at is None:
        raise RunNotFound(f"run {folder.name} has no step {step}; `guild show {folder.name}` lists its steps")
    out = (place.out or Path("generated") / f"{old['name']}-fork").absolute()
    spec = load_spec(old["spec"], languages=LANGUAGES)
    claimed = claim(place.home, out, _paths(spec), force=place.force)
    with _opened(settings, spec.language, watch) as shop:
        records = Records(new_run(place.home, old["name"]))
        with records.hold():
            records.adopt(origin, until=at["made"])
            copy_thread(origin.checkpoints, records.checkpoints, records.folder.name)
            manifest = _manifest(records, shop, old["name"], old["spec"], out)
            forked = {"spec_source": old["spec_source"], "forked_from": {"run": folder.name, "step": step}}
            records.write_manifest(cast(Manifest, {**manifest, **forked}))
            sitting = Sitting(records=records, shop=shop, delivery=Delivery(records, out, claimed), watch=watch)
            return _result(replace(sitting, checkpoint=at["checkpoint"]))


def told_of(line: str) -> dict[str, Any]:
    """Shape what is reported while a machine gets ready into an event."""
    if isinstance(line, Progress):
        return {"kind": "progress", "label": line.partition(":")[0], "done": line.done, "total": line.total}
    return {"kind": "waiting", "text": line}


def history(folder: Path) -> list[StateSnapshot]:
    """Return the checkpoints of a run, newest first; none before the first is committed."""
    checkpoints = Records(folder).checkpoints
    if not checkpoints.exists():
        return []
    with open_saver(checkpoints) as saver:
        kind = kind_of(Records(folder).manifest())
        return list(compiled(None, saver, kind=kind).get_state_history(thread(folder.name)))


@contextmanager
def _opened(settings: Settings, language: str, watch: Watcher) -> Generator[Workshop]:
    shop = open_workshop(settings, language=language, report=lambda line: watch.event(told_of(line)))
    try:
        yield shop
    finally:
        shop.close()


def _result(sitting: Sitting, *, anew: bool = False) -> Result:
    held = replace(sitting, shop=replace(sitting.shop, records=sitting.records))
    state = held.work(anew=anew)
    change = changed(sitting.records, state) if isinstance(sitting.delivery, Handover) else None
    return Result(manifest=sitting.records.manifest(), state=state, change=change)


def _committed(result: Result) -> Result:
    """Commit a green change where that was asked for."""
    manifest, change = result.manifest, result.change
    if change is None or not manifest["errand"]["commit"] or manifest["outcome"] != "green" or not change["changed"]:
        return result
    made = commit(Path(manifest["out"]), change["changed"], manifest["errand"]["request"])
    return replace(result, change={**change, "commit": made})


def _claimed(spec: Spec, place: Place) -> tuple[Path, Claim]:
    """Return the folder that a Spec is built into, and what stands there."""
    out = (place.out or Path("generated") / spec.name).absolute()
    return out, claim(place.home, out, _paths(spec), force=place.force)


def _paths(spec: Spec) -> list[str]:
    return [task["path"] for task in make_plan(spec)[0]["tasks"]]


def _manifest(records: Records, shop: Workshop, name: str, spec: str, out: Path) -> Manifest:
    versions = {package: metadata.version(package) for package in _PACKAGES}
    versions |= {"python": platform.python_version(), shop.toolchain.language: shop.toolchain.version}
    return Manifest(
        run=records.folder.name,
        name=name,
        started=datetime.now(UTC).isoformat(timespec="milliseconds"),
        spec=spec,
        spec_source="",
        settings=asdict(shop.settings),
        spec_hash=text_digest(spec),
        versions=versions,
        prompts_hash=prompts.fingerprint(),
        out=str(out),
        outcome="",
        finished="",
        seconds=0.0,
    )
