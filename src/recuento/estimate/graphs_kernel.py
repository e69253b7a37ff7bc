"""Decomposable graphs by the bits of one integer: growing, testing, splitting into cliques (numba).

A graph on k vertices is one integer: bit v (v - 1) / 2 + u is set where u < v are joined. So the graphs on the
first k - 1 vertices are the low bits of those on k.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def neighbours_of(code: int, k: int) -> NDArray[np.int64]:
    """For every vertex the set of its neighbours, as bits."""
    joined = np.zeros(k, dtype=np.int64)
    for v in range(1, k):
        below = (code >> (v * (v - 1) // 2)) & ((1 << v) - 1)
        joined[v] |= below
        for u in range(v):
            if below >> u & 1:
                joined[u] |= 1 << v
    return joined


@njit(cache=True, nogil=True)
def size_of(subset: int) -> int:
    """How many elements a set has."""
    size = 0
    while subset:
        subset &= subset - 1
        size += 1
    return size


@njit(cache=True, nogil=True)
def is_complete(subset: int, joined: NDArray[np.int64]) -> bool:
    """Whether every two vertices of the set are joined."""
    v = 0
    rest = subset
    while rest:
        if rest & 1 and subset & ~joined[v] & ~(1 << v):
            return False
        rest >>= 1
        v += 1
    return True


@njit(cache=True, nogil=True)
def can_join(neighbours: int, joined: NDArray[np.int64], k: int) -> bool:
    """Whether a new vertex with these neighbours keeps a decomposable graph on k vertices decomposable.

    It does where every component of the graph without the neighbours touches only a complete set of them.
    """
    left = ((1 << k) - 1) & ~neighbours
    while left:
        component = left & -left
        edge = component
        touched = 0
        while edge:
            v = 0
            while not edge >> v & 1:
                v += 1
            edge &= ~(1 << v)
            touched |= joined[v] & neighbours
            more = joined[v] & left & ~component
            component |= more
            edge |= more
        if not is_complete(touched, joined):
            return False
        left &= ~component
    return True


@njit(cache=True, nogil=True)
def grown(codes: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """All decomposable graphs on k + 1 vertices, from all those on k, in ascending order of the new neighbours."""
    found = np.empty(max(64, 2 * len(codes)), dtype=np.int64)
    count = 0
    shift = k * (k - 1) // 2
    for at in range(len(codes)):
        joined = neighbours_of(codes[at], k)
        for subset in range(1 << k):
            if can_join(subset, joined, k):
                if count == len(found):
                    larger = np.empty(2 * count, dtype=np.int64)
                    for at_found in range(count):
                        larger[at_found] = found[at_found]
                    found = larger
                found[count] = codes[at] | (subset << shift)
                count += 1
    return found[:count].copy()


@njit(cache=True, nogil=True)
def split(code: int, k: int, cliques: NDArray[np.int64], separators: NDArray[np.int64]) -> bool:
    """Write cliques and separators (with multiplicity), empty sets after the last; False where not decomposable.

    Maximum cardinality search (Tarjan & Yannakakis 1984; Blair & Peyton 1993): a vertex that sees no more visited
    vertices than the one before begins a new clique.
    """
    for at in range(len(cliques)):
        cliques[at] = 0
    for at in range(len(separators)):
        separators[at] = 0
    joined = neighbours_of(code, k)
    visited = 0
    before = -1
    count = 0
    clique = 0
    for _ in range(k):
        best = -1
        best_size = -1
        for v in range(k):
            if not visited >> v & 1:
                size = size_of(joined[v] & visited)
                if size > best_size:
                    best = v
                    best_size = size
        seen = joined[best] & visited
        if not is_complete(seen, joined):
            return False
        if before >= 0 and best_size <= before:
            cliques[count] = clique
            separators[count] = seen
            count += 1
            clique = seen
        clique |= 1 << best
        visited |= 1 << best
        before = best_size
    cliques[count] = clique
    return True


@njit(cache=True, nogil=True)
def split_all(codes: NDArray[np.int64], k: int) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """The cliques (graphs by k) and separators (graphs by k - 1) of many graphs; 0 fills what is not used."""
    cliques = np.zeros((len(codes), k), dtype=np.int16)
    separators = np.zeros((len(codes), k - 1), dtype=np.int16)
    some = np.zeros(k, dtype=np.int64)
    others = np.zeros(k - 1, dtype=np.int64)
    for at in range(len(codes)):
        split(codes[at], k, some, others)
        for place in range(k):
            cliques[at, place] = some[place]
        for place in range(k - 1):
            separators[at, place] = others[place]
    return cliques, separators


@njit(cache=True, nogil=True)
def mean_shares(
    cliques: NDArray[np.int16],
    separators: NDArray[np.int16],
    log_phi: NDArray[np.float64],
    log_total: NDArray[np.float64],
) -> NDArray[np.float64]:
    """For every graph, the sum over the columns of `log_phi` (2^k by columns) of its share of exp(log_total)."""
    shares = np.zeros(len(cliques))
    columns = log_phi.shape[1]
    logs = np.empty(columns)
    for at in range(len(cliques)):
        for column in range(columns):
            logs[column] = -log_total[column]
        _add_logs(cliques[at], separators[at], log_phi, logs)
        for column in range(columns):
            if logs[column] > -80.0:
                shares[at] += math.exp(logs[column])
    return shares


@njit(cache=True, nogil=True)
def weighted_sum(
    cliques: NDArray[np.int16],
    separators: NDArray[np.int16],
    weights: NDArray[np.float64],
    log_phi: NDArray[np.float64],
) -> NDArray[np.float64]:
    """log of the sum over the graphs of exp(weight) w(G), column by column; -inf where every weight is."""
    columns = log_phi.shape[1]
    top = np.full(columns, -np.inf)
    total = np.zeros(columns)
    logs = np.empty(columns)
    for at in range(len(cliques)):
        if weights[at] == -np.inf:
            continue
        for column in range(columns):
            logs[column] = weights[at]
        _add_logs(cliques[at], separators[at], log_phi, logs)
        for column in range(columns):
            gap = logs[column] - top[column]
            if gap > 0:
                total[column] = total[column] * math.exp(-gap) + 1.0 if total[column] > 0 else 1.0
                top[column] = logs[column]
            elif gap > -60.0:
                total[column] += math.exp(gap)
    for column in range(columns):
        # The logarithm of none is minus infinity here; math.log would refuse it.
        top[column] += np.log(total[column])
    return top


@njit(cache=True, nogil=True)
def _add_logs(
    cliques: NDArray[np.int16], separators: NDArray[np.int16], log_phi: NDArray[np.float64], logs: NDArray[np.float64]
) -> None:
    """Add to `logs` the rows of one graph's cliques, and take away those of its separators; empty sets are none."""
    for c in cliques:
        if c:
            for column in range(len(logs)):
                logs[column] += log_phi[c, column]
    for s in separators:
        if s:
            for column in range(len(logs)):
                logs[column] -= log_phi[s, column]


