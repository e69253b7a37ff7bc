"""Complementary suppression: the cheapest cells to hide beside the small ones, so that no small one can be computed.

The integer program of Fischetti and Salazar: a pattern is chosen by a master program over 0-1 variables, an attacker's
linear program looks for a cell that is still too narrow, and its dual gives the cut that the next pattern must keep.
At the end every hidden cell has two witnesses in whole numbers, which prove the pattern without trust in the solver.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np

from recuento.disclosure.believable import Believable
from recuento.disclosure.counts import CountSystem, Marks, Release, Whole
from recuento.disclosure.proof import Protected, Unprotectable, Witness, small_changes
from recuento.disclosure.system import Attacker, Joint, Reals
from recuento.errors import InvalidValue

_ROUNDS = 120
_TINY = 1e-6
_EXACT = 40
"""Cells up to which the pattern is the cheapest there is; beyond, what was once hidden stays so, which ends sooner."""
_EXACT_ROUNDS = 20
_NODES = 100
"""Where the search for the cheapest pattern stops. A number of steps and not of seconds: same table, same pattern."""


@dataclass(frozen=True, eq=False)
class _Target:
    """Something that must stay uncertain: a combination of counts, over how wide a range, on which condition."""

    release: int
    cell: int
    since: int | None
    combination: Reals
    upward: bool
    """Whether it must be able to be `smallest` or more, not only be uncertain."""
    only_if: int | None
    """The cell of this release that must be hidden for the target to matter; None where it always does."""


@dataclass(frozen=True, eq=False)
class _Cut:
    """The weights of the cells of this release must add up to `least`, or to nothing if `only_if` is shown."""

    weights: Reals
    least: float
    only_if: int | None


def protect(system: CountSystem, smallest: int = 5, earlier: Sequence[Release] = ()) -> Protected:
    """Hide the cells of 1 to `smallest` - 1 persons and as little else as keeps them from being computed.

    Zero is shown. With `earlier` releases of the same cells, changes by fewer than `smallest` persons are hidden as
    well, and nothing that was hidden then can be computed now. Every hidden cell can be any of at least `smallest`
    values, as far as anybody can compute from all releases; a small one can be `smallest` or more.

    Raises Unprotectable where earlier releases leave no such pattern, InvalidValue where `smallest` is below 2.
    """
    if smallest < 2:
        raise InvalidValue("the smallest group must be 2 or more", "el grupo mínimo debe ser de 2 o más")
    joint = Joint.of(system, earlier)
    primary = _primary(system, smallest, earlier)
    targets = list(_targets(system, joint, smallest, earlier))
    attacker, master = Attacker(joint, room=_room(smallest)), _Master(system, primary)
    known = Believable(joint, [target.combination for target in targets])
    hidden = primary.copy()
    for at in range(_ROUNDS):
        if at == _ROUNDS - 1:
            hidden = system.values > 0
        attacker.sees(hidden)
        known.sees(hidden)
        cuts = [
            cut
            for number, target in enumerate(targets)
            if _matters(target, hidden) and not _is_wide(target, known, number, smallest)
            for cut in _cuts(attacker, known, target, smallest)
        ]
        if not cuts:
            found = _proved(known, targets, attacker, Protected(system, smallest, hidden, primary, ()))
            if found is not None:
                return found
            master.keep(hidden)
            cuts = [_Cut((~hidden & (system.values > 0)).astype(np.float64), 1.0, None)]
        for cut in cuts:
            master.demand(cut)
        hidden = master.cheapest()
        if len(hidden) > _EXACT or at > _EXACT_ROUNDS:
            master.keep(hidden)
    raise _cannot()


def naive(system: CountSystem, smallest: int = 5) -> Marks:
    """What is often done: hide the small cells alone. Shown beside `protect`, never used."""
    return (system.values > 0) & (system.values < smallest)


def _primary(system: CountSystem, smallest: int, earlier: Sequence[Release]) -> Marks:
    primary = naive(system, smallest)
    for cell, at in small_changes(system, earlier, smallest):
        if not earlier[at].hidden[cell]:
            if system.values[cell] == 0:
                raise _cannot()
            primary[cell] = True
    return primary


def _targets(system: CountSystem, joint: Joint, smallest: int, earlier: Sequence[Release]) -> Iterator[_Target]:
    last = joint.releases - 1
    for cell in map(int, np.flatnonzero(system.values > 0)):
        small = bool(system.values[cell] < smallest)
        yield _Target(last, cell, None, _unit(joint, last, cell), small, None if small else cell)
    for at, release in enumerate(earlier):
        for cell in map(int, np.flatnonzero(release.hidden)):
            yield _Target(at, cell, None, _unit(joint, at, cell), bool(release.values[cell] < smallest), None)
    for cell, at in small_changes(system, earlier, smallest):
        change: Reals = _unit(joint, last, cell) - _unit(joint, at, cell)
        if system.values[cell] < earlier[at].values[cell]:
            change = -change
        yield _Target(last, cell, at, change, False, None)


def _unit(joint: Joint, release: int, cell: int) -> Reals:
    found = np.zeros(len(joint.truth))
    found[release * joint.cells + cell] = 1.0
    return found


def _matters(target: _Target, hidden: Marks) -> bool:
    return target.only_if is None or bool(hidden[target.only_if])


def _is_wide(target: _Target, known: Believable, number: int, smallest: int) -> bool:
    """Whether counts found before show already that the target can be anything it must be able to be."""
    low = target.combination @ known.joint.truth if target.upward else known.least[number]
    return bool(known.most[number] - low >= smallest - 1)


def _cuts(attacker: Attacker, known: Believable, target: _Target, smallest: int) -> Iterator[_Cut]:
    """The cut that a target too narrow under the present pattern gives; none where it is wide enough."""
    joint, need = attacker.joint, float(smallest - 1)
    true = float(target.combination @ joint.truth)
    most, counts, rising = attacker.most(target.combination)
    known.add(counts)
    if most - true >= need - _TINY:
        return
    weights, fixed = _reach(joint, rising, need)
    if not target.upward:
        least, counts, falling = attacker.most(target.combination, -1)
        known.add(counts)
        if most + least >= need - _TINY:
            return
        more, fixed_too = _reach(joint, falling, need)
        weights, fixed = weights + more, fixed + fixed_too
    needed = need - fixed
    yield _Cut(np.minimum(weights, needed), needed, target.only_if)


def _reach(joint: Joint, reduced: Reals, need: float) -> tuple[Reals, float]:
    """By the dual: how far each cell of this release, if hidden, lets the target move; and what the rest lets it."""
    reduced = np.where(np.abs(reduced) < _TINY, 0.0, reduced)
    room = np.maximum(joint.truth - 1.0, 0.0)
    room[joint.before + joint.cells :] = joint.truth[joint.before + joint.cells :]
    down = np.where(reduced < 0, -reduced * room, 0.0)
    reach = np.where(reduced > 0, need, down)
    unknown = np.zeros(len(reach), dtype=bool)
    unknown[: joint.before] = joint.hidden_before
    unknown[joint.before + joint.cells :] = True
    return reach[joint.now], float(np.where(reduced > 0, 0.0, down)[unknown].sum())


class _Master:
    """The 0-1 program that chooses the cheapest pattern keeping every cut so far."""

    def __init__(self, system: CountSystem, primary: Marks) -> None:
        self.cells = len(system.values)
        self.may = system.values > 0
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("mip_rel_gap", 0.02)
        self.solver.setOptionValue("mip_max_nodes", _NODES)
        cost = 1.0 + np.log2(1.0 + system.values)
        for cell in range(self.cells):
            self.solver.addVar(1.0 if primary[cell] else 0.0, 1.0 if self.may[cell] else 0.0)
        everything = np.arange(self.cells, dtype=np.int32)
        self.solver.changeColsCost(self.cells, everything, cost)
        self.solver.changeColsIntegrality(
            self.cells, everything, np.array([highspy.HighsVarType.kInteger] * self.cells)
        )

    def demand(self, cut: _Cut) -> None:
        """Add a cut that every later pattern must keep."""
        weights = np.where(self.may, cut.weights, 0.0)
        least = cut.least
        if cut.only_if is not None:
            weights = weights.copy()
            weights[cut.only_if] -= least
            least = 0.0
        places = np.flatnonzero(weights).astype(np.int32)
        self.solver.addRow(least - _TINY, highspy.kHighsInf, len(places), places, weights[places])

    def cheapest(self) -> Marks:
        """The cheapest pattern found; raises Unprotectable where there is none."""
        self.solver.run()
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            raise _cannot()
        values = np.array(self.solver.getSolution().col_value)
        return values > 0.5 if len(values) else self.may

    def keep(self, hidden: Marks) -> None:
        """Hide these from here on."""
        for cell in np.flatnonzero(hidden):
            self.solver.changeColBounds(int(cell), 1.0, 1.0)


def _proved(known: Believable, targets: Sequence[_Target], linear: Attacker, found: Protected) -> Protected | None:
    """The pattern with a pair of witnesses in whole numbers for every target; None where one has none."""
    whole = Attacker(known.joint, room=8 * found.smallest, whole=True)
    whole.sees(found.hidden)
    witnesses = []
    for number, target in enumerate(targets):
        if not _matters(target, found.hidden):
            continue
        witness = _witness(known, number, target, found.smallest - 1, (linear, whole))
        if witness is None:
            return None
        witnesses.append(witness)
    return replace(found, witnesses=tuple(witnesses))


def _witness(
    known: Believable, number: int, target: _Target, need: int, solvers: tuple[Attacker, Attacker]
) -> Witness | None:
    """The truth and counts far above it; where that is not asked, also counts on both sides of it."""
    truth = known.joint.truth
    true = _value(target, truth)
    for above in range(need, -1, -1):
        most = _whole_counts(known, number, target, 1, true + above, solvers)
        if most is None:
            if target.upward:
                return None
            continue
        high = _value(target, most)
        if high - true >= need:
            return Witness(target.release, target.cell, target.since, true, high, truth, most)
        least = _whole_counts(known, number, target, -1, need - high, solvers)
        if least is not None:
            return Witness(target.release, target.cell, target.since, _value(target, least), high, least, most)
    return None


def _value(target: _Target, counts: Whole) -> int:
    return round(float(target.combination @ counts))


def _whole_counts(
    known: Believable, number: int, target: _Target, sign: int, enough: int, solvers: tuple[Attacker, Attacker]
) -> Whole | None:
    """Whole counts in which `sign` times the target is `enough`: found before, or a corner of the linear program."""
    linear, whole = solvers
    found = known.whole_counts(number, sign, enough)
    if found is None:
        known.add(linear.most(target.combination, sign)[1])
        found = known.whole_counts(number, sign, enough)
    if found is None and (counts := whole.reaching(sign * target.combination, enough)) is not None:
        known.add(counts)
        found = known.whole_counts(number, sign, enough)
    return found


def _room(smallest: int) -> int:
    """How far above the truth the programs look: what reaches further passes this too."""
    return 100 * smallest


def _cannot() -> Unprotectable:
    return Unprotectable(
        "what was shown before leaves no way to show this table without telling of a small group: "
        "wait until more persons have been added, or leave it out",
        "lo ya publicado no deja modo de mostrar esta tabla sin delatar a un grupo pequeño: "
        "espere a que se añadan más personas, o no la publique",
    )
