"""Python behind the protocol of syntaxes."""

import pytest

from guild.syntax import syntax_of

PYTHON = syntax_of("src/numkit.py")


def test_files_and_tests_are_known_by_their_names() -> None:
    assert (PYTHON.name, PYTHON.suffix, PYTHON.comment, PYTHON.fences[0]) == ("Python", ".py", "#", "python")
    assert PYTHON.is_test("tests/test_a.py") and PYTHON.is_test("a_test.py")
    assert not PYTHON.is_test("testing.py") and not PYTHON.is_test("tests/conftest.py")
    assert PYTHON.is_test_name("test_a") and PYTHON.is_test_name("TestX.test_a") and not PYTHON.is_test_name("testify")
    assert PYTHON.is_offered("Stack.push") and not PYTHON.is_offered("Stack._grow") and not PYTHON.is_offered("_a")


@pytest.mark.parametrize("line", ["def f():", "async def f():", "class A:", "@cache", "import x", "from a import b"])
def test_what_may_begin_a_declaration(line: str) -> None:
    assert PYTHON.begins_declaration(line) and not PYTHON.begins_declaration(f"  {line}")


def test_the_protocol_is_served() -> None:
    text = "def f(): ...\n"
    assert PYTHON.parse(text).declarations[0].name == "f" and PYTHON.test_names("def test_a(): ...\n") == ["test_a"]
    assert PYTHON.splice(text, "def f(): return 1\n") == "def f(): return 1\n" and PYTHON.files_in(text) == [text]
    assert PYTHON.begins_file("import os") and PYTHON.denied("x") == "not x" and PYTHON.one_line("f(\n1)") == "f(1)"
    assert PYTHON.written("1", text, "2") == "1" and PYTHON.cases("def test_a():\n    assert f(1)\n")[0].want == "True"


def test_what_is_asked_for_begins_as_python_does() -> None:
    assert (PYTHON.file_start("numkit"), PYTHON.test_head("test_a"), PYTHON.first_test) == (
        "",
        "def test_a()",
        "def test_",
    )
    assert PYTHON.body_start("def f(a)") == "def f(a):\n" and "def f(a)".startswith(PYTHON.functions)
    assert PYTHON.steps_start("def f(a)") == "def f(a):\n    # "
    assert PYTHON.steps_start("class A:\n    def f(self)") == "class A:\n    def f(self):\n        # "
    assert PYTHON.module_name("src/a/b.py") == "a.b" and PYTHON.equation("f(1) == 2") == ("f(1)", "2")
    assert PYTHON.spelled_out("f(a: int) -> int", methods=(), tests=False).signatures == ("def f(a: int) -> int",)
    assert list(PYTHON.shown("1 becomes 2.", ["def f(a)"])) == [("f(1)", "2")]
    assert PYTHON.test_start("test_a", {"a": ["f"]}) == "import pytest\n\nfrom a import f\n\n\n"
