"""Which crates a Rust project has, read from the names of its files and the modules that they declare."""

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname

from guild.syntax import syntax_of
from guild.syntax.rust.opening import ROOT, crate_name
from guild.syntax.rust.tree import field, is_public, members, name_of, tree

MANIFEST = "Cargo.toml"
LOCK = "Cargo.lock"
MAIN = "src/main.rs"
_BINS = "src/bin/"
_NAME = re.compile(r'^\s*name\s*=\s*"([^"]+)"', re.M)


def is_test(path: str) -> bool:
    """Say whether a file is there for tests alone."""
    return syntax_of(path).is_test(path)


def sources(files: Mapping[str, str]) -> dict[str, str]:
    """Return the Rust files of a project."""
    return {path: files[path] for path in sorted(files) if path.endswith(".rs")}


def shipped(files: Mapping[str, str]) -> dict[str, str]:
    """Return the Rust files that are not there for tests alone."""
    return {path: text for path, text in sources(files).items() if not is_test(path)}


def package_name(files: Mapping[str, str]) -> str:
    """Return the name of the package, as its manifest has it."""
    package = files.get(MANIFEST, "").partition("[package]")[2].partition("\n[")[0]
    found = _NAME.search(package)
    return found[1] if found else ""


def crate_of(files: Mapping[str, str]) -> str:
    """Return the name by which tests know the library."""
    return crate_name(package_name(files))


def roots(files: Mapping[str, str]) -> list[str]:
    """Return the files that crates begin with which ship, the library's first."""
    bins = (path for path in sorted(files) if path.startswith(_BINS) and path.endswith(".rs"))
    alone = (path for path in bins if path.count("/") == 2 or path.endswith("/main.rs"))
    return [path for path in (ROOT, MAIN, *alone) if path in files]


def declared_modules(path: str, files: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Yield the files that a file declares as modules, below them too: file, name, whether others may use it."""
    waiting = [(path, "", True)]
    while waiting:
        here, prefix, public = waiting.pop()
        parsed = tree(files[here])
        for node in parsed.root.named_children:
            if node.type == "mod_item" and field(node, "body") is None:
                name = name_of(parsed, node)
                home = next((each for each in _homes(here, name) if each in files), "")
                offered = public and is_public(node)
                if home:
                    yield home, f"{prefix}{name}", offered
                    waiting.append((home, f"{prefix}{name}::", offered))


def public_modules(files: Mapping[str, str]) -> list[str]:
    """Return the modules of the library that others may use."""
    found = list(declared_modules(ROOT, files)) if ROOT in files else []
    inline = _inline(files[ROOT]) if ROOT in files else iter(())
    return [*(name for _, name, offered in found if offered), *inline]


def stray(files: Mapping[str, str]) -> list[str]:
    """Return the files of `src` that no crate holds."""
    held = {path for root in roots(files) for path, _, _ in declared_modules(root, files)} | {*roots(files)}
    return [path for path in shipped(files) if path.startswith("src/") and path not in held]


def completed(files: Mapping[str, str]) -> dict[str, str]:
    """Return a project with every file of `src` in a crate, as it will be when all of it is written."""
    whole = dict(files)
    home = next(iter(roots(files)), ROOT)
    lines = [
        f"pub mod {path.removeprefix('src/').removesuffix('.rs')};\n" for path in stray(files) if path.count("/") == 1
    ]
    if lines or home not in whole:
        whole[home] = whole.get(home, "").rstrip("\n") + "\n" + "".join(lines)
    return whole


def _homes(path: str, name: str) -> tuple[str, str]:
    """Return where the text of a module can lie that a file declares."""
    own = path.removesuffix(".rs")
    is_root = path.endswith(("/mod.rs", "/lib.rs", "/main.rs")) or dirname(path) == _BINS.rstrip("/")
    folder = dirname(path) if is_root else own
    return f"{folder}/{name}.rs", f"{folder}/{name}/mod.rs"


def _inline(text: str) -> Iterator[str]:
    parsed = tree(text)
    for node in parsed.root.named_children:
        if node.type == "mod_item" and members(node) and is_public(node):
            yield name_of(parsed, node)
