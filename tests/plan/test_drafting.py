"""A Spec that a model sketched: what becomes of it, and what is refused."""

import pytest

from guild.plan import make_plan
from guild.plan.drafting import composed, refusal
from guild.spec import load_spec
from guild.spec.model import Spec
from guild.spec.sketch import Part, Sketch

HEAD = "to_roman(number: int) -> str"
DOES = "returns the Roman numeral of a number, and raises ValueError below 1"


def spec(language: str = "python", description: str = "Roman numerals.") -> tuple[str, Spec]:
    text = f"name: roman\nlanguage: {language}\ndescription: {description}\nexpect:\n  - {{call: f(1), want: 2}}\n"
    return text, load_spec(text, languages=("go", "python"))


def part(head: str = HEAD, does: str = DOES) -> Part:
    return Part(head=head, does=does)


def sketch(*parts: Part, path: str = "roman.py") -> Sketch:
    return Sketch(path=path, purpose="Converts.", parts=list(parts or [part()]))


def refused(*sketches: Sketch, language: str = "python", description: str = "Roman numerals.") -> str:
    text, given = spec(language, description)
    given = given.model_copy(update={"expect": ()})
    text = text[: text.index("expect:")]
    return refusal(given, sketches, composed(text, given, sketches))


def test_a_sketch_becomes_a_spec_with_tests_of_each_part() -> None:
    text, given = spec()
    whole = composed(
        text,
        given,
        [
            sketch(part(), part("class RomanBook", "keeps numerals; add(n) adds one")),
            sketch(part("main(argv: list[str]) -> int", "prints its argument and returns 0"), path="main.py"),
        ],
    )
    plan, _ = make_plan(load_spec(whole, languages=("python",)))
    tasks = {task["path"]: task for task in plan["tasks"]}
    assert list(tasks) == ["pyproject.toml", "roman.py", "main.py", "test_roman.py"]
    assert tasks["roman.py"]["signatures"] == ["class RomanBook", f"def {HEAD}"]
    assert tasks["roman.py"]["declares"] == ["to_roman", "RomanBook"]
    assert tasks["test_roman.py"]["tests"] == ["test_to_roman", "test_roman_book"]
    assert tasks["test_roman.py"]["needs"] == ["roman.py"]
    assert DOES in tasks["test_roman.py"]["purpose"]
    assert [each["call"] for each in plan["expect"]] == ["f(1)"]


def test_go_is_composed_as_go() -> None:
    text, given = spec("go")
    parts = (
        part("ToRoman(n int) (string, error)"),
        part("type Book struct", "keeps numerals, NewBook() *Book makes one"),
    )
    whole = composed(text, given, [sketch(*parts, path="roman.go")])
    plan, _ = make_plan(load_spec(whole, languages=("go",)))
    assert plan["tasks"][1]["signatures"][0] == "func ToRoman(n int) (string, error)"
    assert plan["tasks"][2]["path"] == "roman_test.go" and plan["tasks"][2]["tests"] == ["TestToRoman", "TestBook"]


@pytest.mark.parametrize(
    ("language", "path", "parts"),
    [
        ("python", "roman.py", [part(), part("class Book", "keeps numerals in order")]),
        ("python", "roman.py", [part("def to_roman(number: int) -> str")]),
        ("go", "roman.go", [part("ToRoman(n int) (string, error)")]),
        ("go", "roman.go", [part("type Book struct", "keeps numerals in order"), part("New(n int) *Book")]),
    ],
)  # fmt: skip
def test_a_sound_sketch_is_taken(language: str, path: str, parts: list[Part]) -> None:
    assert refused(sketch(*parts, path=path), language=language) == ""


@pytest.mark.parametrize(
    ("sketches", "why"),
    [
        ([], "0 files are planned"),
        ([sketch(path=f"a{number}.py") for number in range(7)], "7 files are planned"),
        ([sketch(path="roman.go")], "roman.go is no source file of Python"),
        ([sketch(path="test_roman.py")], "test_roman.py is no source file of Python"),
        ([Sketch(path="roman.py", purpose="Converts.", parts=[])], "roman.py declares 0 things"),
        ([sketch(part("Convert the number"))], "spells out no declaration"),
        ([sketch(part("to_roman(12)"))], "spells out no declaration"),
        ([sketch(part(does="TODO: returns the numeral"))], "is not said to do anything"),
        ([sketch(part(does="converts"))], "is not said to do anything"),
        ([sketch(part(), part())], "to_roman is declared twice"),
        ([sketch(), sketch(path="numbers.py")], "to_roman is declared twice, by roman.py and by numbers.py"),
        ([sketch(part(does="gives numerals: to_roman(4) == 'IIII'"))], "a value that the user did not state"),
        ([sketch(part("warm(x: int) -> int", "gives warmer air"), path="heat.py")], "nothing that is asked for"),
        ([sketch(path="../roman.py")], "leaves the root of the project"),
    ],
)  # fmt: skip
def test_a_poor_sketch_is_refused(sketches: list[Sketch], why: str) -> None:
    assert why in refused(*sketches)


def test_only_what_a_sketch_says_counts_as_an_answer() -> None:
    warm = sketch(part("warm(x: int) -> int", "gives warmer air"), path="heat.py")
    assert "nothing that is asked for" in refused(warm, description="spare parts and their purpose")
    assert refused(warm, description="a set") == "", "where no word is long enough, nothing can be told by it"


def test_a_value_that_the_user_stated_may_be_repeated() -> None:
    said = "returns the Roman numeral: to_roman(4) == 'IV'."
    assert refused(sketch(part(does=said)), description="Numerals with to_roman(4) == 'IV'.") == ""


def test_a_crate_is_composed_with_its_tests_in_their_folder():
    text = "name: temps\nlanguage: rust\ndescription: converts temperatures between scales\n"
    spec = load_spec(text, languages=("rust",))
    head, does = "to_kelvin(celsius: f64) -> f64", "returns the Kelvin of degrees Celsius"
    sketch = {"path": "src/lib.rs", "purpose": "Converts temperatures.", "parts": [{"head": head, "does": does}]}
    made = composed(text, spec, [sketch])
    assert "path: tests/lib_test.rs" in made and f"pub fn {head} {does}." in " ".join(made.split())
    assert refusal(spec, [sketch], made) == ""
    stray = {**sketch, "path": "src/temps.rs"}
    assert "neither src/lib.rs nor src/main.rs" in refusal(spec, [stray], composed(text, spec, [stray]))
