"""The build, for LangGraph Studio: compiled without a saver, since the server brings its own."""

from guild.graph import compiled

graph = compiled()
