"""The lightest corrections, best first, without listing all of them.

Implicit hitting sets: take the lightest set that meets every conflict found so far; if what it leaves is possible
it is a lightest correction, and that is proved; if not, there are new conflicts to meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recuento.balance.clashes import oracle_for, separate_items
from recuento.balance.hitting import lightest_hitting_set
from recuento.balance.oracle import Oracle
from recuento.balance.refusals import refuse_malformed
from recuento.balance.system import in_force
from recuento.model.balance import Correction, World
from recuento.model.ledger import Constraint, Ledger

_ROUNDS_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Corrections:
    """The lightest corrections of one group of claims, best first.

    `proved`: no correction is lighter than those listed. `conflicts_met` is how many conflicts that took.
    """

    best: tuple[Correction, ...]
    proved: bool
    conflicts_met: int


def corrections(
    ledger: Ledger,
    constraints: Sequence[Constraint],
    world: World,
    *,
    most: int = 10,
    weights: Mapping[str, float] | None = None,
    solver: bool | None = None,
) -> tuple[Corrections, ...]:
    """Give for each group of claims that clash the `most` lightest smallest corrections.

    A correction is a set of claims whose removal makes the rest possible. Claims that say the same weigh as one,
    1 unless `weights` says otherwise (by claim id; the heaviest of the copies counts). A correction of the whole
    takes one of each group. The least correction is not the truth: it is the fewest claims that could be wrong.
    """
    refuse_malformed(ledger, constraints)
    oracle = oracle_for(ledger, in_force(constraints, world.claims, world.readings), world, solver)
    given = weights or {}
    weight = {n: max(given.get(id, 1.0) for id in item.claims) for n, item in enumerate(oracle.items)}
    groups = [_best(oracle, numbers, weight, most) for numbers in separate_items(oracle)]
    return tuple(group for group in groups if group.best or not group.proved)


def _best(oracle: Oracle, numbers: Sequence[int], weight: Mapping[int, float], most: int) -> Corrections:
    conflicts: list[frozenset[int]] = []
    found: list[frozenset[int]] = []
    proved = True
    for _ in range(_ROUNDS_MAX):
        chosen = lightest_hitting_set(conflicts, weight, found, solver=oracle.solver)
        if chosen is None:
            break
        new = _conflicts_within(oracle, [n for n in numbers if n not in chosen])
        if new:
            conflicts += new
        elif not chosen:
            break
        else:
            found.append(chosen)
            if len(found) == most:
                break
    else:
        proved = False
    best = tuple(_correction(oracle, chosen, weight) for chosen in found)
    return Corrections(best, proved, len(conflicts))


def _conflicts_within(oracle: Oracle, chosen: Sequence[int]) -> list[frozenset[int]]:
    """Conflicts that share no claim, until the rest is possible. Not always smallest: meeting them is what counts."""
    found: list[frozenset[int]] = []
    left = list(chosen)
    while True:
        proofs = oracle.contradictions(left)
        if not proofs:
            return found
        for proof in proofs:
            found.append(oracle.narrowed(proof))
        gone = frozenset().union(*(oracle.blamed(proof) for proof in proofs))
        if not gone:
            # The identities alone are impossible: no removal of claims would help.
            return found
        left = [number for number in left if number not in gone]


def _correction(oracle: Oracle, chosen: frozenset[int], weight: Mapping[int, float]) -> Correction:
    claims = sorted(claim for number in chosen for claim in oracle.items[number].claims)
    return Correction(tuple(claims), weight=sum(weight[number] for number in sorted(chosen)))
