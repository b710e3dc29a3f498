"""The graphs, as LangGraph Studio loads them."""
