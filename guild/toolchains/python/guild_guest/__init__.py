"""What runs inside the sandbox, beside the project: it sees the standard library, and never the rest of guild."""
