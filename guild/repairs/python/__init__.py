"""The repairs of Python: of a file's form, in the order in which one makes room for the next, and of what vet said."""

from guild.repairs.python import arguments, fixtures, imports, loose, repeated, tabs, unasserted, undefined
from guild.repairs.python.assertions import asserts_less
from guild.repairs.python.surroundings import PYTHON
from guild.repairs.subject import Family

FAMILY = Family(
    suffix=".py",
    repairs={
        "tabs": tabs.apply,
        "loose": loose.apply,
        "repeated": repeated.apply,
        "unasserted": unasserted.apply,
        "arguments": arguments.apply,
        "imports": imports.apply,
    },
    mends={"undefined": undefined.mend, "fixtures": fixtures.mend},
    faults=lambda text: len(PYTHON.parse(text).faults),
    asserts_less=asserts_less,
)
