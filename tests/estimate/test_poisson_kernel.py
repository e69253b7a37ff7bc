"""Poisson fits against a slow second opinion, and statuses instead of numbers where there is no maximum."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from recuento.errors import InvalidValue
from recuento.estimate.generators import Model, all_term_sets, design_matrix
from recuento.estimate.poisson_kernel import CONVERGED, NO_MAXIMUM, NOT_IDENTIFIED, fit, fit_batch
from recuento.estimate.sparse_kernel import fit_models

CODES = np.arange(1, 8)
PAIRWISE = design_matrix(Model.parse("[12,3]").terms(3), CODES)


def slow_fit(design: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The maximum by a general optimiser."""

    def loss(beta: np.ndarray) -> float:
        return float(np.exp(design @ beta).sum() - counts @ (design @ beta))

    def slope(beta: np.ndarray) -> np.ndarray:
        return design.T @ (np.exp(design @ beta) - counts)

    return minimize(loss, np.zeros(design.shape[1]), jac=slope, method="BFGS", options={"gtol": 1e-9}).x


def test_fit_agrees_with_a_general_optimiser():
    """Newton and BFGS reach the same coefficients."""
    counts = np.array([40.0, 30, 16, 20, 9, 5, 2])
    found = fit(PAIRWISE, counts)
    assert found.status == CONVERGED
    assert found.coefficients == pytest.approx(slow_fit(PAIRWISE, counts), abs=1e-5)


@given(st.lists(st.one_of(st.integers(0, 3), st.integers(0, 10**7)), min_size=7, max_size=7))
@settings(max_examples=150, deadline=None)
def test_a_converged_fit_keeps_the_margins_and_others_are_never_nan(counts):
    """Where the fit says it converged, A'mu = A'n; nothing it gives is NaN."""
    found = fit(PAIRWISE, counts)
    assert np.isfinite(found.coefficients).all() and np.isfinite(found.mu).all()
    assert np.isfinite([found.deviance, found.log_likelihood]).all()
    if found.converged:
        assert PAIRWISE.T @ found.mu == pytest.approx(PAIRWISE.T @ np.array(counts), rel=1e-8, abs=1e-6)


def test_statuses_of_the_artificial_table():
    """Lists 1 and 2 meet, 3 meets none: [12,3] has no maximum; a column twice is not identified."""
    counts = [40, 30, 6, 20, 0, 0, 0]
    assert fit(PAIRWISE, counts).status == NO_MAXIMUM
    assert fit(np.column_stack([PAIRWISE, PAIRWISE[:, 1]]), counts).status == NOT_IDENTIFIED


def test_batch_is_one_fit_after_another():
    """Each row of a batch is the fit of that row alone."""
    rows = np.array([[40.0, 30, 16, 20, 9, 5, 2], [4, 3, 1, 2, 1, 1, 1]])
    batch = fit_batch(PAIRWISE, rows)
    for at, row in enumerate(rows):
        alone = fit(PAIRWISE, row)
        assert np.array_equal(batch.coefficients[at], alone.coefficients)
        assert batch.variance_of_first[at] == alone.covariance[0, 0]


@given(st.lists(st.integers(0, 40), min_size=15, max_size=15))
@settings(max_examples=25, deadline=None)
def test_terms_by_superset_sums_agree_with_dense_designs(counts):
    """The fit by bit masks is the fit of the dense design, with the cells of empty terms left out."""
    whole = np.concatenate([[0.0], counts])
    marks = all_term_sets(4)[::9].copy()
    status, _, unseen, _ = fit_models(4, marks, whole, np.arange(16) > 0)
    codes = np.arange(1, 16)
    for model, outcome, fitted in zip(marks, status, unseen, strict=True):
        terms = np.flatnonzero(model)
        empty = [t for t in terms if whole[(np.arange(16) & t) == t].sum() == 0]
        kept = [t for t in terms if t not in empty]
        left = np.array([c for c in codes if all(c & t != t for t in empty)], dtype=int)
        if not kept or not len(left):
            assert outcome != CONVERGED
            continue
        dense = fit(design_matrix(kept, left), whole[left])
        assert dense.status == outcome
        if outcome == CONVERGED:
            assert np.exp(dense.coefficients[0]) == pytest.approx(fitted, rel=1e-7)


def test_bad_counts_are_refused():
    """Counts below zero or not finite name the fault."""
    with pytest.raises(InvalidValue):
        fit(PAIRWISE, [1, 2, 3, -1, 0, 0, 0])
    with pytest.raises(InvalidValue):
        fit(PAIRWISE, [1, 2, 3])
