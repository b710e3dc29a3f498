"""Code in what is said of a declaration: `cargo test` would run it as a test that nobody asked for."""

import re

from guild.repairs.subject import Subject

_FENCE = re.compile(r"^(?P<head>[ \t]*//[/!][ \t]*```)(?P<kind>[^\n`]*)$", re.M)


def apply(subject: Subject) -> str:
    """Mark such code as text, which is shown and not run."""
    opened = False

    def marked(found: re.Match[str]) -> str:
        nonlocal opened
        opened = not opened
        runs = opened and found["kind"].strip() in ("", "rust", "should_panic", "no_run")
        return f"{found['head']}text" if runs else found[0]

    return _FENCE.sub(marked, subject.text)
