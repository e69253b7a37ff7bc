"""A choice of model repeated on resamples: BCa limits that include it, and how far one person moves the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recuento.estimate.bca import Replicates, acceleration
from recuento.estimate.result import NotEstimable
from recuento.estimate.sparse_ground import SparseGround

CHOICES_SHOWN = 10


@dataclass(frozen=True, slots=True, eq=False)
class Selected:
    """What a method chose on each of several tables.

    `unseen`: fitted people on no list; infinite where the lists do not meet enough for any, NaN where no model can
    be used. `choices`: which model, as a value that can be counted; None where there is none.
    """

    unseen: NDArray[np.float64]
    choices: list[tuple[int, ...] | None]


Select = Callable[[NDArray[np.float64]], Selected]
"""The method of choice: tables (rows of 2^k counts) in, models and unseen out."""


@dataclass(frozen=True, slots=True)
class OnePerson:
    """The largest move of N that one person makes: the share (infinite where no finite N is left), and who it is.

    `code` is the history of the person, `added` whether the person came or went.
    """

    share: float
    code: int
    added: bool


@dataclass(frozen=True, slots=True, eq=False)
class Bootstrapped:
    """The estimate with all that resampling says of it."""

    point: float
    choice: tuple[int, ...]
    replicates: Replicates
    shares: tuple[tuple[tuple[int, ...], float], ...]
    dropped: int
    infinite: int
    one_person: OnePerson

    def diagnostics(self, ground: SparseGround) -> dict[str, Any]:
        """What the computation says of itself, as plain values."""
        one = self.one_person
        return {
            "resamples": len(self.replicates.estimates),
            "resamples_without_model": self.dropped,
            "resamples_without_finite_estimate": self.infinite,
            "bias_correction": self.replicates.bias,
            "acceleration": self.replicates.acceleration,
            "one_person_moves_by": one.share if np.isfinite(one.share) else None,
            "one_person_history": ground.table.pattern_words(one.code),
            "one_person_is": "added" if one.added else "removed",
        }


def bootstrapped(ground: SparseGround, select: Select, replicates: int, seed: int) -> Bootstrapped:
    """The choice made on the table and on `replicates` resamples of its people, with BCa limits (Efron 1987).

    The acceleration comes from the same choice without one person of each history. Resamples in which no model can
    be used are left out and counted. Raises NotEstimable where the table itself has no finite estimate, or hardly
    any resample has one.
    """
    rows = ground.resamples(replicates, seed)
    point, choice = _on_the_table(ground, select)
    drawn = select(rows)
    usable = ~np.isnan(drawn.unseen)
    if usable.sum() < replicates / 2:
        raise _too_fragile(replicates, int(usable.sum()))
    without, added = select(ground.without_one()), select(ground.with_one())
    people = ground.table.people
    left_out = np.where(np.isnan(without.unseen), np.inf, without.unseen) + people - 1
    estimates = np.sort(drawn.unseen[usable] + people)
    counted = Counter(
        tuple(sorted(choice)) for choice, use in zip(drawn.choices, usable, strict=True) if use and choice is not None
    )
    return Bootstrapped(
        point,
        choice,
        Replicates(point, estimates, acceleration(left_out, ground.table.counts)),
        tuple((model, count / len(estimates)) for model, count in counted.most_common(CHOICES_SHOWN)),
        int((~usable).sum()),
        int(np.isinf(estimates).sum()),
        _one_person(ground, point, left_out, added.unseen + people + 1),
    )


def _on_the_table(ground: SparseGround, select: Select) -> tuple[float, tuple[int, ...]]:
    found = select(ground.itself())
    if found.choices[0] is None or not np.isfinite(found.unseen[0]):
        raise NotEstimable(
            en="the lists do not meet enough: even independent lists have no finite estimate here; merge lists, find "
            "another that meets them, or give a lower bound instead",
            es="las listas no coinciden lo suficiente: ni siquiera con listas independientes hay aquí una estimación "
            "finita; una listas, busque otra que coincida con ellas o dé en su lugar una cota inferior",
        )
    return float(found.unseen[0]) + ground.table.people, found.choices[0]


def _too_fragile(replicates: int, usable: int) -> NotEstimable:
    return NotEstimable(
        en=f"only {usable} of {replicates} resamples of the same people have an estimate: the table is too thin for "
        "an interval; merge lists or give a lower bound instead",
        es=f"solo {usable} de {replicates} remuestras de las mismas personas tienen estimación: la tabla es demasiado "
        "escasa para un intervalo; una listas o dé en su lugar una cota inferior",
    )


def _one_person(
    ground: SparseGround, point: float, removed: NDArray[np.float64], added: NDArray[np.float64]
) -> OnePerson:
    estimates = np.concatenate([removed, np.where(np.isnan(added), np.inf, added)])
    codes = np.concatenate([ground.table.codes, ground.codes_to_add()])
    moves = np.abs(estimates / point - 1)
    at = int(np.argmax(moves))
    return OnePerson(float(moves[at]), int(codes[at]), at >= len(removed))
