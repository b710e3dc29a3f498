"""What source text says of itself, by tree-sitter: one package per language."""
