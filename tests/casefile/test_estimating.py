"""The reconciled estimate of a casefile: several ways of weighing, each stated."""

from __future__ import annotations

from datetime import date

import pytest

from recuento.balance import world_of
from recuento.balance.posterior import Sampling
from recuento.casefile.events.balancing import Accounting
from recuento.casefile.events.estimating import EVEN_TRUST, LESS_TRUST, MORE_TRUST, Estimate, estimate_for
from recuento.model.casting import Event
from recuento.model.claim import Claim
from recuento.model.ledger import Constraint, Identity, Ledger, Term
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, quantity_from

_NAME = Bilingual.same("x")
DAY = PartialDate.of(date(2024, 1, 1))
EVENT = Event("e", _NAME, (), DAY, DAY, headline=("all", "rest"))
FEW = Sampling(steps=300, rounds=1)


def _claim(id: str, measure: str, number: int, party: str, cited: str = "") -> Claim:
    said = quantity_from(Comparison.EQ, (number,), str(number))
    return Claim(id, "e", "", f"speaker {id}", party, measure, said, stated=DAY, as_of=DAY, cited_source=cited)


CLAIMS = (
    _claim("A", "all", 61, "state"),
    _claim("B", "all", 47, "watch"),
    _claim("C", "all", 47, "press", cited="speaker B"),
    _claim("D", "moved", 31, "state"),
)
LEDGER = Ledger(
    tuple(Term(name, Bilingual.same(name), name) for name in ("all", "moved", "rest")),
    (Identity("sum", (("all", 1), ("moved", -1), ("rest", -1)), _NAME),),
)
SAID = tuple(
    Constraint(claim.id, claim.measure, int(claim.quantity.low or 0), int(claim.quantity.high or 0)) for claim in CLAIMS
)
WORLD = world_of("all", _NAME, [claim.id for claim in CLAIMS])
ACCOUNTING = Accounting("e", CLAIMS, LEDGER, SAID, (WORLD,))


@pytest.fixture(scope="module")
def estimate() -> Estimate:
    """The estimate of the little event, sampled briefly."""
    return estimate_for(ACCOUNTING, WORLD, EVENT, sampling=FEW)


def test_every_party_is_trusted_in_turn(estimate: Estimate) -> None:
    """All alike with and without copies, then each party; what each is trusted is part of the result."""
    assert [(w.trusted, w.merged) for w in estimate.weighings] == [
        (None, True), (None, False), ("press", True), ("state", True), ("watch", True),
    ]  # fmt: skip
    even, state = estimate.weighings[0].posterior, estimate.weighings[3].posterior
    assert set(dict(even.trust).values()) == {EVEN_TRUST}
    assert dict(state.trust) == {"state": MORE_TRUST, "press": LESS_TRUST, "watch": LESS_TRUST}


def test_copies_count_once_where_they_are_merged(estimate: Estimate) -> None:
    """The press repeats whom it cites: one source, unless every claim is asked to count."""
    merged, apart = (weighing.posterior.sources for weighing in estimate.weighings[:2])
    assert ("B", "C") in merged and ("B",) in apart and ("C",) in apart


def test_only_headline_terms_are_estimated(estimate: Estimate) -> None:
    """The terms are those of the measures that the event puts first, in its order."""
    assert estimate.terms == ("all", "rest")
    assert [term for term, _, _ in estimate.adjustment.ranges] == ["all", "rest"]
    assert {found.term for found in estimate.weighings[0].posterior.terms} == {"all", "rest"}


def test_trusting_a_party_draws_the_estimate_towards_it(estimate: Estimate) -> None:
    """Of 61 and 47, the trust in the state speaks for 61 and the observers' for 47."""
    medians = {
        weighing.trusted: found.median
        for weighing in estimate.weighings[2:]
        if (found := weighing.posterior.of("all")) is not None
    }
    assert medians["state"] > medians["watch"]


def test_the_same_seed_gives_the_same_estimate(estimate: Estimate) -> None:
    """Nothing in an estimate depends on the moment, nor on the order of the claims."""
    turned = Accounting("e", CLAIMS[::-1], LEDGER, SAID[::-1], (WORLD,))
    assert estimate_for(turned, WORLD, EVENT, sampling=FEW) == estimate
