"""Alembic's scripts: how the tables of a casefile came to be, one revision a file."""
