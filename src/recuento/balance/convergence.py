"""Have the chains of a sampler come to agree? Arrays in, numbers out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Draws = NDArray[Any]
"""Draws of one term: chains by steps."""


def split_r_hat(draws: Draws) -> float:
    """The potential scale reduction over half chains: 1 where they agree; 1 too where nothing varies."""
    half = draws.shape[1] // 2
    halves = np.concatenate([draws[:, :half], draws[:, half : 2 * half]]).astype(float)
    within = halves.var(axis=1, ddof=1).mean()
    between = half * halves.mean(axis=1).var(ddof=1)
    if within == 0:
        return 1.0 if between == 0 else float("inf")
    return float(np.sqrt(((half - 1) / half * within + between / half) / within))


def effective_sample_size(draws: Draws) -> float:
    """How many independent draws they are worth, by the initial positive sequence of autocorrelations."""
    chains, steps = draws.shape
    centred = draws - draws.mean(axis=1, keepdims=True)
    within = centred.var(axis=1, ddof=1).mean()
    spread = within * (steps - 1) / steps + draws.mean(axis=1).var(ddof=1) if chains > 1 else within
    if spread == 0:
        return float(draws.size)
    padded = 1 << (2 * steps - 1).bit_length()
    spectrum = np.fft.rfft(centred, n=padded, axis=1)
    covariance = np.fft.irfft(spectrum * np.conj(spectrum), n=padded, axis=1)[:, :steps].mean(axis=0) / steps
    correlation = 1.0 - (within - covariance) / spread
    total = 1.0
    for lag in range(1, steps - 1, 2):
        pair = correlation[lag] + correlation[lag + 1]
        if pair < 0:
            break
        total += 2.0 * pair
    return float(min(draws.size, draws.size / max(total, 1e-12)))
