"""The review of a project that is there, for LangGraph Studio: compiled without a saver."""

from guild.graph import compiled

graph = compiled(kind="review")
