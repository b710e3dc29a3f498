"""JavaScript source text with JSX in it, read and edited by tree-sitter: pure, positions in characters."""
