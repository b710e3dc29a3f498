"""The repairs of React: of a file's form, in the order in which one makes room for the next, and of what vet said."""

from guild.repairs.react import (
    commonjs,
    exporting,
    imports,
    loose,
    matchers,
    repeated,
    throwing,
    types,
    undefined,
    waiting,
)
from guild.repairs.react.assertions import asserts_less
from guild.repairs.react.surroundings import REACT
from guild.repairs.subject import Family

FAMILY = Family(
    suffix=(".js", ".jsx"),
    repairs={
        "types": types.apply,
        "commonjs": commonjs.apply,
        "loose": loose.apply,
        "repeated": repeated.apply,
        "exporting": exporting.apply,
        "waiting": waiting.apply,
        "throwing": throwing.apply,
        "matchers": matchers.apply,
        "imports": imports.apply,
    },
    mends={"undefined": undefined.mend},
    faults=lambda text: len(REACT.parse(text).faults),
    asserts_less=asserts_less,
)
