"""A second opinion on the latent class model: a few classes by maximum likelihood, their number chosen by BIC.

Goodman (1974), Biometrika 61, for the model and its identifiability; Stanghellini & van der Heijden (2004), Biometrics
60, for capture histories; Norris & Pollock (1996), Environmental and Ecological Statistics 3, for the bootstrap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recuento.errors import InvalidValue
from recuento.estimate.honesty import with_table_cautions
from recuento.estimate.latent_words import refuse_table
from recuento.estimate.result import Estimate, NotEstimable, WeightedModel
from recuento.estimate.second_opinion_words import ASSUMPTIONS, POINT_KIND, REFERENCES, TITLE, cautions_of
from recuento.estimate.spread import Draws
from recuento.estimate.table import CaptureTable

Floats = NDArray[np.float64]

_ROUNDS = 3000
_STARTS = 8
_RUNAWAY = 1e5
_CELLS_MAX = 4096


@dataclass(frozen=True, slots=True, eq=False)
class ClassFit:
    """The maximum for one number of classes: where (log tau, then logit lambda), N, BIC, and what to make of it.

    `rank` is that of the Jacobian of all cells' means in the parameters off the boundary, `free` their number: where
    it is smaller, other parameters, and another N, fit as well.
    """

    classes: int
    spot: Floats
    value: float
    estimate: float
    bic: float
    rank: int
    free: int
    settled: bool

    @property
    def usable(self) -> bool:
        """Whether it is a finite maximum of an identified model."""
        return self.rank == self.free and self.settled


@with_table_cautions
def latent_class_bic(table: CaptureTable, *, classes_max: int = 5, replicates: int = 200, seed: int = 0) -> Estimate:
    """N under the number of latent classes, from 1 to `classes_max`, that has the least BIC.

    n_x ~ Poisson(sum_k tau_k prod_j lambda_jk^x_j (1 - lambda_jk)^(1 - x_j)) and
    N = n + sum_k tau_k prod_j (1 - lambda_jk).
    BIC = -2 log L + p log n, with p = classes times (lists + 1) parameters and n the people observed. A number of
    classes is set aside where the Jacobian of the cells' means has not full rank at the maximum (parameters on the
    boundary left out), or where N has no finite maximum; `models` shows all that were tried, those set aside without
    a weight. One class is independence of the lists.

    The interval is of percentiles over `replicates` resamples: N people are thrown into the observed histories and
    the unseen, those who fall on the unseen are forgotten, and the number of classes is chosen again. It includes
    the choice of the model, but not its truth. Resamples that allow no number of classes are left out and counted.

    Strata are pooled. Raises NotEstimable for structural zeros, nobody observed, fewer than two lists, or no
    number of classes that is identified; InvalidValue for a setting out of range.
    """
    _refuse_settings(classes_max, replicates)
    pooled = table.pooled()
    refuse_table(pooled)
    used = pooled.only(*(name for name, size in zip(pooled.lists, pooled.list_sizes, strict=True) if size))
    fits = _fits(used.patterns, used.counts.astype(np.float64), classes_max, np.random.SeedSequence([seed, 0]))
    best = _best(fits)
    if best is None:
        raise NotEstimable(
            en="no number of latent classes is identified with these lists; add lists, or use a lower bound",
            es="ningún número de clases latentes se puede identificar con estas listas; añada listas o use una cota "
            "inferior",
        )
    draws = _resampled(used, fits, best, replicates, seed)
    found = _diagnostics(fits, best, draws, replicates)
    return Estimate(
        method="latent_class_bic",
        title=TITLE,
        lists=pooled.lists,
        observed=pooled.people,
        point=best.estimate,
        point_kind=POINT_KIND,
        spread=Draws(np.asarray([draws if len(draws) else [best.estimate]], dtype=np.float64), "bootstrap percentile"),
        assumptions=ASSUMPTIONS,
        cautions=cautions_of(fits, best, found),
        models=_models(fits),
        settings={"classes_max": classes_max, "replicates": replicates},
        diagnostics=found,
        seed=seed,
        table=pooled.digest,
        references=REFERENCES,
    )


def _fits(
    patterns: NDArray[np.uint8], counts: Floats, classes_max: int, seed: np.random.SeedSequence
) -> tuple[ClassFit, ...]:
    """The best maximum from several random starts, for every number of classes with no more parameters than cells."""
    from recuento.estimate.latent_em import maximise

    lists = patterns.shape[1]
    most = min(classes_max, max(1, (2**lists - 1) // (lists + 1)))
    rng = np.random.default_rng(seed)
    fits = []
    for classes in range(1, most + 1):
        starts = [_start(patterns, counts, classes, rng) for _ in range(_STARTS if classes > 1 else 1)]
        ends = [maximise(counts, patterns, start, _ROUNDS, 1e-7) for start in starts]
        spot, value, settled = max(ends, key=lambda end: float(end[1]))
        fits.append(_class_fit(patterns, counts, spot, float(value), bool(settled), ranked=True))
    return tuple(fits)


def _refits(patterns: NDArray[np.uint8], counts: Floats, known: tuple[ClassFit, ...]) -> tuple[ClassFit, ...]:
    """The maxima for other counts, each from where the table's own was."""
    from recuento.estimate.latent_em import maximise

    fits = []
    for fit in known:
        spot, value, settled = maximise(counts, patterns, fit.spot, _ROUNDS, 1e-6)
        fits.append(_class_fit(patterns, counts, spot, float(value), bool(settled), ranked=False))
    return tuple(fits)


