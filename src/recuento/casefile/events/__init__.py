"""One event: its claims gathered, balanced in every world, and told in a summary."""
