"""Go source text, read and edited by tree-sitter: pure, positions in characters, milliseconds a file."""

from guild.syntax import Declaration, Edit, Import, Source, SyntaxFault, edited
from guild.syntax.go.calls import can_fail, reaches_server
from guild.syntax.go.edit import (
    remove,
    set_package,
    split_packages,
    unqualified,
    with_imports,
    without,
    without_strays,
    write_imports,
)
from guild.syntax.go.expressions import equation, is_call
from guild.syntax.go.heads import declared_signature
from guild.syntax.go.scope import Use, free_uses, qualifiers, used_packages
from guild.syntax.go.source import is_test_name, parse, test_names
from guild.syntax.go.splicing import splice
from guild.syntax.go.stdlib import PREDECLARED, is_standard, package_name, standard_path

__all__ = [
    "PREDECLARED",
    "Declaration",
    "Edit",
    "Import",
    "Source",
    "SyntaxFault",
    "Use",
    "can_fail",
    "declared_signature",
    "edited",
    "equation",
    "free_uses",
    "is_call",
    "is_standard",
    "is_test_name",
    "package_name",
    "parse",
    "qualifiers",
    "reaches_server",
    "remove",
    "set_package",
    "splice",
    "split_packages",
    "standard_path",
    "test_names",
    "unqualified",
    "used_packages",
    "with_imports",
    "without",
    "without_strays",
    "write_imports",
]
