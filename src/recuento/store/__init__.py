"""The tables, migrations and files of a casefile; all queries on them."""
