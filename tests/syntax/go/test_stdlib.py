import pytest

from guild.syntax import go


def test_members_tell_which_package_is_meant() -> None:
    assert go.standard_path("rand", {"Int", "Reader"}) == "crypto/rand"
    assert go.standard_path("rand", {"Intn"}) == "math/rand"
    assert go.standard_path("rand", {"IntN"}) == "math/rand/v2"
    assert go.standard_path("template", {"HTML"}) == "html/template"
    assert go.standard_path("template") == "text/template"
    assert go.standard_path("httptest") == "net/http/httptest"
    assert go.standard_path("assert") == ""


@pytest.mark.parametrize(
    ("path", "standard"),
    [
        ("fmt", True),
        ("net/http/httptest", True),
        ("math/rand/v2", True),
        ("unsafe", True),
        ("rand", False),
        ("internal/abi", False),
        ("golang.org/x/exp/slices", False),
        ("guildlm.dev/numkit", False),
        ("", False),
    ],
)
def test_standard(path: str, standard: bool) -> None:
    assert go.is_standard(path) is standard


@pytest.mark.parametrize(
    ("path", "name"), [("math/rand/v2", "rand"), ("gopkg.in/yaml.v3", "yaml"), ("x/go-cmp", "cmp"), ("fmt", "fmt")]
)
def test_package_name(path: str, name: str) -> None:
    assert go.package_name(path) == name
