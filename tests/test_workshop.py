"""The Workshop: a client for each model, not for each role; what a desk says is recorded unless it passes."""

from pathlib import Path
from typing import Any, cast

import pytest

from guild import settings as setting
from guild.errors import SettingsError
from guild.settings import Settings
from guild.workshop import ROLES, Desk, Workshop, open_models, open_workshop, workshop_for
from tests.models.server import Manners, Server
from tests.nodes.samples import Planted, workshop


def script(folder: Path, name: str = "a") -> str:
    path = folder / f"{name}.yaml"
    path.write_text("dev: {}\n")
    return f"script:{path}"


class Counted:
    """A model that counts how often it is let go."""

    name, context, note = "counted", 1, ""

    def __init__(self) -> None:
        self.closed = 0

    def ask(self, request: Any, on_text: Any = None) -> Any:
        raise NotImplementedError

    def close(self) -> None:
        self.closed += 1


def test_roles_that_name_one_model_share_its_client(tmp_path, monkeypatch):
    settings = setting.coerce({"model": script(tmp_path), "fix_model": script(tmp_path, "b")})
    models = open_models(settings)
    assert tuple(models) == ROLES
    assert models["dev"] is models["test"] is models["review"] and models["fix"] is not models["dev"]
    assert models["fix"].name.endswith("b.yaml")
    monkeypatch.setenv("GUILD_TEST_API_KEY", "its own")
    models = open_models(settings)
    assert models["dev"] is models["review"] is not models["test"], "another key is another client"


def test_a_model_that_cannot_be_had_is_said_at_once(tmp_path):
    with pytest.raises(SettingsError, match=r"gone\.yaml"):
        open_models(setting.coerce({"model": script(tmp_path), "review_model": "script:gone.yaml"}))


def test_closing_lets_each_model_go_once():
    shared, own, member = Counted(), Counted(), Counted()
    models: Any = {**dict.fromkeys(ROLES, shared), "fix": own}
    toolchain, fleet = Planted(), (member, shared)
    Workshop(settings=Settings(), models=models, toolchain=cast(Any, toolchain), fleet=cast(Any, fleet)).close()
    assert (shared.closed, own.closed, member.closed) == (1, 1, 1)


@pytest.mark.go
def test_a_fleet_is_opened_in_turn_each_at_its_own_address(tmp_path):
    with Server(Manners(models=["small", "tiny"])) as near, Server(Manners(models=["big"])) as far:
        fleet = [f"big@{far.url}", "tiny", script(tmp_path)]
        settings = setting.coerce({"model": script(tmp_path), "base_url": near.url, "fleet": fleet})
        shop = open_workshop(settings)
        assert [shop.model("fix", f"fleet {number}").name for number in range(3)] == ["big", "tiny", fleet[2]]
        assert shop.model("fix").name == shop.model("fix", "dev").name == fleet[2]
        shop.close()
        assert (near.loaded, far.loaded) == ({"tiny"}, {"big"})


def test_a_fleet_with_a_wrong_address_is_refused_by_name():
    with pytest.raises(SettingsError, match=r"fleet.*must be an address"):
        setting.from_environment({"fleet": ["big@https://"]})


def test_a_desk_streams_all_and_records_what_does_not_pass(tmp_path):
    shop = workshop(tmp_path, records=True)
    seen: list[Any] = []
    desk = Desk(shop, seen.append)
    desk.emit("verdict", green=True)
    desk.emit("token", count=3)
    assert seen == [{"kind": "verdict", "green": True}, {"kind": "token", "count": 3}]
    assert shop.records is not None
    assert [(event["kind"], event["green"]) for event in shop.records.events()] == [("verdict", True)]


def test_without_records_a_desk_streams_and_writes_nothing(tmp_path):
    seen: list[Any] = []
    Desk(workshop(tmp_path), seen.append).emit("verdict", green=True)
    assert len(seen) == 1 and list(tmp_path.iterdir()) == []


@pytest.mark.go
def test_equal_contexts_share_a_workshop_and_others_do_not(tmp_path, monkeypatch):
    name = script(tmp_path)
    monkeypatch.setenv("GUILD_MODEL", name)
    shop = workshop_for({"model": name, "seed": 3}, "go")
    assert workshop_for(Settings(model=name, seed=3), "go") is shop
    assert shop.settings.seed == 3 and shop.toolchain.language == "go" and shop.records is None
    foreign = workshop_for({"messages": []}, "go")
    assert foreign is not shop and foreign.settings.seed == 1 and foreign.models["dev"].name == name
    assert workshop_for(None, "go") is foreign
    with pytest.raises(SettingsError, match="seed"):
        workshop_for({"seed": "three"}, "go")
