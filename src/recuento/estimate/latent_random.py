"""Random numbers inside compiled loops: a small generator and the draws that a Gibbs sweep needs.

xoshiro256++ (Blackman & Vigna 2021) for the bits; ziggurats (Marsaglia & Tsang 2000) for the normal and the
exponential; Marsaglia & Tsang (2000) for the gamma; transformed rejection (Hörmann 1993) for the binomial and the
Poisson. Whole numbers travel as float64, which holds them exactly up to 9e15. Imported only where a sampler runs.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

_BLOCKS = 256
_NORMAL_EDGE = 3.6541528853610088
_EXPONENTIAL_EDGE = 7.69711747013104972


def seeded_state(seed: np.random.SeedSequence) -> NDArray[np.uint64]:
    """The four words that the generator starts from; never all zero."""
    state = np.asarray(seed.generate_state(4, np.uint64), dtype=np.uint64)
    state[0] |= np.uint64(1)
    return state


def _normal_edges() -> NDArray[np.float64]:
    """Right edges of 256 blocks of equal area under exp(-x^2 / 2), the widest (with the tail) first."""
    edge = _NORMAL_EDGE
    tail = math.sqrt(math.pi / 2) * math.erfc(edge / math.sqrt(2))
    area = edge * math.exp(-0.5 * edge * edge) + tail
    edges = np.zeros(_BLOCKS + 1)
    edges[0], edges[1] = area / math.exp(-0.5 * edge * edge), edge
    for at in range(2, _BLOCKS):
        height = area / edges[at - 1] + math.exp(-0.5 * edges[at - 1] ** 2)
        edges[at] = math.sqrt(-2 * math.log(height))
    return edges


def _exponential_edges() -> NDArray[np.float64]:
    """Right edges of 256 blocks of equal area under exp(-x), the widest (with the tail) first."""
    edge = _EXPONENTIAL_EDGE
    area = (edge + 1) * math.exp(-edge)
    edges = np.zeros(_BLOCKS + 1)
    edges[0], edges[1] = area / math.exp(-edge), edge
    for at in range(2, _BLOCKS):
        edges[at] = -math.log(area / edges[at - 1] + math.exp(-edges[at - 1]))
    return edges


_NX = _normal_edges()
_NR = _NX[1:] / _NX[:-1]
_NF = np.exp(-0.5 * _NX**2)
_EX = _exponential_edges()
_ER = _EX[1:] / _EX[:-1]
_EF = np.exp(-_EX)


@njit(cache=True, inline="always")
def _rotated(x, by):  # type: ignore[no-untyped-def]
    return (x << np.uint64(by)) | (x >> np.uint64(64 - by))


@njit(cache=True)
def next_bits(state):  # type: ignore[no-untyped-def]
    """64 random bits."""
    s0, s1, s2, s3 = state[0], state[1], state[2], state[3]
    bits = _rotated(s0 + s3, 23) + s0
    shifted = s1 << np.uint64(17)
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = _rotated(s3, 45)
    state[0], state[1], state[2], state[3] = s0, s1, s2, s3
    return bits


@njit(cache=True)
def uniform(state):  # type: ignore[no-untyped-def]
    """A number strictly between 0 and 1."""
    return (np.float64(next_bits(state) >> np.uint64(12)) + 0.5) * 2.220446049250313e-16


@njit(cache=True)
def normal(state):  # type: ignore[no-untyped-def]
    """A standard normal draw."""
    while True:
        bits = next_bits(state)
        block = np.int64(bits & np.uint64(255))
        side = np.float64(np.int64(bits) >> 11) * 2.220446049250313e-16
        if abs(side) < _NR[block]:
            return side * _NX[block]
        if block == 0:
            while True:
                beyond = -math.log(uniform(state)) / _NORMAL_EDGE
                if -2.0 * math.log(uniform(state)) > beyond * beyond:
                    return _NORMAL_EDGE + beyond if side > 0 else -_NORMAL_EDGE - beyond
        x = side * _NX[block]
        height = _NF[block] + uniform(state) * (_NF[block + 1] - _NF[block])
        if height < math.exp(-0.5 * x * x):
            return x


@njit(cache=True)
def exponential(state):  # type: ignore[no-untyped-def]
    """A standard exponential draw."""
    beyond = 0.0
    while True:
        bits = next_bits(state)
        block = np.int64(bits & np.uint64(255))
        share = (np.float64(bits >> np.uint64(12)) + 0.5) * 2.220446049250313e-16
        if share < _ER[block]:
            return beyond + share * _EX[block]
        if block == 0:
            beyond += _EXPONENTIAL_EDGE
            continue
        x = share * _EX[block]
        height = _EF[block] + uniform(state) * (_EF[block + 1] - _EF[block])
        if height < math.exp(-x):
            return beyond + x


@njit(cache=True)
def gamma(state, shape):  # type: ignore[no-untyped-def]
    """A gamma draw of scale 1, for shapes from 1 up."""
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    while True:
        x = normal(state)
        v = 1.0 + c * x
        if v <= 0.0:
            continue
        v = v * v * v
        u = uniform(state)
        squared = x * x
        if u < 1.0 - 0.0331 * squared * squared:
            return d * v
        if math.log(u) < 0.5 * squared + d * (1.0 - v + math.log(v)):
            return d * v


@njit(cache=True)
def log_gamma_draw(state, shape):  # type: ignore[no-untyped-def]
    """The logarithm of a gamma draw of scale 1, for any shape above 0, however small."""
    if shape >= 1.0:
        return math.log(gamma(state, shape))
    return math.log(gamma(state, shape + 1.0)) - exponential(state) / shape


@njit(cache=True, inline="always")
def log_factorial(count):  # type: ignore[no-untyped-def]
    """log(count!) by Stirling's series, within 1e-12; by the library below 16."""
    if count < 16.0:
        return math.lgamma(count + 1.0)
    over = 1.0 / (count * count)
    series = (1.0 / 12.0 - over * (1.0 / 360.0 - over * (1.0 / 1260.0 - over / 1680.0))) / count
    return (count + 0.5) * math.log(count) - count + 0.918938533204672741780 + series


