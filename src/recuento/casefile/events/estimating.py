"""The reconciled estimate of an event: what its figures suggest when they cannot all be true. An illustration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recuento.balance.adjustment import Adjustment, least_adjustment
from recuento.balance.posterior import Posterior, Sampling, posterior
from recuento.casefile.documents.preserving import Progress
from recuento.casefile.events.balancing import Accounting
from recuento.casefile.events.independence import independent_sources
from recuento.model.balance import World
from recuento.model.casting import Event

EVEN_TRUST = 0.5
MORE_TRUST = 0.8
LESS_TRUST = 0.3
"""Conventions: the chance that a source is right, of parties trusted alike, of the one trusted, and of the others."""

ROUNDS = 6
"""So that a command ends within minutes; where the chains do not agree by then, that is said."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """One way of weighing the sources, and what it suggests."""

    trusted: str | None
    """The party that is trusted more than the others; None where all are trusted alike."""
    merged: bool
    """Whether claims that rest on one source count once."""
    posterior: Posterior


@dataclass(frozen=True, slots=True)
class Estimate:
    """The least adjustment and the posteriors of the headline terms. An illustration: it is not a finding."""

    event: str
    world: World
    terms: tuple[str, ...]
    adjustment: Adjustment
    weighings: tuple[Weighing, ...]
    """The first trusts all parties alike and counts copies once; the others differ from it in one respect."""

    @property
    def r_hat_max(self) -> float:
        """The worst agreement among the chains of any weighing."""
        return max(weighing.posterior.r_hat_max for weighing in self.weighings)


def estimate_for(
    accounting: Accounting,
    world: World,
    event: Event,
    *,
    copies: Mapping[str, str] | None = None,
    sampling: Sampling | None = None,
    progress: Progress | None = None,
) -> Estimate:
    """Estimate the headline terms of the event from the claims of the world, weighed in several ways.

    All parties alike, with copies counted once; the same with every claim counted; then each party trusted in turn.
    `copies` is what `copied_from` gives: outlets that carry one wire are then one source, not as many as they are.
    The same seed gives the same result. Raises NoSolver without HiGHS, and InvalidValue where the figures are too
    large to sample.
    """
    terms = tuple(term.id for measure in event.headline for term in accounting.ledger.terms if term.measure == measure)
    adjustment = least_adjustment(accounting.ledger, accounting.constraints, world, terms=terms)
    parties = _parties(accounting, world)
    ways: list[tuple[str | None, bool]] = [(None, True), (None, False), *((party, True) for party in parties)]
    groups = independent_sources(accounting, world, copies).groups
    weighings = []
    for done, (trusted, merged) in enumerate(ways):
        if progress is not None:
            progress(done, len(ways), trusted or "")
        found = _weighed(accounting, world, terms, _trust(parties, trusted), groups if merged else (), sampling)
        weighings.append(Weighing(trusted, merged, found))
    return Estimate(event.id, world, terms, adjustment, tuple(weighings))


def _weighed(
    accounting: Accounting,
    world: World,
    terms: tuple[str, ...],
    trust: Mapping[str, float],
    groups: tuple[tuple[str, ...], ...],
    sampling: Sampling | None,
) -> Posterior:
    return posterior(
        accounting.ledger,
        accounting.constraints,
        world,
        {claim.id: claim for claim in accounting.claims},
        trust=trust,
        sources=groups,
        sampling=sampling or Sampling(rounds=ROUNDS),
        terms=terms,
    )


def _parties(accounting: Accounting, world: World) -> list[str]:
    """The parties with a figure in the world."""
    held = {said.claim for said in accounting.constraints} & set(world.claims)
    return sorted({claim.party for claim in accounting.claims if claim.id in held})


def _trust(parties: list[str], trusted: str | None) -> dict[str, float]:
    if trusted is None:
        return dict.fromkeys(parties, EVEN_TRUST)
    return {party: MORE_TRUST if party == trusted else LESS_TRUST for party in parties}
