"""Readers other than our own: where they answer, and what they are asked."""
