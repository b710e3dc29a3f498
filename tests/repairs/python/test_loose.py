import pytest

from guild.repairs.python.loose import apply
from tests.repairs.python.subjects import subject

CODE = "def f():\n    print(1)\n    return 1\n"
START = 'if __name__ == "__main__":\n    print(f())\n'


@pytest.mark.parametrize("path", ["app.py", "test_app.py"])
def test_what_is_printed_on_import_goes(path: str) -> None:
    assert apply(subject(f"{CODE}\nprint(f())\nprint(\n    f(),\n)\n", path)) == f"{CODE}\n"


def test_a_test_does_not_run_itself() -> None:
    assert apply(subject(f"{CODE}\n{START}", "test_app.py")) == f"{CODE}\n"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"{CODE}\n{START}", "app.py"),
        (f"{CODE}\nregister(f)\nlog.setup()\n", "app.py"),
        ("print('hello')\n", "main.py"),
        ("print(1\n", "app.py"),
    ],
)
def test_what_does_something_stays(text: str, path: str) -> None:
    assert apply(subject(text, path)) == text
