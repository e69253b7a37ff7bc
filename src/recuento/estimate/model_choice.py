"""All hierarchical log-linear models of a table, fitted and put in order by AIC or BIC, with their weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import lgamma, log
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from recuento.estimate.generators import Model, all_hierarchical, all_term_sets
from recuento.estimate.loglinear_fit import Specification, fitted
from recuento.estimate.result import NotEstimable, WeightedModel
from recuento.estimate.table import CaptureTable

Criterion = Literal["bic", "aic"]

ALL_ORDERS_LISTS_MAX = 5
"""Up to this many lists interactions of any order are tried; beyond it, of pairs."""

TIE = 2.0
"""A difference in criterion that hardly speaks for one model over another (Raftery 1995)."""

TIE_MOVES = 0.05
"""Tied models whose unseen differ by less than this share of the best one's say the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Models from the best on, and those that were left out because the table does not determine the unseen.

    `criteria` and `unseen` are in the order of `models`; `left_out` has the names of the others and `best_left_out`
    the least criterion among them, which their likelihood reaches or comes below (infinite where there are none).
    """

    criterion: Criterion
    models: tuple[Model, ...]
    criteria: NDArray[np.float64]
    unseen: NDArray[np.float64]
    people: int
    left_out: tuple[str, ...]
    best_left_out: float

    @property
    def weights(self) -> NDArray[np.float64]:
        """exp(-difference / 2), summing to 1: Akaike weights, or approximate posterior probabilities for BIC."""
        raw = np.exp((self.criteria[0] - self.criteria) / 2)
        shares: NDArray[np.float64] = raw / raw.sum()
        return shares

    def near_ties(self) -> tuple[WeightedModel, ...]:
        """The best and those within `TIE` of it, where the N that they give differ; else nothing."""
        tied = int(np.searchsorted(self.criteria, self.criteria[0] + TIE, side="right"))
        spread = float(np.ptp(self.unseen[:tied]))
        return self.best(tied) if spread > TIE_MOVES * float(self.unseen[0]) else ()

    def best(self, count: int) -> tuple[WeightedModel, ...]:
        """The first `count` with their weight, their N and their criterion."""
        weights = self.weights
        return tuple(
            WeightedModel(
                self.models[at].name,
                float(weights[at]),
                self.people + float(self.unseen[at]),
                float(self.criteria[at]),
            )
            for at in range(min(count, len(self.models)))
        )


def ranked_models(table: CaptureTable, criterion: Criterion = "bic", max_order: int | None = None) -> Ranking:
    """Every hierarchical model of interactions of up to `max_order` lists, but the saturated, by the criterion.

    AIC = -2 l + 2 p and BIC = -2 l + p log n, with l the Poisson log-likelihood of the cells that can occur, p the
    parameters (those at minus infinity too) and n the people seen. A model whose likelihood has no maximum, or not
    only one, is left out and named. Terms that structural zeros make impossible are no parameters. Raises
    InvalidValue where there are too many models, NotEstimable where none is left.
    """
    from recuento.estimate.poisson_kernel import CONVERGED, UNDECIDED
    from recuento.estimate.sparse_kernel import fit_models

    order = max_order or (table.list_count - 1 if table.list_count <= ALL_ORDERS_LISTS_MAX else 2)
    chosen = np.flatnonzero(~(all_term_sets(table.list_count, order) & _impossible_terms(table)).any(axis=1))
    terms = all_term_sets(table.list_count, order)[chosen]
    possible = np.zeros(1 << table.list_count, dtype=np.bool_)
    possible[table.possible_codes] = True
    counts = table.dense().astype(np.float64)
    status, likelihood, unseen, parameters = fit_models(table.list_count, terms, counts, possible)
    models = all_hierarchical(table.list_count, order)
    for at in np.flatnonzero(status == UNDECIDED).tolist():
        again = fitted(table, Specification(models[chosen[at]]))
        unseen[at] = again.unseen
        status[at] = CONVERGED if again.outcome == "ok" else UNDECIDED
    price = 2.0 if criterion == "aic" else log(table.people)
    criteria = -2 * (likelihood - sum(lgamma(count + 1) for count in table.counts.tolist())) + price * parameters
    return _ordered(table, criterion, [models[at] for at in chosen], criteria, unseen, status == CONVERGED)


def _impossible_terms(table: CaptureTable) -> NDArray[np.bool_]:
    """Which sets of lists nobody can be on together, by code."""
    possible = table.possible_codes
    return np.asarray([not bool(((possible & term) == term).any()) for term in range(1 << table.list_count)])


def _ordered(
    table: CaptureTable,
    criterion: Criterion,
    models: Sequence[Model],
    criteria: NDArray[np.float64],
    unseen: NDArray[np.float64],
    usable: NDArray[np.bool_],
) -> Ranking:
    if not usable.any():
        raise NotEstimable(
            en="no log-linear model of these lists determines how many are missing: too few people are on more than "
            "one list; use chao_lower_bound(), or leave out lists that meet no other",
            es="ningún modelo log-lineal de estas listas determina cuántas personas faltan: muy pocas están en más de "
            "una lista; use chao_lower_bound(), o deje fuera las listas que no coinciden con ninguna",
        )
    # Of equal models the one with fewer terms comes first: equal criteria are told apart by the place in the list.
    order = [at for at in np.argsort(np.round(criteria, 9), kind="stable").tolist() if usable[at]]
    others = np.flatnonzero(~usable)
    return Ranking(
        criterion,
        tuple(models[at] for at in order),
        criteria[order],
        unseen[order],
        table.people,
        tuple(models[at].name for at in others.tolist()),
        float(criteria[others].min()) if len(others) else float("inf"),
    )
