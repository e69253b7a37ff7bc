"""Bring documents in: keep the bytes, make a frozen text layer, prove both unchanged."""
