"""Replies as small models write them, and the code that is meant."""

import time

import pytest

from guild.errors import ReplyError
from guild.replies import Code, code_for
from guild.syntax import go

GCD = "func GCD(a, b int) int {\n\tfor b != 0 {\n\t\ta, b = b, a%b\n\t}\n\treturn a\n}\n"
CLAMP = "func Clamp(x, lo, hi int) int {\n\tif x < lo {\n\t\treturn lo\n\t}\n\treturn x\n}\n"
IMPLEMENTATION = f"package numkit\n\n{GCD}"
TEST = (
    'package numkit\n\nimport "testing"\n\nfunc TestGCD(t *testing.T) {\n\tif GCD(12, 18) != 6 {\n'
    '\t\tt.Error("GCD(12, 18)")\n\t}\n}\n'
)
TEST_FUNCTION = 'func TestGCD(t *testing.T) {\n\tif GCD(1, 2) != 1 {\n\t\tt.Error("no")\n\t}\n}\n'
MOD = "module guildlm.dev/numkit\n\ngo 1.23\n"
RAW = "package numkit\n\nconst Usage = `\nUse it so:\n\n```\nnumkit 12 18\n```\n`\n\nfunc GCD() {}\n"
JAPANESE = "package p\n\n// こんにちは\nvar A = `は`\n"
COMMENTED = f"/*\nUse it so:\n\n```\nGCD(1, 2)\n```\n*/\n{IMPLEMENTATION}"
DOCUMENTED = f"package numkit\n\n// GCD is called so:\n// ```\n// GCD(1, 2)\n// ```\n{GCD}"
OTHERS = ("go.mod", "numkit.go", "numkit_test.go")


def fence(text: str, info: str = "go") -> str:
    return f"```{info}\n{text}```\n"


