"""Ledgers made from the vocabulary."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace

import pytest
from balance_case import SHARED, read_case

from recuento.balance import balance, clashes, constraints_from, default_readings, ledger_for, questions, world_of
from recuento.errors import FaultsFound
from recuento.model.casting import Event, Facility
from recuento.model.claim import Claim
from recuento.model.ledger import Ledger
from recuento.model.measure import standard_vocabulary
from recuento.model.rules import rules_from, standard_rules
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, quantity_from

VOCABULARY = standard_vocabulary()
_NAME = Bilingual.same("x")
here = pytest.mark.skipif(not SHARED.exists(), reason="the shared case is not beside the repository")


def claim(id: str, measure: str, value: int, *, as_of: str = "2024-03-02", facility: str = "north", **more) -> Claim:
    """One invented figure."""
    comparison = more.pop("comparison", Comparison.EQ)
    day = PartialDate.parse(as_of)
    said = quantity_from(comparison, (value,), str(value))
    return Claim(id, "event", facility, "An office", "state", measure, said, stated=day, as_of=day, **more)


def event(*facilities: str, starts: str = "2024-03-01", ends: str = "2024-03-03") -> Event:
    """An invented event."""
    return Event("event", _NAME, facilities, PartialDate.parse(starts), PartialDate.parse(ends))


def _range(ledger: Ledger, claims: list[Claim], term: str, **more) -> tuple[int, int | None]:
    said = constraints_from(claims, ledger, vocabulary=VOCABULARY, **more)
    world = world_of("w", _NAME, [c.id for c in claims], default_readings(ledger))
    found = balance(ledger, said, world).bound(term)
    assert found is not None
    return found.low, found.high


@here
def test_the_vocabulary_gives_the_findings_of_the_handmade_ledger() -> None:
    """From claims and vocabulary alone: the same conflicts, bounds and first question as ledger.json."""
    case = read_case(SHARED)
    claims = [replace(c, measure=VOCABULARY.canonical(c.measure), facility="tocoron") for c in case.claims]
    happened = Event(
        "tocoron-2023", _NAME, ("tocoron",), PartialDate(2023, 9, 20), PartialDate(2023, 9, 25),
        as_of=PartialDate(2023, 9, 23),
    )  # fmt: skip
    ledger = ledger_for(happened, VOCABULARY, claims)
    said = constraints_from(claims, ledger, vocabulary=VOCABULARY)
    names = {"unaccounted_23": "unaccounted", "escaped": "escaped", "pop": "population"}
    for entry in case.findings:
        if not isinstance(entry.get("claims", []), list):
            continue
        rounded = "half a grain" in entry.get("reading", "")
        on = () if rounded else default_readings(ledger)
        readings = {*on, "recaptured_were_held"} if rounded else on
        told = constraints_from(claims, ledger, readings, vocabulary=VOCABULARY) if rounded else said
        world = world_of("w", _NAME, entry.get("claims", ()), readings)
        if entry["kind"] == "conflict":
            assert {c.claims for c in clashes(ledger, told, world).conflicts} == {tuple(sorted(entry["claims"]))}
        elif entry["kind"] == "consistent" and "claims" in entry:
            assert balance(ledger, told, world).consistent
        elif entry["kind"] == "bound":
            bound = balance(ledger, told, world).bound(names[entry["term"]])
            assert bound is not None and (bound.low, bound.high) == (entry["low"], entry["high"])
        elif entry["kind"] == "ask":
            first = questions(ledger, told, world, names[entry["target"]])[0]
            assert (first.term, first.guaranteed_cut, first.width) == (names[entry["first"]], 1000, 1097)


@here
def test_the_ledger_depends_on_no_order_of_the_claims() -> None:
    """Shuffled claims give the same ledger, term by term."""
    case = read_case(SHARED)
    claims = [replace(c, measure=VOCABULARY.canonical(c.measure), facility="tocoron") for c in case.claims]
    happened = replace(event("tocoron", starts="2023-09-20", ends="2023-09-23"), id="tocoron-2023")
    first = ledger_for(happened, VOCABULARY, claims)
    random.Random(1).shuffle(claims)
    assert ledger_for(happened, VOCABULARY, claims) == first


def test_running_counts_get_a_term_for_each_day_and_only_grow() -> None:
    """Five recaptured by the 2nd and nine by the 3rd bound what was recaptured on either day."""
    claims = [
        claim("a", "recaptured", 5, comparison=Comparison.GE),
        claim("b", "recaptured", 9, as_of="2024-03-03"),
    ]
    ledger = ledger_for(event("north"), VOCABULARY, claims)
    assert _range(ledger, claims, "recaptured@2024-03-02") == (5, 9)


def test_a_part_never_exceeds_its_whole() -> None:
    """Three leaders escaped, so at least three people did."""
    claims = [claim("a", "leaders_escaped", 3)]
    assert _range(ledger_for(event("north"), VOCABULARY, claims), claims, "escaped")[0] == 3


def test_two_facilities_add_up() -> None:
    """The total over facilities bounds each of them, and each bounds the total."""
    claims = [
        claim("a", "population", 700, as_of="2024-02-28"),
        claim("b", "population", 1000, as_of="2024-02-28", facility=""),
    ]
    ledger = ledger_for(event("north", "south"), VOCABULARY, claims)
    assert _range(ledger, claims, "population/south") == (300, 300)
    assert _range(ledger, claims, "escaped/south") == (0, 300)


def test_names_and_aliases_of_facilities_are_known() -> None:
    """A claim may call the facility by any of its names; a place outside the event bears on nothing."""
    facilities = [Facility("north", "Cárcel del Norte", ("Penal Norte",))]
    claims = [
        claim("a", "population", 700, as_of="2024-02-28", facility="carcel del norte"),
        claim("b", "population", 9, as_of="2024-02-28", facility="Elsewhere"),
    ]
    ledger = ledger_for(event("north"), VOCABULARY, claims, facilities=facilities)
    assert _range(ledger, claims, "population", facilities=facilities) == (700, 700)


def test_a_month_is_a_stock_and_its_flows() -> None:
    """Held at the end = held at the start + admitted - released - died: a figure left out follows from the others."""
    month = event("north", starts="2024-03-01", ends="2024-03-31")
    flows = {"admitted": 40, "released": 25, "escaped": 0, "died_inmates": 2, "recaptured": 0}
    claims = [claim(m, m, n, as_of="2024-03-31") for m, n in flows.items()]
    claims += [claim(m, m, 0, as_of="2024-03-31") for m in ("transferred_in", "transferred_out")]
    claims += [claim("before", "population", 500, as_of="2024-02-29")]
    assert _range(ledger_for(month, VOCABULARY, claims), claims, "population@after") == (513, 513)


def test_measures_without_an_identity_are_free_terms_by_subset() -> None:
    """Charges against two directors and against five guards are two counts, not a clash."""
    claims = [
        claim("a", "officials_charged", 2, subset="directors"),
        claim("b", "officials_charged", 5, subset="guards"),
    ]
    ledger = ledger_for(event("north"), VOCABULARY, claims)
    said = constraints_from(claims, ledger, vocabulary=VOCABULARY)
    assert len({c.term for c in said}) == 2
    assert balance(ledger, said, world_of("w", _NAME, ["a", "b"])).consistent


def test_a_rate_is_a_count_where_the_capacity_is_known() -> None:
    """135 % of 750 places is 1,009 to 1,016 people; 35 % over is the same; read as occupancy it is 259 to 266."""
    prison = [Facility("north", "North", parameters=(("capacity", 750),))]
    over = [claim("b", "overcrowding_rate", 35, as_of="2025-01-01")]
    for claims in ([claim("a", "occupancy_rate", 135, as_of="2025-01-01")], over):
        ledger = ledger_for(event("north"), VOCABULARY, claims, facilities=prison)
        assert _range(ledger, claims, "population@2025-01-01", facilities=prison) == (1009, 1016)
    ledger = ledger_for(event("north"), VOCABULARY, over, facilities=prison)
    on = [*default_readings(ledger), "overcrowding_is_occupancy"]
    (said,) = constraints_from(over, ledger, on, vocabulary=VOCABULARY, facilities=prison)
    assert (said.low, said.high, said.reading) == (259, 266, "overcrowding_is_occupancy")
    assert constraints_from(over, ledger, vocabulary=VOCABULARY) == ()


def test_a_casefile_adds_and_switches_off_identities() -> None:
    """A split by destination can be added as data, and an identity can be switched off."""
    text = """
    [identities.destination]
    sum = { transferred = 1, transferred_east = -1, transferred_west = -1 }
    eq = 0
    es = "trasladadas al este o al oeste"
    en = "moved east or west"
    """
    claims = [claim("a", "transferred", 90), claim("b", "transferred_east", 30)]
    rules = standard_rules().extended(rules_from(tomllib.loads(text), "recuento.toml"))
    ledger = ledger_for(event("north"), VOCABULARY, claims, rules=rules)
    assert _range(ledger, claims, "transferred_west") == (60, 60)
    without = ledger_for(event("north"), VOCABULARY, claims, rules=rules.without(["roll"]))
    assert "roll" not in {identity.id for identity in without.identities}


@pytest.mark.parametrize(
    "text",
    [
        "[identities.x]\nsum = {}\neq = 0\nes = 'a'\nen = 'a'",
        "[identities.x]\nsum = { a = 1 }\nes = 'a'\nen = 'a'",
        "[identities.x]\nsum = { a = 1.5 }\neq = 0\nes = 'a'\nen = 'a'",
        "[identities.x]\nsum = { 'a@never' = 1 }\neq = 0\nes = 'a'\nen = 'a'",
        "[identities.x]\nsum = { a = 1 }\neq = 0\nes = 'a'",
        "[identities.x]\nsum = { a = 1 }\neq = 0\nes = 'a'\nen = 'a'\nodd = 1",
        "[identities.x]\nsum = { a = 1 }\neq = 0\nes = 'a'\nen = 'a'\nschema = 'never'",
        "[dating]\nescaped = 'sometimes'",
        "[readings.x]\nes = 'a'",
    ],
)
def test_faulty_rules_are_refused(text: str) -> None:
    """A rule that cannot be read is told by its place."""
    with pytest.raises(FaultsFound):
        rules_from(tomllib.loads(text), "recuento.toml")
