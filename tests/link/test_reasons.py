"""Reasons: the weights add up, the words name them, the chart says the same."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_linkages import LEVELS, entry_id, linkage_of

from recuento.errors import InvalidValue
from recuento.link.linkage import FIELDS
from recuento.link.reasons import level_table, reasons_of, reasons_of_row
from recuento.link.reasons_chart import waterfall, waterfall_svg

SVG = "{http://www.w3.org/2000/svg}"

rows = st.fixed_dictionaries(
    {
        **{f"level_{name}": st.integers(0, 3) for name in FIELDS},
        **{f"weight_{name}": st.floats(-9, 9) for name in FIELDS},
        "prior_weight": st.floats(-15, 0),
    }
)


def reasons_from(row):
    """The reasons of a row whose weights add up."""
    weight = row["prior_weight"] + sum(row[f"weight_{name}"] for name in FIELDS)
    whole = {**row, "left": "e1", "right": "e2", "weight": weight, "probability": 1 / (1 + 2.0**-weight)}
    return reasons_of_row(whole, {(one.field, one.level): one for one in LEVELS})


@settings(max_examples=80, deadline=None)
@given(rows)
def test_the_waterfall_ends_at_the_weight(row):
    """Steps follow one another without a gap from nothing to the log odds of the probability."""
    reasons = reasons_from(row)
    steps = waterfall(reasons)
    *before, total = steps
    assert before[0].start == 0
    assert all(one.end == other.start for one, other in itertools.pairwise(before))
    assert before[-1].end == pytest.approx(total.end, abs=1e-9)
    assert total.end == reasons.weight


@settings(max_examples=40, deadline=None)
@given(rows, st.sampled_from(["es", "en"]))
def test_the_chart_is_well_formed_and_says_what_it_shows(row, language):
    """It parses, has a title and a description that name the probability, and a bar for every step."""
    reasons = reasons_from(row)
    picture = ElementTree.fromstring(waterfall_svg(reasons, language))
    assert picture.get("role") == "img"
    assert picture.find(f"{SVG}title").text
    assert picture.find(f"{SVG}desc").text == reasons.words.text(language)
    assert len(picture.findall(f"{SVG}rect")) == len(waterfall(reasons))


@settings(max_examples=60, deadline=None)
@given(rows)
def test_what_would_have_been_is_what_the_levels_say(row):
    """A field at its best level gives the probability of the weight with that level's own in place of the one seen."""
    reasons = reasons_from(row)
    bits = {0: 0.0, 1: -3.0, 2: 1.0, 3: 3.584962500721156}
    for one in reasons.counterfactuals:
        seen = next(reason for reason in reasons.reasons if reason.field == one.field)
        gain = bits[one.level] - bits[seen.level] if one.level else -seen.bits
        assert one.probability == pytest.approx(1 / (1 + 2.0 ** -(reasons.weight + gain)), abs=1e-9)


def test_reasons_in_words():
    """The words name the field, the outcome and the weight with its sign, in both languages."""
    reasons = reasons_of(linkage_of(2, [(0, 1, 1.0)]), entry_id(1), entry_id(0))
    surname = next(one for one in reasons.reasons if one.field == "surname")
    assert surname.words.en == "Surnames: sound alike <surname>, +9.0 bits"
    assert surname.words.es == "Apellidos: suenan igual <surname>, +9,0 bits"
    assert "0.67" in reasons.words.en and "0,67" in reasons.words.es
    would = next(one for one in reasons.counterfactuals if one.field == "surname" and one.level == 3)
    assert would.words.en.startswith("would be 0.92 if “surnames” had come out as: equal")


def test_a_pair_never_compared_has_no_reasons():
    """Asking for one is refused with both ids."""
    linkage = linkage_of(3, [(0, 1, 1.0)])
    assert level_table(linkage)
    with pytest.raises(InvalidValue, match=r"e0000 and e0002"):
        reasons_of(linkage, entry_id(2), entry_id(0))
