"""Several models made one estimate: the weighted mean of their N, and limits that hold for the mixture of them."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf

import numpy as np
from numpy.typing import ArrayLike

from recuento.estimate.spread import Limits

KIND = "model-averaged tail areas"

LEAST_UNSEEN = 1e-6
"""A model that leaves nobody unseen counts as this many, since limits are on the scale of logarithms."""

LEAST_WIDTH = 1e-9
FARTHEST = 690.0
"""The logarithm of the largest number of unseen people that is looked at."""


def averaged(observed: int, weights: ArrayLike, unseen: ArrayLike, standard_errors: ArrayLike) -> Limits:
    """Limits outside which the weighted tail areas of all models add up to half of what the level leaves, each side.

    Weights sum to 1; `unseen` and their `standard_errors` are those of each model. These are model-averaged Wald
    limits (Turek & Fletcher 2012) on the scale of log n_0, where each model's confidence is normal with variance
    log(1 + (se / n_0)^2). They hold the uncertainty of the choice among the models and that within each, and always
    the weighted mean, which one far-off model can carry away.
    """
    from scipy.special import ndtr

    shares = np.asarray(weights, dtype=np.float64)
    middles = np.maximum(np.asarray(unseen, dtype=np.float64), LEAST_UNSEEN)
    errors = np.asarray(standard_errors, dtype=np.float64)
    widths = np.maximum(np.sqrt(np.log1p((errors / middles) ** 2)), LEAST_WIDTH)
    logs = np.log(middles)
    mean = float(shares @ np.asarray(unseen, dtype=np.float64))

    def below(logged: float) -> float:
        return float(shares @ ndtr((logged - logs) / widths))

    def limits_at(level: float) -> tuple[float, float]:
        low = _crossing(below, (1 - level) / 2, float(logs.min()), float(logs.max()))
        high = _crossing(below, (1 + level) / 2, float(logs.min()), float(logs.max()))
        return observed + min(low, mean), observed + max(high, mean)

    return Limits(limits_at, observed + mean, KIND)


def _crossing(below: Callable[[float], float], share: float, least: float, most: float) -> float:
    """The unseen people below which the mixture has a share; 0 or infinite where that lies beyond all numbers."""
    from scipy.optimize import brentq

    low, high = least - 1, most + 1
    while below(low) > share and low > -FARTHEST:
        low -= high - low
    while below(high) < share and high < FARTHEST:
        high += high - low
    low, high = max(low, -FARTHEST), min(high, FARTHEST)
    if below(high) < share:
        return inf
    if below(low) > share:
        return 0.0
    return exp(float(brentq(lambda logged: below(logged) - share, low, high, xtol=1e-10)))
