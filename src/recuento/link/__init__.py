"""Entries of lists linked into persons. Takes tables and gives tables; knows no casefile and no store."""
