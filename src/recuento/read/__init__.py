"""Text to attributed statements, with figures and demands. Works without a casefile."""

from __future__ import annotations

from recuento.read.explain import explain
from recuento.read.language import language_of
from recuento.read.reader import read, read_figures

__all__ = ["explain", "language_of", "read", "read_figures"]
