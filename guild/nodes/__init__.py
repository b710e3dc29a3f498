"""The members of the guild: one node a file, each a plain function from State to what it changes."""
