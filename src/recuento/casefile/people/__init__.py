"""Lists of names: imported, linked into persons, judged in pairs, and made into tables for an estimate."""
