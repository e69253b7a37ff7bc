"""Warming up: scouts and chains look for the modes, and leave the snapshots by which chains then jump between them.

A chain that starts with every class occupied may never meet the mode of few classes, nor the other way round, so
scouts start with one class, two, and so on, and run for a short while. Chains then jump by what all have seen, and
look again. The snapshots of both times are kept, so that a mode seen once is not lost.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recuento.estimate.latent_chain import LISTS_MANY, Chain, Kept, Plan, advance
from recuento.estimate.latent_jumps import Snapshots, snapshots
from recuento.estimate.latent_kernel import Histories

SCOUT_CLASSES = (1, 2, 3, 4, 5, 6) * 2
"""With how many classes each scout starts."""
LOOKS_MANY, LOOKS_FEW = 128, 32
"""Snapshots of a chain in either half of its warm-up, on many lists and on few."""

_SELDOM = 8
_JUMPS_MADE_MIN = 1 / 200


def warm_up(
    chains: Sequence[Chain], scouts: Sequence[Chain], table: Histories, plan: Plan, sweeps: int, threads: int | None
) -> tuple[Snapshots | None, Plan]:
    """Warm the chains up for so many sweeps, scouts for a quarter of them. What all saw, and the plan to go on by.

    Every stretch is run half unseen, half looked at; without a sweep nothing is seen. Where hardly a jump was made,
    they are tried seldom from here on.
    """
    looks = LOOKS_MANY if chains[0].theta.odds.shape[0] >= LISTS_MANY else LOOKS_FEW
    first = _look(chains, table, plan, sweeps // 2, looks, None, threads)
    first += _look(scouts, table, plan, sweeps // 4, looks // 4, None, threads)
    second = _look(chains, table, plan, sweeps - sweeps // 2, looks, _seen(first), threads)
    made, tried = (sum(float(chain.tuning[at]) for chain in chains) for at in (3, 4))
    if made < _JUMPS_MADE_MIN * tried:
        plan = plan._replace(jump_every=plan.jump_every * _SELDOM)
    return _seen(first + second), plan


def _look(
    chains: Sequence[Chain],
    table: Histories,
    plan: Plan,
    sweeps: int,
    looks: int,
    seen: Snapshots | None,
    threads: int | None,
) -> list[Kept]:
    """Take chains on by so many sweeps, looking at them in the second half."""
    if not chains or not sweeps:
        return []
    thin = max(1, sweeps // 2 // looks)
    looks = min(looks, sweeps // 2 // thin)
    advance(chains, table, plan, 1, sweeps - looks * thin, threads, tune=True, seen=seen)
    return advance(chains, table, plan, looks, thin, threads, tune=True, seen=seen)


def _seen(kept: Sequence[Kept]) -> Snapshots | None:
    """The snapshots of all that was kept; None where there are none."""
    if not sum(len(each.people) for each in kept):
        return None
    return snapshots(np.concatenate([each.people for each in kept]), np.concatenate([each.captures for each in kept]))