@njit(cache=True, nogil=True)
def best_first(
    start: NDArray[np.int64], k: int, log_phi: NDArray[np.float64], log_total: NDArray[np.float64], expansions: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Graphs of large mean share, found by always looking next at the neighbours (one edge more or less) of the best.

    Every decomposable graph can be reached from every other this way. Gives the graphs met and their shares.
    """
    pairs = k * (k - 1) // 2
    codes = np.empty(len(start) + expansions * pairs, dtype=np.int64)
    shares = np.empty(len(codes))
    opened = np.zeros(len(codes), dtype=np.bool_)
    known = {np.int64(-1)}
    cliques = np.zeros(k, dtype=np.int64)
    separators = np.zeros(k - 1, dtype=np.int64)
    count = 0
    columns = log_phi.shape[1]
    for code in start:
        if code not in known and split(code, k, cliques, separators):
            known.add(code)
            codes[count] = code
            shares[count] = _log_share(cliques, separators, log_phi, log_total, columns)
            count += 1
    for _ in range(expansions):
        best = -1
        for at in range(count):
            if not opened[at] and (best < 0 or shares[at] > shares[best]):
                best = at
        if best < 0:
            break
        opened[best] = True
        for edge in range(pairs):
            code = codes[best] ^ (np.int64(1) << edge)
            if code in known:
                continue
            known.add(code)
            if split(code, k, cliques, separators):
                codes[count] = code
                shares[count] = _log_share(cliques, separators, log_phi, log_total, columns)
                count += 1
    return codes[:count].copy(), shares[:count].copy()


@njit(cache=True, nogil=True)
def _log_share(
    cliques: NDArray[np.int64],
    separators: NDArray[np.int64],
    log_phi: NDArray[np.float64],
    log_total: NDArray[np.float64],
    columns: int,
) -> float:
    logs = -log_total
    for c in cliques:
        logs = logs + log_phi[c]
    for s in separators:
        logs = logs - log_phi[s]
    top = logs.max()
    return float(top + math.log(np.exp(logs - top).sum()))
