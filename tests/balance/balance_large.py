"""A large synthetic ledger: facilities by days, with monthly and national totals, and claims around a known truth."""

from __future__ import annotations

import random
from dataclasses import dataclass

from recuento.model.ledger import Constraint, Identity, Ledger, Term
from recuento.values.bilingual import Bilingual

_NO_WORDS = Bilingual.same("")
_MONTHLY = ("admitted", "released", "moved_in", "moved_out", "died")
_NATIONAL = ("held", "admitted", "released")


@dataclass(frozen=True)
class Large:
    """The instance, its false claims, and some terms worth asking for."""

    ledger: Ledger
    constraints: tuple[Constraint, ...]
    false_claims: frozenset[str]
    national: str
    some_terms: tuple[str, ...]

    @property
    def false(self) -> int:
        """How many claims are false."""
        return len(self.false_claims)

    def true_only(self) -> tuple[Constraint, ...]:
        """The claims that are true."""
        return tuple(said for said in self.constraints if said.claim not in self.false_claims)


def large_instance(*, claims: int, seed: int, facilities: int = 200, days: int = 30) -> Large:
    """Twelve terms a facility and day, monthly totals by facility, national totals by day; 0.5 % of claims false."""
    rng = random.Random(seed)
    truth: dict[str, int] = {}
    rows: list[tuple[str, list[tuple[str, int]]]] = []
    for facility in range(facilities):
        held = truth[f"held/{facility}/0"] = rng.randint(50, 3000)
        for day in range(1, days + 1):
            held = _day(rng, truth, rows, facility, day, held)
        for measure in _MONTHLY:
            _total(
                truth, rows, f"{measure}/{facility}/month", [f"{measure}/{facility}/{d}" for d in range(1, days + 1)]
            )
    for day in range(1, days + 1):
        for measure in _NATIONAL:
            _total(truth, rows, f"{measure}/all/{day}", [f"{measure}/{f}/{day}" for f in range(facilities)])
    terms = tuple(Term(name, _NO_WORDS) for name in truth)
    identities = tuple(Identity(id, tuple(cells), _NO_WORDS) for id, cells in rows)
    constraints, false = _claims(rng, truth, claims)
    national = f"held/all/{days}"
    some = tuple(rng.choice(list(truth)) for _ in range(3))
    return Large(Ledger(terms, identities), constraints, false, national, some)


def _day(
    rng: random.Random, truth: dict[str, int], rows: list[tuple[str, list[tuple[str, int]]]], facility: int, day: int,
    held: int,
) -> int:  # fmt: skip
    def name(measure: str, on: int = day) -> str:
        return f"{measure}/{facility}/{on}"

    new, back, court, served = (rng.randint(0, 9) for _ in range(4))
    court, served = min(court, held // 4), min(served, held // 4)
    into, out = rng.randint(0, 20), min(rng.randint(0, 20), held // 4)
    escaped, recaptured, died = int(rng.random() < 0.05), int(rng.random() < 0.03), int(rng.random() < 0.1)
    after = held + new + back + into + recaptured - court - served - out - escaped - died
    values = {
        "new": new, "back": back, "admitted": new + back, "court": court, "served": served, "released": court + served,
        "moved_in": into, "moved_out": out, "escaped": escaped, "recaptured": recaptured, "died": died, "held": after,
    }  # fmt: skip
    truth.update((name(measure), value) for measure, value in values.items())
    place = f"{facility}/{day}"
    rows.append((f"admitted {place}", [(name("admitted"), 1), (name("new"), -1), (name("back"), -1)]))
    rows.append((f"released {place}", [(name("released"), 1), (name("court"), -1), (name("served"), -1)]))
    gains = [(name("held", day - 1), -1), *((name(m), -1) for m in ("admitted", "moved_in", "recaptured"))]
    losses = [(name(m), 1) for m in ("released", "moved_out", "escaped", "died")]
    rows.append((f"stock {place}", [(name("held"), 1), *gains, *losses]))
    return after


def _total(truth: dict[str, int], rows: list[tuple[str, list[tuple[str, int]]]], total: str, parts: list[str]) -> None:
    truth[total] = sum(truth[part] for part in parts)
    rows.append((f"total {total}", [(total, 1), *((part, -1) for part in parts)]))


def _claims(rng: random.Random, truth: dict[str, int], count: int) -> tuple[tuple[Constraint, ...], frozenset[str]]:
    names = list(truth)
    constraints = []
    false = set()
    for number in range(count):
        id = f"c{number:07d}"
        term = rng.choice(names)
        value = truth[term]
        if rng.random() < 0.005:
            false.add(id)
            value = value * 2 + rng.randint(5, 500)
        form = rng.random()
        width = 0 if form < 0.6 else max(1, value // 10)
        high = None if form > 0.9 else value + width
        constraints.append(Constraint(id, term, max(0, value - width), high))
    return tuple(constraints), frozenset(false)
