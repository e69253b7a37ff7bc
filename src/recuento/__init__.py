"""Recuento: what was said about people in custody, what must follow, and what is estimated."""

__version__ = "0.1.0"
