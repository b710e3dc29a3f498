"""What the user wants: a Spec, loaded from YAML and refused with its file, key and line where it is wrong."""

from guild.spec.lint import lint
from guild.spec.load import load_spec, self_contained
from guild.spec.model import CallSpec, FileSpec, ProbeSpec, Spec

__all__ = ["CallSpec", "FileSpec", "ProbeSpec", "Spec", "lint", "load_spec", "self_contained"]
