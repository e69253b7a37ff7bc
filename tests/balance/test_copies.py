"""Claims that rest on one source count once."""

from __future__ import annotations

from dataclasses import replace

from recuento.balance import one_source
from recuento.model.claim import Claim, Grounds
from recuento.model.ledger import Constraint
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, quantity_from

DAY = PartialDate(2031, 3, 14)


def claim(id: str, document: str) -> Claim:
    """An invented claim of a speaker of its own, standing on one document."""
    eleven = quantity_from(Comparison.EQ, (11,), "11")
    grounds = (Grounds(document=document, statement=f"s-{id}", outlet=f"outlet {id}"),)
    return Claim(id, "fire", "prison", f"outlet {id}", "press", "died", eleven, DAY, DAY, grounds=grounds)


def said(*claims: Claim, high: int = 11) -> list[Constraint]:
    """What the claims say of one term."""
    return [Constraint(one.id, "died", 11, high) for one in claims]


def test_copies_of_one_wire_are_one_source() -> None:
    """Two outlets that print the same wire are grouped where the family of the documents is known, else not."""
    one, other = claim("a", "doc1"), claim("b", "doc2")
    assert one_source([one, other], said(one, other)) == (("a",), ("b",))
    assert one_source([one, other], said(one, other), {"doc2": "doc1"}) == (("a", "b"),)


def test_a_claim_that_also_stands_elsewhere_is_independent() -> None:
    """A second document of its own makes a claim more than an echo."""
    one = claim("a", "doc1")
    other = replace(claim("b", "doc2"), grounds=(*claim("b", "doc2").grounds, Grounds(document="doc3")))
    assert one_source([one, other], said(one, other), {"doc2": "doc1"}) == (("a",), ("b",))


def test_two_people_quoted_in_one_wire_are_two_sources() -> None:
    """A minister and an observatory that give the same figure in copies of one wire stay apart."""
    one, other = (replace(claim(id, f"doc{id}"), claimant=f"speaker {id}") for id in "ab")
    assert one_source([one, other], said(one, other), {"docb": "doca"}) == (("a",), ("b",))
