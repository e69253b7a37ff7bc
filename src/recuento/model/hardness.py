"""How much a careful look a statement needs: what its rule gets wrong, and what was concluded or is not exact."""

from __future__ import annotations

from recuento.model.statement import Statement
from recuento.values.quantity import Comparison

_VAGUE = frozenset([Comparison.VAGUE, Comparison.APPROX, Comparison.NEARLY, Comparison.UPTO, Comparison.UNKNOWN])


def hardness(statement: Statement) -> float:
    """How much a careful look is needed, 0 to 2.

    The share of its rule's readings that are wrong, and marks for a speaker who was concluded, for a figure of
    something the vocabulary does not know, and for a figure that is no exact number.
    """
    unmeasured = any(figure.measure is None for figure in statement.figures)
    vague = any(figure.quantity.comparison in _VAGUE for figure in statement.figures)
    return 1 - statement.confidence + (0.4 * statement.speaker.inferred + 0.3 * unmeasured + 0.3 * vague)
