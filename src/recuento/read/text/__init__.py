"""A text as words: its tokens, their classes, its language and layout, and the lists they are looked up in."""
