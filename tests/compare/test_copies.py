"""Families of copies in one language: what is found, what people decide, and that order is irrelevant."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.compare.copies import families, sources_of
from recuento.compare.copy_groups import Grouping, Link
from recuento.compare.copy_shingles import shared_text, shingles
from recuento.compare.copy_text import CopyText
from recuento.errors import InvalidValue
from recuento.model.family import CopyReason, Family, Likeness, LikenessPart, Member
from recuento.values.partial_date import PartialDate

DAY = date(2031, 3, 14)
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo", "tra", "ple")


def words(seed: int, count: int) -> str:
    """Invented words, the same for the same seed, in sentences of twelve."""
    chance = random.Random(seed)
    made = ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(count)]
    return ". ".join(" ".join(made[at : at + 12]).capitalize() for at in range(0, count, 12)) + "."


def text(name: str, body: str, *, day: int = 0, outlet: str = "") -> CopyText:
    """An invented document."""
    return CopyText(name, body, outlet or f"outlet of {name}", PartialDate.of(DAY + timedelta(day)), "es")


def test_a_copy_with_lines_of_its_own_is_found() -> None:
    """A copy is found though it is trimmed and the outlet adds a lead; an unrelated text is not taken for one."""
    wire = words(1, 240)
    copy = words(2, 40) + "\n\n" + wire[: len(wire) // 3]
    (family,) = families([text("b", copy, day=1), text("a", wire), text("c", words(3, 240))])
    assert family.documents == ("a", "b") and family.origin == "a" and family.certain
    assert [member.reason for member in family.members] == [CopyReason.FIRST, CopyReason.SAME_TEXT]
    assert family.members[1].like == "a"


def test_what_an_outlet_prints_under_everything_is_no_copy() -> None:
    """Texts of one outlet that share only its footer are no family; without the dates they would be one."""
    footer = words(9, 150)
    texts = [text(f"t{n}", words(n + 20, 100) + "\n\n" + footer, day=10 * n, outlet="Radio Lares") for n in range(5)]
    assert families(texts) == ()
    assert families([replace(one, published=PartialDate.of(DAY)) for one in texts]) != ()


def test_a_background_that_comes_again_is_no_copy() -> None:
    """Stories of several weeks and outlets that share a background paragraph longer than their own are no family."""
    background = words(9, 120)
    texts = [text(f"t{n}", words(n + 20, 90) + "\n\n" + background, day=7 * n) for n in range(5)]
    assert families(texts) == ()
    together = [replace(one, published=PartialDate.of(DAY)) for one in texts[:2]]
    assert len(families(together)) == 1 and families([texts[0], texts[2]]) == ()


def test_an_old_text_printed_again_and_again_is_one_family() -> None:
    """A text that is printed whole at many times has nothing of its own left, and is found all the same."""
    old = words(5, 200)
    (family,) = families([text(f"t{n}", old, day=90 * n) for n in range(5)])
    assert len(family.documents) == 5


def test_nothing_is_chained() -> None:
    """A text that holds half of each of two stories joins the one it shares more with, and does not merge the two."""
    one, other = words(1, 240), words(2, 240)
    both = one[: int(len(one) * 0.7)] + " " + other[: int(len(other) * 0.6)]
    (family,) = families([text("one", one), text("other", other, day=1), text("both", both, day=2)])
    assert family.documents == ("one", "both")


def test_a_shared_agency_is_a_reason_of_its_own() -> None:
    """Texts that share less count as one wire where both credit the agency within two days, and only there."""
    wire = words(1, 240)
    copy = words(2, 150) + " " + wire[: int(len(wire) * 0.28)] + " " + words(3, 40)
    signed = [text("a", wire + "\n\nEFE", outlet="El Faro"), text("b", copy + "\n\nEFE", day=1)]
    (family,) = families(signed)
    assert family.members[1].reason is CopyReason.SAME_AGENCY and family.agency == "EFE"
    assert families([text("a", wire), text("b", copy, day=1)]) == ()
    assert families([signed[0], replace(signed[1], published=PartialDate.of(DAY + timedelta(9)))]) == ()


def test_the_release_of_the_credited_agency_is_the_likely_origin() -> None:
    """The agency's own release is the origin though an outlet is dated earlier; else the earliest is."""
    wire = words(1, 200) + "\n\nEFE"
    texts = [text("a", wire, outlet="El Faro"), text("b", wire, day=1, outlet="EFE"), text("c", wire, day=1)]
    (family,) = families(texts)
    assert (family.origin, family.agency) == ("b", "EFE")
    assert families([texts[0], texts[2]])[0].origin == "a"


