"""Model text -> typed values: the code that is meant for a file, a planner's files, a reviewer's findings; pure."""

from guild.replies.code import Code, code_for
from guild.replies.plan import sketches
from guild.replies.review import case, findings

__all__ = ["Code", "case", "code_for", "findings", "sketches"]
