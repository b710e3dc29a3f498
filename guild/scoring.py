"""Score a folder: what the toolchain says of a project that lies there."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from guild import settings as setting
from guild.check import check
from guild.errors import SettingsError, UserError
from guild.plan import make_plan
from guild.sandbox import open_sandbox
from guild.spec import load_spec
from guild.spec.languages import MODULES, language_of
from guild.surveying import project_plan
from guild.toolchains import LANGUAGES, open_toolchain
from guild.values import Plan, Probe, Verdict
from guild.workspace import Workspace

_PROBE = re.compile(r"\s*(?P<method>[A-Z]+)\s+(?P<path>/\S*)\s*(?P<body>.*?)\s*->\s*(?P<status>\d{3})\s*$", re.DOTALL)


def score_folder(folder: Path, *, spec: str | None, probes: Sequence[str], sandbox: str = "auto") -> Verdict:
    """Check a copy of the project in a folder, against its Spec where one is given."""
    if not folder.is_dir():
        raise UserError(f"{folder} is not a folder")
    asked = [parse_probe(text) for text in probes]
    files = Workspace(folder).read()
    plan = make_plan(load_spec(spec, languages=LANGUAGES))[0] if spec else plan_of(folder.resolve().name, files)
    toolchain = open_toolchain(
        plan["language"], open_sandbox(sandbox), setting.cache_folder(), path=setting.search_path()
    )
    return check(files, {**plan, "probes": [*plan["probes"], *asked]}, toolchain)


def parse_probe(text: str) -> Probe:
    """Read `METHOD /path [BODY] -> STATUS`."""
    match = _PROBE.match(text)
    if match is None:
        raise SettingsError(f'--probe {text!r}: write it as \'POST /tasks {{"title":"x"}} -> 201\'')
    return Probe(method=match["method"], path=match["path"], body=match["body"], status=int(match["status"]), line=0)


def plan_of(name: str, files: Mapping[str, str]) -> Plan:
    """Return the Plan of a project that has no Spec: its files, with nothing asked of them."""
    language = language_of(files)
    if not language:
        raise UserError(f"{name}: no {' or '.join(MODULES)} there; guild scores a whole project's folder")
    return project_plan(name, files, language, "")
