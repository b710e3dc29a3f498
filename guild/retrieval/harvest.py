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
    return [
        Example(asked_for(spec.description, file.path, file.purpose), _fenced(file.path, texts[file.path]))
        for file in spec.files
        if file.content is None and role_of(file.path, spec.language) in ("dev", "test") and file.path in texts
    ]


def _fenced(path: str, text: str) -> str:
    return f"```{syntax_of(path).fences[0]}\n{text.strip()}\n```"
