"""Chains of the latent class sampler: where they start, how they go on, and running several on threads.

A chain owns its parameters and its random numbers, so the draws are the same for any number of threads. Compiled;
imported only where a sampler runs.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recuento.estimate.latent_kernel import Histories, Theta, Work, settle_odds, settle_weights, sweep
from recuento.estimate.latent_moves import Path, hamiltonian_move
from recuento.estimate.latent_random import seeded_state, uniform
from recuento.estimate.latent_split import Parting, parting, split_or_join

Floats = NDArray[np.float64]

LEAPS_MAX = 120
"""A trajectory takes 1 to this many steps. With 250 at most, Gaza and Scotland gained little, Kosovo lost."""
ACCEPTED = 0.8
"""The share of trajectories that the length of a step is tuned to accept while the chain warms up."""


class Plan(NamedTuple):
    """How a chain goes: the prior of alpha (shape, rate), and the sweeps between moves of each kind, 0 for none."""

    shape: float
    rate: float
    trajectory_every: int
    split_every: int


@dataclass(slots=True)
class Chain:
    """One chain: its random numbers, parameters and working room.

    `tuning`: step length of trajectories, sum of their chances of acceptance, their number; then classes divided or
    joined, and divisions and joins proposed.
    """

    state: NDArray[np.uint64]
    theta: Theta
    work: Work
    path: Path
    room: Parting
    tuning: Floats
    sweeps: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a chain: n_0, the number of occupied classes, and p_0, at every `thin`-th sweep."""

    unseen: Floats
    occupied: Floats
    missed: Floats


def histories(codes: NDArray[np.int64], counts: NDArray[np.int64], list_count: int) -> Histories:
    """The observed histories as a tree whose every branch adds one list."""
    nodes: dict[int, int] = {0: 0}
    parent, added = [0], [0]

    def node_of(code: int) -> int:
        if code not in nodes:
            highest = code.bit_length() - 1
            above = node_of(code ^ (1 << highest))
            parent.append(above)
            added.append(highest)
            nodes[code] = len(parent) - 1
        return nodes[code]

    at = [node_of(code) for code in codes.tolist()]
    lists = [[j for j in range(list_count) if code >> j & 1] for code in codes.tolist()]
    starts = np.concatenate([[0], np.cumsum([len(each) for each in lists])])
    return Histories(
        np.asarray(parent, dtype=np.int64),
        np.asarray(added, dtype=np.int64),
        np.asarray(at, dtype=np.int64),
        counts.astype(np.float64),
        starts.astype(np.int64),
        np.asarray([j for each in lists for j in each], dtype=np.int64),
    )


def new_chain(seed: np.random.SeedSequence, table: Histories, list_count: int, classes: int) -> Chain:
    """A chain at an overdispersed start: parameters drawn from the prior, with alpha 1."""
    numbers, start = seed.spawn(2)
    rng = np.random.default_rng(start)
    share = rng.uniform(1e-3, 1 - 1e-3, (list_count, classes))
    stick = rng.uniform(1e-3, 1 - 1e-3, classes)
    theta = Theta(
        share / (1 - share),
        np.ones(classes),
        np.zeros(classes),
        np.log(stick),
        np.log1p(-stick),
        np.zeros(classes),
        np.ones(1),
    )
    settle_odds(theta)
    settle_weights(theta)
    nodes = (len(table.parent), classes)
    rows = (list_count + 1, classes)
    room = Work(np.zeros(nodes), np.zeros(classes), np.zeros(classes), np.zeros((list_count, classes)), np.zeros(1))
    path = Path(np.zeros(rows), np.zeros(rows), np.zeros(rows), np.zeros(rows), np.zeros(nodes), np.zeros(nodes))
    parts = parting(len(table.counts), len(table.parent), list_count, classes)
    return Chain(seeded_state(numbers), theta, room, path, parts, np.asarray([0.05, 0.0, 0.0, 0.0, 0.0]))


def sweeps_between_trajectories(table: Histories, classes: int) -> int:
    """How often a trajectory pays: one in 24 sweeps for small tables, seldom where histories and classes are many."""
    return 24 * max(1, len(table.parent) * classes // 320)


def sweeps_between_splits(table: Histories, list_count: int) -> int:
    """How often to propose dividing or joining: often on many lists, seldom on few, where trajectories suffice.

    The more people, the longer the sums over the unseen that a proposal needs.
    """
    return 4 if list_count >= 8 else 32 * max(1, int(table.counts.sum()) // 2000)


def advance(
    chains: Sequence[Chain], table: Histories, plan: Plan, kept: int, thin: int, threads: int | None, *, tune: bool
) -> list[Kept]:
    """Take every chain on by `kept` times `thin` sweeps. While `tune`, the step length is adapted."""

    def go(chain: Chain) -> Kept:
        out = np.zeros((3, kept))
        _advance(
            chain.state, table, chain.theta, chain.work, chain.path, chain.room, chain.tuning, plan, thin, tune, out
        )
        chain.sweeps += kept * thin
        return Kept(out[0], out[1], out[2])

    workers = min(len(chains), threads or os.cpu_count() or 1)
    if workers == 1:
        return [go(chain) for chain in chains]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(go, chains))


@njit(cache=True, nogil=True, error_model="numpy")
def _advance(state, table, theta, work, path, room, tuning, plan, thin, tune, out):  # type: ignore[no-untyped-def]
    """The loop of one chain, filling `out` with n_0, occupied classes and p_0."""
    classes = theta.log_nu.shape[0]
    active = classes
    trajectory_due, split_due = plan.trajectory_every, plan.split_every
    for draw in range(out.shape[1]):
        for _ in range(thin):
            active = sweep(state, table, theta, work, active, plan.shape, plan.rate)
            trajectory_due -= 1
            split_due -= 1
            if split_due == 0:
                split_due = plan.split_every
                outcome = split_or_join(state, table, theta, work.chance, room)
                active = classes
                tuning[3] += outcome >= 2
                tuning[4] += outcome >= 1
            if trajectory_due == 0:
                trajectory_due = plan.trajectory_every
                step = tuning[0] * (0.6 + 0.8 * uniform(state))
                leaps = 1 + int(uniform(state) * LEAPS_MAX)
                chance = hamiltonian_move(state, table, theta, path, step, leaps, 1.0)
                active = classes
                tuning[1] += chance
                tuning[2] += 1.0
                if tune:
                    tuning[0] *= math.exp(0.1 * (chance - ACCEPTED))
        out[0, draw] = work.unseen[0]
        missed = 0.0
        for k in range(classes):
            out[1, draw] += work.people[k] > 0.0
            missed += math.exp(theta.log_nu[k]) * theta.missed[k]
        out[2, draw] = missed
