"""One log-linear model on one table of overlaps: which cells and parameters it really has, and its Poisson fit.

n_x ~ Poisson(mu_x), log mu = A beta, over the cells that can occur; the unseen are exp(beta_0). A parameter whose
lists nobody has in common is minus infinity and takes its cells out (Chan, Silverman & Vincent 2021); a parameter
whose cells cannot occur at all does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from recuento.estimate.generators import Model, design_matrix
from recuento.estimate.heterogeneity import Heterogeneity, heterogeneity_columns
from recuento.estimate.table import CaptureTable

if TYPE_CHECKING:
    from recuento.estimate.poisson_kernel import PoissonFit

Floats = NDArray[np.float64]
Outcome = Literal["ok", "no maximum", "not identified", "not converged"]
_OUTCOMES: dict[int, Outcome] = {0: "ok", 1: "no maximum", 2: "not identified", 3: "not identified"}
NegativeEffects = Literal["zero", "keep"]


@dataclass(frozen=True, slots=True)
class Specification:
    """What is fitted: the interactions, how people differ (None: they do not), whether all lists reach alike.

    `negative`: what becomes of Chao's effects below 0, which no heterogeneity can cause.
    """

    model: Model
    heterogeneity: Heterogeneity | None = None
    equal_lists: bool = False
    negative: NegativeEffects = "zero"

    @property
    def name(self) -> str:
        """ "[12,3]", "Mt", "Mh Darroch" ...: interactions where there are any, else the names of the literature."""
        if self.model.order > 1:
            return self.model.name + (f" + {self.heterogeneity}" if self.heterogeneity else "")
        if not self.heterogeneity:
            return "M0" if self.equal_lists else self.model.name
        return f"{'Mh' if self.equal_lists else 'Mth'} {self.heterogeneity}"


@dataclass(frozen=True, slots=True, eq=False)
class LogLinearFit:
    """A fitted model: on the cells `counts` with `design`, the unseen and what information criteria need.

    `at_infinity` counts parameters at minus infinity; `parameters` includes them. `outcome` other than "ok" means
    that `unseen` is no estimate. `base` and `convex` are all the columns that could enter: those always in, and those
    of which only effects from 0 up are kept; `design` holds the ones that did.
    """

    specification: Specification
    outcome: Outcome
    base: Floats
    convex: Floats
    design: Floats
    counts: Floats
    coefficients: Floats
    variance: float
    deviance: float
    log_likelihood: float
    parameters: int
    at_infinity: int
    cells: int
    people: int

    @property
    def unseen(self) -> float:
        """n_0 = exp(beta_0)."""
        return exp(min(float(self.coefficients[0]), 700.0))

    @property
    def point(self) -> float:
        """N, the people seen and the fitted unseen."""
        return self.people + self.unseen

    @property
    def standard_error(self) -> float:
        """sqrt(n_0 + n_0^2 var(beta_0)): of the unseen, who are Poisson around an uncertain mean."""
        return sqrt(self.unseen + self.unseen**2 * self.variance)

    @property
    def aic(self) -> float:
        """-2 log-likelihood + 2 parameters."""
        return -2 * self.log_likelihood + 2 * self.parameters

    @property
    def bic(self) -> float:
        """-2 log-likelihood + parameters log n, n the people seen (not cells)."""
        return -2 * self.log_likelihood + self.parameters * log(self.people)

    def criterion(self, name: str) -> float:
        """AIC or BIC, by name."""
        return self.aic if name == "aic" else self.bic

    @property
    def degrees(self) -> int:
        """Cells that can occur, less parameters."""
        return self.cells - self.parameters


def fitted(table: CaptureTable, specification: Specification) -> LogLinearFit:
    """The Poisson fit of one specification to a table without strata, of at most twelve or so lists."""
    cells = _Cells.of(table)
    base, alive, gone = _open(cells, specification)
    convex = np.zeros((len(base), 0))
    if specification.heterogeneity == "chao" and specification.negative == "keep":
        base, alive, gone = _with_levels(cells, base, alive, gone)
    elif specification.heterogeneity == "chao":
        most = int(cells.captures[cells.counts > 0].max(initial=0))
        convex = heterogeneity_columns("chao", cells.captures, cells.lists)[:, : max(most - 2, 0)]
    elif specification.heterogeneity:
        extra = heterogeneity_columns(specification.heterogeneity, cells.captures, cells.lists)
        base = np.column_stack([base, extra])
    base, convex, counts = base[alive], convex[alive], cells.counts[alive]
    design, result = fit_convex(base, convex, counts)
    return LogLinearFit(
        specification,
        _OUTCOMES.get(result.status, "not converged"),
        base,
        convex,
        design,
        counts,
        result.coefficients,
        float(result.covariance[0, 0]),
        result.deviance,
        result.log_likelihood,
        design.shape[1] + gone,
        gone,
        len(cells.codes),
        cells.people,
    )


def fit_convex(base: Floats, convex: Floats, counts: Floats, start: Floats | None = None) -> tuple[Floats, PoissonFit]:
    """The fit with those columns of `convex` whose effects are not negative, and the design that they leave.

    Columns with effects below 0 leave together, round after round (Rivest & Baillargeon 2007); where a round has no
    maximum and none is below 0, the last one leaves. `start` is used where there is nothing to choose.
    """
    from recuento.estimate.poisson_kernel import fit

    columns = list(range(convex.shape[1]))
    while True:
        design = np.column_stack([base, convex[:, columns]]) if columns else base
        result = fit(design, counts, start=start if not convex.shape[1] else None)
        if not columns:
            return design, result
        effects = result.coefficients[base.shape[1] :].tolist()
        negative = {at for at, effect in zip(columns, effects, strict=True) if effect < 0}
        if result.converged and not negative:
            return design, result
        columns = [at for at in columns if at not in (negative or {columns[-1]})]


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """The histories that can occur, the people of each, and the lists there are."""

    codes: NDArray[np.int64]
    counts: Floats
    captures: NDArray[np.int64]
    lists: int
    people: int

    @classmethod
    def of(cls, table: CaptureTable) -> _Cells:
        codes = table.possible_codes
        captures = ((codes[:, None] >> np.arange(table.list_count)) & 1).sum(axis=1)
        return cls(codes, table.dense()[codes].astype(np.float64), captures, table.list_count, table.people)


def _open(cells: _Cells, specification: Specification) -> tuple[Floats, NDArray[np.bool_], int]:
    """The columns with finite parameters, the cells they leave, and how many parameters are at minus infinity."""
    whole = _columns(cells, specification)
    possible = whole[:, whole.any(axis=0)]
    seen = possible.T @ cells.counts > 0
    seen[0] = True
    gone: NDArray[np.bool_] = np.any(possible[:, ~seen] > 0, axis=1)
    return possible[:, seen], ~gone, int((~seen).sum())


def _columns(cells: _Cells, specification: Specification) -> Floats:
    if specification.equal_lists:
        return np.column_stack([np.ones(len(cells.codes)), cells.captures.astype(np.float64)])
    return design_matrix(specification.model.terms(cells.lists), cells.codes)


def _with_levels(
    cells: _Cells, base: Floats, alive: NDArray[np.bool_], gone: int
) -> tuple[Floats, NDArray[np.bool_], int]:
    """Chao's columns with effects of any sign, written as one free level for every number of captures from 3 on.

    They span the same models, and a number that nobody has is one level at minus infinity.
    """
    for captures in range(3, cells.lists + 1):
        level = cells.captures == captures
        if not (level & alive).any():
            continue
        if cells.counts[level].sum() > 0:
            base = np.column_stack([base, level.astype(np.float64)])
        else:
            alive, gone = alive & ~level, gone + 1
    return base, alive, gone
