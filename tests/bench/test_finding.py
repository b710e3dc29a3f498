from guild.bench.finding import Code, strictly, taken_apart
from guild.findings import Finding

PROMPT = """Look at this.

```go
// Load opens nothing when it fails.
func Load(path string) {
	defer lock.Unlock()
	_, err := os.Open("spare")
	lock.Lock()
}

func Other() {}
```
"""


def found(line: int, message: str) -> Finding:
    return Finding(path="impl.go", line=line, message=message)


def test_the_code_is_taken_out_of_the_prompt() -> None:
    prose, code = taken_apart(PROMPT)
    assert prose == "Look at this." and code.startswith("// Load") and code.endswith("func Other() {}")


def test_the_faulty_lines_share_a_word_with_the_reference() -> None:
    code = Code.of(PROMPT, "Unlock is deferred before Lock has been called.")
    assert (code.lines, code.functions) == ({3, 5}, {"Load"})


def test_a_reference_that_names_nothing_leaves_every_line() -> None:
    assert Code.of(PROMPT, "Wrong order.").lines == {1, 2, 3, 4, 5, 6, 8}


def test_comments_strings_keywords_and_packages_name_nothing() -> None:
    assert Code.of(PROMPT, "").names == {"Load", "path", "lock", "Unlock", "Lock", "err", "Open", "Other"}


def test_a_finding_is_about_its_place_and_its_code() -> None:
    code = Code.of(PROMPT, "Unlock is deferred before Lock has been called.")
    others = [["race"], ["leak"], ["nil"]]
    assert strictly([found(3, "Unlock comes before Lock: wrong order")], ["order"], code, others)
    assert strictly([found(0, "in Load the order is wrong")], ["order"], code, others)
    assert not strictly([found(8, "Unlock comes before Lock: wrong order")], ["order"], code, others)
    assert not strictly([found(3, "the order is wrong")], ["order"], code, others)
    assert not strictly([found(3, "Lock: order, race, leak")], ["order"], code, others)
    assert not strictly([found(1, "a"), found(2, "b"), found(3, "Lock: order")], ["order"], code, others)
