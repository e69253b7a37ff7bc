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

from recuento.estimate.latent_jumps import Leap, Snapshots, jump, leap, snapshots
from recuento.estimate.latent_kernel import Histories, Theta, Work, settle_odds, settle_weights, sweep
from recuento.estimate.latent_moves import Path, hamiltonian_move
from recuento.estimate.latent_random import seeded_state, uniform

Floats = NDArray[np.float64]

LEAPS_MAX = 120
"""A trajectory takes 1 to this many steps. With 250 at most, Gaza and Scotland gained little, Kosovo lost."""
ACCEPTED = 0.8
"""The share of trajectories that the length of a step is tuned to accept while the chain warms up."""
LISTS_MANY = 8
"""From so many lists on, chains stay in one mode unless they jump."""
JUMPS_AT_ONCE = 4
"""Jumps are tried so many times in a row, which shares half of their cost."""


class Plan(NamedTuple):
    """How a chain goes: the prior of alpha (shape, rate), and the sweeps between moves of each kind, 0 for none."""

    shape: float
    rate: float
    trajectory_every: int
    jump_every: int


@dataclass(slots=True)
class Chain:
    """One chain: its random numbers, parameters and working room.

    `tuning`: step length of trajectories, sum of their chances of acceptance, their number; jumps made, and tried.
    """

    state: NDArray[np.uint64]
    theta: Theta
    work: Work
    path: Path
    leap: Leap
    tuning: Floats
    sweeps: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a chain: n_0, the number of occupied classes, and p_0, at every `thin`-th sweep.

    While a chain is tuned, people (draw, class) and captures (draw, class, list) too.
    """

    unseen: Floats
    occupied: Floats
    missed: Floats
    people: Floats
    captures: Floats


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


def new_chain(
    seed: np.random.SeedSequence, table: Histories, list_count: int, classes: int, at_first: int | None = None
) -> Chain:
    """A chain at an overdispersed start: parameters drawn from the prior, with alpha 1.

    With `at_first`, no more than so many classes share nearly everybody.
    """
    numbers, start = seed.spawn(2)
    rng = np.random.default_rng(start)
    share = rng.uniform(1e-3, 1 - 1e-3, (list_count, classes))
    stick = rng.uniform(1e-3, 1 - 1e-3, classes)
    if at_first is not None and at_first < classes:
        stick[at_first - 1] = 1 - 1e-6
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
    tuning = np.asarray([0.05, 0.0, 0.0, 0.0, 0.0])
    return Chain(seeded_state(numbers), theta, room, path, leap(list_count, classes), tuning)


def sweeps_between_trajectories(table: Histories, classes: int) -> int:
    """How often a trajectory pays: one in 24 sweeps for small tables, seldom where histories and classes are many."""
    return 24 * max(1, len(table.parent) * classes // 320)


def sweeps_between_jumps(list_count: int) -> int:
    """How often to try jumps: often on many lists, seldom on few, where sweeps are cheap and trajectories get far."""
    return 16 if list_count >= LISTS_MANY else 48


def advance(
    chains: Sequence[Chain],
    table: Histories,
    plan: Plan,
    kept: int,
    thin: int,
    threads: int | None,
    *,
    tune: bool,
    seen: Snapshots | None = None,
) -> list[Kept]:
    """Take every chain on by `kept` times `thin` sweeps. While `tune`, the step length is adapted, and counts kept.

    Jumps, where planned, need snapshots `seen`.
    """
    if seen is None:
        lists, classes = chains[0].theta.odds.shape
        seen = snapshots(np.zeros((0, classes)), np.zeros((0, classes, lists)))
        plan = plan._replace(jump_every=0)
    looked_at = seen

    def go(chain: Chain) -> Kept:
        lists, classes = chain.theta.odds.shape
        counted = kept if tune else 0
        unseen, occupied, missed = np.zeros((3, kept))
        people, captures = np.zeros((counted, classes)), np.zeros((counted, classes, lists))
        out = (unseen, occupied, missed, people, captures)
        rooms = (chain.work, chain.path, chain.leap)
        _advance(chain.state, table, chain.theta, *rooms, chain.tuning, plan, looked_at, thin, tune, out)
        chain.sweeps += kept * thin
        return Kept(unseen, occupied, missed, people, captures)

    workers = min(len(chains), threads or os.cpu_count() or 1)
    if workers == 1:
        return [go(chain) for chain in chains]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(go, chains))


@njit(cache=True, nogil=True, error_model="numpy")
def _advance(state, table, theta, work, path, leap, tuning, plan, seen, thin, tune, out):  # type: ignore[no-untyped-def]
    """The loop of one chain, filling `out`: n_0, occupied classes and p_0, then people and captures while tuned."""
    all_unseen, all_occupied, all_missed, all_people, all_captures = out
    classes = theta.log_nu.shape[0]
    active = classes
    trajectory_due, jump_due = plan.trajectory_every, plan.jump_every
    for draw in range(all_unseen.shape[0]):
        for _ in range(thin):
            trajectory_due -= 1
            jump_due -= 1
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
            if jump_due == 0:
                jump_due = plan.jump_every
                tuning[3] += jump(state, table, theta, work, seen, leap, JUMPS_AT_ONCE)
                tuning[4] += JUMPS_AT_ONCE
                active = classes
            active = sweep(state, table, theta, work, active, plan.shape, plan.rate)
        all_unseen[draw] = work.unseen[0]
        for k in range(classes):
            all_occupied[draw] += work.people[k] > 0.0
            all_missed[draw] += math.exp(theta.log_nu[k]) * theta.missed[k]
        if tune:
            for k in range(classes):
                all_people[draw, k] = work.people[k]
                for j in range(work.captures.shape[0]):
                    all_captures[draw, k, j] = work.captures[j, k]
