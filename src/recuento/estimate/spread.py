"""How an estimate of N is spread out: a posterior, draws of one, or a family of confidence limits.

Each kind answers the same three questions: the interval at a level, N at a quantile, and draws of N, from which
totals over strata are made (ends of intervals are never added).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from recuento.errors import InvalidValue

IntervalKind = Literal["equal", "hpd"]
"""Equal tails, or the shortest interval of the highest posterior density."""


class Spread(Protocol):
    """What every kind of uncertainty can say about N (everybody, seen and unseen)."""

    @property
    def kind(self) -> str:
        """ "posterior", "profile likelihood", "BCa bootstrap" ...: what an interval of it is."""
        ...

    def interval(self, level: float, kind: IntervalKind = "equal") -> tuple[float, float]:
        """The interval of N that holds `level` (0 to 1). Its end can be infinite."""
        ...

    def quantile(self, share: float) -> float:
        """N below which a `share` (0 to 1) lies."""
        ...

    def draws(self, size: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """`size` draws of N."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """A posterior over whole numbers: `support` ascending values of N, `mass` their probabilities (summing to 1)."""

    support: NDArray[np.int64]
    mass: NDArray[np.float64]
    kind: str = "posterior"

    def quantile(self, share: float) -> float:
        """The least N whose cumulative probability reaches `share`."""
        at = int(np.searchsorted(np.cumsum(self.mass), share * (1 - 1e-12)))
        return float(self.support[min(at, len(self.support) - 1)])

    def interval(self, level: float, kind: IntervalKind = "equal") -> tuple[float, float]:
        """Equal tails, or the shortest run of neighbouring N that holds `level`."""
        refuse_level(level)
        if kind == "equal":
            return self.quantile((1 - level) / 2), self.quantile((1 + level) / 2)
        total = np.concatenate([[0.0], np.cumsum(self.mass)])
        ends = np.searchsorted(total, total[:-1] + level * (1 - 1e-12))
        starts = np.flatnonzero(ends < len(total))
        widths = self.support[ends[starts] - 1] - self.support[starts]
        best = int(starts[np.argmin(widths)])
        return float(self.support[best]), float(self.support[ends[best] - 1])

    def draws(self, size: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Independent draws."""
        at = np.searchsorted(np.cumsum(self.mass), rng.random(size) * self.mass.sum(), side="right")
        drawn: NDArray[np.float64] = self.support[np.minimum(at, len(self.support) - 1)].astype(np.float64)
        return drawn


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Draws of N: chains by steps for a sampler, one row for a bootstrap or a combination."""

    values: NDArray[np.float64]
    kind: str = "posterior draws"

    def quantile(self, share: float) -> float:
        """The quantile of all chains together, between draws by straight lines."""
        return float(np.quantile(self.values, share))

    def interval(self, level: float, kind: IntervalKind = "equal") -> tuple[float, float]:
        """Equal tails, or the shortest interval that holds `level` of the draws."""
        refuse_level(level)
        if kind == "equal":
            return self.quantile((1 - level) / 2), self.quantile((1 + level) / 2)
        ordered = np.sort(self.values, axis=None)
        inside = max(1, int(np.ceil(level * len(ordered))))
        widths = ordered[inside - 1 :] - ordered[: len(ordered) - inside + 1]
        best = int(np.argmin(widths))
        return float(ordered[best]), float(ordered[best + inside - 1])

    def draws(self, size: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Draws taken again, with replacement, from all chains."""
        return rng.choice(self.values.ravel().astype(np.float64), size)


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Confidence limits: `limits_at(level)` gives both ends, equal tails, for any level.

    Draws of it are draws of the confidence distribution, whose quantiles are the limits.
    """

    limits_at: Callable[[float], tuple[float, float]]
    centre: float
    kind: str

    def interval(self, level: float, kind: IntervalKind = "equal") -> tuple[float, float]:
        """Both limits. Raises InvalidValue for "hpd", which confidence limits do not have."""
        refuse_level(level)
        if kind != "equal":
            raise InvalidValue(
                en="confidence limits have equal tails; the shortest interval needs a posterior",
                es="los límites de confianza tienen colas iguales; el más corto pide una distribución a posteriori",
            )
        return self.limits_at(level)

    def quantile(self, share: float) -> float:
        """The limit with `share` of the confidence below it."""
        if share == 0.5:
            return self.centre
        low, high = self.limits_at(abs(2 * share - 1))
        return low if share < 0.5 else high

    def draws(self, size: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Draws of the confidence distribution, interpolated between 41 of its quantiles."""
        shares = np.concatenate([[0.0005, 0.0025], np.linspace(0.01, 0.99, 37), [0.9975, 0.9995]])
        limits = np.maximum.accumulate([self.quantile(float(share)) for share in shares])
        return np.interp(rng.random(size), shares, limits)


def refuse_level(level: float) -> None:
    """Raise InvalidValue for a level that is not between 0 and 1."""
    if not 0 < level < 1:
        raise InvalidValue(en=f"a level lies between 0 and 1, not {level}", es=f"un nivel está entre 0 y 1, no {level}")
