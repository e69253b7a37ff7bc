"""Whether a log-linear model of a sparse table has a maximum, and only one: the check of Fienberg and Rinaldo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from recuento.estimate.generators import Model, design_matrix
from recuento.estimate.table import CaptureTable

POSITIVE = 1e-7
"""The linear program has whole numbers of the size of 1; its optimum is 0 or far above this."""


@dataclass(frozen=True, slots=True)
class Existence:
    """What is known of a model on a table before it is trusted.

    `exists`: the extended likelihood has its maximum at finite values of the other parameters. `identified`: no two
    choices of those fit alike. `empty` are the terms (codes of lists) that nobody has, with parameter -infinity.
    """

    exists: bool
    identified: bool
    empty: tuple[int, ...]

    @property
    def code(self) -> int:
        """0 both hold, 1 no maximum, 2 not identified, 3 neither: the codes of Chan, Silverman and Vincent (2021)."""
        return (not self.exists) + 2 * (not self.identified)

    @property
    def passes(self) -> bool:
        """Whether the model can be used."""
        return self.code == 0


def existence(table: CaptureTable, model: Model | Iterable[int]) -> Existence:
    """Whether the model, by its generators or by its terms, can be estimated from the table.

    A term that nobody has takes its cells out (parameter -infinity). On what is left the maximum exists if and only
    if some x > 0 has A'x = A'n (Haberman 1974; Fienberg and Rinaldo 2012, Annals of Statistics 40): the linear
    program max s, A'x = A'n, x >= s has its optimum above 0. That depends only on which cells are empty, so answers
    are kept by that pattern. Terms whose cells are all structural zeros are no parameters. Raises InvalidValue for a
    model that names a list that is not there, or more than 20 lists.
    """
    whole = model if isinstance(model, Model) else Model(tuple(model) or (1,))
    terms = whole.terms(table.list_count)
    possible = table.possible_codes
    occupied = tuple(sorted(set(table.codes.tolist())))
    return _known(terms, tuple(possible.tolist()), occupied)


def pair_codes(table: CaptureTable, pairs: Sequence[tuple[int, int]] | None = None) -> dict[tuple[int, int], int]:
    """The code of each model of independence and one pair of lists (by position): 0, 1, 2 or 3."""
    chosen = combinations(range(table.list_count), 2) if pairs is None else pairs
    singles = [1 << at for at in range(table.list_count)]
    return {(a, b): existence(table, [*singles, 1 << a | 1 << b]).code for a, b in chosen}


@lru_cache(maxsize=4096)
def _known(terms: tuple[int, ...], possible: tuple[int, ...], occupied: tuple[int, ...]) -> Existence:
    seen = np.asarray(occupied, dtype=np.int64)
    every = np.asarray(possible, dtype=np.int64)
    parameters = [term for term in terms if ((every & term) == term).any()]
    open_terms = [term for term in parameters if ((seen & term) == term).any()]
    empty = [term for term in parameters if term not in open_terms]
    cells = every[[all(code & term != term for term in empty) for code in possible]]
    if not len(cells) or not open_terms:
        return Existence(exists=False, identified=False, empty=tuple(empty))
    design = design_matrix(open_terms, cells)
    identified = int(np.linalg.matrix_rank(design)) == len(open_terms)
    return Existence(_has_maximum(design, np.isin(cells, seen)), identified, tuple(empty))


def _has_maximum(design: NDArray[np.float64], occupied: NDArray[np.bool_]) -> bool:
    """A fit that ends is proof enough; the linear program is solved where it does not end."""
    from recuento.estimate.poisson_kernel import CONVERGED, NO_MAXIMUM, fit

    outcome = fit(design, occupied.astype(np.float64)).status
    if outcome in (CONVERGED, NO_MAXIMUM):
        return outcome == CONVERGED
    return least_cell(design, occupied.astype(np.float64)) > POSITIVE


def least_cell(design: NDArray[np.float64], counts: NDArray[np.float64]) -> float:
    """The largest s such that some x >= s has the same margins as the counts: max s, A'x = A'n."""
    from scipy.optimize import linprog

    cells = len(design)
    margins = np.hstack([design.T, (design.T @ np.ones(cells))[:, None]])
    solved = linprog(
        np.append(np.zeros(cells), -1.0),
        A_eq=margins,
        b_eq=design.T @ counts,
        bounds=[(0, None)] * (cells + 1),
        method="highs",
    )
    return float(-solved.fun) if solved.status == 0 else 0.0