def _start(patterns: NDArray[np.uint8], counts: Floats, classes: int, rng: np.random.Generator) -> Floats:
    """Random shares of twice the people, and log odds scattered about those of the lists."""
    people = counts.sum()
    share = np.clip(counts @ patterns / (2 * people), 0.01, 0.99)
    logits = np.log(share / (1 - share))[:, None] + (rng.normal(0, 1.5, (patterns.shape[1], classes)) * (classes > 1))
    sizes = np.log(2 * people * rng.dirichlet(np.ones(classes)) + 1e-3)
    return np.ascontiguousarray(np.vstack([sizes, logits]))


def _class_fit(
    patterns: NDArray[np.uint8], counts: Floats, spot: Floats, value: float, settled: bool, *, ranked: bool
) -> ClassFit:
    """What a maximum means. `ranked`: whether to take the rank, which resamples inherit from the table's own."""
    rates, chances = np.exp(spot[0]), 1 / (1 + np.exp(-spot[1:]))
    unseen = float((rates * np.prod(1 - chances, axis=0)).sum())
    people = float(counts.sum())
    inside = np.abs(spot[1:]) < 0.95 * 20.0
    free = spot.shape[1] + int(inside.sum())
    return ClassFit(
        classes=spot.shape[1],
        spot=spot,
        value=value,
        estimate=people + unseen,
        bic=-2 * value + spot.size * float(np.log(people)),
        rank=_jacobian_rank(patterns, rates, chances, inside) if ranked else free,
        free=free,
        settled=settled and unseen < _RUNAWAY * people,
    )


def _jacobian_rank(patterns: NDArray[np.uint8], rates: Floats, chances: Floats, inside: NDArray[np.bool_]) -> int:
    """The rank of d log mean / d (log tau, logit lambda), over all cells, or over enough of them for many lists."""
    cells = _cells(patterns)
    by_class = rates * np.exp(
        cells @ np.log(np.maximum(chances, 1e-300)) + (1 - cells) @ np.log(np.maximum(1 - chances, 1e-300))
    )
    share = by_class / np.maximum(by_class.sum(axis=1, keepdims=True), 1e-300)
    slopes = [share] + [share * (cells[:, [j]] - chances[j]) for j in range(cells.shape[1])]
    keep = np.concatenate([np.ones((1, len(rates)), dtype=bool), inside]).ravel()
    jacobian = np.concatenate(slopes, axis=1)[:, keep]
    size = np.linalg.norm(jacobian, axis=0)
    values = np.linalg.svd(jacobian / np.maximum(size, 1e-300), compute_uv=False)
    return int((values > 1e-6 * values[0]).sum()) - int((size == 0).sum())


def _cells(patterns: NDArray[np.uint8]) -> Floats:
    """All histories but the unseen; for many lists the observed ones and those of one and two lists."""
    lists = patterns.shape[1]
    if 2**lists <= _CELLS_MAX:
        return ((np.arange(1, 2**lists)[:, None] >> np.arange(lists)) & 1).astype(np.float64)
    single = np.eye(lists)
    pairs = [single[a] + single[b] for a in range(lists) for b in range(a)]
    return np.unique(np.concatenate([patterns.astype(np.float64), single, pairs]), axis=0)


def _best(fits: tuple[ClassFit, ...]) -> ClassFit | None:
    return min((fit for fit in fits if fit.usable), key=lambda fit: fit.bic, default=None)


def _resampled(table: CaptureTable, fits: tuple[ClassFit, ...], best: ClassFit, replicates: int, seed: int) -> Floats:
    """N in every resample that allows one."""
    usable = tuple(fit for fit in fits if fit.usable)
    counts = table.counts.astype(np.float64)
    everybody = max(round(best.estimate), table.people)
    shares = np.append(counts, max(best.estimate - table.people, 0.0))
    shares /= shares.sum()
    values = []
    for child in np.random.SeedSequence([seed, 1]).spawn(replicates):
        drawn = np.random.default_rng(child).multinomial(everybody, shares)[:-1].astype(np.float64)
        if not drawn.any():
            continue
        chosen = _best(_refits(table.patterns, drawn, usable))
        if chosen:
            values.append(chosen.estimate)
    return np.asarray(values)


def _diagnostics(fits: tuple[ClassFit, ...], best: ClassFit, draws: Floats, replicates: int) -> dict[str, Any]:
    return {
        "classes": best.classes,
        "set_aside": [fit.classes for fit in fits if not fit.usable],
        "rank": {str(fit.classes): [fit.rank, fit.free] for fit in fits},
        "on_the_boundary": int(best.spot.size - best.free),
        "resamples": replicates,
        "resamples_left_out": replicates - len(draws),
    }


def _models(fits: tuple[ClassFit, ...]) -> tuple[WeightedModel, ...]:
    """All numbers of classes by BIC; those that can be used with their BIC weights."""
    usable = [fit for fit in fits if fit.usable]
    least = min(fit.bic for fit in usable)
    total = sum(np.exp((least - fit.bic) / 2) for fit in usable)
    return tuple(
        WeightedModel(
            str(fit.classes),
            float(np.exp((least - fit.bic) / 2) / total) if fit.usable else None,
            fit.estimate if fit.settled else None,
            fit.bic,
        )
        for fit in sorted(fits, key=lambda fit: fit.bic)
    )


def _refuse_settings(classes_max: int, replicates: int) -> None:
    if classes_max < 1 or replicates < 20:
        raise InvalidValue(
            en=f"classes_max = {classes_max} (from 1 up) and replicates = {replicates} (from 20 up)",
            es=f"classes_max = {classes_max} (desde 1) y replicates = {replicates} (desde 20)",
        )
