"""The diagnosis before a fix: asked for, read, held against what the Spec allows, and acted on."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from guild import replies
from guild.asking import ask
from guild.diagnosis import Diagnosis
from guild.errors import ReplyError
from guild.nodes.orders import diagnosis_request
from guild.nodes.targets import Target
from guild.replies import Suspicion
from guild.state import State, round_of
from guild.toolchains import Acted, Acting
from guild.values import Proposal, Reply, key
from guild.workshop import Desk, Workshop


@dataclass(frozen=True, kw_only=True)
class Diagnosed:
    """What a model made of a target, if it was asked and answered soundly, and what acting on it changes."""

    replies: tuple[Reply, ...] = ()
    found: Diagnosis | None = None
    edits: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def words(self) -> str:
        """What a fix is told of it."""
        if self.found is None:
            return ""
        said, asked = self.found, f"{self.found['action']} {self.found['what']}"
        refused = f"Not done: {asked}: {said['refused']}." if said["refused"] else ""
        printed = f"`{said['what']}` prints:\n{said['said']}" if said["action"] == "run" and said["said"] else ""
        return "\n".join(part for part in (said["hypothesis"], refused, printed) if part)


def diagnosed(desk: Desk, state: State, target: Target) -> Diagnosed:
    """Have a model say what is wrong, where that is wished for or a package lacks that may be had, and act on it."""
    if not _is_due(desk.shop, state, target):
        return Diagnosed()
    request, shown = diagnosis_request(desk.shop, state, target)
    reply = ask(desk, request)
    try:
        read = replies.suspicion(reply["text"], len(shown))
    except ReplyError as error:
        nothing = {"hypothesis": "", "action": "", "what": "", "said": ""}
        desk.emit("diagnosis", round=round_of(state), path=target.path, **nothing, refused=str(error))
        return Diagnosed(replies=(reply,))
    done = _acted(desk.shop, state, read)
    found = Diagnosis(
        round=round_of(state),
        path=target.path,
        evidence=[shown[number - 1] for number in read.evidence],
        hypothesis=read.hypothesis,
        action=read.action,
        what=read.what,
        refused="" if done.ok else done.said,
        said=done.said if done.ok else "",
    )
    desk.emit("diagnosis", **found)
    return Diagnosed(replies=(reply,), found=found, edits=done.edits)


def installation(told: Diagnosed) -> Proposal | None:
    """Put forward what an installed package changes in the manifest; None where nothing was installed."""
    if told.found is None or not told.edits:
        return None
    return Proposal(
        edits={**told.edits},
        origin="fix",
        path=min(told.edits),
        aims=[key(each) for each in told.found["evidence"]],
        role=None,
        draws=0,
        note=told.found["said"],
        mode="install",
        name=told.found["what"],
    )


def _is_due(shop: Workshop, state: State, target: Target) -> bool:
    if target.mode not in ("mend", "whole") or "diagnosis" in shop.settings.without:
        return False
    lacks = any(each["code"] == "missing-package" for each in target.diagnostics)
    return shop.settings.diagnose or (lacks and bool(state["plan"].get("packages")))


def _acted(shop: Workshop, state: State, read: Suspicion) -> Acted:
    """Do what is asked for as far as the Spec allows it; what does not is told why."""
    allowed = state["plan"].get("packages", [])
    if read.action == "edit":
        return Acted(ok=True, said="")
    if not allowed:
        return Acted(ok=False, said="the Spec lists no `packages`, so the standard library is all there is")
    if not isinstance(shop.toolchain, Acting):
        return Acted(ok=False, said=f"guild does that for other languages than {shop.toolchain.language} so far")
    if read.action == "run":
        return shop.toolchain.run(state["files"], shlex.split(read.what))
    wanted = {canonicalize_name(Requirement(each).name): each for each in allowed}
    name = canonicalize_name(read.what)
    if name not in wanted:
        return Acted(ok=False, said=f"{read.what} is none of the packages that the Spec allows: {', '.join(allowed)}")
    return shop.toolchain.install(state["files"], wanted[name])
