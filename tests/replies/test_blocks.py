import pytest

from guild.replies.blocks import blocks, clean, named_by_comment


def always(_: str) -> bool:
    return True


def never(_: str) -> bool:
    return False


def test_prose_and_fences_in_their_order() -> None:
    found = blocks("Words.\n```go\na\n```\nMore.\n```sh\nb\n```", always)
    assert [(block.text.strip(), block.info, block.fenced) for block in found] == [
        ("Words.", "", False),
        ("a", "go", True),
        ("More.", "", False),
        ("b", "sh", True),
    ]


def test_a_fence_that_opens_another_closes_the_first() -> None:
    assert [block.text.strip() for block in blocks("```go\na\n```mod\nb\n```", always)] == ["a", "b"]


def test_what_is_not_sound_goes_on_to_where_it_is() -> None:
    reply = "```go\n/*\n```\nx\n```\n*/\n```\nWords."
    assert blocks(reply, lambda text: text.endswith("*/"))[0].text == "/*\n```\nx\n```\n*/"
    assert blocks(reply, never)[0].text == "/*"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("numkit.go", "numkit.go"),
        ("### `numkit.go`", "numkit.go"),
        ("**File: pkg/numkit.go**", "pkg/numkit.go"),
        ("2. ./numkit.go:", "numkit.go"),
        ("The updated numkit.go file:", "numkit.go"),
        ("Tests for numkit.go:", ""),
        ("It imports store.go:", ""),
        ("numkit.go and store.go:", ""),
        ("Here it is:", ""),
    ],
)
def test_a_heading_names_the_file(heading: str, name: str) -> None:
    assert blocks(f"{heading}\n\n```go\nx\n```", always)[-1].name == name


@pytest.mark.parametrize(
    ("first", "name", "kept"),
    [
        ("// numkit.go", "numkit.go", False),
        ("// File: numkit.go", "numkit.go", False),
        ("/* numkit.go */", "numkit.go", False),
        ("// numkit.go counts.", "numkit.go", True),
        ("// Tests of numkit.go", "", True),
        ("//", "", True),
        ("package numkit", "", True),
    ],
)
def test_a_first_comment_names_the_file(first: str, name: str, kept: bool) -> None:
    text = f"{first}\npackage p\n"
    assert named_by_comment(text) == (name, text if kept else "package p\n")


def test_clean() -> None:
    assert clean("\ufeff<think>a\nb</think>x\r\ny<|im_end|>") == "x\ny"
