"""The imports of a JavaScript text: what each binds, how it is written, those of one text added to another's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tree_sitter import Node

from guild.syntax import Edit, edited
from guild.syntax.react.tree import Tree, field, string_value, tree

_WIDE = 100
_IMPORT = "import_statement"


@dataclass(frozen=True)
class Binding:
    """What one statement imports from one module; names are pairs of what is exported and what it is called here."""

    source: str
    default: str = ""
    everything: str = ""
    """What the whole module is called here."""
    names: tuple[tuple[str, str], ...] = ()

    @property
    def bound(self) -> tuple[str, ...]:
        """The names that the file knows by it."""
        return tuple(name for name in (self.default, self.everything, *(local for _, local in self.names)) if name)

    @property
    def line(self) -> str:
        """The statement."""
        listed = [name if name == local else f"{name} as {local}" for name, local in self.names]
        return _written(self, ", ".join(listed), listed)


def _written(binding: Binding, flat: str, listed: Sequence[str]) -> str:
    everything = f"* as {binding.everything}" if binding.everything else ""
    for names in (f"{{ {flat} }}", "{\n" + "".join(f"  {name},\n" for name in listed) + "}"):
        parts = [part for part in (binding.default, everything, names if listed else "") if part]
        line = f'import {", ".join(parts)}{" from " if parts else ""}"{binding.source}";'
        if len(line) <= _WIDE:
            break
    return line


def statements(parsed: Tree) -> list[tuple[Node, Binding]]:
    """Return the imports of a file, each with its node."""
    found = [node for node in parsed.root.named_children if node.type == _IMPORT]
    return [(node, _binding(parsed, node)) for node in found]


def _binding(parsed: Tree, node: Node) -> Binding:
    binding = Binding(string_value(parsed, field(node, "source")))
    clause = next((child for child in node.named_children if child.type == "import_clause"), None)
    for part in clause.named_children if clause is not None else ():
        if part.type == "identifier":
            binding = replace(binding, default=parsed.of(part))
        elif part.type == "namespace_import" and part.named_children:
            binding = replace(binding, everything=parsed.of(part.named_children[0]))
        elif part.type == "named_imports":
            binding = replace(binding, names=tuple(_pair(parsed, each) for each in part.named_children))
    return binding


def _pair(parsed: Tree, specifier: Node) -> tuple[str, str]:
    name = parsed.of(field(specifier, "name"))
    return name, parsed.of(field(specifier, "alias")) or name


def added(text: str, wanted: Iterable[Binding]) -> str:
    """Return a text that imports what is wanted too, each name once, in one statement a module."""
    parsed = tree(text)
    there, rest = statements(parsed), list(_lacking(parsed, wanted))
    edits: list[Edit] = []
    for source in dict.fromkeys(each.source for each in rest):
        home = next(((node, one) for node, one in there if one.source == source and not one.everything), None)
        new = _joined([home[1]] if home else [], [each for each in rest if each.source == source])
        if home and new.line != home[1].line:
            edits.append((*parsed.span(home[0]), new.line))
        elif not home:
            edits.append(_placed(parsed, there, new.line))
    grouped: dict[tuple[int, int], str] = {}
    for start, end, line in edits:
        grouped[start, end] = grouped.get((start, end), "") + line
    return edited(text, [(*span, line) for span, line in grouped.items()])


def merged(text: str, new: Tree) -> str:
    """Return a text that imports what another one does."""
    return added(text, [binding for _, binding in statements(new)])


def _lacking(parsed: Tree, wanted: Iterable[Binding]) -> Iterator[Binding]:
    """Yield what is not imported yet, each name for itself; a name that is bound is not bound again."""
    there = [binding for _, binding in statements(parsed)]
    known = {name for binding in there for name in binding.bound}
    for each in wanted:
        lacks = Binding(
            each.source,
            each.default if each.default not in known else "",
            each.everything if each.everything not in known else "",
            tuple(pair for pair in each.names if pair[1] not in known),
        )
        known.update(lacks.bound)
        if lacks.bound or (not each.bound and all(one.source != each.source for one in there)):
            yield lacks


def _joined(there: Sequence[Binding], more: Sequence[Binding]) -> Binding:
    whole = Binding(more[0].source)
    for each in (*there, *more):
        whole = Binding(
            whole.source,
            whole.default or each.default,
            whole.everything or each.everything,
            tuple(dict.fromkeys((*whole.names, *each.names))),
        )
    return whole


def _placed(parsed: Tree, there: Sequence[tuple[Node, Binding]], line: str) -> Edit:
    """Put a line behind the last import, else before the first statement and what is said of it."""
    if there:
        at = parsed.span(there[-1][0])[1]
        return at, at, f"\n{line}"
    shebang = next((child for child in parsed.root.named_children if child.type == "hash_bang_line"), None)
    at = parsed.span(shebang)[1] + 1 if shebang is not None else 0
    behind = "\n" if parsed.text[at:].startswith(("import", "\n")) or not parsed.text[at:] else "\n\n"
    return at, at, f"{line}{behind}"


def is_import(line: str) -> bool:
    """Tell whether a line is an import, which prose is not: as such it begins a file."""
    opened = line.rstrip()
    parsed = tree(f'{opened} a }} from "b";' if opened.endswith("{") else opened)
    kinds = [node.type for node in parsed.root.named_children if node.type != "comment"]
    return line[:1] > " " and not parsed.root.has_error and kinds == [_IMPORT]
