"""Heads of Go declarations that stand in prose: taken where it can be sure, since a wrong one costs more than none."""

from tree_sitter import Node

from guild.syntax.go.tree import Tree, field, tree, walk

_LONGEST = 800
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_TYPE_WORDS = """
any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8
uint16 uint32 uint64 uintptr
"""
_BASIC = frozenset(_TYPE_WORDS.split())
_GIVES = ("return", "report", "give", "yield", "produce", "compute", "result", "tell", "calculate")
_SENTENCE_WORDS = """
A An And All Any As At Each Every For If In It Its No Not On Once Only Or Otherwise So Standard That The Then This To
Use Used Uses When Where Which With Without
"""
_SENTENCE = frozenset(_SENTENCE_WORDS.split())


def declared_signature(text: str) -> str | None:
    """Return the function, method or type declaration whose head a text begins with, None when unsure.

    `GCD(a, b int) int returns ...` gives `func GCD(a, b int) int`, `Event struct { At int }` gives
    `type Event struct { At int }`; a call such as `Clamp(-1, 0, 10)` gives nothing.
    """
    text = text[:_LONGEST].lstrip(" \t\n`")
    if _word(text, 0) == "type":
        return _type(text[4:].lstrip(), spelled=True)
    if _word(text, 0) == "func":
        return _function(text[4:].lstrip(), spelled=True)
    if text.startswith("("):
        return _function(text, spelled=False)
    name = _word(text, 0)
    after = text[len(name) :].lstrip()
    if not name or name[0].isdigit():
        return None
    if _word(after, 0) in ("struct", "interface"):
        return _type(text, spelled=False)
    return _function(text, spelled=False) if text[len(name) : len(name) + 1] in ("(", "[") else None


def ticked_type(text: str) -> str | None:
    """Return the declaration of a type that stands between ticks, `itemHeap []*Item`; None where it is none."""
    head = f"type {' '.join(text.split())}"
    return head if _declares_type(head) else None


def _word(text: str, start: int) -> str:
    end = start
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return text[start:end]


def _skip(text: str, start: int) -> int:
    while start < len(text) and text[start] in " \t\n":
        start += 1
    return start


def _closing(text: str, start: int) -> int:
    """Return the position behind the bracket that closes the one at `start`, -1 where none does."""
    open_brackets: list[str] = []
    quote = ""
    for at in range(start, len(text)):
        char = text[at]
        if quote:
            quote = "" if char == quote else quote
        elif char in '"`':
            quote = char
        elif char in _CLOSING:
            open_brackets.append(_CLOSING[char])
        elif char in _CLOSING.values():
            if open_brackets.pop() != char:
                return -1
            if not open_brackets:
                return at + 1
    return -1


def _bracketed(text: str, start: int, opening: str) -> int:
    """Return where a bracket that must stand at `start` is closed, `start` where there is none of them."""
    return _closing(text, start) if text[start : start + 1] == opening else start


def _type_end(text: str, start: int) -> int:
    """Return where the type that begins at `start` ends; `start` where none does, -1 where it breaks off."""
    for prefix in ("...", "*", "<-"):
        if text.startswith(prefix, start):
            return _after(text, start + len(prefix), start)
    if text.startswith("[", start):
        closed = _closing(text, start)
        return _after(text, closed, start) if closed > 0 else -1
    word = _word(text, start)
    end = start + len(word)
    if word == "map" and text[end : end + 1] == "[":
        closed = _closing(text, end)
        return _after(text, closed, start) if closed > 0 else -1
    if word == "chan":
        return _after(text, _skip(text, end), start)
    if word == "func" and text[end : end + 1] == "(":
        return _signature_end(text, end)
    if word in ("struct", "interface"):
        return _bracketed(text, _skip(text, end), "{")
    return _named_end(text, start, word)


def _after(text: str, start: int, otherwise: int) -> int:
    end = _type_end(text, start)
    return end if end != start else otherwise


def _named_end(text: str, start: int, word: str) -> int:
    if not word or word[0].isdigit():
        return start
    end = start + len(word)
    if text[end : end + 1] == "." and (member := _word(text, end + 1)) and member[0].isupper():
        end += 1 + len(member)
    return _bracketed(text, end, "[")


def _signature_end(text: str, start: int) -> int:
    """Return where parameters at `start` and the results behind them end."""
    end = _closing(text, start)
    if end < 0:
        return -1
    at = _skip(text, end)
    stop = _bracketed(text, at, "(") if text[at : at + 1] == "(" else _type_end(text, at)
    return stop if stop > at and _plausible(text[at:stop]) else end


