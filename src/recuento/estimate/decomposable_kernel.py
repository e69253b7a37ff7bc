"""Sums over every decomposable graph on k vertices, without listing them (numba; imported where it is used).

What is summed is w(G) = product of phi(C) over the cliques of G / product of phi(S) over its separators (with
multiplicity), for phi given on every subset of the vertices and equal to 1 on the empty set and on single
vertices. Listing the graphs costs 30,888,596 terms for eight vertices; the recursion below costs about 5^k.

For disjoint S and T, let B(S, T) be the sum of w(G) / phi(S) over the decomposable graphs on S u T in which S is
complete, T is connected and the neighbours of T are all of S. Call a complete set Q (S < Q <= S u T) a root of G,
and let c be how many components of G - Q have all of Q as neighbours. Q is a maximal clique where c = 0, and a
separator of multiplicity c - 1 where c >= 2. The cliques and separators of a junction tree that hold Q > S form a
tree, which has one more node than it has edges, so the sum of (1 - c) over the roots of G is 1: every graph is
counted once.

    B(S, T) = sum over D (not empty) in T, Q = S u D, X = T - D, of phi(Q)/phi(S) x
              [ E(S,D,X) - sum over Z in X of J(Q,Z) E(S,D,X-Z) ]
    E(S,D,X): partitions of X into components whose neighbours lie in Q, are not all of Q and touch D
    P(Q,Z), J(Q,Z): partitions of Z into c components with neighbours Q; J has c >= 2 and the factor c - 1

and the answer is P(empty, all). Roots with c = 1 never enter, so leaving out the complete graph is leaving out one
term, with no subtraction of large numbers. What is subtracted is at most 2k times what stays, so digits are kept.

The sums are done for several columns (numbers of unseen people) at a time. Every partial sum carries as its scale
the power of two of its largest graph in one column, so that nothing overflows however far apart the graphs lie.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

NEGLIGIBLE = -90
"""Terms below 2^-90 of the largest are left out: 1e-27, under the last digit whatever their number."""

FLOOR = -(1 << 58)
"""The scale of a sum without terms."""

LOG_TWO = math.log(2.0)

POWERS = 2.0 ** np.arange(-1074, 1.0)
"""2^-1074 ... 2^0: looking a factor up is many times faster than computing it."""


@njit(cache=True, nogil=True)
def spread_digits(k: int, base: int) -> NDArray[np.int64]:
    """For every subset, the number whose digits in `base` are its bits, so that disjoint sets share one index."""
    digits = np.zeros(1 << k, dtype=np.int64)
    for subset in range(1 << k):
        power = 1
        for bit in range(k):
            if subset >> bit & 1:
                digits[subset] += power
            power *= base
    return digits


@njit(cache=True, nogil=True)
def bits_in(k: int) -> NDArray[np.int64]:
    """How many elements every subset has."""
    sizes = np.zeros(1 << k, dtype=np.int64)
    for subset in range(1, 1 << k):
        sizes[subset] = sizes[subset >> 1] + (subset & 1)
    return sizes


@njit(cache=True, nogil=True)
def _components(
    k: int, size: int, cut: int, third: Any, fourth: Any, bits: Any, b: Any, bm: Any, e: Any, em: Any, f: Any, fm: Any
) -> None:
    """One component Y of `size`, its neighbours in S u D and some in D: all such in `f`, but S u D itself in `e`."""
    whole = (1 << k) - 1
    width = b.shape[1]
    for y in range(1, whole + 1):
        if bits[y] != size:
            continue
        room = whole & ~y
        for d_size in range(1, bits[room] + 1):
            q = room
            while q:
                if bits[q] >= d_size:
                    d = q
                    while d:
                        if bits[d] == d_size:
                            _component(q & ~d, d, y, cut, third, fourth, b, bm, e, em, f, fm, width)
                        d = (d - 1) & q
                q = (q - 1) & room


@njit(cache=True, nogil=True, inline="always")
def _component(
    s: int,
    d: int,
    y: int,
    cut: int,
    third: Any,
    fourth: Any,
    b: Any,
    bm: Any,
    e: Any,
    em: Any,
    f: Any,
    fm: Any,
    width: int,
) -> None:
    here = fourth[s] + 2 * fourth[d] + 3 * fourth[y]
    low = d & -d
    if d != low:
        rest = d & ~low
        one = fourth[s] + 2 * fourth[rest] + 3 * fourth[y]
        two = fourth[s | rest] + 2 * fourth[low] + 3 * fourth[y]
        _add_two(here, one, two, cut, f, fm, e, em, e, em, width)
        _add_two(here, one, two, cut, f, fm, f, fm, f, fm, width)
        return
    top = FLOOR
    own = third[s | d] + 2 * third[y]
    sub = s
    while sub:
        sub = (sub - 1) & s
        top = max(top, bm[third[sub | d] + 2 * third[y]])
    em[here] = top
    full = max(top, bm[own])
    fm[here] = full
    for at in range(width):
        e[here, at] = 0.0
        f[here, at] = 0.0
    sub = s
    while sub:
        sub = (sub - 1) & s
        source = third[sub | d] + 2 * third[y]
        gap = bm[source] - top
        if gap > cut:
            weight = POWERS[1074 + gap]
            for at in range(width):
                e[here, at] += weight * b[source, at]
    if full == FLOOR:
        return
    left = POWERS[1074 + top - full] if top - full > cut else 0.0
    right = POWERS[1074 + bm[own] - full] if bm[own] - full > cut else 0.0
    for at in range(width):
        f[here, at] = left * e[here, at] + right * b[own, at]


@njit(cache=True, nogil=True, inline="always")
def _add_two(
    here: int, one: int, two: int, cut: int, a: Any, am: Any, c: Any, cm: Any, out: Any, outm: Any, width: int
) -> None:
    top = max(am[one], cm[two])
    outm[here] = top
    left = POWERS[1074 + am[one] - top] if am[one] - top > cut else 0.0
    right = POWERS[1074 + cm[two] - top] if cm[two] - top > cut else 0.0
    for at in range(width):
        out[here, at] = left * a[one, at] + right * c[two, at]


@njit(cache=True, nogil=True)
def _partitions(k: int, size: int, cut: int, fourth: Any, bits: Any, e: Any, em: Any, x_sum: Any, xm: Any) -> None:
    """E(S, D, X) for every X of `size`: the component of the least vertex of X first, then the rest."""
    whole = (1 << k) - 1
    width = e.shape[1]
    for x in range(1, whole + 1):
        if bits[x] != size:
            continue
        room = whole & ~x
        low = x & -x
        others = x & ~low
        q = room
        while q:
            d = q
            while d:
                base = fourth[q & ~d] + 2 * fourth[d]
                here = base + 3 * fourth[x]
                top = FLOOR
                sub = others
                while True:
                    top = max(top, em[base + 3 * fourth[sub | low]] + xm[base + 3 * fourth[others & ~sub]])
                    if sub == 0:
                        break
                    sub = (sub - 1) & others
                xm[here] = max(top, FLOOR)
                for at in range(width):
                    x_sum[here, at] = 0.0
                if top > FLOOR:
                    sub = others
                    while True:
                        one = base + 3 * fourth[sub | low]
                        two = base + 3 * fourth[others & ~sub]
                        gap = em[one] + xm[two] - top
                        if gap > cut:
                            factor = POWERS[1074 + gap]
                            for at in range(width):
                                x_sum[here, at] += factor * e[one, at] * x_sum[two, at]
                        if sub == 0:
                            break
                        sub = (sub - 1) & others
                d = (d - 1) & q
            q = (q - 1) & room


@njit(cache=True, nogil=True)
def _full_partitions(
    k: int, size: int, cut: int, third: Any, bits: Any, b: Any, bm: Any, p: Any, pm: Any, j: Any, jm: Any
) -> None:
    """P(Q, Z) and J(Q, Z) for every Z of `size`."""
    whole = (1 << k) - 1
    width = b.shape[1]
    for z in range(1, whole + 1):
        if bits[z] != size:
            continue
        room = whole & ~z
        low = z & -z
        others = z & ~low
        q = room
        while True:
            base = third[q]
            here = base + 2 * third[z]
            ptop = FLOOR
            jtop = FLOOR
            sub = others
            while True:
                one = base + 2 * third[sub | low]
                two = base + 2 * third[others & ~sub]
                ptop = max(ptop, bm[one] + pm[two])
                if sub != others:
                    jtop = max(jtop, bm[one] + max(pm[two], jm[two]))
                if sub == 0:
                    break
                sub = (sub - 1) & others
            pm[here] = max(ptop, FLOOR)
            jm[here] = max(jtop, FLOOR)
            for at in range(width):
                p[here, at] = 0.0
                j[here, at] = 0.0
            sub = others
            while True:
                one = base + 2 * third[sub | low]
                two = base + 2 * third[others & ~sub]
                gap = bm[one] + pm[two] - ptop
                if ptop > FLOOR and gap > cut:
                    factor = POWERS[1074 + gap]
                    for at in range(width):
                        p[here, at] += factor * b[one, at] * p[two, at]
                if sub != others and jtop > FLOOR:
                    gap = bm[one] + pm[two] - jtop
                    if gap > cut:
                        factor = POWERS[1074 + gap]
                        for at in range(width):
                            j[here, at] += factor * b[one, at] * p[two, at]
                    gap = bm[one] + jm[two] - jtop
                    if gap > cut:
                        factor = POWERS[1074 + gap]
                        for at in range(width):
                            j[here, at] += factor * b[one, at] * j[two, at]
                if sub == 0:
                    break
                sub = (sub - 1) & others
            if q == 0:
                break
            q = (q - 1) & room


@njit(cache=True, nogil=True)
def _rooted(
    k: int,
    size: int,
    cut: int,
    third: Any,
    fourth: Any,
    bits: Any,
    phi_e: Any,
    phi: Any,
    b: Any,
    bm: Any,
    x_sum: Any,
    xm: Any,
    j: Any,
    jm: Any,
    part: Any,
) -> None:
    """B(S, T) for every T of `size`, the complete graph on all vertices left out."""
    whole = (1 << k) - 1
    width = b.shape[1]
    for t in range(1, whole + 1):
        if bits[t] != size:
            continue
        room = whole & ~t
        s = room
        while True:
            here = third[s] + 2 * third[t]
            if not (s | t == whole and s != 0):
                top = FLOOR
                d = t
                while d:
                    if s | d != whole:
                        value = phi_e[s | d] - phi_e[s] + xm[fourth[s] + 2 * fourth[d] + 3 * fourth[t & ~d]]
                        top = max(top, value)
                    d = (d - 1) & t
                bm[here] = top
                for at in range(width):
                    b[here, at] = 0.0
                d = t
                while d:
                    if s | d != whole and top > FLOOR:
                        _one_root(
                            s,
                            d,
                            t & ~d,
                            phi_e[s | d] - phi_e[s] - top,
                            cut,
                            third,
                            fourth,
                            bits,
                            x_sum,
                            xm,
                            j,
                            jm,
                            part,
                        )
                        for at in range(width):
                            b[here, at] += part[at] * phi[s | d, at] / phi[s, at]
                    d = (d - 1) & t
            if s == 0:
                break
            s = (s - 1) & room


@njit(cache=True, nogil=True, inline="always")
def _one_root(
    s: int,
    d: int,
    x: int,
    scale: int,
    cut: int,
    third: Any,
    fourth: Any,
    bits: Any,
    x_sum: Any,
    xm: Any,
    j: Any,
    jm: Any,
    part: Any,
) -> None:
    width = len(part)
    base = fourth[s] + 2 * fourth[d]
    one = base + 3 * fourth[x]
    gap = scale + xm[one]
    weight = POWERS[1074 + gap] if gap > cut else 0.0
    for at in range(width):
        part[at] = weight * x_sum[one, at]
    z = x
    while z:
        if bits[z] >= 2:
            full = third[s | d] + 2 * third[z]
            rest = base + 3 * fourth[x & ~z]
            gap = scale + jm[full] + xm[rest]
            if gap > cut:
                factor = -POWERS[1074 + gap]
                for at in range(width):
                    part[at] += factor * j[full, at] * x_sum[rest, at]
        z = (z - 1) & x


@njit(cache=True, nogil=True)
def sum_over_graphs(k: int, log_phi: NDArray[np.float64]) -> NDArray[np.float64]:
    """log of the sum of w(G) over all decomposable graphs but the complete one, for each column of `log_phi`.

    `log_phi` is 2^k by columns, 0 in the rows of the empty set and of single vertices. Columns in one call should
    lie near one another (see `columns_that_fit`).
    """
    width = log_phi.shape[1]
    middle = width // 2
    third = spread_digits(k, 3)
    fourth = spread_digits(k, 4)
    bits = bits_in(k)
    reach = 0.0
    phi_e = np.empty(1 << k, dtype=np.int64)
    phi = np.empty_like(log_phi)
    for subset in range(1 << k):
        phi_e[subset] = math.floor(log_phi[subset, middle] / LOG_TWO)
        for at in range(width):
            reach = max(reach, abs(log_phi[subset, at] - log_phi[subset, middle]))
            phi[subset, at] = math.exp(log_phi[subset, at] - phi_e[subset] * LOG_TWO)
    cut = max(NEGLIGIBLE - math.ceil(2 * (2 * k - 3) * reach / LOG_TWO), -1074)
    three = 3**k
    four = 4**k
    b = np.zeros((three, width))
    bm = np.full(three, FLOOR, dtype=np.int64)
    p = np.zeros((three, width))
    pm = np.full(three, FLOOR, dtype=np.int64)
    j = np.zeros((three, width))
    jm = np.full(three, FLOOR, dtype=np.int64)
    e = np.empty((four, width))
    em = np.full(four, FLOOR, dtype=np.int64)
    f = np.empty((four, width))
    fm = np.full(four, FLOOR, dtype=np.int64)
    x_sum = np.empty((four, width))
    xm = np.full(four, FLOOR, dtype=np.int64)
    part = np.empty(width)
    for q in range(1 << k):
        pm[third[q]] = 0
        for column in range(width):
            p[third[q], column] = 1.0
        d = q
        while d:
            at = fourth[q & ~d] + 2 * fourth[d]
            xm[at] = 0
            for column in range(width):
                x_sum[at, column] = 1.0
            d = (d - 1) & q
    for size in range(1, k + 1):
        _rooted(k, size, cut, third, fourth, bits, phi_e, phi, b, bm, x_sum, xm, j, jm, part)
        if size < k:
            _full_partitions(k, size, cut, third, bits, b, bm, p, pm, j, jm)
            _components(k, size, cut, third, fourth, bits, b, bm, e, em, f, fm)
            _partitions(k, size, cut, fourth, bits, e, em, x_sum, xm)
    _full_partitions(k, k, cut, third, bits, b, bm, p, pm, j, jm)
    last = 2 * third[(1 << k) - 1]
    answer = np.empty(width)
    for at in range(width):
        answer[at] = pm[last] * LOG_TWO + math.log(p[last, at])
    return answer
