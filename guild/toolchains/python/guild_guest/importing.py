"""Import each module of a project in a process of its own, and tell what is wrong with it.

Asked: `{"modules": [{"path", "name", "folder"}], "seconds", "memory", "preload": [...]}`, seconds and bytes for one of
them; told: `{"path", "fault"}` for each fault, `{"path", "sound": true}` for a module without one. A module that hangs,
leaves, prints without end or forks costs only itself.
"""

import ast
import json
import os
import resource
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from select import select
from typing import Any

from .stage import Caught, alarmed, clock, prepared, send, told
from .sureness import lacking, misfits, missing

_FILE_BYTES = 16 << 20
_GRACE = 1.0
"""Seconds that a child has to say where it hangs."""
_CHUNK = 1 << 16


def main() -> None:
    """Do what stdin asks for."""
    asked, tell = prepared()
    for name in asked["preload"]:
        import_module(name)
    for module in asked["modules"]:
        faults = list(_apart(module, asked))
        for fault in faults:
            tell({"path": module["path"], "fault": fault})
        if not faults:
            tell({"path": module["path"], "sound": True})


def _apart(module: dict[str, Any], asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Look at a module in a child with a line of its own, and yield the faults that the child tells."""
    inward, outward = os.pipe()
    word = os.urandom(16).hex().encode()
    child = os.fork()
    if not child:
        with suppress(BaseException):
            os.setsid()
            os.close(inward)
            resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
            resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
            found = list(_faults(module, asked))
            send(outward, b"\n" + word + json.dumps(found).encode() + b"\n")
        os._exit(0)
    os.close(outward)
    said = _heard(inward, word, child, asked["seconds"] + _GRACE)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    os.close(inward)
    if said is None:
        yield {"type": "Hang", "message": f"takes more than {asked['seconds']} s", "frames": []}
        return
    try:
        yield from json.loads(said)
    except ValueError:
        yield {"type": "Exit", "message": "the program ended while this module was imported", "frames": []}


def _heard(line: int, word: bytes, child: int, seconds: float) -> bytes | None:
    """Return the line that bears a word, nothing where the teller ends before; None when time is up."""
    heard, deadline = b"", time.monotonic() + seconds
    while b"\n" not in heard.partition(word)[2]:
        left = deadline - clock(child)
        if left <= 0:
            return None
        if not select([line], [], [], left)[0]:
            continue
        chunk = os.read(line, _CHUNK)
        if not chunk:
            break
        heard += chunk
    return heard.partition(word)[2].partition(b"\n")[0]


def _faults(module: dict[str, Any], asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what is wrong with a module: that it does not parse, else what it lacks, else how its import fails."""
    root, place = asked["root"], Path(asked["root"], module["path"])
    parsing, importing = Caught(), Caught()
    tree = ast.Module([], [])
    with parsing, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(place.read_bytes(), str(place), "exec", dont_inherit=True)
        # A sound text may be too deep for a tree.
        with suppress(RecursionError, MemoryError):
            tree = ast.parse(place.read_bytes())
    if parsing.error:
        yield {**told(parsing.error, root), "filename": str(place)}
        return
    if module["folder"]:
        sys.path.insert(0, str(Path(root, module["folder"])))
    for line, name in missing(tree, asked["layer"]):
        frames = [(module["path"], line, "<module>")]
        said = f"No module named {name!r}"
        yield {"type": "ModuleNotFoundError", "message": said, "name": name, "frames": frames}
    if not module["name"]:
        return
    namespace: dict[str, Any] = {}
    with importing:
        alarmed(asked["seconds"])
        namespace = vars(import_module(module["name"]))
    alarmed(0)
    if importing.error:
        yield told(importing.error, root)
        return
    if namespace.get("__file__") != str(place):
        said = (
            f"the name {module['name']!r} is taken by another module: {namespace.get('__file__') or 'a built-in one'}"
        )
        yield {"type": "Shadowed", "message": said, "frames": [(module["path"], 0, "")]}
        return
    yield from _doubts(tree, namespace, module["path"], root)


def _doubts(tree: ast.Module, namespace: dict[str, Any], path: str, root: str) -> Iterator[dict[str, Any]]:
    """Yield what an imported module's functions are sure to meet when they run."""
    for line, column, owner, member in lacking(tree, namespace):
        said = f"module {owner!r} has no attribute {member!r}"
        frames = [(path, line, "")]
        yield {"type": "AttributeError", "message": said, "frames": frames, "column": column}
    for line, column, name, said in misfits(tree, namespace, root):
        frames = [(path, line, name)]
        yield {"type": "Misfit", "message": f"{name}(): {said}", "frames": frames, "column": column}


if __name__ == "__main__":
    main()
