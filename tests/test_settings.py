import json
import re
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import get_args

import platformdirs
import pytest
from pydantic import TypeAdapter

from guild import settings
from guild.errors import SettingsError
from guild.settings import Mechanism, Settings, coerce, from_environment
from tests.conftest import ROOT

DEFAULT = Settings()


def test_without_anything_the_defaults_hold():
    assert from_environment({}) == from_environment({"model": None, "seed": None}) == DEFAULT


def test_settings_are_json_and_hold_no_secrets(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GUILD_API_KEY", "sesame")
    text = json.dumps(asdict(from_environment({})))
    assert coerce(json.loads(text)) == DEFAULT
    assert "sesame" not in text


@pytest.mark.parametrize("name", get_args(Mechanism))
def test_every_mechanism_that_can_be_switched_off_is_asked_about_where_it_works(name: str):
    sources = [path.read_text() for path in ROOT.glob("guild/**/*.py") if path.name != "settings.py"]
    assert any(re.search(rf'"{name}" (not )?in [\w.]*without', text) for text in sources)
    assert from_environment({"without": [name]}).without == (name,)


def test_a_mechanism_that_there_is_not_is_refused_with_those_that_there_are():
    with pytest.raises(SettingsError) as caught:
        from_environment({"without": ["magic"]})
    assert "without" in str(caught.value) and all(f"'{name}'" in str(caught.value) for name in get_args(Mechanism))


def test_the_form_describes_every_field():
    properties = TypeAdapter(Settings).json_schema()["properties"]
    assert list(properties) == [field.name for field in fields(Settings)]
    assert all(found["description"] and "default" in found for found in properties.values())


def test_a_flag_beats_the_environment_which_beats_dotenv_which_beats_the_default(monkeypatch: pytest.MonkeyPatch):
    Path(".env").write_text("GUILD_MODEL=from-file\nGUILD_BASE_URL=http://file/v1\n")
    assert from_environment({}).model == "from-file"
    monkeypatch.setenv("GUILD_MODEL", "from-environment")
    assert from_environment({}).model == "from-environment"
    assert from_environment({}).base_url == "http://file/v1"
    assert from_environment({"model": "from-flag"}).model == "from-flag"


def test_older_variables_are_understood_and_newer_ones_win(monkeypatch: pytest.MonkeyPatch):
    older = {"MODEL": "old", "BASE_URL": "http://old/v1", "MAX_TOKENS": "512", "TEMP": "0.7", "STOP": "<|im_end|>"}
    for name, value in older.items():
        monkeypatch.setenv(f"GUILDLM_BUILDER_{name}", value)
    found = from_environment({})
    assert (found.model, found.base_url, found.max_reply_tokens) == ("old", "http://old/v1", 512)
    assert (found.temperature, found.stop) == (0.7, "<|im_end|>")
    monkeypatch.setenv("GUILD_MODEL", "new")
    monkeypatch.setenv("GUILD_BASE_URL", "http://new/v1")
    assert (from_environment({}).model, from_environment({}).base_url) == ("new", "http://new/v1")


def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GUILD_MODEL", "")
    monkeypatch.setenv("GUILDLM_BUILDER_TEMP", "")
    assert from_environment({}) == DEFAULT


def test_a_base_url_without_a_model_asks_the_server(monkeypatch: pytest.MonkeyPatch):
    assert from_environment({"base_url": "http://host/v1"}).model == ""
    assert from_environment({"base_url": "http://host/v1", "model": "m"}).model == "m"
    monkeypatch.setenv("GUILD_BASE_URL", "http://host/v1")
    assert from_environment({}).model == ""


@pytest.mark.parametrize(
    ("flags", "name"),
    [
        ({"seed": "1"}, "seed"),
        ({"seed": True}, "seed"),
        ({"seed": -1}, "seed"),
        ({"review": "yes"}, "review"),
        ({"max_fix_rounds": 2.5}, "max_fix_rounds"),
        ({"max_fix_rounds": -1}, "max_fix_rounds"),
        ({"max_minutes": float("nan")}, "max_minutes"),
        ({"max_reply_tokens": 0}, "max_reply_tokens"),
        ({"temperature": 3}, "temperature"),
        ({"model": 7}, "model"),
        ({"model": Path("m")}, "model"),
        ({"base_url": "localhost:11434"}, "base_url"),
        ({"base_url": "http://host:99999"}, "base_url"),
        ({"fix_model": "big@ftp://host"}, "fix_model"),
        ({"rounds": 1}, "rounds"),
    ],
)
def test_a_wrong_value_is_refused_by_name(flags: dict[str, object], name: str):
    with pytest.raises(SettingsError, match=rf"^{name}: "):
        from_environment(flags)


def test_a_wrong_variable_is_refused_by_its_own_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GUILDLM_BUILDER_TEMP", "hot")
    with pytest.raises(SettingsError, match=r"^GUILDLM_BUILDER_TEMP: "):
        from_environment({})
    assert from_environment({"temperature": 0.5}).temperature == 0.5


@pytest.mark.parametrize("flags", [{"base_url": "http://me:sesame@host/v1"}, {"model": "m@http://me:sesame@host/v1"}])
def test_a_password_in_an_address_is_refused_and_not_repeated(flags: dict[str, object]):
    with pytest.raises(SettingsError, match="GUILD_API_KEY") as caught:
        from_environment(flags)
    assert "sesame" not in str(caught.value)


def test_a_dotenv_that_is_no_text_is_refused():
    Path(".env").write_bytes(b"GUILD_MODEL=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"\.env: is not UTF-8 text"):
        from_environment({})


def test_a_folder_called_dotenv_is_nothing():
    Path(".env").mkdir()
    assert from_environment({}) == DEFAULT


@dataclass
class Foreign:
    model: str = "theirs"


@pytest.mark.parametrize("context", [None, {}, {"user": "u"}, {"model": "m", "user": "u"}, Foreign(), "text", 3])
def test_a_foreign_context_means_environment_and_defaults(context: object, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GUILD_MODEL", "named")
    assert coerce(context) == Settings(model="named")


def test_our_context_is_taken_and_checked():
    assert coerce(Settings(seed=4)) == Settings(seed=4)
    assert coerce({"seed": 4, "max_minutes": 5}) == Settings(seed=4, max_minutes=5.0)
    for wrong in (Settings(seed="4"), {"seed": "4"}, {"seed": None, "review": 1}):  # pyright: ignore[reportArgumentType]
        with pytest.raises(SettingsError):
            coerce(wrong)


def test_a_role_asks_its_own_model_or_the_main_one():
    chosen = Settings(model="main", fix_model="fixer")
    assert [settings.model_for(chosen, role) for role in ("dev", "test", "fix", "review")] == [
        "main",
        "main",
        "fixer",
        "main",
    ]


def test_keys_come_from_the_environment_nearest_first(monkeypatch: pytest.MonkeyPatch):
    assert settings.api_key("dev") == settings.PLACEHOLDER_KEY
    Path(".env").write_text("GUILD_FIX_API_KEY=for-the-fixer\n")
    monkeypatch.setenv("GUILDLM_BUILDER_API_KEY", "old")
    assert settings.api_key("dev") == "old"
    monkeypatch.setenv("GUILD_API_KEY", "ours")
    assert settings.api_key("dev") == settings.api_key() == "ours"
    assert settings.api_key("fix") == "for-the-fixer"
    monkeypatch.setenv("GUILD_FIX_API_KEY", "other")
    assert settings.api_key("fix") == "other"


def test_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("GUILD_HOME")
    assert settings.home() == tmp_path / ".guild"
    monkeypatch.setenv("GUILD_HOME", "runs")
    assert settings.home() == tmp_path / "runs"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert settings.cache_folder() == platformdirs.user_cache_path("guild")
    assert settings.cache_folder().is_relative_to(tmp_path / "cache")
    assert not settings.cache_folder().exists()


def test_the_environment_is_handed_out_as_a_copy(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/somewhere")
    copy = settings.environment()
    copy["PATH"] = "/elsewhere"
    assert settings.search_path() == "/somewhere"
