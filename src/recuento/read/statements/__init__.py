"""The rules: every attribution of a text, with its source, its cue and its content."""
