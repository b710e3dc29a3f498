"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

MODELS, LIMITS, OUTPUT = "Models", "Limits", "Output"

Model = Annotated[
    str | None,
    typer.Option(
        help="NAME or NAME@URL at an OpenAI-compatible server, local:NAME or local:/path.gguf embedded, script:FILE."
    ),
]
TestModel = Annotated[str | None, typer.Option(help="The model that writes tests; --model where not given.")]
FixModel = Annotated[str | None, typer.Option(help="The model that mends; --model where not given.")]
ReviewModel = Annotated[str | None, typer.Option(help="The model that reviews; --model where not given.")]
BaseUrl = Annotated[
    str | None,
    typer.Option(help="The server of plain model names. Without --model it is asked what it has."),
]
MaxFixRounds = Annotated[int | None, typer.Option(min=0, help="Rounds of fixing allowed; 0 builds without fixing.")]
MaxTokens = Annotated[
    int | None, typer.Option(min=0, help="Tokens of all prompts and replies together; 0 is no limit.")
]
MaxMinutes = Annotated[float | None, typer.Option(min=0, help="Minutes of work; 0 is no limit.")]
Corpus = Annotated[
    str | None,
    typer.Option(
        "--corpus",
        metavar="FILE",
        parser=lambda path: str(Path(path).expanduser().absolute()),
        help="Verified examples, beside the local corpus: a line of JSON each, with instruction and response.",
    ),
]
Shots = Annotated[int | None, typer.Option(min=0, help="Verified examples that a prompt shows; 0 shows none.")]
Fleet = Annotated[
    str | None,
    typer.Option(metavar="MODEL,...", help="Stronger models, asked in turn for a file that the others cannot mend."),
]
Diagnose = Annotated[
    bool | None, typer.Option("--diagnose", help="Have a model say what is wrong before another mends it.")
]
Approve = Annotated[
    bool | None, typer.Option("--approve/--no-approve", help="Stop after the plan, until you go on with it.")
]
Ask = Annotated[
    bool | None, typer.Option("--ask/--no-ask", help="Where nothing is left to try, ask once what would help.")
]
Step = Annotated[bool, typer.Option("--step", help="Stop before each node that follows the plan.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Answer yes to what the run waits for.")]
Say = Annotated[
    str,
    typer.Option(metavar="TEXT", help="What the run is to mind; it stands in every later prompt.", show_default=False),
]
Candidates = Annotated[
    int | None, typer.Option(min=1, help="Drafts that one change may have; drawn until one is good enough.")
]
Without = Annotated[
    list[str] | None,
    typer.Option(metavar="MECHANISM", help="Switch a mechanism of the loop off, such as agreement; may be repeated."),
]
Seed = Annotated[int | None, typer.Option(min=0, help="Where the seeds of the draws start.")]
Review = Annotated[bool | None, typer.Option("--review/--no-review", help="Review what is green. On by default.")]
Sandbox = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="What isolates generated code: bubblewrap, landlock, docker, podman, seatbelt, or auto, what works here.",
    ),
]
UnsafeHost = Annotated[
    bool | None, typer.Option("--unsafe-host", help="Run generated code on this machine without a sandbox.")
]
Out = Annotated[Path | None, typer.Option(help="The output folder; generated/NAME where not given.", file_okay=False)]
Force = Annotated[bool, typer.Option("--force", help="Overwrite files in --out that guild did not write.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value to stdout, for scripts.")]
Run = Annotated[str, typer.Argument(help="A run: its id, the beginning of it, or `last`.", show_default=False)]
