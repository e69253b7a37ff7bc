"""The outline of a document tells where its statements stand and how hard they are, as its statements do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, update

from recuento.model.anchor import Anchor
from recuento.model.document import Description, Document, Origin
from recuento.model.hardness import hardness
from recuento.model.statement import Figure, Speaker, SpeakerKind, Statement
from recuento.store import documents, statement_outlines, statements, tables
from recuento.store.database import Database
from recuento.store.derived import delete_derived
from recuento.values.quantity import Comparison, Quantity

SPANS = st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda one: Anchor(one[0], one[0] + one[1], "x" * one[1]))
FIGURES = st.builds(
    Figure,
    anchor=SPANS,
    quantity=st.sampled_from([Quantity(3, 3, "3", Comparison.EQ), Quantity(2, 4, "unos 3", Comparison.APPROX)]),
    measure=st.sampled_from([None, "died"]),
)
STATEMENTS = st.builds(
    Statement,
    id=st.just(""),
    speaker=st.builds(Speaker, st.just("Ana"), st.just(SpeakerKind.PERSON), inferred=st.booleans()),
    content=st.lists(SPANS, min_size=1, max_size=2).map(lambda some: tuple(sorted(some, key=lambda one: one.start))),
    parent=st.sampled_from([None, "s0", "s1", "s9"]),
    figures=st.lists(FIGURES, max_size=2).map(tuple),
    confidence=st.sampled_from([0.1, 0.55, 0.9, 1.0]),
)


@st.composite
def read(draw: Callable[..., list[Statement]]) -> list[Statement]:
    """The statements of a document as a reader numbers them."""
    found = draw(st.lists(STATEMENTS, max_size=6))
    return [replace(one, id=f"s{number}") for number, one in enumerate(found)]


def keys_in_order(found: list[Statement]) -> list[tuple[str, str | None]]:
    """The slow and obvious order: as the review queue took every statement in before there were outlines."""
    keys = {one.id: ",".join(f"{anchor.start}-{anchor.end}" for anchor in one.content) for one in found}
    seen: list[tuple[str, str | None]] = []
    for _, begun in groupby(sorted(found, key=lambda one: one.content[0].start), key=lambda one: one.content[0].start):
        for one in sorted(begun, key=lambda one: one.content[-1].end, reverse=True):
            if keys[one.id] not in [key for key, _ in seen]:
                seen.append((keys[one.id], keys.get(one.parent) if one.parent else None))
    return seen


@given(read())
def test_the_places_are_those_of_the_statements_in_reading_order(found: list[Statement]) -> None:
    """Each place once, the longer first where two begin together, with the place each is nested in."""
    assert [(place.spans, place.parent) for place in statement_outlines.places_of(found)] == keys_in_order(found)


@given(STATEMENTS)
def test_what_is_not_exact_is_harder(statement: Statement) -> None:
    """A speaker who was concluded, an unknown measure and a number that is no exact one each add to it."""
    marks = 0.4 * statement.speaker.inferred
    marks += 0.3 * (None in [figure.measure for figure in statement.figures])
    marks += 0.3 * (Comparison.APPROX in [figure.quantity.comparison for figure in statement.figures])
    assert abs(hardness(statement) - (1 - statement.confidence + marks)) < 1e-12


def document(name: str) -> Document:
    """An invented document."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    origin = Origin("carpeta", "ana", datetime(2031, 3, 24, tzinfo=UTC))
    return Document(sha256, len(name), "text/plain", name, origin, Description())


def test_an_outline_is_written_with_its_statements(database: Database) -> None:
    """A new reading has a greater number and takes the outline's place; what was altered since is told; all can go."""
    with database.writing() as connection:
        follow(connection)


def follow(connection: Connection) -> None:
    """Read, read again, alter, delete."""
    one, other, third = document("a"), document("b"), document("c")
    words = [Statement(f"s{n}", Speaker("Ana", SpeakerKind.PERSON), (Anchor(n, n + 2, "xx"),)) for n in (7, 3)]
    for each in (one, other, third):
        documents.add(connection, each)
    assert statement_outlines.last_reading(connection) == (-1, 0)
    statements.replace(connection, one.sha256, "layer", "1", words)
    first = statement_outlines.last_reading(connection)
    statements.replace(connection, other.sha256, "layer", "1", [])
    assert statement_outlines.last_reading(connection) > first
    assert [sized[0] for sized in statement_outlines.sizes(connection)] == [one.sha256]
    assert statement_outlines.of(connection, [one.sha256, third.sha256]) == {one.sha256: (("3-5", None), ("7-9", None))}
    known = {one.sha256: words, other.sha256: [], third.sha256: []}
    assert statement_outlines.disagreeing(connection, known) == []
    table = tables.statement_outlines
    connection.execute(update(table).where(table.c.document == one.sha256).values(places='[["3-5",null]]'))
    assert statement_outlines.disagreeing(connection, known) == [one.sha256]
    delete_derived(connection)
    assert list(statement_outlines.sizes(connection)) == []
    assert statement_outlines.disagreeing(connection, known) == [one.sha256]
