"""How likely each value of each term is, given who said what and how far each party is trusted. A convention."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from recuento.balance.expressions import log_chance
from recuento.balance.system import System
from recuento.model.claim import Claim
from recuento.model.ledger import Constraint
from recuento.values.quantity import Comparison, Quantity, quantity_from

_TINY = 1e-300


def log_weights(
    system: System,
    held: Sequence[Constraint],
    claims: Mapping[str, Claim],
    groups: Iterable[Sequence[str]],
    trust: Mapping[str, float],
    cap: int,
) -> dict[int, NDArray[np.float64]]:
    """Give for each column that somebody spoke of the log weight of every value from 0 to `cap`.

    Each group is one source: its figure is either true, with the trust in its party, or wrong.
    """
    values = np.arange(cap + 1, dtype=float)
    said_of: dict[tuple[str, str], Constraint] = {(said.claim, said.term): said for said in held}
    terms_of: dict[str, set[str]] = {}
    for said in held:
        terms_of.setdefault(said.claim, set()).add(said.term)
    weights: dict[int, NDArray[np.float64]] = {}
    for group in groups:
        for term in sorted({term for id in group for term in terms_of[id]}):
            mine = [id for id in group if term in terms_of[id]]
            meant = [_meant(claims[id].quantity, said_of[id, term]) for id in mine]
            right = np.sum([log_chance(quantity, values) for quantity in meant], axis=0)
            wrong = _log_wrong(meant[0], values)
            share = trust[claims[mine[0]].party]
            mixed = np.log(share * np.exp(right) + (1 - share) * np.exp(wrong) + _TINY)
            column = system.number[term]
            weights[column] = weights.get(column, np.zeros(cap + 1)) + mixed
    return weights


def _meant(quantity: Quantity, said: Constraint) -> Quantity:
    """What the figure says of the term: its own words, or the range alone where it is not a count of the term itself.

    A rate says a count only through the capacity, and a reading may widen a round number: the constraint knows.
    """
    own = tuple(None if end is None else int(end) for end in (quantity.low, quantity.high))
    if (own[0] or 0, own[1]) == (said.low or 0, said.high):
        return quantity
    if said.high is None:
        return quantity_from(Comparison.GE, (said.low or 0,), quantity.words)
    return quantity_from(Comparison.RANGE, (said.low or 0, said.high), quantity.words)


def _log_wrong(quantity: Quantity, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The log chance of each value if the figure is wrong: log-normal around it with a spread of 0.5."""
    low, high = quantity.low, quantity.high
    middle = float(low if high is None else high if low is None else (low + high) / 2)  # type: ignore[arg-type]
    logs = -((np.log1p(values) - np.log1p(middle)) ** 2) / (2 * 0.5**2) - np.log1p(values)
    return np.asarray(logs - np.log(np.exp(logs).sum()), dtype=np.float64)
