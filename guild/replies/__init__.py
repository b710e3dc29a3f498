"""Model text -> typed values: the code that is meant for a file, planned files, findings, a diagnosis; pure."""

from guild.replies.code import Code, code_for
from guild.replies.diagnosis import Suspicion, suspicion
from guild.replies.plan import sketches
from guild.replies.review import case, findings

__all__ = ["Code", "Suspicion", "case", "code_for", "findings", "sketches", "suspicion"]
