"""Other readers: their words stand in the text or are dropped, with a reason that is counted."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.model.statement import Form, Mode
from recuento.read import read
from recuento.read.explain import explain
from recuento.read.plugin import PROPOSALS_MAX, Drop, OtherReading, Proposal, merged, read_with
from recuento.read.plugin_places import NEAR, occurrences
from recuento.values.bilingual import Language

TEXT = (
    "La directora del penal dijo que 14 internos murieron. El observatorio sostuvo que los familiares\n"
    "contaron que 21 internos murieron en el patio.\n\nLa directora del penal dijo que nadie se fugó."
)


class Listed:
    """A reader that proposes what it was given: the smallest there is."""

    name = "listed"
    version = "1"

    def __init__(self, *proposals: Proposal) -> None:
        self.proposals = proposals

    def statements(self, text: str, *, language: Language) -> Iterable[Proposal]:
        """The proposals, whatever the text."""
        return self.proposals


def taken(*proposals: Proposal, text: str = TEXT) -> OtherReading:
    """What is taken of these proposals."""
    return read_with(Listed(*proposals), text)


words = st.sampled_from(
    [*TEXT.split(), "fantasma", "", " ", "«", "14 internos murieron", "La directora del penal", "dijo"]
)
proposals = st.lists(
    st.builds(
        Proposal,
        speaker=st.lists(words, max_size=3).map(" ".join),
        content=st.lists(words, max_size=5).map(" ".join),
        cue=words,
        mode=st.sampled_from(["asserts", "denies", "demands", "sings"]),
    ),
    max_size=12,
)


@given(proposals, st.randoms())
def test_nothing_stands_that_is_not_in_the_text(proposed: list[Proposal], chance: object) -> None:
    """Every anchor slices back to its words, all proposals are taken or counted, and their order changes nothing."""
    found = taken(*proposed)
    assert all(anchor.stands_on(TEXT) for statement in found.statements for anchor in statement.anchors())
    assert len(found.statements) + sum(found.dropped.values()) == len(proposed)
    shuffled = list(proposed)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert taken(*shuffled) == found


@given(proposals)
def test_contents_are_nested_or_apart(proposed: list[Proposal]) -> None:
    """Of two contents one holds the other, and then it is its ancestor, or they share no character."""
    found = {statement.id: statement for statement in taken(*proposed).statements}
    for one in found.values():
        ancestors = set()
        parent = one.parent
        while parent is not None:
            ancestors.add(parent)
            parent = found[parent].parent
        for other in found.values():
            if other is not one and other.content[0].covers(one.content[0]):
                assert other.id in ancestors
            elif other is not one and not one.content[0].covers(other.content[0]):
                apart = one.content[0].end <= other.content[0].start or other.content[0].end <= one.content[0].start
                assert apart


@given(st.text("ab .", max_size=40), st.text("ab .", min_size=1, max_size=6))
def test_occurrences_agree_with_a_slow_search(text: str, sought: str) -> None:
    """Words are found where a search word by word finds them, white space apart, and nowhere else."""
    parts = sought.split()
    slow = []
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            inside = text[start:end]
            whole = not (start and text[start - 1].isalnum() and inside[0].isalnum())
            whole = whole and not (end < len(text) and text[end].isalnum() and inside[-1].isalnum())
            if parts and whole and inside == inside.strip() and inside.split() == parts:
                slow.append((start, end))
    found = occurrences(text, sought)
    assert set(found) <= set(slow)
    # A search from left to right leaves out what overlaps an earlier find.
    assert all(any(a < end and start < b for a, b in found) for start, end in slow)


@pytest.mark.parametrize(
    ("proposal", "why"),
    [
        (Proposal("La directora del penal", "15 internos murieron", "dijo"), Drop.CONTENT_ABSENT),
        (Proposal("El ministro", "14 internos murieron", "dijo"), Drop.SPEAKER_ABSENT),
        (Proposal("La directora del penal", "14 internos murieron", "aseguró"), Drop.CUE_ABSENT),
        (Proposal("", "14 internos murieron"), Drop.NO_SPEAKER),
        (Proposal("La directora del penal", " «» "), Drop.NO_WORDS),
        (Proposal("La directora del penal", "14 internos murieron", mode="sings"), Drop.UNKNOWN_CLASS),
        (Proposal("internos", "14 internos murieron en"), Drop.CONTENT_ABSENT),
        (Proposal("La directora del pena", "14 internos murieron"), Drop.SPEAKER_ABSENT),
    ],
)
def test_what_is_invented_is_dropped_by_name(proposal: Proposal, why: Drop) -> None:
    """Words that are not in the text, half words, and classes that do not exist have each their reason."""
    assert taken(proposal) == OtherReading((), {why: 1})


def test_a_verb_far_from_its_content_is_dropped() -> None:
    """A cue that stands only pages away belongs to something else; a name that does is marked as concluded."""
    text = "La directora dijo algo. " + "Nada más. " * NEAR + "Murieron 14 internos."
    assert taken(Proposal("La directora", "Murieron 14 internos", "dijo"), text=text).dropped == {Drop.APART: 1}
    (statement,) = taken(Proposal("La directora", "Murieron 14 internos"), text=text).statements
    assert statement.speaker.inferred and statement.source is None


def test_the_nearest_occurrence_is_the_right_one() -> None:
    """Of two places where the director says something, each content gets its own."""
    found = taken(
        Proposal("La directora del penal", "nadie se fugó", "dijo"),
        Proposal("La directora del penal", "14 internos murieron", "dijo"),
    ).statements
    assert [s.source.start for s in found if s.source] == [0, TEXT.rindex("La directora")]
    assert [s.cue.start for s in found if s.cue] == [TEXT.index("dijo"), TEXT.rindex("dijo")]


def test_a_nested_statement_hangs_on_its_parent_and_keeps_its_figures() -> None:
    """What relatives say in the mouth of the observatory is nested, across a line break, and its figure is its own."""
    outer, inner = taken(
        Proposal("los familiares", "21 internos murieron en el patio", "contaron"),
        Proposal("El observatorio", "los familiares contaron que 21 internos murieron en el patio", "sostuvo"),
    ).statements
    assert (outer.id, inner.id, inner.parent) == ("listed:s1", "listed:s1.1", "listed:s1")
    assert outer.figures == () and [f.quantity.low for f in inner.figures] == [21]
    assert "\n" in outer.content[0].quote


def test_statements_say_who_read_them_and_that_it_was_not_measured() -> None:
    """The reader's name stands in the statement, the JSON and the explanation; no precision is claimed for it."""
    (statement,) = taken(Proposal("El observatorio", "los familiares", "sostuvo", mode="demands")).statements
    assert statement.reader == "listed" and statement.confidence == 0 and statement.rule == "listed 1"
    assert statement.mode is Mode.DEMANDS and [ask.item.quote for ask in statement.asks] == ["los familiares"]
    told = explain(TEXT, statements=[statement], language="es")
    assert "lector: listed" in told and "acierto sin medir" in told


