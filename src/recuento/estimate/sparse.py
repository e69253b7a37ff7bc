"""One hierarchical model of a sparse table: its extended maximum likelihood fit, N, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, lgamma, log, sqrt

import numpy as np

from recuento.estimate.existence import Existence, existence
from recuento.estimate.generators import Model, design_matrix
from recuento.estimate.table import CaptureTable


@dataclass(frozen=True, slots=True)
class SparseFit:
    """The extended fit of a model (Chan, Silverman and Vincent 2021; Fienberg and Rinaldo 2012).

    `coefficients` by term (code of lists, 0 the constant), -infinity for a term that nobody has. `estimate` is N =
    n + exp(constant) with its asymptotic `standard_error`; both are None where the model cannot be estimated, as
    `existence` says. `log_likelihood` is of all possible cells; AIC and BIC count the parameters at -infinity, BIC
    with the number of people seen.
    """

    model: Model
    existence: Existence
    people: int
    estimate: float | None
    standard_error: float | None
    coefficients: dict[int, float]
    log_likelihood: float
    parameters: int

    @property
    def aic(self) -> float | None:
        """-2 log-likelihood + 2 parameters."""
        return None if self.estimate is None else -2 * self.log_likelihood + 2 * self.parameters

    @property
    def bic(self) -> float | None:
        """-2 log-likelihood + parameters log n."""
        return None if self.estimate is None else -2 * self.log_likelihood + self.parameters * log(self.people)


def fit_sparse(table: CaptureTable, model: Model | str) -> SparseFit:
    """The extended maximum likelihood fit of a model ("[12,13,4]") to the pooled table.

    A term that nobody has is a parameter at -infinity: its cells are left out. Structural zeros are no cells, and
    terms of which all cells are structural zeros no parameters. Nothing is raised for a model that cannot be
    estimated: its `estimate` is None and `existence.code` says why. Raises InvalidValue for a model that names a
    list that is not there, and for more than 20 lists.
    """
    from recuento.estimate.poisson_kernel import fit

    named = Model.parse(model) if isinstance(model, str) else model
    pooled = table.pooled()
    found = existence(pooled, named)
    cells = pooled.possible_codes
    parameters = [t for t in named.terms(pooled.list_count) if ((cells & t) == t).any()]
    kept = [t for t in parameters if t not in found.empty]
    left = cells[[all(code & t != t for t in found.empty) for code in cells.tolist()]]
    counts = pooled.dense()[left].astype(np.float64)
    broken = SparseFit(named, found, pooled.people, None, None, {}, -inf, len(parameters))
    if not found.passes:
        return broken
    fitted = fit(design_matrix(kept, left), counts)
    if not fitted.converged:
        return broken
    coefficients = dict.fromkeys(found.empty, -inf) | dict(zip(kept, fitted.coefficients.tolist(), strict=True))
    unseen = exp(coefficients[0])
    return SparseFit(
        named,
        found,
        pooled.people,
        pooled.people + unseen,
        sqrt(unseen + unseen**2 * float(fitted.covariance[0, 0])),
        {term: coefficients[term] for term in parameters},
        fitted.log_likelihood,
        len(parameters),
    )


def log_factorials(table: CaptureTable) -> float:
    """sum log n_x!, which the kernels leave out of log-likelihoods."""
    return float(sum(lgamma(count + 1) for count in table.counts.tolist()))
