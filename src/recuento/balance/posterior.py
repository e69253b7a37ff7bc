"""A posterior over worlds: what the figures suggest if each claim is true with a stated trust. An illustration.

Every world in whole numbers that obeys the identities has a weight: for each source, its figure is either true (the
number follows the expression: "about" is a triangle, "at least" decays) or wrong (the number lies around it, with a
log-normal error). Claims that rest on one source are one source here. How much is trusted, and what counts as one
source, are stated by whoever asks; both are conventions, and the result is to be shown with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recuento.balance.convergence import effective_sample_size, split_r_hat
from recuento.balance.directions import Directions, directions_of
from recuento.balance.expressions import log_chance
from recuento.balance.points import satisfies
from recuento.balance.refusals import refuse_malformed
from recuento.balance.system import Part, System, in_force, open_ends, parts_of, system_of
from recuento.errors import InvalidValue
from recuento.model.balance import World
from recuento.model.claim import Claim
from recuento.model.ledger import Constraint, Ledger

_CAP_MAX = 300_000
_TINY = 1e-300
_WINDOW = 400


@dataclass(frozen=True, slots=True)
class Sampling:
    """How to sample: chains, kept steps a chain, steps between kept ones, and the seed."""

    chains: int = 4
    steps: int = 1_000
    thin: int = 30
    seed: int = 1


@dataclass(frozen=True, slots=True)
class TermEstimate:
    """The posterior of one term: median and 90 % interval, with how well the chains agree."""

    term: str
    median: int
    low: int
    high: int
    r_hat: float
    effective_size: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """The estimate, with all that it rests on: trust by party, sources, cap, sampling."""

    terms: tuple[TermEstimate, ...]
    trust: tuple[tuple[str, float], ...]
    sources: tuple[tuple[str, ...], ...]
    """The dependence table: which claims were taken as one source."""
    cap: int
    sampling: Sampling

    def of(self, term: str) -> TermEstimate | None:
        """The estimate of that term, or None."""
        return next((estimate for estimate in self.terms if estimate.term == term), None)

    @property
    def r_hat_max(self) -> float:
        """The worst agreement among the chains; above 1.05 the estimate should not be shown."""
        return max((estimate.r_hat for estimate in self.terms), default=1.0)


def posterior(
    ledger: Ledger,
    constraints: Sequence[Constraint],
    world: World,
    claims: Mapping[str, Claim],
    *,
    trust: Mapping[str, float] | None = None,
    sources: Iterable[Sequence[str]] = (),
    sampling: Sampling | None = None,
    terms: Sequence[str] | None = None,
) -> Posterior:
    """Sample worlds and give the median and 90 % interval of each term (or of `terms`) in whole numbers.

    `trust` is the chance that a source of a party is right, 0.5 where it is not given. `sources` groups claims that
    rest on one source (copies.one_source); others stand alone. The same seed gives the same result. Raises
    InvalidValue where the figures are too large to sample or no world could be found to start from.
    """
    refuse_malformed(ledger, constraints)
    chosen = sampling or Sampling()
    held = in_force(constraints, world.claims, world.readings)
    system = system_of(ledger, world.readings)
    groups = _sources(held, sources)
    trusted = {claims[id].party: (trust or {}).get(claims[id].party, 0.5) for group in groups for id in group}
    cap = _cap(ledger, held)
    weights = _weights(system, held, claims, groups, trusted, cap)
    wanted = [id for id in system.terms if terms is None or id in frozenset(terms)]
    parts = [part for part in parts_of(system) if any(system.terms[c] in wanted for c in part.columns)]
    estimates: list[TermEstimate] = []
    for part in parts:
        draws = _sampled(system, part, weights, cap, chosen)
        estimates += [_estimate(system.terms[c], draws[c]) for c in part.columns if system.terms[c] in wanted]
    return Posterior(
        terms=tuple(sorted(estimates, key=lambda estimate: estimate.term)),
        trust=tuple(sorted(trusted.items())),
        sources=tuple(groups),
        cap=cap,
        sampling=chosen,
    )


def _sources(held: Sequence[Constraint], sources: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    present = {said.claim for said in held}
    groups = [tuple(id for id in group if id in present) for group in sources]
    groups = [group for group in groups if group]
    grouped = {id for group in groups for id in group}
    return sorted([*groups, *((id,) for id in sorted(present - grouped))])


def _cap(ledger: Ledger, held: Iterable[Constraint]) -> int:
    said = [end for constraint in held for end in (constraint.low, constraint.high) if end is not None]
    cap = ledger.upper if ledger.upper is not None else 2 * max([*said, 30])
    if cap > _CAP_MAX:
        raise InvalidValue(
            f"figures up to {cap} are too large to sample: the largest admitted is {_CAP_MAX}",
            f"hay cifras de hasta {cap}, demasiado grandes para muestrear: la mayor admitida es {_CAP_MAX}",
        )
    return cap


def _weights(
    system: System,
    held: Sequence[Constraint],
    claims: Mapping[str, Claim],
    groups: Iterable[Sequence[str]],
    trust: Mapping[str, float],
    cap: int,
) -> dict[int, NDArray[np.float64]]:
    """For each column the log weight of every value it can have."""
    values = np.arange(cap + 1, dtype=float)
    terms_of: dict[str, set[str]] = {}
    for said in held:
        terms_of.setdefault(said.claim, set()).add(said.term)
    weights: dict[int, NDArray[np.float64]] = {}
    for group in groups:
        for term in sorted({term for id in group for term in terms_of[id]}):
            mine = [claims[id] for id in group if term in terms_of[id]]
            right = np.sum([log_chance(claim.quantity, values) for claim in mine], axis=0)
            wrong = _log_wrong(mine[0], values)
            share = trust[mine[0].party]
            mixed = np.log(share * np.exp(right) + (1 - share) * np.exp(wrong) + _TINY)
            column = system.number[term]
            weights[column] = weights.get(column, np.zeros(cap + 1)) + mixed
    return weights


def _log_wrong(claim: Claim, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The log chance of each value if the figure is wrong: log-normal around it with a spread of 0.5."""
    low, high = claim.quantity.low, claim.quantity.high
    middle = float(low if high is None else high if low is None else (low + high) / 2)  # type: ignore[arg-type]
    logs = -((np.log1p(values) - np.log1p(middle)) ** 2) / (2 * 0.5**2) - np.log1p(values)
    return np.asarray(logs - np.log(np.exp(logs).sum()), dtype=np.float64)


