"""The accounts of an event side by side, and the demands made in it."""
