"""What compared pairs weigh, and which of them can matter: the others are counted and let go, some at a time.

All pairs of a million entries do not fit into memory, but the different patterns of their levels do. Patterns are
weighed once each; then the pairs are read twice. The first time those are kept that are probable enough to be shown or
to begin a join; the second time the hopeless ones whose entries the first hold together, because they speak against
joining them. No other pair can change a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recuento.link.clusters import components
from recuento.link.comparisons import FIELD_RULES
from recuento.link.engines import ComparedPairs
from recuento.link.model import Floats, Levels, PairModel, levels_of, shipped_model, trained, with_prior_of
from recuento.link.settings import LinkSettings

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]

_ROUNDS = 12
_SAMPLED_PAIRS = 200_000
"""Pairs from which the model is trained further. More change nothing that matters."""


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Pairs that can matter, sorted by their rows: the place of each one's pattern in `levels`, and its log2 odds."""

    left: Ints
    right: Ints
    place: Ints
    weight: Floats
    levels: Levels
    """The levels of every pattern that was seen."""
    model: PairModel
    compared: int
    """How many pairs were compared in all."""


def weighed(pairs: ComparedPairs, size: int, answers: Mapping[tuple[int, int], str], settings: LinkSettings) -> Weighed:
    """Learn from all pairs of `size` entries, and keep those that can matter or that a person answered."""
    found = pairs.patterns()
    codes, counts = found["pattern"].to_numpy(), found["pairs"].to_numpy().astype(np.int64)
    levels = levels_of(codes)
    model = fitted_model(levels, counts, settings)
    totals = model.totals(levels)
    likely = totals >= min(log2_odds(settings.shown_from), log2_odds(settings.clusters.reach))
    kept = pairs.of_patterns(codes[likely])
    first = (kept["left_row"].to_numpy(), kept["right_row"].to_numpy(), _places(codes, kept["pattern"].to_numpy()))
    decided = np.array(sorted(answers), np.int32).reshape(-1, 2)
    part = components(size, *(np.concatenate([first[side], decided[:, side]]) for side in (0, 1)))

    second = _speaking_against(pairs, codes, likely, part)
    left, right, place = (np.concatenate(both) for both in zip(first, second, strict=True))
    order = np.argsort(pair_codes(left, right))
    left, right, place = left[order], right[order], place[order]
    return Weighed(left, right, place, totals[place], levels, model, int(counts.sum()))


def no_pairs() -> Weighed:
    """What is weighed where there is nobody to compare."""
    none = np.zeros(0, np.int32)
    levels = np.zeros((0, len(FIELD_RULES)), np.int8)
    return Weighed(none, none, none, np.zeros(0), levels, shipped_model(), 0)


def log2_odds(probability: float) -> float:
    """The log2 odds of a probability."""
    return float(np.log2(probability / (1 - probability)))


def pair_codes(left: Ints, right: Ints) -> Longs:
    """One number for each pair of rows, ordered as the pairs are."""
    return np.asarray(left.astype(np.int64) << 32 | right.astype(np.int64))


def fitted_model(levels: Levels, counts: Longs, settings: LinkSettings) -> PairModel:
    """The shipped model, its prior learnt from pairs with these levels, and its tables too where there are enough."""
    start = shipped_model()
    compared = int(counts.sum())
    if not compared:
        return start
    if compared > _SAMPLED_PAIRS:
        rng = np.random.default_rng(settings.seed)
        counts = rng.multivariate_hypergeometric(counts, _SAMPLED_PAIRS, method="marginals")
        levels, counts = levels[counts > 0], counts[counts > 0]
    seen = counts.astype(np.float64)
    model = with_prior_of(start, levels, seen)
    if settings.train and compared >= settings.least_trained_pairs:
        model = trained(model, levels, seen, rounds=_ROUNDS, strength=settings.strength)
    return model


def _speaking_against(
    pairs: ComparedPairs, codes: npt.NDArray[np.int32], likely: Marks, part: Ints
) -> tuple[Ints, Ints, Ints]:
    """Left row, right row and place of the pattern of the hopeless pairs within a part, in no order.

    Both ends of a decided pair are in one part, so no decided pair is lost.
    """
    parts = [(np.zeros(0, np.int32),) * 3]
    for batch in pairs.batches():
        left, right, code = (batch.column(name).to_numpy() for name in ("left_row", "right_row", "pattern"))
        together = part[left] == part[right]
        left, right, place = left[together], right[together], _places(codes, code[together])
        against = ~likely[place]
        parts.append((left[against], right[against], place[against]))
    left, right, place = (np.concatenate(column) for column in zip(*parts, strict=True))
    return left, right, place


def _places(codes: npt.NDArray[np.int32], found: npt.NDArray[np.int32]) -> Ints:
    return np.asarray(np.searchsorted(codes, found), np.int32)