def test_quotation_marks_make_it_direct() -> None:
    """Words between marks are direct speech, whether the marks were proposed with them or not."""
    text = "«No hay agua», dijo la vocera."
    for content in ("No hay agua", "«No hay agua»"):
        (statement,) = taken(Proposal("la vocera", content, "dijo"), text=text).statements
        assert statement.form is Form.DIRECT


def test_ours_stands_where_both_read_the_same() -> None:
    """Merging keeps every statement of ours, adds only what ours lack, and counts no figure twice."""
    own = read(TEXT)
    other = taken(
        Proposal("La directora del penal", "14 internos murieron", "dijo"),
        Proposal("El observatorio", "dijo", "sostuvo"),
    ).statements
    both = merged(own, other)
    assert both[: len(own)] == own and [s.reader for s in both[len(own) :]] == ["listed"]
    figures = [(f.anchor.start, f.anchor.end) for s in both for f in s.figures]
    assert len(figures) == len(set(figures))
    assert merged(own, ()) == own


def test_a_reader_that_never_ends_is_cut_short() -> None:
    """Beyond a bound nothing is looked at, and that is said."""

    class Endless(Listed):
        def statements(self, text: str, *, language: Language) -> Iterable[Proposal]:
            while True:
                yield Proposal("El observatorio", "los familiares")

    assert read_with(Endless(), TEXT).dropped == {Drop.REPEATED: PROPOSALS_MAX - 1, Drop.TOO_MANY: 1}
