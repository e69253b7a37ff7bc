"""The arithmetic of a text before it is published: sums, shares, changes, rates, averages, tables."""

from __future__ import annotations

from recuento.check.check import check

__all__ = ["check"]
