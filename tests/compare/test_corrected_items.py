"""What a person puts right about a demand: which item is which, and what was decided before holds."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from recuento.compare.corrected_items import became, joined
from recuento.compare.demands import demands_in
from recuento.model.anchor import Anchor
from recuento.model.casting import Cast, Event
from recuento.model.decision import Act, Decision
from recuento.model.demand import DemandState
from recuento.model.document import Description, Document, Origin
from recuento.model.statement import Ask, Mode, Speaker, SpeakerKind, Statement
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate

AT = datetime(2031, 4, 2, 10, 0, tzinfo=UTC)
TEXT = "El Observatorio exigió la lista de los muertos y el acceso de los abogados."
EVENT = Event("fire", Bilingual.same("fire"), (), PartialDate(2031, 3, 14), PartialDate(2031, 3, 18))
DOCUMENT = Document("ab" * 32, 1, "text/plain", "n.txt", Origin("x", "x", AT), Description())
CAST = Cast((), (), (), (EVENT,))
LIST, DEAD, ACCESS = "la lista de los muertos", "los muertos", "el acceso de los abogados"


def ask(words: str, measure: str | None = None) -> Ask:
    """An item of the text."""
    start = TEXT.index(words)
    return Ask(Anchor.of(TEXT, start, start + len(words)), None, measure)


def demanding(*asks: Ask, speaker: str = "Observatorio", id: str = "s1") -> Statement:
    """A statement that asks for these items."""
    content = (Anchor.of(TEXT, 23, len(TEXT) - 1),)
    return Statement(id, Speaker(speaker, SpeakerKind.ORGANISATION), content, mode=Mode.DEMANDS, asks=asks)


def settled(number: int, id: str, state: str) -> Decision:
    """What came of a demand."""
    return Decision(number, f"demand:{id}", Act.SETTLE, "Ana", AT, (("state", state),))


def demands(statements, corrections=(), decisions=()):
    """The demands of the event."""
    return demands_in(EVENT, [(DOCUMENT, statements)], CAST, corrections=corrections, decisions=decisions)


def test_an_item_is_known_by_its_beginning_then_by_shared_words():
    """Shortened, lengthened, replaced and added items are told apart; order does not matter."""
    assert became([ask(LIST), ask(ACCESS)], [ask(DEAD), ask(ACCESS)]) == [
        (ask(LIST), ask(DEAD)), (ask(ACCESS), ask(ACCESS)),
    ]  # fmt: skip
    assert became([ask(LIST)], [ask(ACCESS)]) == [(ask(LIST), None), (None, ask(ACCESS))]
    assert became([], [ask(LIST)]) == [(None, ask(LIST))]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))), st.sets(st.sampled_from("abcdef")))
def test_no_name_that_stands_is_taken_for_another(pairs, standing):
    """Former names are never standing ones, only standing ones have any, and each pair may be told either way."""
    found = joined(pairs, frozenset(standing))
    assert found.keys() <= standing
    assert all(standing.isdisjoint(former) for former in found.values())
    assert joined([pair[::-1] for pair in reversed(pairs)], frozenset(standing)) == found


def test_what_was_noted_holds_when_words_measure_or_asker_are_put_right():
    """Each makes another id; the state stays, over two corrections, and the former ids are told."""
    first, second = demanding(ask(LIST, "died")), demanding(ask(DEAD, None))
    third = demanding(ask(DEAD, None), speaker="Observatorio de Lares")
    (was,) = demands([first])
    (now,) = demands([third], [(first, second), (second, third)], [settled(1, was.id, "refused")])
    assert now.id != was.id and was.id in now.earlier
    assert (now.state, was.state) == (DemandState.REFUSED, DemandState.OPEN)


def test_what_was_noted_meanwhile_holds_when_the_correction_is_taken_back():
    """The demand as it was read bears what was noted on the corrected one; the later note counts."""
    read, corrected = demanding(ask(LIST, "died")), demanding(ask(LIST, "injured"))
    (old,), (new,) = demands([read]), demands([corrected])
    noted = [settled(1, old.id, "partly"), settled(2, new.id, "answered")]
    (back,) = demands([read], [(read, corrected)], noted)
    assert (back.id, back.state) == (old.id, DemandState.ANSWERED)


def test_a_demand_that_others_still_make_keeps_what_was_noted_on_it():
    """Where another statement asks for the same, only the corrected one becomes another demand: open."""
    same, read, corrected = (
        demanding(ask(LIST, "died"), id="s2"), demanding(ask(LIST, "died")), demanding(ask(LIST, "injured"))
    )  # fmt: skip
    (old,) = demands([read])
    found = {one.id: one for one in demands([same, corrected], [(read, corrected)], [settled(1, old.id, "refused")])}
    assert found.pop(old.id).state is DemandState.REFUSED
    (other,) = found.values()
    assert (other.state, other.earlier) == (DemandState.OPEN, ())
