"""The balance against other people's solvers: equal answers, and times in one run.

The peers run in a process of their own, by the interpreter that `--peer-python` or RECUENTO_PEER_PYTHON names (one
that has cpmpy, z3-solver and ortools): HiGHS and OR-Tools cannot share a process.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from typing import Any

from balance_case import SharedCase, read_case  # type: ignore[import-not-found]
from balance_peers import PeerMissing, asked, peer_bounds, plain_ledger  # type: ignore[import-not-found]
from balance_trials import random_trial  # type: ignore[import-not-found]

from recuento.balance import balance, clashes, world_of
from recuento.model.ledger import Constraint, Identity, Ledger, Term
from recuento.values.bilingual import Bilingual

_NAME = Bilingual.same("benchmark")
Told = tuple[str, str, bool]
Timed = Callable[[Callable[[], Any], int], tuple[float, Any]]


def peer_python(given: str | None) -> str | None:
    """The interpreter of the peers: the one given, else that of RECUENTO_PEER_PYTHON, else none."""
    return given or os.environ.get("RECUENTO_PEER_PYTHON") or None


def random_bars(python: str, trials: int) -> list[Told]:
    """Bounds of random small ledgers by z3 and by CP-SAT."""
    rng = random.Random(20231004)
    drawn = [random_trial(rng) for _ in range(trials)]
    asked_of = [(trial.ledger, trial.constraints) for trial in drawn]
    return [_agreement(f"{kind} agrees on random ledgers, 100 %", asked_of, python, kind) for kind in ("z3", "cpsat")]


def world_bars(python: str, folder: Any) -> list[Told]:
    """Bounds of every world of the shared case by z3: each party, each speaker, each set that a finding names."""
    case: SharedCase = read_case(folder)
    said = case.constraints()
    chosen = {frozenset(c.id for c in case.claims if c.party == party) for party in {c.party for c in case.claims}}
    chosen |= {frozenset(c.id for c in case.claims if c.claimant == who) for who in {c.claimant for c in case.claims}}
    chosen |= {frozenset(f["claims"]) for f in case.findings if isinstance(f.get("claims"), list)}
    worlds = [tuple(c for c in said if c.claim in ids) for ids in sorted(chosen, key=sorted)]
    asked_of = [(case.imported.ledger, held) for held in worlds if held]
    return [_agreement("z3 agrees on the worlds of the shared case, 100 %", asked_of, python, "z3")]


def marco_bars(python: str, timed: Timed, folder: Any) -> list[Told]:
    """All conflicts and corrections by CPMpy's MARCO, its solver the faster of z3 and OR-Tools."""
    instances = [(f"small {seed}", *small_instance(seed)) for seed in (1, 2)]
    if folder.exists():
        case = read_case(folder)
        instances.append(("shared case", case.imported.ledger, case.constraints()))
    return [_faster(python, timed, *instance) for instance in instances]


def small_instance(seed: int) -> tuple[Ledger, tuple[Constraint, ...]]:
    """16 terms, 7 identities (parts make wholes, two of them tied across) and 30 claims, one in six of them off."""
    rng = random.Random(seed)
    names = [f"t{number}" for number in range(16)]
    truth = {name: rng.randint(1, 60) for name in names[6:]}
    rows: list[tuple[tuple[str, int], ...]] = []
    loose = names[6:]
    for whole in names[:6]:
        parts = [loose.pop(rng.randrange(len(loose))) for _ in range(min(len(loose), rng.randint(2, 3)))]
        truth[whole] = sum(truth[part] for part in parts)
        rows.append(((whole, 1), *((part, -1) for part in parts)))
        loose.append(whole)
    rows.append(((names[5], 1), (names[6], -1)))
    identities = [Identity(f"i{n}", cells, _NAME) for n, cells in enumerate(rows[:6])]
    if truth[names[5]] >= truth[names[6]]:
        from recuento.model.ledger import Relation

        identities.append(Identity("i6", rows[6], _NAME, Relation.GE))
    constraints = []
    for number in range(30):
        name = rng.choice(names)
        value = truth[name] + (rng.choice([-1, 1]) * rng.randint(1, 30) if rng.random() < 1 / 6 else 0)
        low = max(0, value)
        constraints.append(Constraint(f"k{number:02}", name, low, rng.choice([low, low, low + 5, None])))
    return Ledger(tuple(Term(name, _NAME) for name in names), tuple(identities)), tuple(constraints)


def _agreement(what: str, asked_of: Sequence[tuple[Ledger, Sequence[Constraint]]], python: str, kind: str) -> Told:
    theirs = peer_bounds(python, kind, [plain_ledger(ledger, held) for ledger, held in asked_of])
    agree = 0
    for (ledger, held), other in zip(asked_of, theirs, strict=True):
        mine = balance(ledger, held, world_of("w", _NAME, [said.claim for said in held]))
        if other is None or not mine.consistent:
            agree += (other is None) and not mine.consistent
        else:
            agree += {bound.term: (bound.low, bound.high) for bound in mine.bounds} == other
    return what, f"{agree} of {len(theirs)}", agree == len(theirs)


def _faster(python: str, timed: Timed, name: str, ledger: Ledger, held: Sequence[Constraint]) -> Told:
    world = world_of("all", _NAME, [said.claim for said in held])
    seconds, mine = timed(lambda: clashes(ledger, held, world), 3)
    jobs = [{"kind": "marco", "solver": solver, "ledger": plain_ledger(ledger, held)} for solver in ("z3", "ortools")]
    found = [asked(python, [job])[0] for job in jobs]
    mine_sets = {frozenset(conflict.claims) for conflict in mine.conflicts}
    same = all({frozenset(claims) for claims in peer["MUS"]} == mine_sets for peer in found)
    same = same and all(len(peer["MCS"]) == mine.corrections_count for peer in found)
    ratio = min(peer["seconds"] for peer in found) / seconds
    times = ", ".join(f"{job['solver']} {peer['seconds']:.2f} s" for job, peer in zip(jobs, found, strict=True))
    counts = f"{len(mine.conflicts)} conflicts, {mine.corrections_count} corrections"
    equal = "the same" if same else "NOT the same"
    told = f"{ratio:.0f} times ({seconds:.3f} s; CPMpy with {times}); {counts}, {equal}"
    return f"faster than MARCO by CPMpy, {name}, at least 10 times", told, same and ratio >= 10


__all__ = ["PeerMissing", "marco_bars", "peer_python", "random_bars", "small_instance", "world_bars"]
