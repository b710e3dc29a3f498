"""Public helpers for users' tests: the scripted model, which stands in for any model and replays exactly."""

from guild.models.request import Model, Request
from guild.models.scripted import Answer, Script, ScriptedModel, parse_script

__all__ = ["Answer", "Model", "Request", "Script", "ScriptedModel", "parse_script"]
