"""Model text -> typed values: the code that is meant for a file, a reviewer's findings, a reviewer's case; pure."""

from guild.replies.code import Code, code_for
from guild.replies.review import case, findings

__all__ = ["Code", "case", "code_for", "findings"]
