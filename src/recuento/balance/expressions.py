"""The soft meaning of quantities, for estimates only: how likely each number is, given the words. A convention."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recuento.values.quantity import Comparison, Quantity, grain_of

_NEVER = -700.0


def log_chance(quantity: Quantity, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The log chance of each value if the figure is right; sums to one over `values` where it can.

    Exact numbers are themselves, half of a round one spread over its rounding; "about" is a triangle at the number;
    "at least", "more than" and vague words are half as likely at twice the number; ranges are flat.
    """
    shape = _shape(quantity, values)
    total = shape.sum()
    if total <= 0:
        return np.full(len(values), _NEVER)
    with np.errstate(divide="ignore"):
        return np.asarray(np.maximum(np.log(shape / total), _NEVER), dtype=np.float64)


def _shape(quantity: Quantity, values: NDArray[np.float64]) -> Any:
    low = float(quantity.low) if quantity.low is not None else 0.0
    high = float(quantity.high) if quantity.high is not None else None
    inside = values >= low if high is None else (values >= low) & (values <= high)
    if quantity.comparison is Comparison.UNKNOWN:
        return np.ones(len(values))
    if high is None:
        # A heavy tail, as the speaker knew no exact number: early low counts must not outweigh a later full one.
        return inside * (low + 1) / (np.maximum(values, low) + 1)
    if quantity.comparison is Comparison.EQ and quantity.is_exact:
        return _exact_shape(int(low), values)
    if quantity.comparison is Comparison.APPROX:
        middle, reach = (low + high) / 2, (high - low) / 2 + 1
        return np.maximum(0.0, 1 - np.abs(values - middle) / reach)
    if quantity.comparison is Comparison.NEARLY:
        return inside * (values - low + 1)
    return inside.astype(float)


def _exact_shape(number: int, values: NDArray[np.float64]) -> Any:
    shape = np.asarray(values == number, dtype=float)
    half = grain_of(number) // 2
    if number > 0 and half:
        rounded = (values >= number - half) & (values < number + half)
        shape = 0.5 * shape + 0.5 * rounded / max(1, rounded.sum())
    return shape
