"""Texts to statements: one document, a casefile, or millions; by our reader and by others; copies as families."""
