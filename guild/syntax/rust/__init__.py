"""Rust source text, read and edited by tree-sitter: pure, positions in characters, milliseconds a file."""
