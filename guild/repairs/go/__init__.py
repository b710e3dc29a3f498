"""The form repairs of Go, in the order in which one makes room for the next."""

from guild.repairs.go import imports, own_package, package_clause, redeclared, stray_text
from guild.repairs.subject import Family
from guild.syntax import go

FAMILY = Family(
    suffix=".go",
    repairs={
        "stray_text": stray_text.apply,
        "redeclared": redeclared.apply,
        "package_clause": package_clause.apply,
        "own_package": own_package.apply,
        "imports": imports.apply,
    },
    faults=lambda text: len(go.parse(text).faults),
)