def _plausible(result: str) -> bool:
    """Tell whether text behind parameters is a result rather than the next words of the sentence."""
    parsed = tree(f"package p\nfunc f() {result} {{}}")
    if parsed.root.has_error:
        return False
    node = field(parsed.root.named_children[-1], "result")
    if node is None:
        return False
    if node.type == "type_identifier":
        return result in _BASIC or _names_type(result)
    return _sound_types(parsed, node)


def _names_type(word: str) -> bool:
    """Tell a type's name from a word that begins a sentence or stands in capitals to shout."""
    shouted = len(word) > 1 and word.isupper()
    return word[0].isupper() and not shouted and word not in _SENTENCE and not word.lower().startswith(_GIVES)


def _sound_types(parsed: Tree, node: Node) -> bool:
    """Tell whether each type that stands alone is one that prose does not look like."""
    for each in walk(node):
        if each.type != "type_identifier" or parsed.of(each) in _BASIC or parsed.of(each)[0].isupper():
            continue
        above = each.parent
        if above is None or above.type not in ("pointer_type", "slice_type", "qualified_type", "map_type", "type_spec"):
            return False
    return True


def _function(text: str, *, spelled: bool) -> str | None:
    at = 0
    if text.startswith("("):
        at = _skip(text, _closing(text, 0))
    name = _word(text, at)
    end = _bracketed(text, at + len(name), "[")
    if not name or end < 0 or text[end : end + 1] != "(" or _closing(text, end) < 0:
        return None
    stop = _signature_end(text, end)
    if stop < 0:
        return None
    head = f"func {' '.join(text[:stop].split())}"
    with_result = stop > _closing(text, end)
    if not _sound_function(head, spelled=spelled) or not _ends_well(text, stop, with_result=with_result):
        return None
    return head if spelled or with_result or (_named_parameters(head) and _acts(text[stop:])) else None


def _sound_function(head: str, *, spelled: bool) -> bool:
    parsed = tree(f"package p\n{head} {{}}")
    nodes = parsed.root.named_children
    if parsed.root.has_error or len(nodes) != 2 or nodes[1].type not in ("function_declaration", "method_declaration"):
        return False
    parts = [field(nodes[1], "parameters"), field(nodes[1], "result"), field(nodes[1], "receiver")]
    return all(spelled or part is None or _sound_types(parsed, part) for part in parts)


def _named_parameters(head: str) -> bool:
    """Tell whether there are parameters and all bear names: without a result, `New(*Store)` may well be a call."""
    parameters = field(tree(f"package p\n{head} {{}}").root.named_children[1], "parameters")
    found = parameters.named_children if parameters else []
    return bool(found) and all(field(each, "name") for each in found)


def _ends_well(text: str, stop: int, *, with_result: bool) -> bool:
    """Tell whether a sentence goes on behind a head, not an expression: `New().Len()`, `F(x T) == 2`."""
    rest = text[stop:]
    if rest[:1] in ("(", "[", "{", "+", "-", "/", "%", "=", "!", "<", ">", "&", "|", "^", "_") or rest[:1].isalnum():
        return False
    if rest[:1] == "." and rest[1:2].isalnum():
        return False
    following = rest.lstrip()
    return with_result or not following.startswith(("=", "!=", "->", "<", ">", "+", "*", "/", "%", "&", "|", "→"))


def _acts(rest: str) -> bool:
    """Tell whether what follows parameters says that the function does something rather than gives something."""
    sentence = rest.replace("\n", " ").split(". ", 1)[0].split(";", 1)[0].lower()
    if any(word.startswith(_GIVES) for word in sentence.replace("(", " ").split()):
        return False
    following = rest.lstrip().removeprefix("which ").removeprefix("that ")
    word = _word(following, 0)
    return following[:1] in ("", ".", ",", ";", ":", "`") or (word.islower() and word.endswith("s") and len(word) > 2)


def _type(text: str, *, spelled: bool) -> str | None:
    name = _word(text, 0)
    if not name or name[0].isdigit():
        return None
    at = _bracketed(text, len(name), "[")
    if at < 0:
        return None
    alias = text[_skip(text, at) :].startswith("=")
    at = _skip(text, _skip(text, at) + 1 if alias else at)
    stop = _type_end(text, at)
    braced = _word(text, at) in ("struct", "interface") and text[stop - 1 : stop] == "}"
    if stop <= at or not (braced or (spelled and _names_type(name) and _plausible(text[at:stop]))):
        return None
    head = f"type {' '.join(text[:stop].split())}"
    return head if _declares_type(head) else None


def _declares_type(head: str) -> bool:
    root = tree(f"package p\n{head}\n").root
    nodes = root.named_children
    return not root.has_error and len(nodes) == 2 and nodes[1].type == "type_declaration"