def invented_press(seed: int) -> list[CopyText]:
    """A few stories with copies of several kinds."""
    chance = random.Random(seed)
    made = []
    for story in range(3):
        wire = words(1_000 * seed + story, 120)
        for copy in range(chance.randint(1, 4)):
            body = (
                wire[: int(len(wire) * chance.uniform(0.4, 1))] + " " + words(seed + 77 * copy, chance.choice([0, 24]))
            )
            made.append(text(f"s{story}c{copy}", body, day=chance.randint(0, 2), outlet=f"outlet {copy}"))
    return made


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1_000), st.randoms())
def test_the_order_of_documents_is_irrelevant(seed: int, chance: random.Random) -> None:
    """The same documents give the same families whichever was brought in first."""
    texts = invented_press(seed)
    shuffled = list(texts)
    chance.shuffle(shuffled)
    assert families(shuffled) == families(texts)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1_000), st.data())
def test_what_people_decide_stands(seed: int, data: st.DataObject) -> None:
    """A split pair is never one family, a joined pair always is, unless splits forbid it; every document is in one."""
    texts = invented_press(seed)
    pair = st.tuples(*[st.sampled_from([one.document for one in texts])] * 2).filter(lambda pair: pair[0] != pair[1])
    split = data.draw(st.lists(pair, max_size=4))
    joined = data.draw(st.lists(pair, max_size=3))
    found = families(texts, joined=joined, split=split)
    together = [set(family.documents) for family in found]
    assert not any(set(pair) <= documents for pair in split for documents in together)
    if not split:
        assert all(any(set(pair) <= documents for documents in together) for pair in joined)
    everybody = [document for documents in together for document in documents]
    assert len(everybody) == len(set(everybody))


def test_a_joined_pair_takes_its_copies_along() -> None:
    """Joining two documents makes one source of them and of their copies; the joined member says a person did it."""
    one, other = words(1, 200), words(2, 200)
    texts = [text("a", one), text("b", one, day=1), text("c", other, day=2), text("d", other, day=3)]
    (family,) = families(texts, joined=[("b", "c")])
    assert set(family.documents) == {"a", "b", "c", "d"} and len(family.sources()) == 1
    assert next(m for m in family.members if m.document == "c").reason is CopyReason.JOINED


def test_a_split_document_joins_its_next_match() -> None:
    """A document split from one of a family stays apart from all of it, though it shares text with the others."""
    wire = words(1, 200)
    texts = [text(name, wire, day=day) for day, name in enumerate("abc")]
    (family,) = families(texts, split=[("a", "c")])
    assert family.documents == ("a", "b")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(30, 200)), min_size=2, max_size=6), st.integers(0, 99))
def test_the_index_agrees_with_comparing_all_with_all(cuts: list[tuple[int, int]], seed: int) -> None:
    """The share found by the index is that of the two sets of shingles, pair by pair."""
    long = words(seed, 500).split()
    texts = [text(f"t{n}", " ".join(long[start : start + size])) for n, (start, size) in enumerate(cuts)]
    texts = sorted({one.document: one for one in texts}.values(), key=lambda one: one.order)
    slow = {}
    for i, one in enumerate(texts):
        for j in range(i + 1, len(texts)):
            mine, its = shingles(one.words), shingles(texts[j].words)
            if len(mine & its) / min(len(mine), len(its)) >= 0.35:
                slow[i, j] = len(mine & its) / min(len(mine), len(its))
    assert {(found.one, found.other): found.share for found in shared_text(texts)} == slow


def test_hundreds_of_copies_of_one_wire_are_one_family() -> None:
    """More copies than a set phrase may have are still found, as they are of a few days."""
    wire = words(1, 60)
    (family,) = families([text(f"t{n:03}", wire + " " + words(n + 5, 30), day=n % 3) for n in range(450)])
    assert len(family.documents) == 450


def test_only_what_is_certain_counts_as_one_source() -> None:
    """A probable translation and its own copies are a source of their own."""
    member = Member("a", CopyReason.FIRST, True)
    found = Family(
        (
            member,
            Member("b", CopyReason.TRANSLATED, False, "a"),
            Member("c", CopyReason.SAME_TEXT, True, "b"),
            Member("d", CopyReason.SAME_TEXT, True, "a"),
        ),
        "a",
    )
    assert found.sources() == (("a", "d"), ("b", "c")) and not found.certain
    assert sources_of([found]) == {"a": "a", "d": "a", "b": "b", "c": "b"}
    with pytest.raises(InvalidValue):
        Family((member,), "a")


def test_a_translation_of_a_translation_is_none() -> None:
    """Likely translations make stars: the weakest of three in a row stays out."""

    def link(one: int, other: int, score: float) -> Link:
        return Link(one, other, CopyReason.TRANSLATED, False, Likeness(score, ((LikenessPart.ORDER, score),)))

    grouping = Grouping(4, [])
    grouping.attach_translations([link(2, 3, 0.6), link(0, 1, 0.9), link(1, 2, 0.8)])
    assert [group.places for group in grouping.groups()] == [(0, 1, 2)]


def test_short_and_empty_texts_are_no_copies() -> None:
    """A text too short to be told by its words is in no family, and an empty one does no harm."""
    assert families([text("a", ""), text("b", "Sin novedad."), text("c", "Sin novedad.")]) == ()
    assert families([]) == ()
