import pytest

from guild.bench.arms import parse_arms
from guild.errors import UserError
from guild.settings import Settings


def test_the_loop_runs_before_what_takes_its_tokens() -> None:
    assert list(parse_arms("unit", "best-of-N, loop-without-form,loop,one-shot,loop", Settings())) == [
        "one-shot",
        "loop",
        "loop-without-form",
        "best-of-N",
    ]


def test_an_arm_switches_one_mechanism_off() -> None:
    arms = parse_arms("specs", "loop,loop-without-form,loop-without-review", Settings(without=("cut",)))
    assert arms["loop"] == Settings(without=("cut",))
    assert arms["loop-without-form"].without == ("cut", "form")
    assert arms["loop-without-review"] == Settings(without=("cut",), review=False)


@pytest.mark.parametrize(("bench", "arm"), [("review", "loop"), ("specs", "one-shot"), ("unit", "loop-without-")])
def test_an_arm_that_a_bench_has_not_is_refused(bench: str, arm: str) -> None:
    with pytest.raises(UserError, match="no arm"):
        parse_arms(bench, arm, Settings())  # type: ignore[arg-type]
