"""A package index that is a folder: one small wheel, made here."""

from pathlib import Path
from zipfile import ZipFile

NAME = "Tiny-Greet"
_METADATA = f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 1.2\n"
_WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_CODE = "def greeting(name: str) -> str:\n    return f'hello {name}'\n"


def index(folder: Path) -> dict[str, str]:
    """Write the wheel into a folder, and return the environment in which pip looks nowhere else."""
    files = {"tinygreet/__init__.py": _CODE, "tiny_greet-1.2.dist-info/METADATA": _METADATA}
    files["tiny_greet-1.2.dist-info/WHEEL"] = _WHEEL
    record = "".join(f"{path},,\n" for path in (*files, "tiny_greet-1.2.dist-info/RECORD"))
    folder.mkdir(exist_ok=True)
    with ZipFile(folder / "tiny_greet-1.2-py3-none-any.whl", "w") as wheel:
        for path, text in {**files, "tiny_greet-1.2.dist-info/RECORD": record}.items():
            wheel.writestr(path, text)
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder), "PIP_CONFIG_FILE": "/dev/null"}
