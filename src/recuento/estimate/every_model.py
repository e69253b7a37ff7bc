"""Every hierarchical log-linear model ranked by BIC, and limits that include the choice among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from recuento.errors import InvalidValue
from recuento.estimate.caution import Caution
from recuento.estimate.generators import all_term_sets, from_terms
from recuento.estimate.honesty import with_table_cautions
from recuento.estimate.result import Estimate, NotEstimable, WeightedModel
from recuento.estimate.sparse import fit_sparse, log_factorials
from recuento.estimate.sparse_bootstrap import Bootstrapped, Select, Selected, bootstrapped
from recuento.estimate.sparse_cautions import bootstrap_cautions, empty_overlaps, local_minimum, near_tie
from recuento.estimate.sparse_ground import SparseGround
from recuento.estimate.stepwise_selection import CLOSED, POINT
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual

Search = Literal["all", "downhill"]

TITLE = Bilingual(
    es="mejor modelo log-lineal según BIC, con la elección del modelo en el intervalo",
    en="best log-linear model by BIC, with the choice of model in the interval",
)
REFERENCES = (
    "Silverman, Chan and Vincent (2024), Statistics and Computing 34:44",
    "Chan, Silverman and Vincent (2021), JASA 116:1297-1306",
    "Efron (1987), JASA 82:171-185",
)
MODELS_SHOWN = 20
RECHOSEN_MAX = 7_000
TOP = 60
"""More models than `RECHOSEN_MAX` (6 lists) are not all looked at again in each resample, but their `TOP` best."""

ALL_LISTS_MAX = {2: 6}
"""Up to how many lists all models of an order are ranked; 5 for orders above 2."""

_HIERARCHICAL = Bilingual(
    es="uno de los modelos jerárquicos describe cómo dependen las listas entre sí, todas las listas juntas no tienen "
    "una interacción propia, y las personas de una misma lista tienen la misma probabilidad de figurar en ella",
    en="one of the hierarchical models describes how the lists depend on one another, all lists together have no "
    "interaction of their own, and everybody has the same chance of being on a given list",
)


@with_table_cautions
def bic_bootstrap(
    table: CaptureTable,
    *,
    max_order: int | None = None,
    top: int | None = None,
    search: Search | None = None,
    replicates: int = 1000,
    seed: int = 0,
) -> Estimate:
    """N by the hierarchical log-linear model of least BIC, with BCa limits over resamples that choose again.

    Silverman, Chan and Vincent (2024). BIC = -2 log-likelihood + p log n, with n people seen and p parameters, those
    at -infinity included (extended maximum likelihood; models that do not exist or are not identified are left out).
    Models have all lists and interactions of up to `max_order` lists, at most k - 1. `search` "all" ranks them all
    and lets each resample choose among the `top` best on the table (None: among all of them, or the 60 best of more
    than 7,000; 1: no choice is left, and the interval is too narrow); "downhill" starts from independence and adds
    or takes away the one term that lowers the BIC most while one does, again in each resample. By default all, up
    to 5 lists (6 with max_order 2), and downhill beyond. N = n + exp(constant); limits as in `stepwise`.

    `models` are the best on the table with their BIC and weights exp(-BIC/2) (downhill: those the resamples chose,
    with their shares). Strata are pooled; structural zeros are left out of cells and terms. Raises NotEstimable with
    fewer than 2 or more than 12 lists, nobody seen, or no model that can be estimated; InvalidValue for options out
    of range. The same for the same seed.
    """
    ground = SparseGround.of(table, TITLE)
    order = _order(ground, max_order)
    _refuse_top(top)
    walk = search or ("all" if ground.lists <= ALL_LISTS_MAX.get(order, 5) or order == 1 else "downhill")
    ranking = _ranked(ground, order) if walk == "all" else None
    top = TOP if ranking and top is None and len(ranking.sizes) > RECHOSEN_MAX else top
    choose = _among(ground, ranking.first(top)) if ranking else _downhill(ground, order)
    result = bootstrapped(ground, choose, replicates, seed)
    models = ranking.models(ground) if ranking else _chosen(ground, result)
    return Estimate(
        method="bic_bootstrap",
        title=TITLE,
        lists=ground.table.lists,
        observed=ground.table.people,
        point=result.point,
        point_kind=POINT,
        spread=result.replicates.spread(),
        assumptions=(CLOSED, _HIERARCHICAL),
        cautions=_cautions(ground, result, models),
        models=models,
        settings={"max_order": order, "top": top, "search": walk, "replicates": replicates},
        diagnostics={
            "model": from_terms(result.choice).name,
            "models_ranked": len(ranking.sizes) if ranking else None,
            "models_refused": ranking.refused if ranking else None,
            "chosen_in_resamples": {from_terms(terms).name: share for terms, share in result.shares},
            **result.diagnostics(ground),
        },
        seed=seed,
        table=table.digest,
        references=REFERENCES,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Models that can be estimated, from the best: their terms (rows, `sizes` of them), BIC and fitted unseen."""

    terms: NDArray[np.int64]
    sizes: NDArray[np.int64]
    bic: NDArray[np.float64]
    unseen: NDArray[np.float64]
    refused: int

    def first(self, top: int | None) -> Ranking:
        """The `top` best, or all."""
        return Ranking(self.terms[:top], self.sizes[:top], self.bic[:top], self.unseen[:top], self.refused)

    def chosen(self, at: int) -> tuple[int, ...]:
        """The terms of one model."""
        return tuple(self.terms[at, : self.sizes[at]].tolist())

    def models(self, ground: SparseGround) -> tuple[WeightedModel, ...]:
        """The best as they are shown, weighted among all."""
        weights = np.exp(-(self.bic - self.bic[0]) / 2)
        weights /= weights.sum()
        people = ground.table.people
        return tuple(
            WeightedModel(
                from_terms(self.chosen(at)).name,
                float(weights[at]),
                people + float(self.unseen[at]),
                float(self.bic[at]),
            )
            for at in range(min(MODELS_SHOWN, len(self.sizes)))
        )


