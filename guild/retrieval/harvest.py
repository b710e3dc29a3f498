"""What a green run teaches: an example for each file that a model wrote."""

from guild.errors import RunError
from guild.records import Records
from guild.retrieval.corpus import Example, asked_for
from guild.spec import load_spec
from guild.spec.languages import role_of
from guild.syntax import syntax_of
from guild.toolchains import LANGUAGES
from guild.workspace import Workspace


def harvest(records: Records) -> list[Example]:
    """Return the examples of a run; RunError where it is not green, since nothing proves what it wrote."""
    manifest = records.manifest()
    if manifest["outcome"] != "green":
        raise RunError(
            f"run {manifest['run']} is {manifest['outcome'] or 'not finished'}: only a green run is an example"
        )
    spec = load_spec(manifest["spec"], languages=LANGUAGES)
    texts = Workspace(records.folder / "files").read()
    listed = [(file.path, file.purpose) for file in spec.files if file.content is None]
    return [
        Example(asked_for(spec.description, path, purpose), _fenced(path, texts[path]))
        for path, purpose in listed or _planned(records)
        if role_of(path, spec.language) in ("dev", "test") and path in texts
    ]


def _planned(records: Records) -> list[tuple[str, str]]:
    """Return the files that a model planned, with their purposes."""
    plans = [event["tasks"] for event in records.events() if event["kind"] == "plan"]
    return [(task["path"], task["purpose"]) for task in plans[-1]] if plans else []


def _fenced(path: str, text: str) -> str:
    return f"```{syntax_of(path).fences[0]}\n{text.strip()}\n```"
