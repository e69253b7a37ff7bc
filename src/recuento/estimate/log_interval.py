"""Confidence limits of N from a point and its standard error: on the scale of log n_0, or on that of N."""

from __future__ import annotations

from math import exp, log1p, sqrt
from statistics import NormalDist

from recuento.estimate.spread import Limits

_NORMAL = NormalDist()


def log_limits(observed: int, unseen: float, variance: float, kind: str = "log-transformed") -> Limits:
    """Limits n + n_0 / C and n + n_0 C, with C = exp(z sqrt(log(1 + variance / n_0^2))) (Chao 1987).

    They treat n_0 as log-normal, and so never fall below the people seen. Where nobody is unseen both are n.
    """
    spread = sqrt(log1p(variance / unseen**2)) if unseen > 0 else 0.0

    def limits_at(level: float) -> tuple[float, float]:
        factor = exp(min(normal_quantile(level) * spread, 700.0))
        return observed + unseen / factor, observed + unseen * factor

    return Limits(limits_at, observed + unseen, kind)


def normal_limits(observed: int, point: float, variance: float, kind: str = "normal") -> Limits:
    """Limits point -+ z standard errors, the lower one never below the people seen."""
    error = sqrt(max(variance, 0.0))

    def limits_at(level: float) -> tuple[float, float]:
        reach = normal_quantile(level) * error
        return max(point - reach, float(observed)), point + reach

    return Limits(limits_at, point, kind)


def normal_quantile(level: float) -> float:
    """z with a share `level` of the standard normal between -z and z: 1.96 at 0.95."""
    share = (1 + level) / 2
    return _NORMAL.inv_cdf(share) if share < 1 else float("inf")
