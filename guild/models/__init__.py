"""A role's model: any OpenAI-compatible endpoint, the embedded one, or a script, behind one seam."""

from collections.abc import Callable
from pathlib import Path

from guild.errors import SettingsError
from guild.models.request import Model, Progress, Request, ignore

__all__ = ["Model", "Progress", "Request", "ignore", "open_model"]

SCRIPT, LOCAL, AT_URL = "script:", "local:", "@http"


def open_model(
    name: str, *, base_url: str, api_key: str, threads: int = 0, report: Callable[[str], None] = ignore
) -> Model:
    """Open NAME, NAME@URL, local:NAME, local:/path.gguf or script:FILE; fail before any work is done."""
    if name.startswith(SCRIPT):
        return _open_script(name)
    if name.startswith(LOCAL):
        from guild.models.embedded import open_embedded

        return open_embedded(name.removeprefix(LOCAL), threads=threads, report=report)
    from guild.models.connection import Connection
    from guild.models.endpoint import open_endpoint

    plain, at, url = name.partition(AT_URL)
    return open_endpoint(plain, Connection(f"http{url}" if at else base_url, api_key, report=report))


def _open_script(name: str) -> Model:
    from guild.models.scripted import ScriptedModel, parse_script

    path = name.removeprefix(SCRIPT)
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}: the script cannot be read: {error}") from error
    return ScriptedModel(parse_script(text, source=path), name=name)
