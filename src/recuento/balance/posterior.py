"""A posterior over worlds: what the figures suggest if each claim is true with a stated trust. An illustration.

Every world in whole numbers that obeys the identities has a weight: for each source, its figure is either true (the
number follows the expression: "about" is a triangle, "at least" decays) or wrong (the number lies around it, with a
log-normal error). Claims that rest on one source are one source here. How much is trusted, and what counts as one
source, are stated by whoever asks; both are conventions, and the result is to be shown with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from recuento.balance.convergence import effective_sample_size, split_r_hat
from recuento.balance.refusals import refuse_malformed
from recuento.balance.system import Part, System, in_force, parts_of, system_of
from recuento.balance.walking import Walker, Weights
from recuento.balance.weights import log_weights
from recuento.errors import InvalidValue
from recuento.model.balance import World
from recuento.model.claim import Claim
from recuento.model.ledger import Constraint, Ledger

_CAP_MAX = 300_000
_SPREAD_STEPS = 200
R_HAT_MAX = 1.05
"""Above this the chains do not agree, and whoever shows the estimate has to say so."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How to sample: chains, kept steps a chain, steps between kept ones at first, how often to go on, and the seed.

    Where the chains do not agree yet, sampling goes on from where they are with twice the steps between kept ones,
    and what came before is left out: at most `rounds` times, until every R-hat is at most `r_hat` and every
    effective sample size at least `effective_size`.
    """

    chains: int = 8
    steps: int = 1_000
    thin: int = 2
    seed: int = 1
    rounds: int = 8
    r_hat: float = 1.03
    effective_size: float = 200.0


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
    """As it was in the end: `thin` is the greatest that was needed."""

    def of(self, term: str) -> TermEstimate | None:
        """The estimate of that term, or None."""
        return next((estimate for estimate in self.terms if estimate.term == term), None)

    @property
    def r_hat_max(self) -> float:
        """The worst agreement among the chains; above R_HAT_MAX the estimate is to be shown with a warning."""
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
    weights = log_weights(system, held, claims, groups, trusted, cap)
    wanted = [id for id in system.terms if terms is None or id in frozenset(terms)]
    parts = [part for part in parts_of(system) if any(system.terms[c] in wanted for c in part.columns)]
    estimates: list[TermEstimate] = []
    thin = chosen.thin
    for part in parts:
        found, thin_here = _sampled(system, part, weights, cap, chosen, frozenset(wanted))
        estimates += found
        thin = max(thin, thin_here)
    return Posterior(
        terms=tuple(sorted(estimates, key=lambda estimate: estimate.term)),
        trust=tuple(sorted(trusted.items())),
        sources=tuple(groups),
        cap=cap,
        sampling=replace(chosen, thin=thin),
    )


def _sampled(
    system: System, part: Part, weights: Weights, cap: int, sampling: Sampling, wanted: frozenset[str]
) -> tuple[list[TermEstimate], int]:
    """The estimates of the wanted terms of the part, and how many steps lay between kept ones in the last round."""
    rng = np.random.default_rng(sampling.seed)
    walker = Walker(system, part, weights, cap=cap, chains=sampling.chains, rng=rng)
    walker.walk(_SPREAD_STEPS, heat=0.1)
    walker.walk(sampling.steps * sampling.thin // 2)
    thin = sampling.thin
    for last in range(sampling.rounds - 1, -1, -1):
        draws = _kept(walker, sampling.steps, thin)
        found = [
            _estimate(system.terms[column], draws[:, :, place])
            for place, column in enumerate(part.columns)
            if system.terms[column] in wanted
        ]
        if not last or all(_is_settled(estimate, sampling) for estimate in found):
            break
        thin *= 2
    return found, thin


def _kept(walker: Walker, steps: int, thin: int) -> NDArray[np.int64]:
    """So many states of every chain, `thin` steps apart: chains by steps by columns."""
    kept = np.empty((len(walker.states), steps, walker.states.shape[1]), dtype=np.int64)
    for at in range(steps):
        walker.walk(thin)
        kept[:, at] = walker.states
    return kept


def _is_settled(estimate: TermEstimate, sampling: Sampling) -> bool:
    return estimate.r_hat <= sampling.r_hat and estimate.effective_size >= sampling.effective_size


def _estimate(term: str, draws: NDArray[np.int64]) -> TermEstimate:
    low, median, high = np.quantile(draws, [0.05, 0.5, 0.95], method="inverted_cdf")
    return TermEstimate(
        term, int(median), int(low), int(high), round(split_r_hat(draws), 4), round(effective_sample_size(draws), 1)
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
