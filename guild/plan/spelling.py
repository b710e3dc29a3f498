"""What the purposes of a Spec spell out: the declarations of each file, and the symbols that it owns."""

import re

from guild.spec.languages import role_of
from guild.spec.model import FileSpec, Spec
from guild.spec.prose import unquoted
from guild.syntax import SpeltOut, syntax_of

_CALLED_ON = re.compile(r"[\w)\]]\.(\w+)\(")


def spelled_out(spec: Spec) -> list[SpeltOut]:
    """Return what each file of a Spec spells out; a head that is called as a method elsewhere is no function's."""
    methods = frozenset(name for file in spec.files for name in _CALLED_ON.findall(file.purpose))
    return [_spelled(file, methods, role_of(file.path, spec.language)) for file in spec.files]


def _spelled(file: FileSpec, methods: frozenset[str], role: str) -> SpeltOut:
    syntax = syntax_of(file.path)
    if file.content is not None:
        return SpeltOut((), frozenset(each.name for each in syntax.parse(file.content).declarations) | {*file.declares})
    if role == "module":
        return SpeltOut((), frozenset())
    found = syntax.spelled_out(unquoted(file.purpose), methods=methods, tests=role == "test")
    return SpeltOut(found.signatures, found.symbols | set(file.declares))
