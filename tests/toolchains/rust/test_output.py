"""What cargo told in JSON, read without running it."""

import json
from pathlib import Path
from typing import Any

from guild.process import Completed
from guild.toolchains.rust.output import read

ROOT = Path("/x/project")
FILES = {"Cargo.toml": "", "src/lib.rs": "fn f() {\n    g(1);\n}\n"}


def span(path: str = "src/lib.rs", **more: Any) -> dict[str, Any]:
    place = {"line_start": 2, "line_end": 2, "column_start": 5, "column_end": 9}
    given = {"suggested_replacement": None, "suggestion_applicability": None, "label": None, "expansion": None}
    return {"file_name": path, "is_primary": True, **place, **given, **more}


def message(text: str, code: str = "", **more: Any) -> dict[str, Any]:
    said = {
        "message": text,
        "code": {"code": code} if code else None,
        "level": "error",
        "spans": [span()],
        "children": [],
    }
    return {"reason": "compiler-message", "target": {"src_path": f"{ROOT}/src/lib.rs"}, "message": {**said, **more}}


def told(*messages: dict[str, Any], code: int = 101, stderr: str = "") -> Any:
    out = "\n".join(["warning: no json", *map(json.dumps, messages)])
    done = Completed(argv=(), returncode=code, stdout=out, stderr=stderr, seconds=0.0, stopped="")
    return read(done, ROOT, FILES, "build")


def test_an_error_has_a_code_a_place_and_a_symbol() -> None:
    (found,) = told(message("cannot find function `g` in this scope", "E0425")).diagnostics
    assert (found["code"], found["symbol"], found["path"], found["line"]) == ("undefined", "g", "src/lib.rs", 2)
    (found,) = told(message("unresolved import `a::b::Name`", "E0432")).diagnostics
    assert (found["code"], found["symbol"]) == ("undefined", "Name")
    (found,) = told(message("expected one of `;`, found `x`")).diagnostics
    assert (found["code"], found["symbol"]) == ("syntax", "")
    (found,) = told(message("cannot find macro `prin` in this scope")).diagnostics
    assert (found["code"], found["symbol"]) == ("undefined", "prin")
    (found,) = told(message("bad mask", "clippy::bad_bit_mask")).diagnostics
    assert found["code"] == "vet"


def test_an_error_inside_a_macro_of_others_lies_where_it_is_called() -> None:
    inner = span("/rustc/x/macros.rs", expansion={"span": span()})
    (found,) = told(message("mismatched types", "E0308", spans=[inner])).diagnostics
    assert (found["path"], found["line"]) == ("src/lib.rs", 2)


def test_offers_are_those_that_are_sure_or_worth_it_the_sure_ones_first() -> None:
    def child(text: str, sure: bool, path: str = "src/lib.rs") -> dict[str, Any]:
        how = "MachineApplicable" if sure else "MaybeIncorrect"
        return {
            "message": text,
            "level": "help",
            "spans": [span(path, suggested_replacement=text[0], suggestion_applicability=how)],
        }

    children = [child("consider importing x", False), child("nonsense", False), child("borrow", True)]
    (found,) = told(message("mismatched types", "E0308", children=[*children, child("use", True, "/o.rs")])).diagnostics
    assert found["offers"] == [[(2, 5, 2, 9, "b")], [(2, 5, 2, 9, "c")]]


def test_a_failure_without_a_word_of_the_compiler_is_the_manifests() -> None:
    stderr = "error: failed to parse manifest at `/x/project/Cargo.toml`\n\nCaused by:\n  no targets specified"
    (found,) = told(stderr=stderr).diagnostics
    assert (found["path"], found["code"]) == ("Cargo.toml", "no-target")
    assert "/x/" not in found["message"]


def test_what_compiled_is_counted_unless_a_form_of_it_did_not() -> None:
    made = {"reason": "compiler-artifact", "target": {"src_path": f"{ROOT}/src/lib.rs"}, "executable": "/t/lib"}
    assert told(made, code=0).sound == {"src/lib.rs"}
    assert told(made, code=0).programs == {"src/lib.rs": Path("/t/lib")}
    assert told(made, message("mismatched types", "E0308")).sound == set()
