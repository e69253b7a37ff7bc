"""Corrections, additions and the queue: what stands is what people decided last, however it is worked out."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invented import AT, NOTE, SETTINGS
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.events.gathering import documents_of
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.reading.reading import read_documents, read_what_changed
from recuento.casefile.review.correcting import Hand, add, correct, decide_on, statements_standing, undo
from recuento.casefile.review.decided_meanwhile import DecidedMeanwhile
from recuento.casefile.review.review_queue import ReviewQueue
from recuento.casefile.review.reviewing import reviews
from recuento.errors import InvalidValue
from recuento.model.anchor import Anchor
from recuento.model.decision import Act
from recuento.model.statement import Mode, Speaker, SpeakerKind, Statement
from recuento.model.statement_key import statement_key


@pytest.fixture
def read(folder: Path):
    """The invented casefile with its notes read, and the first of them."""
    with Casefile.open(folder) as casefile:
        preserve(casefile, [folder.parent / "notes"], by="L. P.", at=AT)
        read_what_changed(casefile, at=AT)
        yield casefile, next(one for one in read_documents(casefile) if one.statements)


HAND = Hand("L. P.", AT)


def test_an_undone_correction_leaves_no_trace_in_what_stands(read):
    """Correct and undo give the very documents there were; the correction shows in between."""
    casefile, one = read
    before = documents_of(casefile)
    statement = one.statements[0]
    key = statement_key(one.document, statement)
    made = correct(casefile, key, statement, replace(statement, mode=Mode.DENIES), HAND)
    (changed,) = [s for d in documents_of(casefile) for s in d.statements if s.id in d.reviewed]
    assert changed == replace(statement, mode=Mode.DENIES)
    undo(casefile, made.id, by="L. P.", at=AT)
    assert documents_of(casefile) == before
    with pytest.raises(InvalidValue):
        undo(casefile, made.id, by="L. P.", at=AT)


def test_a_changed_span_keeps_its_key_and_verifies(read):
    """A correction of the words is filed under the words as read, so that reading again changes nothing."""
    casefile, one = read
    statement = one.statements[0]
    first = statement.content[0]
    shorter = replace(statement, content=(Anchor.of(one.layer.text, first.start, first.end - 15),))
    correct(casefile, statement_key(one.document, statement), statement, shorter, HAND)
    with casefile.database.reading() as connection:
        assert connection is not None
    read_what_changed(casefile, at=AT + timedelta(days=1))
    assert [s for d in documents_of(casefile) for s in d.statements if s.id in d.reviewed] == [shorter]
    assert not [fault for fault in verify(casefile).faults if fault.place.startswith("statement:")]


def test_a_correction_whose_words_are_gone_waits_again(read):
    """Exact or orphan: a correction that does not stand in the text is not used, and verify names it."""
    casefile, one = read
    statement = one.statements[0]
    key = statement_key(one.document, statement)
    start = statement.content[0].start
    elsewhere = replace(statement, content=(Anchor(start, start + 5, "zzzzz"),))
    correct(casefile, key, statement, elsewhere, HAND)
    (standing,) = [
        s for s in statements_standing(one.document, one.layer.text, one.statements, reviews(casefile)) if s.key == key
    ]
    assert (standing.statement, standing.reviewed) == (statement, False)
    assert key in [fault.place for fault in verify(casefile).faults]


def test_an_added_statement_can_be_corrected_rejected_and_taken_back(read):
    """An addition is decided on like any other statement, and verify finds its words."""
    casefile, one = read
    words = Anchor.of(one.layer.text, 0, 24)
    new = Statement("x", Speaker("Observatorio de Lares", SpeakerKind.ORGANISATION), (words,))
    made = add(casefile, one.document, one.layer.text, new, HAND)

    def standing():
        return [s for d in documents_of(casefile) for s in d.statements if s.reader == "person"]

    (added,) = standing()
    correct(casefile, made.subject, added, replace(added, mode=Mode.DENIES), HAND)
    assert [s.mode for s in standing()] == [Mode.DENIES]
    assert not [fault for fault in verify(casefile).faults if fault.place.startswith("statement:")]
    decide_on(casefile, made.subject, Act.REJECT, HAND)
    assert standing() == []
    with pytest.raises(DecidedMeanwhile):
        add(casefile, one.document, one.layer.text, new, HAND)
    with pytest.raises(InvalidValue):
        add(casefile, one.document, "other text", new, HAND)


def test_a_late_decision_writes_nothing(read):
    """Who has not seen the last decision is told of it, and the log stays as it was."""
    casefile, one = read
    key = statement_key(one.document, one.statements[0])
    first = decide_on(casefile, key, Act.CONFIRM, replace(HAND, seen=0))
    with pytest.raises(DecidedMeanwhile) as raised:
        decide_on(casefile, key, Act.REJECT, replace(HAND, seen=0))
    assert raised.value.earlier == first
    decide_on(casefile, key, Act.REJECT, replace(HAND, seen=first.id))
    assert [d.act for d in reviews(casefile).decisions] == [Act.CONFIRM, Act.REJECT]


STEPS = st.lists(
    st.tuples(st.sampled_from(["confirm", "reject", "refer", "add", "undo"]), st.integers(0, 9)), max_size=8
)


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_following_the_decisions_is_the_same_as_starting_over(steps):
    """A queue that follows decision by decision shows what a new queue shows, and agrees with the reviews."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
        (folder / "note.txt").write_text(NOTE, encoding="utf-8")
        with Casefile.open(folder) as casefile:
            preserve(casefile, [folder / "note.txt"], by="L. P.", at=AT)
            read_what_changed(casefile, at=AT)
            following = ReviewQueue(casefile)
            following.refresh()
            for step, number in steps:
                take(casefile, step, number)
                following.refresh()
            fresh = ReviewQueue(casefile)
            fresh.refresh()
            assert picture(following) == picture(fresh)
            decided = reviews(casefile)
            for sha256 in fresh.documents():
                for item in fresh.of_document(sha256):
                    decision = fresh.standing(item)
                    assert (item.key in decided.rejected) == (decision is not None and decision.act is Act.REJECT)


def take(casefile, step, number):
    """Make one decision, on the statement, the words or the decision of that number, where there is one."""
    (one,) = read_documents(casefile)
    if step == "undo":
        try:
            undo(casefile, number + 1, by="L. P.", at=AT)
        except InvalidValue:
            return
    elif step == "add":
        words = Anchor.of(one.layer.text, number * 3, number * 3 + 5)
        try:
            add(
                casefile, one.document, one.layer.text, Statement("x", Speaker("Y", SpeakerKind.PERSON), (words,)), HAND
            )
        except DecidedMeanwhile:
            return
    else:
        statement = one.statements[number % len(one.statements)]
        decide_on(casefile, statement_key(one.document, statement), Act(step), HAND)


def picture(queue):
    """All that a queue tells."""
    items = [item for sha256 in queue.documents() for item in queue.of_document(sha256)]
    told = [(item, queue.standing(item), queue.waits(item), queue.last_seen(item)) for item in items]
    walked = []
    item = queue.next_waiting(None)
    while item is not None and item not in walked:
        walked.append(item)
        item = queue.next_waiting(item)
    assert len(walked) == queue.waiting()
    return sorted(map(repr, told)), queue.waiting(), queue.size(), [i.key for i in queue.referred()]