@njit(cache=True)
def poisson(state, mean):  # type: ignore[no-untyped-def]
    """A Poisson draw. Above 1e9 the rounded normal, which then differs by less than 2e-5 in any probability."""
    if mean < 10.0:
        if mean <= 0.0:
            return 0.0
        left = uniform(state)
        # exp(-m) is at least 1 - m, and (1 - p)^n at least 1 - n p: most draws of rare events need no exponential.
        if left < 1.0 - mean:
            return 0.0
        chance = math.exp(-mean)
        count = 0.0
        while left > chance and count < 200.0:
            left -= chance
            count += 1.0
            chance *= mean / count
        return count
    if mean > 1e9:
        return max(0.0, math.floor(mean + math.sqrt(mean) * normal(state) + 0.5))
    b = 0.931 + 2.53 * math.sqrt(mean)
    a = -0.059 + 0.02483 * b
    inverse = 1.1239 + 1.1328 / (b - 3.4)
    squeeze = 0.9277 - 3.6224 / (b - 2.0)
    while True:
        u = uniform(state) - 0.5
        v = uniform(state)
        gap = 0.5 - abs(u)
        count = math.floor((2.0 * a / gap + b) * u + mean + 0.43)
        if gap >= 0.07 and v <= squeeze:
            return count
        if count < 0.0 or (gap < 0.013 and v > gap):
            continue
        if math.log(v * inverse / (a / (gap * gap) + b)) <= count * math.log(mean) - mean - log_factorial(count):
            return count


@njit(cache=True)
def binomial(state, people, share):  # type: ignore[no-untyped-def]
    """A binomial draw."""
    if share >= 1.0:
        return people
    if share <= 0.0 or people <= 0.0:
        return 0.0
    if share > 0.5:
        return people - _binomial_low(state, people, 1.0 - share)
    return _binomial_low(state, people, share)


@njit(cache=True)
def _binomial_low(state, people, share):  # type: ignore[no-untyped-def]
    """A binomial draw for shares up to one half."""
    if people * share < 10.0:
        left = uniform(state)
        if left < 1.0 - people * share:
            return 0.0
        chance = math.exp(people * math.log1p(-share))
        odds = share / (1.0 - share)
        count = 0.0
        while left > chance and count < people:
            left -= chance
            count += 1.0
            chance *= odds * (people - count + 1.0) / count
            if count > 200.0:
                break
        return count
    return _binomial_spread(state, people, share)


@njit(cache=True)
def _binomial_spread(state, people, share):  # type: ignore[no-untyped-def]
    """A binomial draw of mean 10 or more; logarithms are taken only where the squeeze does not decide."""
    spread = math.sqrt(people * share * (1.0 - share))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * share
    centre = people * share + 0.5
    squeeze = 0.92 - 4.2 / b
    scale = (2.83 + 5.1 / b) * spread
    mode = math.floor((people + 1.0) * share)
    while True:
        u = uniform(state) - 0.5
        v = uniform(state)
        gap = 0.5 - abs(u)
        count = math.floor((2.0 * a / gap + b) * u + centre)
        if gap >= 0.07 and v <= squeeze:
            return count
        if count < 0.0 or count > people:
            continue
        height = log_factorial(mode) + log_factorial(people - mode)
        height -= log_factorial(count) + log_factorial(people - count)
        height += (count - mode) * math.log(share / (1.0 - share))
        if math.log(v * scale / (a / (gap * gap) + b)) <= height:
            return count
