"""How many statements of an event are too many for its balance to be worked out twice while somebody waits."""

from __future__ import annotations

from recuento.errors import RecuentoError

MOST = 2_000
"""Statements of one event up to which the effect is worked out: both balances take about a second then."""


class TooMuch(RecuentoError):
    """There are too many statements for the balance to be worked out while somebody waits."""

    def __init__(self, size: int) -> None:
        super().__init__(
            f"of {size} statements the effect is not worked out here: recuento balance tells what follows now",
            f"con {size} declaraciones el efecto no se calcula aquí: recuento balance dice qué se deduce ahora",
        )


def refuse_too_many(size: int) -> None:
    """Raise TooMuch where an event of that many statements has too many."""
    if size > MOST:
        raise TooMuch(size)
