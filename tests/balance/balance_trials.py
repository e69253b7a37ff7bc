"""Small random ledgers and the slow, obvious way to solve them: try every point."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from recuento.balance.refusals import ledger_faults
from recuento.model.ledger import Constraint, Identity, Ledger, Relation, Term
from recuento.values.bilingual import Bilingual

_NO_WORDS = Bilingual.same("")


@dataclass(frozen=True)
class Trial:
    """A ledger in which every term has a cap (as an identity), so that trying every point decides."""

    kind: str
    ledger: Ledger
    constraints: tuple[Constraint, ...]
    box: int


def random_trial(rng: random.Random) -> Trial:
    """One small ledger: a tree, cycles, larger coefficients, or a three-way table."""
    while True:
        kind = rng.choice(["tree", "cyclic", "cyclic", "coefficients", "table"])
        trial = _table(rng) if kind == "table" else _loose(rng, kind)
        if not ledger_faults(trial.ledger):
            return trial


def _loose(rng: random.Random, kind: str) -> Trial:
    size, box = rng.choice([(3, 6), (4, 5), (5, 4)])
    names = [f"t{n}" for n in range(size)]
    rows = _tree_rows(rng, names) if kind == "tree" else _random_rows(rng, names, kind == "coefficients")
    truth = {name: rng.randint(0, box) for name in names}
    identities = []
    for number, (cells, constant) in enumerate(rows):
        if rng.random() < 0.8:
            constant = sum(coefficient * truth[name] for name, coefficient in cells)
        relation = rng.choice([Relation.EQ, Relation.EQ, Relation.GE])
        identities.append(Identity(f"i{number}", tuple(cells), _NO_WORDS, relation, constant))
    return _trial(rng, kind, truth, identities, box, claims=rng.randint(2, 6))


def _tree_rows(rng: random.Random, names: list[str]) -> list[tuple[list[tuple[str, int]], int]]:
    """Rows that each bring in new terms and touch one known term: no cycle."""
    known, new, rows = [names[0]], names[1:], []
    while new:
        taken = [new.pop() for _ in range(min(len(new), rng.randint(1, 2)))]
        cells = [(rng.choice(known), rng.choice([1, -1])), *((name, rng.choice([1, -1])) for name in taken)]
        rows.append((cells, rng.choice([0, 0, 0, 1, -1, 2])))
        known += taken
    return rows


def _random_rows(rng: random.Random, names: list[str], large: bool) -> list[tuple[list[tuple[str, int]], int]]:
    rows = []
    for _ in range(rng.randint(2, 4)):
        chosen = rng.sample(names, rng.randint(2, min(4, len(names))))
        signs = [1, -1, 2, -2, 3] if large else [1, -1]
        rows.append(([(name, rng.choice(signs)) for name in chosen], rng.choice([0, 0, 0, 1, -1, 2, 3])))
    return rows


def _table(rng: random.Random) -> Trial:
    """A table of 2 by 2 by 2 cells whose two-way margins are claimed: where sums alone do not decide."""
    cells = {place: f"c{''.join(map(str, place))}" for place in product((0, 1), repeat=3)}
    identities, margins = [], []
    for axis in range(3):
        for kept in product((0, 1), repeat=2):
            margin = f"m{axis}{kept[0]}{kept[1]}"
            margins.append(margin)
            inside = [
                name for place, name in cells.items() if tuple(v for a, v in enumerate(place) if a != axis) == kept
            ]
            row = ((margin, 1), *((name, -1) for name in inside))
            identities.append(Identity(f"sum-{margin}", row, _NO_WORDS))
    box = 2
    constraints = []
    truth = {place: rng.choice([0, 0, 1, 2]) for place in cells}
    for number, margin in enumerate(sorted(rng.sample(margins, rng.randint(6, 12)))):
        axis, kept = int(margin[1]), tuple(int(v) for v in margin[2:])
        value = sum(n for p, n in truth.items() if tuple(v for a, v in enumerate(p) if a != axis) == kept)
        value = rng.choice([value, value, value, value + 1, 1])
        constraints.append(Constraint(f"k{number}", margin, value, value))
    caps = [Identity(f"cap-{name}", ((name, -1),), _NO_WORDS, Relation.GE, -box) for name in cells.values()]
    terms = tuple(Term(name, _NO_WORDS) for name in (*cells.values(), *margins))
    return Trial("table", Ledger(terms, (*identities, *caps)), tuple(constraints), box)


def _trial(
    rng: random.Random, kind: str, truth: dict[str, int], identities: list[Identity], box: int, *, claims: int
) -> Trial:
    names = list(truth)
    caps = [Identity(f"cap-{name}", ((name, -1),), _NO_WORDS, Relation.GE, -box) for name in names]
    constraints = []
    for number in range(claims):
        term = rng.choice(names)
        one, other = sorted((rng.randint(0, box), rng.randint(0, box)))
        if rng.random() < 0.75:
            one, other = max(0, truth[term] - rng.randint(0, 2)), truth[term] + rng.randint(0, 2)
        form = rng.choice(["exact", "least", "most", "range"])
        low = None if form == "most" else one
        high = None if form == "least" else one if form == "exact" else other
        constraints.append(Constraint(f"k{number}", term, low, high))
    terms = tuple(Term(name, _NO_WORDS) for name in names)
    return Trial(kind, Ledger(terms, (*identities, *caps)), tuple(constraints), box)


class Tried:
    """Every point of a trial that obeys its identities, and which claims each point keeps."""

    def __init__(self, trial: Trial) -> None:
        self.names = [term.id for term in trial.ledger.terms]
        points = self._points(trial)
        columns = {name: points[:, place] for place, name in enumerate(self.names)}
        keep = np.ones(len(points), dtype=bool)
        for identity in trial.ledger.identities:
            total = sum(c * columns[t] for t, c in identity.coefficients)
            keep &= total == identity.constant if identity.relation is Relation.EQ else total >= identity.constant
        self.points = points[keep]
        self.held: dict[str, np.ndarray] = {}
        for said in trial.constraints:
            values = self.points[:, self.names.index(said.term)]
            held = np.ones(len(values), dtype=bool)
            if said.low is not None:
                held &= values >= said.low
            if said.high is not None:
                held &= values <= said.high
            self.held[said.claim] = self.held.get(said.claim, np.ones(len(values), dtype=bool)) & held

    @staticmethod
    def _points(trial: Trial) -> np.ndarray:
        if trial.kind != "table":
            axes = [np.arange(trial.box + 1)] * len(trial.ledger.terms)
            return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))
        cells = np.stack(np.meshgrid(*[np.arange(trial.box + 1)] * 8, indexing="ij"), axis=-1).reshape(-1, 8)
        names = [term.id for term in trial.ledger.terms]
        sums = []
        for identity in trial.ledger.identities:
            if identity.id.startswith("sum-"):
                inside = [names.index(t) for t, c in identity.coefficients if c < 0]
                sums.append(cells[:, inside].sum(axis=1))
        return np.column_stack([cells, *sums])

    def possible(self, claims: frozenset[str]) -> np.ndarray:
        """The points that keep all those claims."""
        keep = np.ones(len(self.points), dtype=bool)
        for claim in claims:
            keep &= self.held[claim]
        return self.points[keep]

    def bounds(self, claims: frozenset[str]) -> dict[str, tuple[int, int]] | None:
        """The range of every term, None where no point is left."""
        left = self.possible(claims)
        if not len(left):
            return None
        return {name: (int(left[:, n].min()), int(left[:, n].max())) for n, name in enumerate(self.names)}

    def smallest_conflicts(self) -> set[frozenset[str]]:
        """Every set of claims that leaves no point while each smaller one leaves some."""
        found: set[frozenset[str]] = set()
        for size in range(1, len(self.held) + 1):
            for chosen in combinations(sorted(self.held), size):
                group = frozenset(chosen)
                if not any(one <= group for one in found) and not len(self.possible(group)):
                    found.add(group)
        return found
