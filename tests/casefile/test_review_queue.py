"""The review queue holds a few numbers of each document and asks for the rest; it tells what all of it would tell."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invented import SETTINGS
from postgres_server import server_or_skip
from recuento.casefile.casefile import Casefile
from recuento.casefile.keeping.copying import copy_casefile
from recuento.casefile.review.correcting import Hand, add, decide_on, undo
from recuento.casefile.review.decided_meanwhile import DecidedMeanwhile
from recuento.casefile.review.review_queue import ReviewQueue
from recuento.model.anchor import Anchor
from recuento.model.decision import Act
from recuento.model.document import Description, Document, Origin, TextLayer
from recuento.model.hardness import hardness
from recuento.model.statement import Speaker, SpeakerKind, Statement
from recuento.model.statement_key import statement_key
from recuento.store import documents, layers, statements

AT = datetime(2031, 4, 2, 10, tzinfo=UTC)
HAND = Hand("L. P.", AT)
TEXT = "x" * 60


def statement(start: int, length: int, confidence: float, inferred: bool, parent: str | None) -> Statement:
    """A statement of so many signs."""
    words = Anchor.of(TEXT, start, start + length)
    speaker = Speaker("Ana", SpeakerKind.PERSON, inferred=inferred)
    return Statement("", speaker, (words,), parent=parent, confidence=confidence)


STATEMENTS = st.builds(
    statement,
    st.integers(0, 20),
    st.integers(1, 9),
    st.sampled_from([0.1, 0.55, 0.7, 0.9, 1.0]),
    st.booleans(),
    st.sampled_from([None, "s0", "s1"]),
)
READINGS = st.lists(st.lists(STATEMENTS, max_size=5), min_size=1, max_size=6)


def put(casefile: Casefile, number: int, found: list[Statement]) -> tuple[Document, list[Statement]]:
    """A document with these statements, as a reader numbers them."""
    text = f"{TEXT}{number}"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document = Document(sha256, len(text), "text/plain", f"{number}.txt", Origin("x", "ana", AT), Description())
    numbered = [replace(one, id=f"s{place}") for place, one in enumerate(found)]
    with casefile.database.writing() as connection:
        documents.add(connection, document)
        layers.add(connection, TextLayer(sha256, "txt", "1", text, sha256))
        statements.replace(connection, sha256, sha256, "1", numbered)
    return document, numbered


def order_of_all(read: list[tuple[Document, list[Statement]]]) -> list[str]:
    """The order as it was told when the queue held every statement: the slow and obvious one."""
    keys: list[str] = []
    filled = [(document, found) for document, found in read if found]
    filled.sort(key=lambda one: (-sum(map(hardness, one[1])) / len(one[1]), one[0].sha256))
    for document, found in filled:
        for one in sorted(found, key=lambda one: (one.content[0].start, -one.content[-1].end)):
            key = statement_key(document, one)
            if key not in keys:
                keys.append(key)
    return keys


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casefile in which every example puts other documents."""
    folder = tmp_path_factory.mktemp("queue")
    (folder / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(READINGS, st.integers(0, 1 << 30))
def test_the_order_is_that_of_all_statements(empty: Path, readings: list[list[Statement]], seed: int) -> None:
    """Hardest documents first, reading order inside; what is decided or read again in between is followed."""
    with Casefile.open(empty) as casefile:
        read = [put(casefile, number, []) for number in range(6)]
        queue = ReviewQueue(casefile)
        queue.refresh()
        read = [put(casefile, number, found) for number, found in enumerate(readings)]
        queue.refresh()
        items = [item for sha256 in queue.documents() for item in queue.of_document(sha256)]
        assert [item.key for item in items] == order_of_all(read)
        assert queue.size() == len(items)
        assert {sha256: first.key for sha256, first in queue.first_of(queue.documents()).items()} == {
            sha256: queue.of_document(sha256)[0].key for sha256 in queue.documents()
        }
        walked = [queue.beside(item, 1) for item in items]
        assert walked == [*items[1:], None][: len(items)]
        assert [queue.beside(item, -1) for item in items] == [None, *items[:-1]][: len(items)]
        waiting = [item for item in items if queue.waits(item)]
        assert queue.waiting() == len(waiting)
        assert queue.next_waiting(None) == next(iter(waiting), None)
        if waiting:
            made = decide_on(casefile, Random(seed).choice(waiting).key, Act.REJECT, HAND)
            queue.refresh()
            assert queue.undoable("L. P.") == made
            assert made.subject not in [item.key for item in waiting if queue.waits(item)]
            undo(casefile, made.id, by="L. P.", at=AT)
            queue.refresh()
            assert queue.waiting() == len(waiting)
            assert queue.undoable("L. P.") is None


@pytest.fixture(params=["sqlite", "postgresql"])
def reviewed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Casefile, list[str]]]:
    """A casefile with three documents, of which some statements were decided; the keys in the order of the queue."""
    case = tmp_path / "case"
    case.mkdir()
    (case / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
    with Casefile.open(case) as casefile:
        read = []
        for number in range(3):
            found = [statement(start, 4, 0.5 + number / 10, False, None) for start in (0, 10, 20)]
            read.append(put(casefile, number, found))
        keys = order_of_all(read)
        for key, act in zip(keys, (Act.CONFIRM, Act.REFER, Act.REJECT, Act.REFER, Act.CONFIRM), strict=False):
            decide_on(casefile, key, act, HAND)
        undo(casefile, 4, by="L. P.", at=AT)
        added = statement(40, 4, 1.0, False, None)
        add(casefile, read[2][0], f"{TEXT}2", added, HAND)
    if request.param == "postgresql":
        server = server_or_skip()
        copy_casefile(case, tmp_path / "team", server=server.address(server.new_database()))
        case = tmp_path / "team"
    with Casefile.open(case) as casefile:
        yield casefile, keys


def test_what_was_decided_is_known_from_the_start(reviewed: tuple[Casefile, list[str]]) -> None:
    """What waits, what a second reader shall see, what can be a control (each as likely), and what can be undone."""
    casefile, keys = reviewed
    queue = ReviewQueue(casefile)
    queue.refresh()
    assert queue.waiting() == 5
    assert queue.next_waiting(None) == queue.find(keys[3])
    assert [item.key for item in queue.referred()] == [keys[1]]
    confirmed = queue.find(keys[0])
    assert confirmed is not None
    drawn = [queue.known(Random(seed).randrange, confirmed) for seed in range(200)]
    counted = Counter(item.key for item in drawn if item is not None)
    assert sum(counted.values()) == 200 and counted.keys() == {keys[4], next(k for k in counted if k not in keys)}
    assert min(counted.values()) > 60
    last = queue.undoable("L. P.")
    assert last is not None and last.act is Act.ADD
    undo(casefile, last.id, by="L. P.", at=AT)
    queue.refresh()
    assert queue.find(last.subject) is None
    assert [item for item in [queue.known(Random(1).randrange, confirmed)] if item] == [queue.find(keys[4])]
    assert queue.undoable("nobody") is None


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(["decide", "undo", "add", "look"]), st.integers(0, 1 << 20)), max_size=14))
def test_a_queue_that_follows_tells_what_a_new_one_tells(empty: Path, steps: list[tuple[str, int]]) -> None:
    """What is decided, added and taken back is taken in one by one, whether the document is at hand or not."""
    with Casefile.open(empty) as casefile:
        found = [statement(start, 4, 0.5, False, "s0" if start else None) for start in (0, 10, 20)]
        read = [put(casefile, number, found) for number in range(4)]
        keys = order_of_all(read)
        followed = ReviewQueue(casefile)
        followed.refresh()
        for what, number in steps:
            if what == "decide":
                acts = (Act.CONFIRM, Act.REJECT, Act.REFER)
                followed.take(decide_on(casefile, keys[number % len(keys)], acts[number % 3], HAND))
            elif what == "add":
                document, _ = read[number % len(read)]
                words = statement(30 + number % 20, 3, 1.0, False, None)
                with suppress(DecidedMeanwhile):
                    add(casefile, document, f"{TEXT}{number % len(read)}", words, HAND)
            elif what == "undo" and (last := followed.undoable("L. P.")) is not None:
                undo(casefile, last.id, by="L. P.", at=AT)
            else:
                followed.next_waiting(followed.find(keys[number % len(keys)]))
            if number % 4:
                followed.refresh()
        followed.refresh()
        fresh = ReviewQueue(casefile)
        fresh.refresh()
        assert told(followed) == told(fresh)


def told(queue: ReviewQueue) -> object:
    """All that a queue tells."""
    items = [item for sha256 in queue.documents() for item in queue.of_document(sha256)]
    decided = [(queue.standing(item), queue.last_seen(item), queue.waits(item)) for item in items]
    counts = (queue.size(), queue.waiting(), [queue.waiting_in(sha256) for sha256 in queue.documents()])
    return items, decided, counts, queue.referred(), queue.next_waiting(None)
