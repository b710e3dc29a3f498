"""The repairs of Rust: of a file's form, in the order in which one makes room for the next, and of what cargo said."""

from guild.repairs.rust import (
    chains,
    derives,
    elements,
    errors,
    examples,
    imports,
    lists,
    loose,
    modules,
    nested,
    numbers,
    offers,
    public,
    repeated,
    texts,
    wants,
)
from guild.repairs.rust.assertions import asserts_less
from guild.repairs.rust.surroundings import RUST
from guild.repairs.subject import Family

FAMILY = Family(
    suffix=".rs",
    repairs={
        "nested": nested.apply,
        "loose": loose.apply,
        "repeated": repeated.apply,
        "modules": modules.apply,
        "imports": imports.apply,
        "public": public.apply,
        "derives": derives.apply,
        "examples": examples.apply,
    },
    mends={
        "numbers": numbers.mend,
        "chains": chains.mend,
        "elements": elements.mend,
        "lists": lists.mend,
        "errors": errors.mend,
        "texts": texts.mend,
        "wants": wants.mend,
        "offers": offers.mend,
        "stray": modules.mend,
    },
    faults=lambda text: len(RUST.parse(text).faults),
    asserts_less=asserts_less,
)
