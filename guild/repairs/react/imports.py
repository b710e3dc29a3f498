"""The imports: each used, from where its name really lies, and none missing that the project or a package offers."""

from collections.abc import Iterator
from dataclasses import replace
from posixpath import basename, dirname, join, normpath, splitext

from guild.repairs.react.surroundings import defaults, dropped, is_test, modules
from guild.repairs.subject import Subject
from guild.syntax import Edit, edited
from guild.syntax.react.imports import Binding, added, statements
from guild.syntax.react.opening import source_of
from guild.syntax.react.tree import bound_names, field, tree, walk

_REACT_NAMES = """
Fragment createContext forwardRef memo useCallback useContext useEffect useId useLayoutEffect useMemo useReducer useRef
useState
"""
_REACT = frozenset(_REACT_NAMES.split())
_TESTING = frozenset(["act", "cleanup", "fireEvent", "render", "renderHook", "screen", "waitFor", "within"])
_BUILTIN = {"fs": "node:fs", "path": "node:path", "os": "node:os"}
_USED = ("identifier", "shorthand_property_identifier")
_RENDERER = "@testing-library/react"
_EVENTS = "@testing-library/user-event"
_NEEDLESS = ("@testing-library/jest-dom", "@testing-library/jest-dom/extend-expect", "@jest/globals", "vitest")
_OTHERS = ("react", "react-dom", "node:", "@testing-library")


def apply(subject: Subject) -> str:
    """Correct where names are imported from, drop what is not used, add what is missing; a broken file stays."""
    parsed = tree(subject.text)
    if parsed.root.has_error:
        return subject.text
    used = {parsed.of(node) for node in walk(parsed.root) if node.type in _USED and not _is_imported(node)}
    edits: list[Edit] = []
    wanted: list[Binding] = []
    for node, binding in statements(parsed):
        right = [each for one in _apart(binding) for each in _right(subject, one, used)]
        if [each.line for each in _together(right)] != [binding.line]:
            edits.append(dropped(parsed, node))
            wanted += right
    text = edited(subject.text, edits)
    return added(text, [*wanted, *_missing(subject, text, wanted, used)])


def _is_imported(node: object) -> bool:
    above = getattr(node, "parent", None)
    return above is not None and above.type in ("import_specifier", "import_clause", "namespace_import")


def _apart(binding: Binding) -> Iterator[Binding]:
    """Yield what a statement imports, each name for itself."""
    if not binding.bound:
        yield binding
    if binding.default:
        yield Binding(binding.source, default=binding.default)
    if binding.everything:
        yield Binding(binding.source, everything=binding.everything)
    yield from (Binding(binding.source, names=(pair,)) for pair in binding.names)


def _together(bindings: list[Binding]) -> list[Binding]:
    """Return what is imported a statement a module."""
    whole: dict[str, Binding] = {}
    for each in bindings:
        one = whole.get(each.source, Binding(each.source))
        names = tuple(dict.fromkeys((*one.names, *each.names)))
        default, everything = one.default or each.default, one.everything or each.everything
        whole[each.source] = Binding(each.source, default, everything, names)
    return list(whole.values())


def _right(subject: Subject, one: Binding, used: set[str]) -> Iterator[Binding]:
    """Yield the import of one name as it should be; nothing where it is not used or leads to the file itself."""
    if one.source in _NEEDLESS or (one.bound and one.bound[0] not in used):
        return
    if not one.bound and one.source.startswith(".") and _target(subject, one.source) not in subject.siblings:
        return
    name = one.names[0][0] if one.names else one.default
    if name == "userEvent" and one.source.startswith("@testing-library"):
        yield Binding(_EVENTS, default="userEvent")
    elif one.everything or not one.bound or one.source.startswith(_OTHERS) or one.source in _BUILTIN:
        yield one
    else:
        yield from _own(subject, one, name)


def _own(subject: Subject, one: Binding, name: str) -> Iterator[Binding]:
    """Yield the import of a name from the module of the project that offers it, in the way in which it does."""
    target, local = _target(subject, one.source), one.bound[0]
    named, default = modules(subject), defaults(subject)
    homes = (
        [target] if _offers(target, name, named, default, one) else [p for p, names in named.items() if name in names]
    )
    if not homes:
        homes = [path for path, known in default.items() if known == name]
    if not homes and target in named and one.default and len(named[target]) == 1:
        yield Binding(source_of(target, subject.path), names=((next(iter(named[target])), local),))
        return
    if len(homes) != 1:
        yield one
    elif homes[0] != subject.path:
        source = source_of(homes[0], subject.path)
        by_name = name in named.get(homes[0], ())
        if one.default and homes[0] in default and default[homes[0]] in ("", name):
            yield Binding(source, default=local)
        else:
            yield Binding(source, names=((name, local),)) if by_name else Binding(source, default=local)


def _offers(target: str, name: str, named: dict[str, frozenset[str]], default: dict[str, str], one: Binding) -> bool:
    return name in named.get(target, ()) or (target in default and (bool(one.default) or default[target] == name))


def _target(subject: Subject, source: str) -> str:
    """Return the file that a source means, its suffix and its folder guessed where they are wrong."""
    meant = normpath(join(dirname(subject.path), source))
    known = [path for path in subject.siblings if not is_test(path)]
    for path in (meant, f"{meant}.jsx", f"{meant}.js", f"{splitext(meant)[0]}.jsx", f"{splitext(meant)[0]}.js"):
        if path in known:
            return path
    stem = splitext(basename(meant))[0]
    near = [path for path in known if splitext(basename(path))[0] == stem and path.endswith((".js", ".jsx"))]
    return near[0] if len(near) == 1 else meant


def _missing(subject: Subject, text: str, wanted: list[Binding], used: set[str]) -> Iterator[Binding]:
    """Yield the imports of names that are used and bound nowhere: the project's before those of packages."""
    parsed = tree(text)
    bound = {name for each in wanted for name in each.bound}
    for node in walk(parsed.root):
        if node.type in ("variable_declarator", "function_declaration", "class_declaration"):
            bound.update(bound_names(parsed, field(node, "name")))
        if node.type in ("formal_parameters", "arrow_function", "catch_clause"):
            inner = node if node.type == "formal_parameters" else field(node, "parameter")
            bound.update(bound_names(parsed, inner))
        if node.type == "for_in_statement":
            bound.update(bound_names(parsed, field(node, "left")))
    bound.update(name for _, each in statements(parsed) for name in each.bound)
    for name in sorted(used - bound):
        yield from _import_of(subject, name)


def _import_of(subject: Subject, name: str) -> Iterator[Binding]:
    """Yield the import of a name; nothing where nobody offers it, or two do."""
    homes = [path for path, names in modules(subject).items() if name in names]
    default = [path for path, known in defaults(subject).items() if known == name]
    own = Binding("", names=((name, name),))
    if homes or default:
        if len(homes) == 1:
            yield replace(own, source=source_of(homes[0], subject.path))
        elif not homes and len(default) == 1:
            yield Binding(source_of(default[0], subject.path), default=name)
    elif name in _REACT:
        yield replace(own, source="react")
    elif name == "React":
        yield Binding("react", default="React")
    elif is_test(subject.path) and name in _TESTING:
        yield replace(own, source=_RENDERER)
    elif is_test(subject.path) and name == "userEvent":
        yield Binding(_EVENTS, default="userEvent")
    elif name in _BUILTIN:
        yield Binding(_BUILTIN[name], default=name)
