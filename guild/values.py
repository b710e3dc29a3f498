"""The plain typed values that travel between parts: JSON all the way down, no behaviour beyond ordering."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

Role = Literal["dev", "test", "fix", "review", "plan", "diagnose"]
Kind = Literal["build", "maintain", "tests", "review"]
Stage = Literal["parse", "build", "vet", "test", "run"]
Outcome = Literal["green", "budget", "stalled", "red", "cancelled", "waiting"]

STAGES: tuple[Stage, ...] = ("parse", "build", "vet", "test", "run")
NOTHING_LEFT = "nothing is left to try"
"""Why a fixer puts nothing forward: the run ends stalled."""
ERROR_WANT = "error"
ANY_WANT = "_"


class Expect(TypedDict):
    """An oracle on a call: an expression, the expressions wanted of its results, its line in the Spec."""

    call: str
    want: list[str]
    line: int


class Probe(TypedDict):
    """An oracle on a server: a request, the status wanted, its line in the Spec."""

    method: str
    path: str
    body: str
    status: int
    line: int


class FileTask(TypedDict):
    """One file of a Plan: who writes it, what it is for, what it needs, declares and tests."""

    path: str
    role: Literal["dev", "test", "given", "module"]
    purpose: str
    needs: list[str]
    declares: list[str]
    """Symbols the Spec lists for this file: a Project without them is not green."""
    signatures: list[str]
    """Declarations that the purpose spells out in the language's own words; asked for, not enforced."""
    tests: list[str]
    """Test functions that must exist and stay."""
    line: int  # 1-based, of the file's entry in the Spec; 0 where it has none
    change: NotRequired[list[str]]
    """Of a file that is there: the declarations to be changed, the tests to be added; absent where nothing is asked."""
    about: NotRequired[list[str]]
    """The declaration that each test to be added is about, where it is for what is there and not for a change."""


class Plan(TypedDict):
    """The ordered file tasks drawn from a Spec, with its oracles."""

    name: str
    language: str
    module: str
    description: str
    tasks: list[FileTask]
    expect: list[Expect]
    probes: list[Probe]
    packages: NotRequired[list[str]]  # that the Spec allows beside the standard library
    stated: list[Expect]
    """Values of calls that the prose states, such as `GCD(8,15)=1`: evidence, not oracles."""


class Diagnostic(TypedDict):
    """One thing a stage said: never raw text to be parsed again. Lines and columns count from 1, 0 where unknown."""

    path: str
    line: int
    column: int
    symbol: str
    code: str
    message: str
    stage: Stage
    test: NotRequired[str]
    """The test that failed, where one did."""
    owner: NotRequired[Literal["model", "user"]]
    """Who must mend it; the model where absent."""
    offers: NotRequired[list[list[tuple[int, int, int, int, str]]]]
    """What the compiler would do, in pieces of the file: from line and column, to line and column, the new text."""


class Score(TypedDict):
    """What a Project reached: a stage is 1 or 0, None where it was not reached or does not apply."""

    parse: int | None
    build: int | None
    vet: int | None
    test: int | None
    run: int | None
    total: int
    max: int
    packages: int  # that type-check
    errors: int  # distinct ones
    stated: int  # values that the prose states and that hold
    passed: int  # oracles and tests


def rank(score: Score) -> tuple[int, int, int, int, int]:
    """Return the key that orders Scores: what the user stated outweighs what generated tests count."""
    stages = sum(score[stage] or 0 for stage in STAGES)
    return stages, score["packages"], score["stated"], score["passed"], -score["errors"]


class OracleResult(TypedDict):
    """What an oracle said: `ok` is None where it could not be asked."""

    oracle: str
    line: int
    ok: bool | None
    message: str


class Verdict(TypedDict):
    """What the toolchain said of a Project."""

    green: bool
    reason: str
    """Why it is not green, in one line; empty when it is."""
    score: Score
    diagnostics: list[Diagnostic]
    tests_passed: list[str]
    tests_failed: list[str]
    hollow: list[str]  # tests that cannot fail, as `path:TestName`
    oracles: list[OracleResult]
    stated: list[OracleResult]  # of the values that the prose states: evidence of who is wrong
    race: str
    """`passed`, `failed`, or `not run: why`."""
    seconds: float
    files_hash: str


class Reply(TypedDict):
    """What a model answered to one request."""

    text: str
    finish: str  # `stop`, `length` (truncated), `repetition` (cut), or another word of the endpoint's
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    model: str


class Drafted(TypedDict):
    """What became of a file's first draft: how many draws, and why none was of use; empty where one was."""

    draws: int
    reason: str


class Dispute(TypedDict):
    """A case of a test that was found wrong: what it wanted, what it wants now, and who says so."""

    file: str
    line: int
    test: str
    case: str  # what is asked, in the words of the test
    old: str
    new: str
    """Empty where the case was left as it is."""
    why: str


class Effort(TypedDict, total=False):
    """How a change came about."""

    mode: str  # how the fixer went about it
    name: str  # the declaration that was drawn afresh, where it was of one
    speaker: str
    """Who was asked in the role's place: another role, or `fleet N`."""
    beside: dict[str, int]
    """Draws of other files that it took: path -> how many."""


class Proposal(Effort):
    """An edit that somebody puts forward; only the verifier makes it part of the Project. None deletes a file."""

    edits: dict[str, str | None]
    origin: Literal["repair", "fix", "review", "opinion", "person"]
    path: str
    aims: list[str]
    """Keys of the diagnostics it set out to mend (`key` of each)."""
    role: Role | None
    """Who drew it; None for a person."""
    draws: int
    """How many drafts were drawn for it."""
    note: str
    evidence: NotRequired[Expect]
    """A review's case: the call and the value that somebody else stated."""
    disputes: NotRequired[list[Dispute]]


class Round(Effort):
    """One pass of the fix loop: what was blamed, what was tried, what it reached, kept or not. Hashes, never text."""

    number: int
    origin: str
    path: str
    edits: dict[str, str]
    """path -> sha256 of the text put forward; empty for a deletion."""
    aims: list[str]
    role: Role | None
    draws: int
    before: Score
    after: Score | None
    kept: bool
    reason: str
    files_hash: str  # of the Project that was judged, so that it is never judged again


class Spent(TypedDict):
    """What a run has cost so far."""

    prompt_tokens: int
    completion_tokens: int
    calls: int
    seconds: float
    """Seconds of work in nodes, over all sittings."""
    models: NotRequired[dict[str, int]]
    """Tokens by model."""
    exhausted: str
    """The limit that was reached (`tokens`, `minutes`, `rounds`), or empty."""


def key(diagnostic: Diagnostic) -> str:
    """Return what makes a diagnostic the same one after an edit moved it: all but its position."""
    return "|".join(
        (diagnostic["stage"], diagnostic["path"], diagnostic.get("test", ""), diagnostic["code"], diagnostic["message"])
    )


def is_sound(verdict: Verdict) -> bool:
    """Tell whether every stage passed, be it that nothing could have failed, as where there are no tests."""
    return verdict["score"]["total"] == verdict["score"]["max"]
