"""The bench: what a model reaches alone, what it reaches inside the loop, and what each mechanism is worth."""
