"""The model of least BIC on many sparse tables, compiled. Import inside functions: it brings numba."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from recuento.estimate.poisson_kernel import CONVERGED, NO_MAXIMUM, UNDECIDED
from recuento.estimate.sparse_kernel import Floats, Ints, Marks, fit_terms, open_model, superset_sums

SLACK = 1e-9
"""Room for rounding, as a share of the likelihood, before a model is said not to be able to win."""

BETTER_BY = 1e-9
"""BIC that differ by less are equal; the earlier model is kept."""


@njit(cache=True, nogil=True)
def pair_deviances(lists: int, counts: Floats, possible: Marks, pairs: Ints, out: Floats) -> None:
    """Into `out`, for each pair, the deviance that every model without it has at least.

    The largest such model lets the pair act independently within every history on the other lists. Where those are
    empty, or a cell cannot be, nothing is held against it.
    """
    for at in range(len(pairs)):
        pair = pairs[at]
        first = pair & -pair
        second = pair ^ first
        total = 0.0
        for rest in range(1, len(counts)):
            if rest & pair or not (possible[rest] and possible[rest | first] and possible[rest | second]):
                continue
            if possible[rest | pair]:
                neither, one = counts[rest], counts[rest | first]
                other, both = counts[rest | second], counts[rest | pair]
                total += _x_log_x(neither) + _x_log_x(one) + _x_log_x(other) + _x_log_x(both)
                total += _x_log_x(neither + one + other + both)
                total -= _x_log_x(neither + one) + _x_log_x(other + both)
                total -= _x_log_x(neither + other) + _x_log_x(one + both)
        out[at] = 2.0 * total


@njit(cache=True, nogil=True)
def _x_log_x(value: float) -> float:
    return value * math.log(value) if value > 0 else 0.0


@njit(cache=True, nogil=True)
def best_of_rows(
    lists: int,
    rows: Floats,
    possible: Marks,
    models: Ints,
    sizes: Ints,
    pairs: Ints,
    lacking: Ints,
    log_people: float,
) -> tuple[Ints, Floats, Floats, int]:
    """For every table (row) the model of least BIC: its index (-1 where none exists), fitted unseen, BIC, fits made.

    A model is a row of terms, as many as `sizes` says; bit i of its `lacking` says that it is without `pairs[i]`.
    Models that cannot win are not fitted: a deviance is at least that of the largest model without the same pair;
    or not to the end, once a bound on their likelihood shows it. `models` should come likely winners first. The BIC
    lacks 2 sum log n_x!.
    """
    count, cells = rows.shape
    which, unseen, lowest = np.full(count, -1, dtype=np.int64), np.zeros(count), np.full(count, np.inf)
    kept, alive = np.empty(cells, dtype=np.int64), np.empty(cells, dtype=np.bool_)
    sums, beta, mu, least = np.empty(cells), np.empty(cells), np.empty(cells), np.empty(len(pairs))
    costly = np.empty(len(pairs), dtype=np.int64)
    fits = 0
    for r in range(count):
        for code in range(cells):
            sums[code] = rows[r, code]
        superset_sums(sums, lists)
        perfect = 0.0
        for code in range(1, cells):
            perfect += _x_log_x(rows[r, code]) - rows[r, code]
        pair_deviances(lists, rows[r], possible, pairs, least)
        _order_descending(least, costly)
        for m in range(len(sizes)):
            bound = -2 * perfect + sizes[m] * log_people
            for at in costly:
                if lacking[m] >> at & 1:
                    bound += least[at]
                    break
            if bound >= lowest[r] + SLACK * (1.0 + abs(perfect)):
                continue
            fits += 1
            size = open_model(models[m], sizes[m], sums, possible, kept, alive)
            beta[0] = np.nan
            needed = 0.5 * (sizes[m] * log_people - lowest[r]) - SLACK * (1.0 + abs(perfect))
            status, likelihood = fit_terms(lists, kept, size, rows[r], sums, alive, beta, mu, needed)
            bic = -2 * likelihood + sizes[m] * log_people
            if status == CONVERGED and bic < lowest[r] - BETTER_BY:
                which[r], lowest[r], unseen[r] = m, bic, math.exp(min(beta[0], 700.0))
    return which, unseen, lowest, fits


@njit(cache=True, nogil=True)
def _order_descending(values: Floats, order: Ints) -> None:
    """Fill `order` with the places of the values, the greatest first. There are few, and numba's sort is long."""
    for at in range(len(values)):
        place = at
        while place > 0 and values[order[place - 1]] < values[at]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = at


@njit(cache=True, nogil=True)
def _may_change(lists: int, inside: Marks, allowed: Marks, term: int) -> bool:
    """Whether the model stays hierarchical when the term is put in or taken out."""
    if not allowed[term]:
        return False
    for j in range(lists):
        bit = 1 << j
        if inside[term]:
            if not term & bit and inside[term | bit]:
                return False
        elif term & bit and not inside[term ^ bit]:
            return False
    return True


@njit(cache=True, nogil=True)
def downhill_rows(
    lists: int, rows: Floats, possible: Marks, allowed: Marks, log_people: float
) -> tuple[Ints, Floats, Floats, Marks]:
    """For every table the model reached downhill in BIC from independence: status, fitted unseen, BIC, its terms.

    A neighbour has one term more or less and is hierarchical; the walk goes to the best of all neighbours while
    that lowers the BIC. `allowed` are the terms of two lists and more that may come in.
    """
    count, cells = rows.shape
    status, unseen, lowest = np.zeros(count, dtype=np.int64), np.zeros(count), np.full(count, np.inf)
    found = np.zeros((count, cells), dtype=np.bool_)
    terms, kept = np.empty(cells, dtype=np.int64), np.empty(cells, dtype=np.int64)
    alive, sums = np.empty(cells, dtype=np.bool_), np.empty(cells)
    beta, mu = np.empty(cells), np.empty(cells)
    for r in range(count):
        for code in range(cells):
            sums[code] = rows[r, code]
        superset_sums(sums, lists)
        inside = found[r]
        inside[0] = True
        for j in range(lists):
            inside[1 << j] = True
        changed = -1
        status[r] = UNDECIDED
        while True:
            best, best_term, best_unseen = lowest[r] - BETTER_BY, -1, 0.0
            for term in range(cells):
                if changed >= 0 and (term == changed or not _may_change(lists, inside, allowed, term)):
                    continue
                if changed < 0 and term > 0:
                    break
                size = 0
                for each in range(cells):
                    if inside[each] != (changed >= 0 and each == term):
                        terms[size] = each
                        size += 1
                kept_size = open_model(terms, size, sums, possible, kept, alive)
                beta[0] = np.nan
                outcome, likelihood = fit_terms(lists, kept, kept_size, rows[r], sums, alive, beta, mu, -np.inf)
                if changed < 0:
                    status[r] = outcome
                    unseen[r] = math.exp(beta[0]) if outcome == NO_MAXIMUM else np.nan
                bic = -2 * likelihood + size * log_people
                if outcome == CONVERGED and bic < best:
                    best, best_term, best_unseen = bic, term, math.exp(min(beta[0], 700.0))
            if best_term < 0:
                break
            lowest[r], unseen[r] = best, best_unseen
            if changed >= 0:
                inside[best_term] = not inside[best_term]
                changed = best_term
            else:
                changed = 0
    return status, unseen, lowest, found
