"""Handing over: the whole change or none of it, never over what somebody else wrote meanwhile."""

import pytest

from guild.errors import OutputError
from guild.handover import Handover
from guild.records import Records

FOUND = {"a.go": "package k // a\r\n", "b.go": "package k // b", "README.md": "read\n"}
CHANGED = {**FOUND, "a.go": "package k // A\n", "c_test.go": "package k\n"}


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "k"
    place.mkdir()
    for path, text in FOUND.items():
        (place / path).write_bytes(text.encode())
    return place


@pytest.fixture
def handover(folder, tmp_path):
    return Handover(Records(tmp_path / "run"), folder, FOUND)


def texts(folder):
    return {path.name: path.read_bytes().decode() for path in folder.iterdir()}


def test_a_change_is_written_once_and_again_is_nothing_new(folder, handover, tmp_path):
    handover.write(CHANGED)
    assert texts(folder) == CHANGED
    Handover(Records(tmp_path / "run"), folder).write(CHANGED)
    assert texts(folder) == CHANGED and handover.taken() == FOUND


def test_a_file_that_is_gone_goes(folder, handover):
    handover.write({path: text for path, text in FOUND.items() if path != "b.go"})
    assert sorted(texts(folder)) == ["README.md", "a.go"]


@pytest.mark.parametrize("path", ["a.go", "b.go", "c_test.go"])
def test_what_somebody_wrote_meanwhile_keeps_all_of_it_out(folder, handover, path):
    (folder / path).write_text("package k // mine\n")
    there = texts(folder)
    with pytest.raises(OutputError, match=path):
        handover.write(CHANGED)
    assert texts(folder) == there


def test_what_is_no_code_and_not_touched_may_change_meanwhile(folder, handover):
    (folder / "README.md").write_text("mine\n")
    handover.write(CHANGED)
    assert texts(folder) == {**CHANGED, "README.md": "mine\n"}


def test_what_cannot_be_written_whole_is_put_back_to_the_byte(folder, handover):
    with pytest.raises(OutputError):
        handover.write({**CHANGED, "a.go/sub.go": "package sub\n"})
    assert texts(folder) == FOUND


def test_a_kill_between_two_files_is_made_good(folder, tmp_path):
    records = Records(tmp_path / "run")
    Handover(records, folder, FOUND)
    (folder / "a.go").write_text(CHANGED["a.go"])
    Handover(records, folder).write(CHANGED)
    assert texts(folder) == CHANGED
