"""What a React project starts with: package.json with what tests need, and what starts its page or its program."""

import json
from collections.abc import Collection
from importlib.resources import files as resources
from posixpath import basename, dirname, join, splitext
from string import Template
from typing import Any

from guild.syntax.react.opening import source_of
from guild.toolchains.react.layer import manifest
from guild.toolchains.react.layout import REACT

_TOOLS = ("eslint", "eslint-plugin-react-hooks", "globals", "prettier")
"""What guild looks at code with, and a project can do without."""
_PAGED = {"@vitejs/plugin-react": "^6.3.0", "vite": "^8.3.0"}
"""What shows a page: it needs a browser, so that it is no part of the layer."""
_PAGE_START = "src/main.jsx"
_PROGRAM = "cli.js"
"""The file whose `main` is the program of a command line."""


def scaffold(module: str, paths: Collection[str]) -> dict[str, str]:
    """Return the files of a project that is to hold files at `paths`, but for those that are among them."""
    name = module.rstrip("/").rpartition("/")[2].lower()
    component = _component(paths)
    files = {"package.json": _package(name, paged=bool(component))}
    if component:
        files["index.html"] = _rendered("index.html", project=name)
        files["vite.config.js"] = _rendered("vite.config.js")
        shown = splitext(basename(component))[0]
        files[_PAGE_START] = _rendered("main.jsx", component=shown, source=source_of(component, _PAGE_START))
    for program in (path for path in paths if basename(path) == _PROGRAM):
        files[join(dirname(program), "main.js")] = _rendered("main.js", source=f"./{_PROGRAM}")
    return {path: text for path, text in files.items() if path not in paths or path == "package.json"}


def _component(paths: Collection[str]) -> str:
    """Return the component that the page is to show: `App`, else the last one, for which the others were made."""
    own = [path for path in paths if path.endswith(".jsx") and not REACT.is_test(path)]
    components = [path for path in own if basename(path)[0].isupper()]
    return next((path for path in components if basename(path) == "App.jsx"), components[-1] if components else "")


def _package(name: str, *, paged: bool) -> str:
    """Return the manifest: what the layer has of the same packages, and how tests are run in it."""
    packages: dict[str, str] = json.loads(manifest()["package.json"])["dependencies"]
    needed = {package: packages[package] for package in ("react", "react-dom")}
    tested = {each: version for each, version in packages.items() if each not in (*_TOOLS, *needed)}
    scripts = {"test": "jest"} | ({"dev": "vite", "build": "vite build"} if paged else {})
    whole = {
        "name": name,
        "version": "0.1.0",
        "private": True,
        "type": "module",
        "scripts": scripts,
        "dependencies": needed,
        "devDependencies": dict(sorted({**tested, **(_PAGED if paged else {})}.items())),
        "jest": {"projects": [_suite("jsx", "jsdom"), _suite("js", "node")]},
    }
    return json.dumps(whole, indent=2) + "\n"


def _suite(suffix: str, environment: str) -> dict[str, Any]:
    """Return how the tests of files with a suffix run: those of `.jsx` see a page."""
    transform = json.loads(_resource("guest/transform.json"))
    return {
        "displayName": suffix,
        "testMatch": [f"**/*.test.{suffix}"],
        "testEnvironment": environment,
        "transform": {"\\.jsx?$": ["@swc/jest", transform]},
        "setupFilesAfterEnv": ["@testing-library/jest-dom"],
    }


def _rendered(template: str, **given: str) -> str:
    return Template(_resource(f"start/{template}")).substitute(given)


def _resource(name: str) -> str:
    return resources("guild.toolchains.react").joinpath(name).read_text("utf-8")
