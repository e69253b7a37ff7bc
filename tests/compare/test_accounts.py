"""The table of accounts: rows are questions, columns are parties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from recuento.compare import side_by_side
from recuento.model.accounts import Agreement, Standing
from recuento.model.casting import Cast, Event, Party
from recuento.model.claim import Claim
from recuento.model.measure import standard_vocabulary
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, quantity_from

DAY = date(2031, 3, 14)
EVENT = Event(
    "fire", Bilingual.same("Fire"), ("valdeoscuro",), PartialDate.of(DAY), PartialDate.of(DAY), headline=("died",)
)
CAST = Cast(
    parties=tuple(Party(id, Bilingual.same(id), Bilingual.same(id)) for id in ("state", "ngo", "press")),
    events=(EVENT,),
)
WORDS = standard_vocabulary()


def claim(id: str, low: int, *, party: str = "state", measure: str = "died", days: int = 0, **more: object) -> Claim:
    """An invented claim."""
    made = Claim(
        id=id,
        event="fire",
        facility="valdeoscuro",
        claimant=str(more.pop("claimant", party)),
        party=party,
        measure=measure,
        quantity=quantity_from(Comparison.EQ, (low,), str(low)),
        stated=PartialDate.of(DAY + timedelta(days)),
        as_of=PartialDate.of(DAY),
    )
    return replace(made, **more)  # type: ignore[arg-type]


claims = st.builds(
    claim,
    id=st.uuids().map(str),
    low=st.integers(0, 5),
    party=st.sampled_from(["state", "ngo", "press"]),
    measure=st.sampled_from(["died", "population", "recaptured", "unheard_of"]),
    days=st.integers(0, 5),
)


@given(st.lists(claims, unique_by=lambda c: c.id, max_size=12), st.randoms())
def test_the_order_of_claims_is_irrelevant(given_claims: list[Claim], random: object) -> None:
    """The same claims give the same table whichever was entered first."""
    shuffled = list(given_claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert side_by_side(EVENT, given_claims, CAST, WORDS) == side_by_side(EVENT, shuffled, CAST, WORDS)


@given(st.lists(claims, unique_by=lambda c: c.id, max_size=12))
def test_every_claim_stands_in_one_cell_of_its_party(given_claims: list[Claim]) -> None:
    """Nothing said is lost or shown twice, and every row has a cell for every party."""
    table = side_by_side(EVENT, given_claims, CAST, WORDS)
    shown = [(cell.party, said.claim.id) for row in table.rows for cell in row.cells for said in cell.said]
    assert sorted(shown) == sorted((c.party, c.id) for c in given_claims)
    assert all(tuple(cell.party for cell in row.cells) == table.parties for row in table.rows)


def test_a_later_figure_of_the_same_speaker_stands_beside_the_earlier() -> None:
    """Eleven, then fourteen: the first is revised, by the second, and neither is hidden."""
    table = side_by_side(EVENT, [claim("b", 14, days=3), claim("a", 11)], CAST, WORDS)
    said = table.rows[0].cells[0].said
    assert [(s.claim.id, s.standing, s.replaced_by) for s in said] == [
        ("a", Standing.REVISED, "b"),
        ("b", Standing.CURRENT, None),
    ]


def test_two_figures_on_one_day_are_no_revision() -> None:
    """Nobody can say which of two figures of one day replaced the other."""
    table = side_by_side(EVENT, [claim("a", 11), claim("b", 14)], CAST, WORDS)
    assert {s.standing for s in table.rows[0].cells[0].said} == {Standing.CURRENT}
    assert table.rows[0].agreement is Agreement.DIFFER


def test_silence_is_a_cell_that_says_nothing() -> None:
    """A party without a figure has an empty cell, and "not known" is silence too, never zero."""
    unknown = replace(claim("s", 0, party="ngo"), quantity=quantity_from(Comparison.UNKNOWN, (), "se desconoce"))
    table = side_by_side(EVENT, [claim("a", 11), unknown, claim("p", 3, party="press", measure="injured")], CAST, WORDS)
    died = table.rows[0]
    assert [cell.is_silent for cell in died.cells] == [False, True, True]
    assert died.agreement is Agreement.ALONE


def test_running_counts_of_different_days_do_not_disagree() -> None:
    """87 recaptured by one day and 88 by the next are two questions."""
    one = claim("a", 87, measure="recaptured")
    other = replace(claim("b", 88, measure="recaptured", party="ngo"), as_of=PartialDate.of(DAY + timedelta(1)))
    assert len(side_by_side(EVENT, [one, other], CAST, WORDS).rows) == 2


def test_figures_of_different_subsets_are_not_held_against_each_other() -> None:
    """Four guards and fifty soldiers can both be detained."""
    one = replace(claim("a", 4), subset="prison guards")
    other = replace(claim("b", 50, party="press"), subset="soldiers")
    assert side_by_side(EVENT, [one, other], CAST, WORDS).rows[0].agreement is not Agreement.DIFFER


def test_a_withdrawn_claim_stays_and_is_marked() -> None:
    """What was taken back is shown as taken back."""
    table = side_by_side(EVENT, [claim("a", 11)], CAST, WORDS, withdrawn=frozenset({"a"}))
    assert table.rows[0].cells[0].said[0].standing is Standing.WITHDRAWN
