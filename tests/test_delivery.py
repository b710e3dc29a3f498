"""--out: ours goes and comes, a person's is never overwritten unseen, whatever moment a run is killed at."""

from pathlib import Path

import pytest

from guild.delivery import Delivery, claim
from guild.errors import OutputError
from guild.records import Records
from guild.workspace import text_digest
from tests.test_records import manifest


def records_of(folder: Path, run: str = "now", out: str = "out") -> Records:
    records = Records(folder / "home/runs" / run)
    records.write_manifest(manifest(run, out=str(folder / out)))
    return records


def delivery(folder: Path, run: str = "now") -> Delivery:
    """Return the Delivery of a sitting that goes on with a run."""
    return Delivery(records_of(folder, run), folder / "out")


def claimed(folder: Path, *, force: bool = False) -> Delivery:
    """Return the Delivery of a run that begins."""
    stood = claim(folder / "home", folder / "out", ["a.go"], force=force)
    return Delivery(records_of(folder), folder / "out", stood)


def plant(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / "out" / name.replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def there(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder / "out").as_posix(): p.read_text() for p in (folder / "out").rglob("*") if p.is_file()}


def test_the_folder_holds_what_was_written_and_what_is_gone_goes(tmp_path):
    delivery(tmp_path).write({"a.go": "1", "sub/b.go": "2"})
    again = delivery(tmp_path)
    again.write({"a.go": "3"})
    assert there(tmp_path) == {"a.go": "3"} and again.changes() == {}


def test_what_is_there_already_is_not_written_again(tmp_path):
    space = delivery(tmp_path)
    space.write({"a.go": "1"})
    before = (tmp_path / "out/a.go").stat().st_mtime_ns
    space.write({"a.go": "1"})
    assert (tmp_path / "out/a.go").stat().st_mtime_ns == before
    assert [event["kind"] for event in records_of(tmp_path).events()] == ["writing", "written"]


def test_a_persons_change_stays_until_it_was_judged(tmp_path):
    space = delivery(tmp_path)
    space.write({"a.go": "1", "gone.go": "1"})
    plant(tmp_path, a_go="mine a", gone_go="mine gone", new_go="mine new")
    mine = there(tmp_path)
    for _ in range(2):
        assert delivery(tmp_path).changes() == mine
        space.write({"a.go": "2", "b.go": "2"})
        assert there(tmp_path) == mine | {"b.go": "2"}
    space.write({"a.go": "2", "b.go": "2"}, judged=[text_digest("mine a")])
    assert there(tmp_path) == {**mine, "a.go": "2", "b.go": "2"}
    plant(tmp_path, a_go="mine anew")
    space.write({"a.go": "3", "b.go": "2"}, judged=[text_digest("mine a")])
    assert there(tmp_path)["a.go"] == "mine anew"


def test_a_persons_deletion_stays_until_it_was_judged(tmp_path):
    space = delivery(tmp_path)
    space.write({"a.go": "1", "b.go": "1"})
    (tmp_path / "out/b.go").unlink()
    assert space.changes() == {"b.go": None}
    space.write({"a.go": "2", "b.go": "2"})
    assert there(tmp_path) == {"a.go": "2"}
    space.write({"a.go": "2", "b.go": "2"}, judged=[""])
    assert there(tmp_path) == {"a.go": "2", "b.go": "2"}


def test_a_folder_that_was_thrown_away_is_filled_again(tmp_path):
    delivery(tmp_path).write({"a.go": "1"})
    (tmp_path / "out/a.go").unlink()
    (tmp_path / "out").rmdir()
    again = delivery(tmp_path)
    assert again.changes() == {}
    again.write({"a.go": "1"})
    assert there(tmp_path) == {"a.go": "1"}


def test_a_kill_between_writing_and_written_leaves_no_change_of_a_persons(tmp_path):
    delivery(tmp_path).write({"a.go": "1", "b.go": "1"})
    due = {"a.go": "2", "b.go": "2", "c.go": "2"}
    records_of(tmp_path).event("writing", files={path: text_digest(text) for path, text in due.items()})
    plant(tmp_path, a_go="2")
    assert delivery(tmp_path).changes() == {}
    plant(tmp_path, b_go="mine")
    assert delivery(tmp_path).changes() == {"b.go": "mine"}
    delivery(tmp_path).write(due)
    assert there(tmp_path) == {"a.go": "2", "b.go": "mine", "c.go": "2"}


def test_the_first_write_killed_half_way_is_gone_on_with(tmp_path):
    records_of(tmp_path).event("writing", files={"a.go": text_digest("1"), "b.go": text_digest("1")})
    plant(tmp_path, a_go="1")
    again = delivery(tmp_path)
    assert again.changes() == {}
    again.write({"a.go": "2"})
    assert there(tmp_path) == {"a.go": "2"}


@pytest.mark.parametrize("killed", [False, True])
def test_stale_files_of_an_earlier_run_go_whether_or_not_the_new_one_was_killed_first(tmp_path, killed):
    delivery(tmp_path, "before").write({"a.go": "1", "old.go": "1"})
    space = claimed(tmp_path)
    assert set(there(tmp_path)) == {"a.go", "old.go"}, "a claim deletes nothing yet"
    if killed:
        space = delivery(tmp_path)
    space.write({"go.mod": "2"})
    assert there(tmp_path) == {"go.mod": "2"} and space.changes() == {}


def test_what_is_not_ours_is_refused_and_left_alone(tmp_path):
    delivery(tmp_path, "before").write({"a.go": "1"})
    plant(tmp_path, a_go="mine")
    with pytest.raises(OutputError, match=r"a\.go.*--force"):
        claimed(tmp_path)
    assert there(tmp_path) == {"a.go": "mine"}


def test_force_overwrites_what_is_in_the_way_step_by_step_and_leaves_the_rest(tmp_path):
    plant(tmp_path, a_go="foreign", notes_txt="foreign")
    space = claimed(tmp_path, force=True)
    space.write({"go.mod": "1"})
    assert space.changes() == {}
    space.write({"go.mod": "1", "a.go": "1"})
    assert there(tmp_path) == {"go.mod": "1", "a.go": "1", "notes.txt": "foreign"}
    plant(tmp_path, notes_txt="mine")
    assert delivery(tmp_path).changes() == {"notes.txt": "mine"}


def test_what_a_run_wrote_elsewhere_is_not_ours_here(tmp_path):
    Delivery(records_of(tmp_path, "other", "elsewhere"), tmp_path / "elsewhere").write({"a.go": "1"})
    plant(tmp_path, a_go="1")
    with pytest.raises(OutputError, match=r"a\.go"):
        claimed(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match="not a folder"):
        claimed(tmp_path, force=True)


def test_nothing_is_deleted_through_a_link_that_leaves(tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/b.go").write_text("1")
    space = delivery(tmp_path)
    space.write({"sub/b.go": "1", "a.go": "1"})
    (tmp_path / "out/sub/b.go").unlink()
    (tmp_path / "out/sub").rmdir()
    (tmp_path / "out/sub").symlink_to(tmp_path / "precious")
    space.write({"a.go": "2"}, judged=[""])
    assert (tmp_path / "precious/b.go").read_text() == "1"
