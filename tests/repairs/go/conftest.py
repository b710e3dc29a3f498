"""One run of the toolchain for all cases of the mends, since a package costs less than a process."""

from collections.abc import Callable

import pytest

from guild.repairs import REGISTRY
from tests.repairs.go.cases import Case, Outcome, collected, run, slug


@pytest.fixture(scope="session")
def outcomes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    modules = {item.module.__name__: item.module for item in request.session.items if isinstance(item, pytest.Function)}
    return run(collected(modules.values()), tmp_path_factory.mktemp("mended"))


@pytest.fixture
def fires(outcomes: dict[str, Outcome]) -> Callable[[str, str, Case], None]:
    """Check that a mend answers a case, and that it compiles afterwards."""

    def check(mend: str, name: str, case: Case) -> None:
        outcome = outcomes[slug(mend, name)]
        assert outcome.heard, "the toolchain has nothing against it"
        assert (_lines(outcome.text), outcome.left) == (_lines(case.after), ())
        assert mend in outcome.fired

    return check


@pytest.fixture
def keeps(outcomes: dict[str, Outcome]) -> Callable[[str, str], None]:
    """Check that a mend has no answer to what the toolchain says of a case."""

    def check(mend: str, name: str) -> None:
        outcome = outcomes[slug(mend, name)]
        assert REGISTRY["go"].mends[mend](outcome.subject, outcome.heard) == []

    return check


def _lines(text: str) -> list[str]:
    """Cut a text into lines, without what gofmt does to them."""
    return [line.strip() for line in text.splitlines() if line.strip()]
