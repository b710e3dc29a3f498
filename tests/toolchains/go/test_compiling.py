"""The stages that compile: an overlay is read as the file that it stands for, now and from Go's cache."""

from uuid import uuid4

import pytest

from guild.workspace import temporary
from tests.nodes.samples import MOD, OTHER, RIGHT, TESTS
from tests.toolchains.opened import toolchain

pytestmark = pytest.mark.go


def suspect(package: str = "k") -> str:
    """Return a file that vet has something to say of, and has never seen before."""
    name = f"Show{uuid4().hex}"
    return f'package {package}\n\nimport "fmt"\n\nfunc {name}(n int) string {{\n\treturn fmt.Sprintf("%s", n)\n}}\n'


@pytest.mark.parametrize("path", ["k.go", "sub/deep.go"])
def test_what_vet_found_in_an_overlay_is_the_files_own_whoever_asks_again(path):
    text = suspect(path.rpartition("/")[2].removesuffix(".go"))
    seen: list[tuple[str, int, str]] = []
    for laid in (True, True, False):
        with temporary() as place:
            place.write({"go.mod": MOD} if laid else {"go.mod": MOD, path: text})
            said = toolchain().compiles(place.root, {path: text}) if laid else toolchain().vet(place.root)
            seen += [(each["path"], each["line"], each["code"]) for each in said.diagnostics]
    assert seen == [(path, 6, "vet")] * 3


def test_the_first_file_of_a_folder_is_type_checked_like_any_other():
    with temporary() as place:
        place.write({"go.mod": MOD})
        said = toolchain().compiles(place.root, {"sub/deep.go": "package deep\n\nfunc A() int { return B() }\n"})
        assert [(each["path"], each["symbol"]) for each in said.diagnostics] == [("sub/deep.go", "B")]
        assert toolchain().compiles(place.root, {"sub/deep.go": "package deep\n\nfunc A() int { return 1 }\n"}).ok


def test_an_overlay_is_compiled_with_the_project_and_leaves_it_as_it_is():
    files = {"go.mod": MOD, "k.go": RIGHT, "k_test.go": TESTS}
    with temporary() as place:
        place.write(files)
        assert toolchain().compiles(place.root, {"k.go": RIGHT.replace("2 * n", "n + n")}).ok
        said = toolchain().compiles(place.root, {"k.go": OTHER}).diagnostics
        assert [(each["path"], each["symbol"]) for each in said] == [("k_test.go", "Double")]
        said = toolchain().compiles(place.root, {"a.go": OTHER.replace("Half", "Double")}).diagnostics
        assert {each["code"] for each in said} == {"redeclared"} and {each["path"] for each in said} <= {"a.go", "k.go"}
        assert not any("guild-" in each["message"] for each in said), "no name of a folder that is gone"
        assert (place.root / "k.go").read_text() == RIGHT and not (place.root / "a.go").exists()
