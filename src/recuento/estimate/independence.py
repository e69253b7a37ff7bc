"""Two plain tests: are the lists independent of one another, and do strata get onto them alike?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.stats import chi2

from recuento.estimate.table import CaptureTable

STEPS_MAX = 10_000


@dataclass(frozen=True, slots=True)
class IndependenceFit:
    """The lists taken as independent: N by maximum likelihood, the deviance of the table and its p-value.

    `positive_pairs` and `negative_pairs`: pairs of lists that meet more, or less, often than they would.
    """

    people: float
    deviance: float
    degrees: int
    p_value: float
    positive_pairs: int
    negative_pairs: int


def independence_fit(table: CaptureTable) -> IndependenceFit | None:
    """The model of independent lists, fitted by EM over the unseen; None where it has no finite maximum.

    Each step puts the expected number of unseen people in the empty cell and takes the lists' rates again
    (Darroch 1958). The p-value refers twice the log-likelihood ratio against the saturated table to chi-square with
    2^k - 1 - (k + 1) degrees of freedom; it counts as 1 where fewer than one person is expected in most cells.
    """
    sizes = table.list_sizes.astype(np.float64)
    seen = float(table.people)
    if (sizes == 0).any() or seen == table.capture_frequencies[0]:
        return None
    everybody = seen
    for _ in range(STEPS_MAX):
        missed = float(np.prod(1 - sizes / everybody))
        following = seen / (1 - missed)
        if abs(following - everybody) <= 1e-10 * everybody:
            break
        everybody = following
    rates = sizes / everybody
    counts = table.dense()[1:].astype(np.float64)
    codes = np.arange(1, 1 << table.list_count)
    marks = (codes[:, None] >> np.arange(table.list_count)) & 1
    expected = everybody * np.prod(np.where(marks == 1, rates, 1 - rates), axis=1)
    deviance = _deviance(counts, expected)
    degrees = len(codes) - table.list_count - 1
    trusted = (expected >= 1).sum() > table.list_count + 1
    p_value = float(chi2.sf(deviance, degrees)) if trusted else _pooled_p(counts, expected, table.list_count)
    signs = [
        np.sign(table.overlaps[a, b] - everybody * rates[a] * rates[b])
        for a, b in combinations(range(table.list_count), 2)
    ]
    return IndependenceFit(everybody, deviance, degrees, p_value, signs.count(1), signs.count(-1))


def unequal_strata(table: CaptureTable, column: str) -> float:
    """The p-value of the chi-square test that the groups of a column have the same mix of capture histories.

    Histories with fewer than 5 people in all are taken together. 1 where there is only one group or one history.
    """
    parts = [part for part in table.by(column).values() if part.people]
    codes = sorted({int(code) for part in parts for code in part.codes})
    counts = np.asarray(
        [
            [dict(zip(part.codes.tolist(), part.counts.tolist(), strict=True)).get(code, 0) for code in codes]
            for part in parts
        ]
    )
    rare = counts.sum(axis=0) < 5
    grouped = np.column_stack([counts[:, ~rare], counts[:, rare].sum(axis=1)]) if rare.any() else counts
    grouped = grouped[:, grouped.sum(axis=0) > 0]
    if grouped.shape[0] < 2 or grouped.shape[1] < 2:
        return 1.0
    expected = np.outer(grouped.sum(axis=1), grouped.sum(axis=0)) / grouped.sum()
    statistic = float(((grouped - expected) ** 2 / expected).sum())
    return float(chi2.sf(statistic, (grouped.shape[0] - 1) * (grouped.shape[1] - 1)))


def _deviance(counts: np.ndarray, expected: np.ndarray) -> float:
    present = counts > 0
    return float(
        2 * ((counts[present] * np.log(counts[present] / expected[present])).sum() - counts.sum() + expected.sum())
    )


def _pooled_p(counts: np.ndarray, expected: np.ndarray, list_count: int) -> float:
    """The test over numbers of captures when single cells are too thin: f_1 ... f_k against what is expected."""
    codes = np.arange(1, 1 << list_count)
    captures = ((codes[:, None] >> np.arange(list_count)) & 1).sum(axis=1)
    seen = np.bincount(captures, weights=counts)[1:]
    wanted = np.bincount(captures, weights=expected)[1:]
    thick = int(np.flatnonzero(np.cumsum(wanted[::-1])[::-1] >= 1)[-1]) + 1
    seen = np.append(seen[: thick - 1], seen[thick - 1 :].sum())
    wanted = np.append(wanted[: thick - 1], wanted[thick - 1 :].sum())
    if len(seen) < 3:
        return 1.0
    return float(chi2.sf(_deviance(seen, wanted), len(seen) - 2))