def _ranked(ground: SparseGround, order: int) -> Ranking:
    from recuento.estimate.sparse_kernel import fit_models

    marks = all_term_sets(ground.lists, order)
    never = [term for term in range(1, marks.shape[1]) if term.bit_count() > 1 and not ground.has_cells(term)]
    marks = marks[~marks[:, never].any(axis=1)]
    status, likelihood, unseen, sizes = fit_models(ground.lists, marks, ground.counts, ground.possible)
    bic = 2 * (log_factorials(ground.table) - likelihood) + sizes * log(ground.table.people)
    good = np.flatnonzero(status == 0)
    best = good[np.argsort(bic[good], kind="stable")]
    if not len(best):
        raise _no_model()
    terms = np.zeros((len(best), int(sizes[best].max())), dtype=np.int64)
    for row, model in enumerate(best.tolist()):
        found = np.flatnonzero(marks[model])
        terms[row, : len(found)] = found
    return Ranking(terms, sizes[best], bic[best], unseen[best], len(marks) - len(best))


def _among(ground: SparseGround, ranking: Ranking) -> Select:
    from recuento.estimate.bic_kernel import best_of_rows

    pairs = ground.pairs
    inside = (ranking.terms[:, :, None] == pairs).any(axis=1)
    lacking = (~inside).astype(np.int64) @ (np.int64(1) << np.arange(len(pairs), dtype=np.int64))
    named = [ranking.chosen(at) for at in range(len(ranking.sizes))]

    def select(rows: NDArray[np.float64]) -> Selected:
        people = float(rows[0].sum())
        which, unseen, _, _ = best_of_rows(
            ground.lists,
            rows,
            ground.possible,
            ranking.terms,
            ranking.sizes,
            pairs,
            lacking,
            log(people) if people > 0 else 0.0,
        )
        return Selected(np.where(which < 0, np.nan, unseen), [named[at] if at >= 0 else None for at in which.tolist()])

    return select


def _downhill(ground: SparseGround, order: int) -> Select:
    from recuento.estimate.bic_kernel import downhill_rows

    allowed = np.asarray(
        [2 <= term.bit_count() <= order and ground.has_cells(term) for term in range(1 << ground.lists)], dtype=np.bool_
    )

    def select(rows: NDArray[np.float64]) -> Selected:
        people = float(rows[0].sum())
        status, unseen, _, found = downhill_rows(
            ground.lists, rows, ground.possible, allowed, log(people) if people > 0 else 0.0
        )
        choices = [tuple(np.flatnonzero(row).tolist()) for row in found]
        return Selected(
            unseen, [choice if good else None for good, choice in zip((status == 0).tolist(), choices, strict=True)]
        )

    return select


def _chosen(ground: SparseGround, result: Bootstrapped) -> tuple[WeightedModel, ...]:
    found = []
    for terms, share in result.shares:
        model = from_terms(terms)
        fitted = fit_sparse(ground.table, model)
        found.append(WeightedModel(model.name, share, fitted.estimate, fitted.bic))
    return tuple(found)


def _cautions(ground: SparseGround, result: Bootstrapped, models: Sequence[WeightedModel]) -> tuple[Caution, ...]:
    ranked = sorted((each for each in models if each.criterion is not None), key=lambda each: each.criterion or 0.0)
    found = (
        empty_overlaps(ground, result.choice),
        near_tie(ranked) if ranked else None,
        local_minimum(ranked, from_terms(result.choice).name) if ranked else None,
    )
    return (*bootstrap_cautions(ground, result), *(caution for caution in found if caution is not None))


def _order(ground: SparseGround, max_order: int | None) -> int:
    if max_order is not None and max_order < 1:
        raise InvalidValue(
            en=f"max_order is how many lists may act together, from 1, not {max_order}",
            es=f"max_order es cuántas listas pueden actuar juntas, desde 1, no {max_order}",
        )
    most = max(ground.lists - 1, 1)
    return most if max_order is None else min(max_order, most)


def _refuse_top(top: int | None) -> None:
    if top is not None and top < 1:
        raise InvalidValue(
            en=f"top is how many models each resample may choose among, from 1, not {top}",
            es=f"top es entre cuántos modelos puede elegir cada remuestra, desde 1, no {top}",
        )


def _no_model() -> NotEstimable:
    return NotEstimable(
        en="no hierarchical model can be estimated from this table: the lists do not meet enough; merge lists or give "
        "a lower bound instead",
        es="ningún modelo jerárquico se puede estimar con esta tabla: las listas no coinciden lo suficiente; una "
        "listas o dé en su lugar una cota inferior",
    )
