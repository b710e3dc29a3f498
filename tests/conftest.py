"""What every test stands on: a folder of its own, no settings of the user's, no network beyond loopback."""

import ipaddress
import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
_state = {"live": False}


def _local(address: object) -> bool:
    if not isinstance(address, tuple):
        return True
    try:
        return ipaddress.ip_address(str(address[0])).is_loopback
    except ValueError:
        return address[0] == "localhost"


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and not _state["live"] and not _local(arguments[1]):
        raise RuntimeError(f"a test reached for the network: {arguments[1]}")


sys.addaudithook(_refuse_network)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs a toolchain that no package of ours brings, where it is not installed."""
    lacks = pytest.mark.skip(reason="there is no Rust on PATH")
    for item in items if shutil.which("rustc") is None else ():
        if item.get_closest_marker("rust"):
            item.add_marker(lacks)


@pytest.fixture(autouse=True)
def alone(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test its own working folder and runs, and an environment without the user's settings."""
    _state["live"] = request.node.get_closest_marker("live") is not None
    for name in [name for name in os.environ if name.startswith(("GUILD", "OPENAI_", "LANGSMITH_", "LANGCHAIN_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GUILD_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def numkit_script() -> str:
    """Return the scripted model that builds numkit with one fix round."""
    return f"script:{ROOT / 'tests/scripts/numkit.yaml'}"


@pytest.fixture
def numkit_spec() -> str:
    """Return the path of the numkit Spec."""
    return str(ROOT / "specs/numkit.yaml")
