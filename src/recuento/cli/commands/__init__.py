"""One module a command. Each names its command `run`; the table in cli/main.py lists them."""
