"""The profile likelihood of N under a log-linear model: its maximum and its limits (Cormack 1992).

For each n_0 the table is completed with n_0 unseen people and fitted again. With p_x = mu_x / N of that fit, the
multinomial log-likelihood of N = n + n_0 is log N! - log n_0! + sum n_x log p_x + n_0 log p_0, up to a constant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import exp, inf, lgamma, log, pi

import numpy as np

from recuento.estimate.log_interval import log_limits, normal_quantile
from recuento.estimate.loglinear_fit import Floats, LogLinearFit, fit_convex
from recuento.estimate.spread import Limits

KIND = "profile likelihood"


class _Unsteady(Exception):
    """A completed table could not be fitted, or the profile is too rough to follow."""


LEAST_UNSEEN = 1e-4
"""Below this many unseen people the limit is the people seen."""

MOST_TIMES = 1e7
"""A limit this many times above the fitted population is given as infinite."""

CLOSE = 1e-9
"""How closely log n_0 is searched for."""

MOST_PEOPLE = 1e12
"""Beyond this N a profile of double precision is noise."""

SHARP = 1e-3
"""With a smaller relative standard error the profile is a parabola in log n_0, to a millionth of N, and the limits
are taken from that; fits of billions of people are not precise enough for the difference."""


@dataclass(slots=True, eq=False)
class Profile:
    """The profile of one fitted model; fits are kept, so that asking again costs nothing.

    Where a completed table cannot be fitted, limits are log-normal ones from there on, and `steady` becomes false.
    """

    fit: LogLinearFit
    steady: bool = True
    _base: Floats = field(init=False)
    _convex: Floats = field(init=False)
    _known: dict[float, tuple[float, float]] = field(default_factory=dict)
    _limits: dict[float, tuple[float, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._base = np.vstack([self.fit.base, np.eye(1, self.fit.base.shape[1])])
        self._convex = np.vstack([self.fit.convex, np.zeros((1, self.fit.convex.shape[1]))])
        self.steady = self.fit.standard_error > SHARP * self.fit.unseen and self.fit.point < MOST_PEOPLE

    @property
    def maximum(self) -> float:
        """The N of the greatest likelihood: slightly below the Poisson fit, which stands in where it is not found."""
        try:
            return self.fit.people + self._best() if self.steady else self.fit.point
        except _Unsteady:
            self.steady = False
            return self.fit.point

    def limits_at(self, level: float) -> tuple[float, float]:
        """The N on both sides where the log-likelihood has dropped by half the chi-square quantile (1 degree)."""
        if level not in self._limits:
            self._limits[level] = self._found(level)
        return self._limits[level]

    def spread(self) -> Limits:
        """The limits as a spread, centred on the Poisson estimate."""
        return Limits(self.limits_at, self.fit.point, KIND)

    def _found(self, level: float) -> tuple[float, float]:
        if self.steady:
            try:
                best = self._best()
                floor = self._value(best)[0] - normal_quantile(level) ** 2 / 2
                return self.fit.people + self._lower(best, floor), self.fit.people + self._upper(best, floor)
            except _Unsteady:
                self.steady = False
        return log_limits(self.fit.people, self.fit.unseen, self.fit.standard_error**2).limits_at(level)

    def _best(self) -> float:
        """n_0 where the slope is 0; 0 where it falls from the start."""
        high = max(self.fit.unseen, 1.0)
        while self._value(high)[1] > 0:
            if high > MOST_TIMES * self.fit.point:
                raise _Unsteady
            high *= 2
        low = min(self.fit.unseen, 1.0)
        while self._value(low)[1] <= 0:
            if low < LEAST_UNSEEN:
                return 0.0
            low /= 4
        return self._crossing(low, high, lambda unseen: self._value(unseen)[1])

    def _lower(self, best: float, floor: float) -> float:
        if best <= 0:
            return 0.0
        low = best
        while self._value(low)[0] > floor:
            if low < LEAST_UNSEEN:
                return 0.0
            low /= 2
        return self._crossing(low, best, lambda unseen: self._value(unseen)[0] - floor)

    def _upper(self, best: float, floor: float) -> float:
        low = high = max(best, LEAST_UNSEEN)
        while self._value(high)[0] > floor:
            if high > MOST_TIMES * self.fit.point:
                return inf
            low, high = high, 2 * high
        return self._crossing(low, high, lambda unseen: self._value(unseen)[0] - floor)

    def _crossing(self, low: float, high: float, height: Callable[[float], float]) -> float:
        from scipy.optimize import brentq

        if height(low) == 0 or low == high:
            return low
        if height(low) * height(high) > 0:
            raise _Unsteady
        return float(low * exp(brentq(lambda logged: height(low * exp(logged)), 0.0, log(high / low), xtol=CLOSE)))

    def _value(self, unseen: float) -> tuple[float, float]:
        """The log-likelihood at n_0, and its slope there."""
        if unseen not in self._known:
            self._known[unseen] = self._computed(max(unseen, LEAST_UNSEEN / 8))
        return self._known[unseen]

    def _computed(self, unseen: float) -> tuple[float, float]:
        counts = np.append(self.fit.counts, unseen)
        start = self.fit.coefficients if not self._convex.shape[1] else None
        _, result = fit_convex(self._base, self._convex, counts, start)
        if not result.converged:
            _, result = fit_convex(self._base, self._convex, counts)
        if not result.converged:
            raise _Unsteady
        everybody = self.fit.people + unseen
        height = _stirling(everybody) - _stirling(unseen) - result.deviance / 2
        slope = _digamma(everybody + 1) - _digamma(unseen + 1) + float(result.coefficients[0]) - log(everybody)
        return height, slope


def _stirling(people: float) -> float:
    """log x! - x log x + x, without cancellation where x is large."""
    if people < 1e5:
        return lgamma(people + 1) - people * log(people) + people if people > 0 else 0.0
    return log(2 * pi * people) / 2 + 1 / (12 * people)


def _digamma(value: float) -> float:
    from scipy.special import digamma

    return float(digamma(value))