def _estimate(term: str, draws: NDArray[np.int64]) -> TermEstimate:
    low, median, high = np.quantile(draws, [0.05, 0.5, 0.95], method="inverted_cdf")
    return TermEstimate(
        term, int(median), int(low), int(high), round(split_r_hat(draws), 4), round(effective_sample_size(draws), 1)
    )


def _sampled(
    system: System, part: Part, weights: Mapping[int, NDArray[np.float64]], cap: int, sampling: Sampling
) -> dict[int, NDArray[np.int64]]:
    """Draws of every column of the part: chains by kept steps. What comes before a chain has settled is left out."""
    moves = directions_of(system, part, frozenset(weights))
    walker = _Walker(system, part, moves, weights, cap)
    start = _start(system, part, cap)
    kept = np.empty((len(part.columns), sampling.chains, sampling.steps), dtype=np.int64)
    for chain, rng in enumerate(np.random.default_rng(sampling.seed).spawn(sampling.chains)):
        state = start.copy()
        for _ in range(sampling.steps * sampling.thin // 3):
            walker.step(state, rng)
        for at in range(sampling.steps):
            for _ in range(sampling.thin):
                walker.step(state, rng)
            kept[:, chain, at] = state
    return {column: kept[place] for place, column in enumerate(part.columns)}


class _Walker:
    """Gibbs moves along directions that keep every equation: each lands anywhere on its line, by weight."""

    def __init__(
        self, system: System, part: Part, moves: Directions, weights: Mapping[int, NDArray[np.float64]], cap: int
    ) -> None:
        # Where nobody speaks of a term that a move can set freely, small numbers are likelier: 1 / (1 + x).
        vague = -np.log1p(np.arange(cap + 1, dtype=float))
        tables = [
            weights.get(column, vague if column in moves.free else None) for place, column in enumerate(part.columns)
        ]
        rows = _one_way_rows(system, part)
        self._cap = cap
        families = [[_Line.of(effect, tables, rows) for effect in family] for family in moves.families]
        self._families = [family for family in families if family]

    def step(self, state: NDArray[np.int64], rng: np.random.Generator) -> None:
        """Move the state along one direction, chosen at random."""
        family = self._families[int(rng.random() * len(self._families))]
        line = family[int(rng.random() * len(family))]
        low, high = line.reach(state, self._cap)
        if rng.random() < 0.75:
            # A window that lies at random around the state can be drawn from either end: the move stays fair.
            offset = int(rng.random() * _WINDOW)
            low, high = max(low, -offset), min(high, _WINDOW - offset)
        if low >= high:
            return
        logs = line.logs(state, low, high)
        sums = np.cumsum(np.exp(logs - logs.max()))
        drawn = int(np.searchsorted(sums, rng.random() * sums[-1], side="right"))
        state[line.places] += line.effects * (low + min(drawn, high - low))


@dataclass(frozen=True, slots=True)
class _Line:
    """A direction: which places change and by how much, the one-way identities it touches, the tables it reads."""

    places: NDArray[np.int64]
    effects: NDArray[np.int64]
    rows: tuple[tuple[NDArray[np.int64], int, int], ...]
    tables: tuple[tuple[int, int, NDArray[np.float64]], ...]

    @classmethod
    def of(
        cls,
        effect: NDArray[np.int64],
        tables: Sequence[NDArray[np.float64] | None],
        rows: Iterable[tuple[NDArray[np.int64], int]],
    ) -> _Line:
        places = np.flatnonzero(effect)
        touched = tuple((cells, constant, int(cells @ effect)) for cells, constant in rows if cells @ effect)
        read = [(place, int(effect[place]), tables[place]) for place in map(int, places)]
        return cls(places, effect[places], touched, tuple((p, e, table) for p, e, table in read if table is not None))

    def reach(self, state: NDArray[np.int64], cap: int) -> tuple[int, int]:
        """How far one can go back and forth without leaving what is possible."""
        here = state[self.places]
        room = cap - here
        up = np.where(self.effects > 0, room // np.abs(self.effects), here // np.abs(self.effects))
        down = np.where(self.effects > 0, here // np.abs(self.effects), room // np.abs(self.effects))
        low, high = -int(down.min()), int(up.min())
        for cells, constant, slope in self.rows:
            slack = int(cells @ state) - constant
            if slope > 0:
                low = max(low, -(slack // slope))
            else:
                high = min(high, slack // -slope)
        return low, high

    def logs(self, state: NDArray[np.int64], low: int, high: int) -> NDArray[np.float64]:
        """The log weight of every point of the line from `low` to `high`."""
        logs = np.zeros(high - low + 1)
        for place, effect, table in self.tables:
            here = int(state[place])
            if effect == 1:
                logs += table[here + low : here + high + 1]
            elif effect == -1:
                logs += table[here - high : here - low + 1][::-1]
            else:
                logs += table[here + effect * np.arange(low, high + 1)]
        return logs


def _one_way_rows(system: System, part: Part) -> list[tuple[NDArray[np.int64], int]]:
    place = {column: at for at, column in enumerate(part.columns)}
    rows = []
    for row in (system.rows[number] for number in part.rows):
        if not row.equal:
            cells = np.zeros(len(part.columns), dtype=np.int64)
            for column, coefficient in row.cells:
                cells[place[column]] = coefficient
            rows.append((cells, row.constant))
    return rows


def _start(system: System, part: Part, cap: int) -> NDArray[np.int64]:
    """A world to start from: nobody anywhere, or a point of the linear program."""
    ends = open_ends(len(system.terms))
    ends.high = [cap] * len(system.terms)
    values: dict[int, int] = dict.fromkeys(part.columns, 0)
    if not satisfies(system, part, ends, values):
        values = _found_start(system, part, ends, values)
    return np.array([values[column] for column in part.columns], dtype=np.int64)


def _found_start(system: System, part: Part, ends: Any, values: dict[int, int]) -> dict[int, int]:
    from recuento.balance.linear import solver_present

    if solver_present():
        from recuento.balance.search import SearchGaveUp, searched_point

        try:
            found = searched_point(system, part, ends)[1]
        except SearchGaveUp:
            found = None
        if found is not None:
            return found
    raise InvalidValue(
        "no world was found to start the sampling from", "no se encontró un mundo desde el que empezar el muestreo"
    )
