"""What a project starts with, and that the toolchain finds nothing wrong with it."""

import json
from pathlib import Path

from guild.toolchains.react import ReactToolchain
from guild.toolchains.react.layer import manifest
from guild.workspace import Workspace

CLI = "export const main = (args) => (args.length ? 0 : 2);\n"
BOX = "export function Box() {\n  return <p>box</p>;\n}\n"


def test_a_library_gets_its_package_alone(tool: ReactToolchain) -> None:
    files = tool.scaffold("example.com/Slugs", ["src/slugs.js", "src/slugs.test.js"])
    assert list(files) == ["package.json"]
    package = json.loads(files["package.json"])
    assert (package["name"], package["type"], package["scripts"]) == ("slugs", "module", {"test": "jest"})
    layered = json.loads(manifest()["package.json"])["dependencies"]
    assert package["dependencies"] | package["devDependencies"] == {
        name: version for name, version in layered.items() if name.startswith(("react", "@", "jest"))
    }


def test_what_starts_a_page_or_a_program_is_sound(tool: ReactToolchain, tmp_path: Path) -> None:
    own = {"src/cli.js": CLI, "src/ui/Box.jsx": BOX, "src/ui/Box.test.jsx": ""}
    files = tool.scaffold("example.com/box", list(own))
    assert set(files) == {"package.json", "index.html", "vite.config.js", "src/main.jsx", "src/main.js"}
    assert (
        'import { Box } from "./ui/Box.jsx";' in files["src/main.jsx"] and "<title>box</title>" in files["index.html"]
    )
    assert "vite" in json.loads(files["package.json"])["devDependencies"]
    Workspace(tmp_path).write({**files, **own})
    report = tool.build(tmp_path)
    assert (report.diagnostics, report.packages) == ((), 4)
    assert all(tool.format(text) == text for path, text in files.items() if path.endswith((".js", ".jsx")))


def test_a_start_of_the_projects_own_stays(tool: ReactToolchain) -> None:
    paths = ["src/main.jsx", "src/Box.jsx", "src/App.jsx", "src/Last.jsx"]
    assert "src/main.jsx" not in tool.scaffold("x", paths)
    assert 'import { App } from "./App.jsx";' in tool.scaffold("x", paths[1:])["src/main.jsx"]
