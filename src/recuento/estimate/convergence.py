"""Whether chains of a sampler agree, and how many independent draws theirs are worth.

Rank-normalised split R-hat, bulk and tail effective sample sizes after Vehtari, Gelman, Simpson, Carpenter &
Bürkner (2021), Rank-normalization, folding, and localization, Bayesian Analysis 16. Arrays of chains by draws in,
numbers out. Chains should be apart by less than R-hat 1.01, and be worth 400 draws or more.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recuento.errors import InvalidValue

Floats = NDArray[np.float64]

DRAWS_MIN = 4
"""Fewer draws than this in a chain cannot be split in halves with a variance each."""


def rank_r_hat(chains: ArrayLike) -> float:
    """The greater of the R-hat of the ranks and of the folded ranks: 1 where all chains tell the same story.

    Infinite where every chain stands still, each in another place. Raises InvalidValue for an array that is not
    chains by draws, or has fewer than 4 draws, or values that are not finite.
    """
    halves = _halves(chains)
    return max(_r_hat(_normal_scores(halves)), _r_hat(_normal_scores(_folded(halves))))


def bulk_size(chains: ArrayLike) -> float:
    """How many independent draws the chains are worth for the middle of the distribution."""
    return _effective_size(_normal_scores(_halves(chains)))


def tail_size(chains: ArrayLike) -> float:
    """How many independent draws they are worth for the 5 % and the 95 % quantile: the smaller of the two."""
    halves = _halves(chains)
    low, high = (_effective_size((halves <= end).astype(np.float64)) for end in np.quantile(halves, [0.05, 0.95]))
    return min(low, high)


def quantile_error(chains: ArrayLike, share: float) -> float:
    """The Monte Carlo standard error of the quantile at `share` (between 0 and 1).

    From the effective size of "is below the quantile": the quantile's own share is then a beta variable, whose
    16 % and 84 % points are looked up in the draws.
    """
    from scipy.stats import beta

    halves = _halves(chains)
    if not 0 < share < 1:
        raise InvalidValue(
            en=f"a quantile lies between 0 and 1, not {share}", es=f"un cuantil está entre 0 y 1, no {share}"
        )
    size = _effective_size((halves <= np.quantile(halves, share)).astype(np.float64))
    below, above = beta.ppf([0.1586553, 0.8413447], size * share + 1, size * (1 - share) + 1)
    low, high = np.quantile(halves, [below, above])
    return float(high - low) / 2


def _halves(chains: ArrayLike) -> Floats:
    """Every chain as two: its first and its second half."""
    values = np.asarray(chains, dtype=np.float64)
    if values.ndim != 2 or values.shape[1] < DRAWS_MIN or not values.shape[0] or not np.isfinite(values).all():
        raise InvalidValue(
            en=f"chains by draws are needed, finite, {DRAWS_MIN} draws at least; the shape is {values.shape}",
            es=f"se necesitan cadenas por muestras, finitas, {DRAWS_MIN} muestras al menos; la forma es {values.shape}",
        )
    half = values.shape[1] // 2
    return np.concatenate([values[:, :half], values[:, -half:]])


def _folded(halves: Floats) -> Floats:
    """The distance from the median, which shows chains of equal place and unequal spread."""
    return np.abs(halves - np.median(halves))


def _normal_scores(values: Floats) -> Floats:
    """Normal quantiles of the ranks, ties at their mean rank (Blom's offsets)."""
    from scipy.special import ndtri
    from scipy.stats import rankdata

    ranks = rankdata(values, method="average").reshape(values.shape)
    scores: Floats = ndtri((ranks - 0.375) / (values.size + 0.25))
    return scores


def _r_hat(values: Floats) -> float:
    """The potential scale reduction factor of Gelman & Rubin."""
    draws = values.shape[1]
    within = float(values.var(axis=1, ddof=1).mean())
    between = float(values.mean(axis=1).var(ddof=1))
    if within <= 1e-30:
        return 1.0 if between <= 1e-30 else float("inf")
    return float(np.sqrt((draws - 1) / draws + between / within))


def _effective_size(values: Floats) -> float:
    """Draws over the autocorrelation time, its series cut by Geyer's initial monotone sequence."""
    chains, draws = values.shape
    covariance = _autocovariance(values)
    within = float(covariance[:, 0].mean()) * draws / (draws - 1)
    if within <= 1e-30:
        return float(chains * draws)
    variance = within * (draws - 1) / draws + (float(values.mean(axis=1).var(ddof=1)) if chains > 1 else 0.0)
    correlation = 1 - (within - covariance.mean(axis=0) * draws / (draws - 1)) / variance
    correlation[0] = 1.0
    time = _autocorrelation_time(correlation)
    return float(chains * draws / max(time, 1 / np.log10(chains * draws)))


def _autocovariance(values: Floats) -> Floats:
    """Biased autocovariances of every chain at all lags, by the Fourier transform."""
    draws = values.shape[1]
    centred = values - values.mean(axis=1, keepdims=True)
    length = 1 << (2 * draws - 1).bit_length()
    spectrum = np.fft.rfft(centred, length)
    covariance: Floats = np.fft.irfft(np.abs(spectrum) ** 2, length)[:, :draws] / draws
    return covariance


def _autocorrelation_time(correlation: Floats) -> float:
    """1 + 2 times the sum of correlations: pairs of lags as long as their sums are positive, made to fall."""
    lags = len(correlation) // 2 * 2
    pairs = correlation[:lags:2] + correlation[1:lags:2]
    negative = np.flatnonzero(pairs < 0)
    end = int(negative[0]) if len(negative) else len(pairs)
    falling = np.minimum.accumulate(pairs[:end])
    beyond = float(correlation[2 * end]) if 2 * end < lags else 0.0
    return float(2 * falling.sum() - 1 + max(beyond, 0.0))
