import pytest

from guild.repairs.python.arguments import apply
from tests.repairs.python.subjects import subject

MAIN = "def main(argv: list[str]) -> int:\n    é = argparse.ArgumentParser()\n    {}\n    return 0\n"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("given = é.parse_args()", "given = é.parse_args(argv)"),
        ("given = é.parse_args() if argv else None", "given = é.parse_args(argv) if argv else None"),
        ("given, rest = é.parse_known_args( )", "given, rest = é.parse_known_args( argv)"),
        ("argv = é.parse_args(); print(argv.most)", "argv = é.parse_args(argv); print(argv.most)"),
        ("print('é', é.parse_args(\n    ))", "print('é', é.parse_args(\n    argv))"),
    ],
)
def test_arguments_that_are_handed_in_are_parsed(line: str, wanted: str) -> None:
    assert apply(subject(MAIN.format(line))) == MAIN.format(wanted)


@pytest.mark.parametrize(
    "line",
    [
        "given = é.parse_args(argv)",
        "given = é.parse_args(args=argv)",
        "sys.argv = argv; given = é.parse_args()",
        "a, b = é.parse_args(), é.parse_args()",
        "given = parse_args()",
        "given = é.parse_args(",
    ],
)
def test_what_is_parsed_or_read_already_stays(line: str) -> None:
    assert apply(subject(MAIN.format(line))) == MAIN.format(line)


def test_a_function_that_is_handed_nothing_reads_those_of_the_process() -> None:
    text = MAIN.replace("argv: list[str]", "").format("given = é.parse_args()")
    assert apply(subject(text)) == text
