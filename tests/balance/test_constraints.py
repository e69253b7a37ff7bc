"""From claims to constraints: readings, dates, certainty, copies and worlds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.balance import (
    balance,
    clashes,
    constraints_from,
    default_readings,
    favoured_world,
    left_out,
    one_source,
    uncontested_world,
    world_of,
    worlds_of,
)
from recuento.balance.constraints import rounded_ends
from recuento.model.casting import Party
from recuento.model.claim import Claim, Grounds
from recuento.model.ledger import Identity, Ledger, Reading, Term
from recuento.model.statement import Certainty
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, Quantity, grain_of, quantity_from

_NAME = Bilingual.same("x")
ROUND = Reading("round_exact", _NAME, rounding=True)
HELD = Reading("all_held", _NAME, measures=("back",))
LEDGER = Ledger(
    tuple(Term(m, Bilingual.same(m), m) for m in ("held", "moved", "missing", "back")),
    (Identity("roll", (("held", 1), ("moved", -1), ("missing", -1)), _NAME),),
    (ROUND, HELD),
)


def claim(
    id: str, measure: str, *numbers: int, how: Comparison = Comparison.EQ, day: str = "2024-03-02", **more
) -> Claim:
    """One invented figure."""
    on = PartialDate.parse(day)
    speaker, party = more.pop("by", "An office"), more.pop("party", "state")
    said = quantity_from(how, numbers, "said")
    return Claim(id, "event", "", speaker, party, measure, said, stated=on, as_of=on, **more)


@given(st.integers(1, 10**9))
def test_a_rounded_number_reaches_half_its_last_place_to_each_side(number: int) -> None:
    """1,600 stands for 1,550 to 1,649: as many numbers as its last non-zero place is worth."""
    low, high = rounded_ends(Quantity(number, number, "", Comparison.EQ, (number,)))
    assert low <= number
    if grain_of(number) > 1:
        assert (number - low, high - low + 1) == (grain_of(number) // 2, grain_of(number))


def test_round_numbers_are_exact_or_rounded_as_one_reads_them() -> None:
    """With the reading on, 1,600 is 1,600; with it off it is 1,550 to 1,649; 88 is 88 either way."""
    claims = [claim("a", "held", 1600), claim("b", "moved", 88)]
    exact = constraints_from(claims, LEDGER, ["round_exact"])
    assert ("a", 1600, 1600, "round_exact") in {(c.claim, c.low, c.high, c.reading) for c in exact}
    off = constraints_from(claims, LEDGER, [])
    assert {(c.claim, c.low, c.high, c.reading) for c in off} == {("a", 1550, 1649, None), ("b", 88, 88, None)}


def test_a_conflict_names_only_the_readings_it_needs() -> None:
    """1,500 against 1,600 clash rounded or not; 1,600 held and 1,601 missing clash only if 1,600 is exact."""
    claims = [claim("a", "held", 1600), claim("b", "held", 1500), claim("c", "missing", 1601)]
    said = constraints_from(claims, LEDGER)
    world = world_of("w", _NAME, "abc", default_readings(LEDGER))
    found = {c.claims: c.readings for c in clashes(LEDGER, said, world).conflicts}
    assert found == {("a", "b"): (), ("a", "c"): ("round_exact",), ("b", "c"): ()}


def test_a_reading_that_is_off_silences_its_claims() -> None:
    """Figures that rest on a reading say nothing while it is off, and are listed with the reason."""
    claims = [claim("a", "back", 7)]
    assert constraints_from(claims, LEDGER, []) == ()
    assert [one.claim for one in left_out(claims, LEDGER, [])] == ["a"]
    (said,) = constraints_from(claims, LEDGER, ["all_held"])
    assert (said.low, said.reading) == (7, "all_held")


@pytest.mark.parametrize("how", [Comparison.UNKNOWN, Comparison.UPTO])
def test_silence_constrains_nothing(how: Comparison) -> None:
    """ "Not known" and "up to" give no hard end, and are listed, never read as zero."""
    claims = [claim("a", "held", *((9,) if how is Comparison.UPTO else ()), how=how)]
    assert constraints_from(claims, LEDGER) == ()
    assert [one.claim for one in left_out(claims, LEDGER)] == ["a"]


def test_every_claim_bears_or_is_left_out() -> None:
    """No claim disappears without being listed."""
    claims = [claim("a", "held", 3), claim("b", "unknown measure", 4), claim("c", "held", how=Comparison.UNKNOWN)]
    bearing = {c.claim for c in constraints_from(claims, LEDGER)}
    out = {one.claim for one in left_out(claims, LEDGER)}
    assert bearing | out == {"a", "b", "c"} and not bearing & out


def test_what_was_known_on_a_day() -> None:
    """Figures said later do not count."""
    claims = [claim("a", "held", 3), claim("b", "held", 4, day="2024-03-05")]
    said = constraints_from(claims, LEDGER, as_of=PartialDate.parse("2024-03-04"))
    assert [c.claim for c in said] == ["a"]


def test_the_current_view_keeps_the_last_figure_of_each_speaker() -> None:
    """A revision replaces the same speaker's earlier figure of the same term, and nobody else's."""
    claims = [
        claim("a", "held", 3),
        claim("b", "held", 4, day="2024-03-05"),
        claim("c", "held", 5, by="Another office"),
        claim("d", "moved", 1),
    ]
    assert {c.claim for c in constraints_from(claims, LEDGER, current=True)} == {"b", "c", "d"}


def test_certainty_can_be_chosen() -> None:
    """Rumours can be left out."""
    claims = [claim("a", "held", 3), claim("b", "held", 4, certainty=Certainty.RUMOURED)]
    assert [c.claim for c in constraints_from(claims, LEDGER, certainties={Certainty.ASSERTED})] == ["a"]


def test_copies_of_one_source_are_one() -> None:
    """Citing the speaker, repeating oneself or standing on one statement makes no second source."""
    ground = (Grounds(document="d", statement="s"),)
    claims = [
        claim("a", "held", 3),
        claim("b", "held", 3, by="A paper", cited_source="An office"),
        claim("c", "held", 3, day="2024-03-09"),
        claim("d", "held", 3, by="A witness", grounds=ground),
        claim("e", "held", 3, by="A wire", grounds=ground),
        claim("f", "held", 3, by="Somebody else"),
    ]
    assert one_source(claims, constraints_from(claims, LEDGER)) == (("a", "b", "c"), ("d", "e"), ("f",))


def test_worlds_are_accounts_and_the_uncontested() -> None:
    """Everything, what nothing contradicts, and each party's account; the uncontested is always possible."""
    claims = [
        claim("a", "held", 300),
        claim("b", "held", 500, by="Observers", party="ngo"),
        claim("c", "back", 4, by="Observers", party="ngo"),
    ]
    said = constraints_from(claims, LEDGER)
    parties = [Party("ngo", Bilingual.same("Observers"), _NAME), Party("state", _NAME, _NAME)]
    worlds = {world.id: world.claims for world in worlds_of(claims, parties, LEDGER, said, speakers=True)}
    assert list(worlds)[:4] == ["all", "uncontested", "party:ngo", "party:state"]
    assert worlds["uncontested"] == ("c",) and worlds["party:ngo"] == ("b", "c")
    assert worlds["speaker:Observers"] == ("b", "c")


@given(st.lists(st.tuples(st.sampled_from(["held", "moved", "missing"]), st.integers(0, 9)), max_size=8))
def test_the_uncontested_and_the_favoured_can_all_be_true(figures: list[tuple[str, int]]) -> None:
    """Whatever is said, what nothing contradicts holds together, and so does a party's favoured world."""
    claims = [claim(f"c{n}", m, v, party="state" if n % 2 else "ngo") for n, (m, v) in enumerate(figures)]
    said = constraints_from(claims, LEDGER)
    ids = [c.id for c in claims]
    safe = uncontested_world(LEDGER, said, ids)
    assert balance(LEDGER, said, safe).consistent
    favoured = favoured_world("f", _NAME, LEDGER, said, claims, party="ngo")
    assert balance(LEDGER, said, favoured).consistent
    assert set(safe.claims) <= set(favoured.claims)