WHOLE = {
    "only a fence": (fence(IMPLEMENTATION), "numkit.go", IMPLEMENTATION),
    "chatty around it": (
        f"Certainly! Here's the implementation:\n\n{fence(IMPLEMENTATION)}\nThis isn't using recursion. Let's go!",
        "numkit.go",
        IMPLEMENTATION,
    ),
    "golang": (fence(IMPLEMENTATION, "golang"), "numkit.go", IMPLEMENTATION),
    "no info string": (fence(IMPLEMENTATION, ""), "numkit.go", IMPLEMENTATION),
    "capital info": (fence(IMPLEMENTATION, "Go"), "numkit.go", IMPLEMENTATION),
    "tildes": (f"~~~go\n{IMPLEMENTATION}~~~\n", "numkit.go", IMPLEMENTATION),
    "four ticks": (f"````go\n{IMPLEMENTATION}````\n", "numkit.go", IMPLEMENTATION),
    "never closed": (f"Sure:\n```go\n{IMPLEMENTATION}", "numkit.go", IMPLEMENTATION),
    "opened behind words": (f"Here it is: ```go\n{IMPLEMENTATION}```", "numkit.go", IMPLEMENTATION),
    "closed behind code": (f"```go\n{IMPLEMENTATION.rstrip()}```\nDone.", "numkit.go", IMPLEMENTATION),
    "indented in a list": (
        "1. The file:\n\n   ```go\n   package numkit\n\n   func A() {}\n   ```\n",
        "numkit.go",
        "package numkit\n\nfunc A() {}\n",
    ),
    "carriage returns": (fence(IMPLEMENTATION).replace("\n", "\r\n"), "numkit.go", IMPLEMENTATION),
    "end token": (f"{fence(IMPLEMENTATION)}<|im_end|>", "numkit.go", IMPLEMENTATION),
    "thoughts": (
        f"<think>Perhaps\n{fence('package wrong')}\n</think>\n{fence(IMPLEMENTATION)}",
        "numkit.go",
        IMPLEMENTATION,
    ),
    "no fence": (IMPLEMENTATION, "numkit.go", IMPLEMENTATION),
    "no fence, words before": (f"Here's the Go file:\n\n{IMPLEMENTATION}", "numkit.go", IMPLEMENTATION),
    "no fence, words behind": (
        f"{IMPLEMENTATION}\nThis function computes the greatest common divisor. It's Euclid's.\n\n- a: one\n",
        "numkit.go",
        IMPLEMENTATION,
    ),
    "fence opened by the prompt": (f"{IMPLEMENTATION}```\n\nIt's simple.\n", "numkit.go", IMPLEMENTATION),
    "fence opened by the prompt, then use": (
        f"{IMPLEMENTATION}```\nUse it:\n```go\nfmt.Println(GCD(1, 2))\n```\n",
        "numkit.go",
        IMPLEMENTATION,
    ),
    "shell around": (
        f"{fence('go mod init x', 'sh')}{fence(IMPLEMENTATION)}{fence('go test ./...', 'bash')}",
        "numkit.go",
        IMPLEMENTATION,
    ),
    "module file first": (f"{fence(MOD, 'mod')}\n{fence(IMPLEMENTATION)}", "numkit.go", IMPLEMENTATION),
    "module file inside": (
        f"```go\n// go.mod\n```mod\n{MOD}```\n{IMPLEMENTATION}```\n",
        "numkit.go",
        IMPLEMENTATION,
    ),
    "module file without info": (f"{fence(MOD, '')}\n{fence(IMPLEMENTATION, '')}", "numkit.go", IMPLEMENTATION),
    "implementation and test": (f"{fence(IMPLEMENTATION)}\nTests:\n{fence(TEST)}", "numkit.go", IMPLEMENTATION),
    "test asked, implementation too": (f"{fence(IMPLEMENTATION)}\nTests:\n{fence(TEST)}", "numkit_test.go", TEST),
    "test first": (f"{fence(TEST)}\nAnd the code:\n{fence(IMPLEMENTATION)}", "numkit.go", IMPLEMENTATION),
    "headed by bold names": (
        f"**numkit_test.go**\n{fence(TEST)}\n**numkit.go**\n{fence(IMPLEMENTATION)}",
        "numkit.go",
        IMPLEMENTATION,
    ),
    "headed by comments": (
        fence(f"// numkit.go\n{IMPLEMENTATION}") + fence(f"// numkit_test.go\n{TEST}"),
        "numkit_test.go",
        TEST,
    ),
    "headed by File:": (
        fence(f"// File: numkit.go\n{IMPLEMENTATION}") + fence(f"// File: numkit_test.go\n{TEST}"),
        "numkit.go",
        IMPLEMENTATION,
    ),
    "named in the info string": (
        fence(IMPLEMENTATION, "go numkit.go") + fence(TEST, "go:numkit_test.go"),
        "numkit_test.go",
        TEST,
    ),
    "titled": (fence(TEST, 'go title="numkit_test.go"'), "numkit_test.go", TEST),
    "named by path alone": (fence(IMPLEMENTATION, "numkit.go"), "numkit.go", IMPLEMENTATION),
    "tests for another file": (f"Here are the tests for numkit.go:\n{fence(TEST)}", "numkit_test.go", TEST),
    "package clauses in one fence": (fence(f"{IMPLEMENTATION}\n{TEST}"), "numkit_test.go", TEST),
    "package clauses in one fence, the other": (fence(f"{IMPLEMENTATION}\n{TEST}"), "numkit.go", IMPLEMENTATION),
    "one file twice": (
        fence(f"package numkit\n\n{CLAMP}") + "Corrected:\n" + fence(f"package numkit\n\n{CLAMP}// x\n"),
        "numkit.go",
        f"package numkit\n\n{CLAMP}// x\n",
    ),
    "an example of its use": (
        fence(IMPLEMENTATION)
        + "Use it:\n"
        + fence('package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println(1)\n}\n'),
        "numkit.go",
        IMPLEMENTATION,
    ),
    "ticks inside a raw string": (fence(RAW), "numkit.go", RAW),
    "ticks inside a comment": (fence(COMMENTED) + "So.", "numkit.go", COMMENTED),
    "ticks inside line comments": (fence(DOCUMENTED) + "So.", "numkit.go", DOCUMENTED),
    "wrong package": (
        fence(IMPLEMENTATION.replace("numkit", "main")),
        "numkit.go",
        IMPLEMENTATION.replace("numkit", "main"),
    ),
    "no package clause but imports": (
        fence(TEST.removeprefix("package numkit\n\n")),
        "numkit_test.go",
        TEST.removeprefix("package numkit\n\n"),
    ),
    "both in one file": (fence(TEST + "\n" + GCD), "numkit_test.go", TEST + "\n" + GCD),
    "not ASCII": (f"はい、どうぞ。\n{fence(JAPANESE)}どうも", "p.go", JAPANESE),
    "does not parse": (fence("package numkit\n\nfunc GCD( {\n"), "numkit.go", "package numkit\n\nfunc GCD( {\n"),
    "split over fences": (f"{fence(IMPLEMENTATION)}And:\n{fence(CLAMP)}", "numkit.go", f"{IMPLEMENTATION}\n{CLAMP}"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_file_is_taken(name: str) -> None:
    reply, path, wanted = WHOLE[name]
    assert code_for(reply, path, others=[other for other in OTHERS if other != path]) == Code(wanted, whole=True)


FRAGMENTS = {
    "a lone function": (fence(GCD), "numkit.go", GCD),
    "a lone function, chatty": (f"The fix:\n\n{fence(GCD)}\nI've used `%`.", "numkit.go", GCD),
    "a lone function without fence": (f"Here you go:\n\n{GCD}\nThat's all.\n", "numkit.go", GCD),
    "a lone test": (fence(TEST_FUNCTION), "numkit_test.go", TEST_FUNCTION),
    "a function and its test": (fence(GCD) + fence(TEST_FUNCTION), "numkit.go", GCD),
    "a function and its test, the test asked": (fence(GCD) + fence(TEST_FUNCTION), "numkit_test.go", TEST_FUNCTION),
    "two functions in two fences": (fence(GCD) + "and\n" + fence(CLAMP), "numkit.go", f"{GCD}\n{CLAMP}"),
    "a method with its comment": (
        fence("// Len counts.\nfunc (s *Set) Len() int { return 0 }\n"),
        "set.go",
        "// Len counts.\nfunc (s *Set) Len() int { return 0 }\n",
    ),
}


@pytest.mark.parametrize("name", FRAGMENTS)
def test_a_fragment_is_taken(name: str) -> None:
    reply, path, wanted = FRAGMENTS[name]
    assert code_for(reply, path, others=[other for other in OTHERS if other != path]) == Code(wanted, whole=False)


UNUSABLE = {
    "empty": ("", "numkit.go"),
    "blank": (" \n\n", "numkit.go"),
    "an apology": ("I'm sorry, but I can't assist with that request.", "numkit.go"),
    "words about types": (
        "The type of the result is int. Import the package and func it. var x is unused.",
        "numkit.go",
    ),
    "a list of words": ("import the code\nfunc is a keyword\ntype of Value is\n", "numkit.go"),
    "an empty fence": ("```go\n```", "numkit.go"),
    "a shell fence": (fence("go test ./...", "sh"), "numkit.go"),
    "a module file": (fence(MOD, "mod"), "numkit.go"),
    "statements": (fence("fmt.Println(GCD(12, 18))\n"), "numkit.go"),
    "only thoughts": ("<think>package p\nfunc A() {}", "numkit.go"),
    "only tests for an implementation": (fence(TEST), "numkit.go"),
    "another's file": (f"### numkit.go\n{fence(IMPLEMENTATION)}", "numkit_test.go"),
    "another's file by its comment": (fence(f"// store.go\n{IMPLEMENTATION}"), "handlers.go"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_nothing_usable(name: str) -> None:
    reply, path = UNUSABLE[name]
    with pytest.raises(ReplyError, match="in the reply"):
        code_for(reply, path, others=["numkit.go", "store.go"] if path != "numkit.go" else ["numkit_test.go"])


def test_a_file_repeated_for_context_is_left_out() -> None:
    store = "package main\n\ntype Store struct{}\n\nfunc NewStore() *Store { return nil }\n"
    handlers = "package main\n\ntype UserHandlers struct{ s *Store }\n"
    reply = f"Given the store:\n{fence(store)}\nthe handlers are:\n{fence(handlers)}"
    assert code_for(reply, "handlers.go", others=["store.go"]).text == handlers
    assert code_for(reply, "store.go", others=["handlers.go"]).text == store


def test_a_later_fragment_of_the_same_function_does_not_replace_the_file() -> None:
    reply = fence(IMPLEMENTATION) + "The key line is:\n" + fence("func GCD(a, b int) int { ... }\n")
    assert code_for(reply, "numkit.go").text == IMPLEMENTATION


def test_of_two_fragments_of_one_function_the_later_stands() -> None:
    reply = fence("func A() int { return 1 }\n") + "Better:\n" + fence("func A() int { return 2 }\n")
    assert code_for(reply, "a.go").text == "func A() int { return 2 }\n"


def test_a_module_file() -> None:
    assert code_for(fence(MOD, "mod") + fence(IMPLEMENTATION), "go.mod").text == MOD
    assert code_for(MOD, "go.mod") == Code(MOD, whole=True)
    with pytest.raises(ReplyError):
        code_for("", "go.mod")


def test_what_is_taken_parses_even_of_endless_nesting() -> None:
    reply = fence("package p\n\nvar X = " + "(" * 5000 + "1" + ")" * 5000 + "\n")
    assert go.parse(code_for(reply, "p.go").text).package == "p"


def test_it_takes_milliseconds() -> None:
    reply = fence(IMPLEMENTATION * 1 + CLAMP * 10) + "\nwords\n" * 20 + fence(TEST)
    code_for(reply, "numkit.go")
    begun = time.perf_counter()
    for _ in range(10):
        code_for(reply + " ", "numkit.go")
    assert time.perf_counter() - begun < 1.0


ROMAN = "def to_roman(n: int) -> str:\n    return 'I' * n\n"
ROMAN_TEST = "import pytest\n\nfrom roman import to_roman\n\n\ndef test_to_roman():\n    assert to_roman(1) == 'I'\n"
PYTHON = {
    "a fence": (fence(ROMAN, "python"), "roman.py", ROMAN),
    "a short word": (f"Here it is:\n{fence(ROMAN, 'py')}That's all.", "roman.py", ROMAN),
    "no fence": (f"Sure! This does it:\n\n{ROMAN}\n", "roman.py", ROMAN),
    "code and tests": (f"{fence(ROMAN, 'python')}And the tests:\n{fence(ROMAN_TEST, 'python')}", "roman.py", ROMAN),
    "tests and code": (f"{fence(ROMAN_TEST, 'python')}For:\n{fence(ROMAN, 'python')}", "test_roman.py", ROMAN_TEST),
    "named by a comment": (
        fence(f"# other.py\n{ROMAN.replace('to_', 'other_')}", "python") + fence(f"# roman.py\n{ROMAN}", "python"),
        "roman.py",
        ROMAN,
    ),
    "imports alone": (fence("from .items import Item\n", "python"), "store/__init__.py", "from .items import Item\n"),
}


@pytest.mark.parametrize("name", PYTHON)
def test_python_is_taken_as_well(name: str) -> None:
    reply, path, wanted = PYTHON[name]
    assert code_for(reply, path, others=("pyproject.toml", "other.py", "roman.py", "test_roman.py")).text == wanted


def test_words_are_no_python() -> None:
    with pytest.raises(ReplyError, match="no Python code for roman"):
        code_for("I would import nothing from there. Define it yourself.", "roman.py")


CRATE = "pub fn to_roman(n: u32) -> String {\n    n.to_string()\n}\n"
CRATE_TEST = 'use roman::*;\n\n#[test]\nfn test_to_roman() {\n    assert_eq!(to_roman(1), "1");\n}\n'
RUST = {
    "fenced": (fence(CRATE, "rust"), "src/lib.rs", CRATE),
    "code and tests": (f"{fence(CRATE, 'rust')}Tests:\n{fence(CRATE_TEST, 'rust')}", "src/lib.rs", CRATE),
    "tests and code": (f"{fence(CRATE, 'rust')}For:\n{fence(CRATE_TEST, 'rs')}", "tests/roman_test.rs", CRATE_TEST),
    "named by a comment": (
        fence(f"// src/main.rs\nfn main() {{}}\n// src/lib.rs\n{CRATE}", "rust"),
        "src/lib.rs",
        CRATE,
    ),
}


@pytest.mark.parametrize("name", RUST)
def test_rust_is_taken_as_well(name: str) -> None:
    reply, path, wanted = RUST[name]
    others = {"Cargo.toml", "src/main.rs", "src/lib.rs", "tests/roman_test.rs"} - {path}
    assert code_for(reply, path, others=others).text == wanted
