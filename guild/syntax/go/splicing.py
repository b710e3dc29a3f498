"""A replacement's declarations put into a Go text, each in the place of its namesake."""

from guild.syntax.go.edit import Edit, edited, span, write_imports
from guild.syntax.go.source import Declaration, Source, parse


def splice(text: str, replacement: str) -> str:
    """Put each declaration of a replacement in the place of its namesake, append the new ones, merge the imports.

    A namesake's doc comment stays where the replacement has none; a group is replaced whole where the replacement
    covers it.
    """
    old, new = parse(text), parse(replacement)
    if not new.declarations:
        return text
    if not old.declarations and not old.imports and (new.package or not old.package):
        return replacement
    edits: list[Edit] = []
    added: list[str] = []
    for unit in _units(new):
        _place(old, new, unit, (edits, added))
    result = edited(text, edits)
    if added:
        result = result.rstrip() + "\n\n" + "\n\n".join(added) + "\n"
    return _merge_imports(result, new)


def _merge_imports(text: str, new: Source) -> str:
    present = [(found.path, found.alias) for found in parse(text).imports]
    wanted = [(found.path, found.alias) for found in new.imports]
    missing = [pair for pair in wanted if pair not in present]
    return write_imports(text, [*present, *missing]) if missing else text


def _units(new: Source) -> list[list[Declaration]]:
    """Gather what is replaced as one: a group, else a spec; of two namesakes the last."""
    last = {found.name: found for found in new.declarations if found.name != "_"}
    units: dict[tuple[int, int], list[Declaration]] = {}
    for found in new.declarations:
        if last.get(found.name, found) is found:
            units.setdefault(found.group or span(found), []).append(found)
    return list(units.values())


def _place(old: Source, new: Source, unit: list[Declaration], result: tuple[list[Edit], list[str]]) -> None:
    """Note the edits that put one unit into the old text, and what is to be appended."""
    edits, added = result
    names = {found.name for found in unit}
    group = unit[0].group
    homes = [found for found in old.declarations if found.name in names and found.name != "_"]
    if not homes:
        whole = new.text[slice(*group)] if group else unit[0].text
        if whole not in old.text:
            added.append(whole)
        return
    for extent in {found.group for found in homes if found.group and group}:
        if {found.name for found in old.declarations if found.group == extent} <= names:
            edits.append((*extent, new.text[slice(*group)] if group else ""))
            return
    placed = set[tuple[int, int]]()
    for found in unit:
        _place_one(new, found, [home for home in homes if home.name == found.name], (edits, added, placed))


def _place_one(
    new: Source,
    found: Declaration,
    homes: list[Declaration],
    result: tuple[list[Edit], list[str], set[tuple[int, int]]],
) -> None:
    edits, added, placed = result
    if span(found) in placed:
        return
    placed.add(span(found))
    if not homes:
        added.append(_standing(new, found, grouped=False))
        return
    home = homes[0]
    doc = new.text[found.start : found.head]
    edits.append((home.start if doc else home.head, home.end, doc + _standing(new, found, grouped=bool(home.group))))
    edits.extend((again.start, again.end, "") for again in homes[1:])


def _standing(new: Source, found: Declaration, *, grouped: bool) -> str:
    """Return a declaration without its doc comment, with or without the keyword that a group holds for it."""
    if found.kind in ("func", "method") or (not grouped and found.group is None):
        return new.text[found.head : found.end]
    core = new.text[found.core : found.end]
    return core if grouped else f"{found.kind} {core}"
