"""Bias-corrected and accelerated bootstrap limits (Efron 1987), with guards where its formulas have no value."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from recuento.estimate.spread import Limits

NORMAL = NormalDist()

SAME_WITHIN = 1e-9
"""A replicate that differs from the estimate by a smaller share is the estimate itself, computed again."""


@dataclass(frozen=True, slots=True, eq=False)
class Replicates:
    """Estimates of N from resamples, in ascending order, around the estimate itself.

    `acceleration` is how the spread of the estimate changes with its value, from `acceleration(...)`.
    """

    point: float
    estimates: NDArray[np.float64]
    acceleration: float

    @property
    def share_below(self) -> float:
        """The share of resamples that gave less than the estimate."""
        return float(np.mean(self.estimates < self.point * (1 - SAME_WITHIN)))

    @property
    def lopsided(self) -> bool:
        """Whether all resamples lie on one side, where the correction of the bias has no value of its own."""
        return self.share_below in (0.0, 1.0)

    @property
    def bias(self) -> float:
        """z0: the normal quantile of the share below, a share of none being taken as half a resample."""
        half = 0.5 / len(self.estimates)
        return NORMAL.inv_cdf(min(max(self.share_below, half), 1 - half))

    def moved(self, share: float) -> float:
        """The share of resamples that lies below the limit with `share` of the confidence below it."""
        shifted = self.bias + NORMAL.inv_cdf(share)
        room = 1 - self.acceleration * shifted
        return NORMAL.cdf(self.bias + shifted / room) if room > 0 else float(shifted > 0)

    def limit(self, share: float) -> float:
        """The confidence limit with `share` of the confidence below it."""
        return quantile_type_8(self.estimates, self.moved(share))

    def rests_on_the_outermost(self, level: float) -> bool:
        """Whether a limit at this level is the least or greatest resample: more resamples would move it further."""
        least = 1 / len(self.estimates)
        return self.moved((1 - level) / 2) < least or self.moved((1 + level) / 2) > 1 - least

    def limits(self, level: float) -> tuple[float, float]:
        """Both BCa limits at a level, equal tails."""
        return self.limit((1 - level) / 2), self.limit((1 + level) / 2)

    def spread(self) -> Limits:
        """The limits at any level."""
        return Limits(self.limits, self.point, "BCa bootstrap")


def acceleration(left_out: NDArray[np.float64], people: NDArray[np.int64]) -> float:
    """The jackknife over people: a = sum w r^3 / (6 (sum w r^2)^1.5), r_i = mean - estimate without one of history i.

    `left_out` are the estimates without one person of each history, `people` the w of that history. 0 where all
    estimates agree, or one of them is infinite.
    """
    if not len(left_out) or not np.isfinite(left_out).all():
        return 0.0
    weights = people.astype(np.float64)
    apart = float(weights @ left_out / weights.sum()) - left_out
    spread = float(weights @ apart**2)
    if spread <= (SAME_WITHIN * float(np.max(np.abs(left_out)))) ** 2:
        return 0.0
    return float(weights @ apart**3) / float(6 * spread**1.5)


def quantile_type_8(ordered: NDArray[np.float64], share: float) -> float:
    """The median-unbiased quantile (Hyndman and Fan 1996, type 8) of ascending values, which may end in infinities."""
    position = (len(ordered) + 1 / 3) * share + 1 / 3
    below = int(np.clip(np.floor(position + 4e-16), 1, len(ordered)))
    above = min(below + 1, len(ordered))
    part = min(max(position - below, 0.0), 1.0)
    low, high = float(ordered[below - 1]), float(ordered[above - 1])
    if part == 0 or low == high:
        return low
    return low + part * (high - low) if np.isfinite(high) else high
