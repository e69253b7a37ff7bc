"""What numbers count: who, what happened to them, which measure it is, and what is part of what."""
