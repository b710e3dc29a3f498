"""The wheel holds all that a build needs: built, installed outside the checkout, it runs a scripted build."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

RUN = "import guild.cli; guild.cli.main()"
pytestmark = [pytest.mark.go, pytest.mark.timeout(240)]


def test_a_wheel_builds_a_project_outside_the_checkout(tmp_path: Path, numkit_script: str, numkit_spec: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist"), str(ROOT)],
        check=True,
        capture_output=True,
    )
    [wheel] = (tmp_path / "dist").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "guild/_prompts/go/dev.md" in names and not any(name.startswith("tests/") for name in names)
    place = tmp_path / "site"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(place), str(wheel)],
        check=True,
    )
    where = "import guild; print(guild.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(place)}
    found = subprocess.run([sys.executable, "-c", where], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert found.stdout.startswith(str(place)), found
    done = subprocess.run(
        [sys.executable, "-c", RUN, "build", numkit_spec, "--json", "--model", numkit_script, "--out", "out"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["outcome"] == "green"
