"""Documents, layers, statements, claims, demands, decisions, runs: what each query gives back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DatabaseError

from recuento.errors import InvalidValue
from recuento.model.anchor import Anchor
from recuento.model.claim import Claim
from recuento.model.decision import Act
from recuento.model.demand import Demand
from recuento.model.document import Description, Document, Origin, TextLayer
from recuento.model.statement import Speaker, SpeakerKind, Statement
from recuento.store import claims, decisions, demands, derived, documents, layers, runs, statements
from recuento.store.database import Database
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, quantity_from

NOON = datetime(2023, 9, 20, 12, tzinfo=UTC)
CLAIM = Claim(
    id="C1",
    event="toma",
    facility="penal",
    claimant="Ministerio de Prueba",
    party="state",
    measure="escaped",
    quantity=quantity_from(Comparison.GE, (11,), "al menos 11"),
    stated=PartialDate(2023, 9, 20),
    as_of=PartialDate(2023, 9),
)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A write transaction on an empty casefile."""
    with database.writing() as one:
        yield one


def document(name: str, published: PartialDate | None = None, where: str = "carpeta/nota.txt") -> Document:
    """An invented document whose bytes are its name."""
    return Document(
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        size_bytes=len(name),
        media_type="text/plain",
        name=name,
        origin=Origin(where=where, by="ana", at=NOON),
        description=Description(title=name, published=published),
    )


def layer(of: Document, text: str, version: str = "1") -> TextLayer:
    """A text layer of a document."""
    return TextLayer(of.sha256, "plain", version, text, hashlib.sha256(text.encode()).hexdigest())


def statement(id: str) -> Statement:
    """An invented statement."""
    return Statement(id, Speaker("la ministra", SpeakerKind.PERSON), (Anchor(0, 4, "hubo"),))


def test_documents_come_back_in_a_stable_order(connection: Connection) -> None:
    """By day of publication with the undated last, then by name, whatever the order they came in."""
    expected = [
        document("b", PartialDate(2023, 9)),
        document("a", PartialDate(2023, 9, 20)),
        document("ñ", PartialDate(2023, 9, 20)),
        document("0"),
    ]
    for one in reversed(expected):
        assert documents.add(connection, one)
    assert documents.all(connection) == expected


def test_the_same_bytes_are_one_document_with_two_origins(connection: Connection) -> None:
    """The second origin is added, once; the document stays as it was first described."""
    first, second = document("a"), document("a", where="https://example.org/a")
    assert documents.add(connection, first)
    assert not documents.add(connection, replace(second, name="other", description=Description()))
    assert not documents.add_origin(connection, first.sha256, second.origin)
    assert documents.all(connection) == [first]
    assert documents.origins(connection, first.sha256) == [first.origin, second.origin]


def test_a_document_is_found_by_the_start_of_its_hash(connection: Connection) -> None:
    """A start that fits one finds it, one that fits several is refused, and none gives None."""
    added = [document(str(number)) for number in range(40)]
    for one in added:
        documents.add(connection, one)
    for one in added:
        assert documents.find(connection, one.sha256) == one
        assert documents.find(connection, one.sha256[:10].upper()) == one
    shared = next(c for c in "0123456789abcdef" if sum(one.sha256.startswith(c) for one in added) > 1)
    with pytest.raises(InvalidValue, match="several"):
        documents.find(connection, shared)
    assert documents.find(connection, "%") is None
    assert documents.find(connection, "f" * 64) is None


def test_a_document_can_be_described_again(connection: Connection) -> None:
    """What is told about a document, and why it cannot be read, can be replaced; an unknown document is named."""
    one = document("a")
    documents.add(connection, one)
    told = Description(title="Título", published=PartialDate(2023))
    reason = Bilingual(es="vacío", en="empty")
    documents.describe(connection, one.sha256, told)
    documents.mark(connection, one.sha256, "application/pdf", reason)
    expected = replace(one, description=told, media_type="application/pdf", unreadable=reason)
    assert documents.find(connection, one.sha256) == expected
    with pytest.raises(InvalidValue):
        documents.describe(connection, "f" * 64, told)


def test_no_row_without_its_document(database: Database) -> None:
    """A text layer of a document that is not there is refused by the database itself."""
    with pytest.raises(DatabaseError), database.writing() as connection:
        layers.add(connection, layer(document("a"), "hola"))


def test_layers_are_frozen(database: Database) -> None:
    """A newer version adds a layer, the same version never another text, and no layer can be changed."""
    one = document("a")
    first, second = layer(one, "hola"), layer(one, "hola y adiós", version="2")
    with database.writing() as connection:
        documents.add(connection, one)
        assert layers.current(connection, one.sha256) is None
        assert layers.add(connection, first)
        assert not layers.add(connection, first)
        with pytest.raises(InvalidValue, match="another text"):
            layers.add(connection, layer(one, "otra"))
        with pytest.raises(InvalidValue, match="SHA-256"):
            layers.add(connection, replace(second, text="otra"))
        layers.add(connection, second)
        assert layers.current(connection, one.sha256) == second
        assert layers.of(connection, one.sha256) == [first, second]
    with pytest.raises(DatabaseError), database.writing() as connection:
        connection.exec_driver_sql("UPDATE text_layers SET text = 'x'")


def test_statements_are_replaced_as_a_whole(connection: Connection) -> None:
    """A new reading takes the place of the old one of that document alone, in its own order."""
    one, other = document("a"), document("b")
    for each in (one, other):
        documents.add(connection, each)
        statements.replace(connection, each.sha256, "layer", "1", [statement("s2"), statement("s1")])
    statements.replace(connection, one.sha256, "layer", "2", [statement("s3")])
    assert statements.of(connection, one.sha256) == [statement("s3")]
    assert statements.read_from(connection, one.sha256) == ("layer", "2")
    assert statements.all(connection) == {
        one.sha256: [statement("s3")],
        other.sha256: [statement("s2"), statement("s1")],
    }
    statements.replace(connection, one.sha256, "layer", "3", [])
    assert statements.of(connection, one.sha256) == []


def test_every_change_of_a_claim_is_kept(connection: Connection) -> None:
    """Entering is told as added, changed or same; the history holds each version with who and when."""
    changed = replace(CLAIM, quantity=quantity_from(Comparison.EQ, (Decimal("13"),), "13"))
    later = NOON + timedelta(hours=1)
    assert claims.upsert(connection, CLAIM, "ana", NOON) == "added"
    assert claims.upsert(connection, CLAIM, "luis", later) == "same"
    assert claims.upsert(connection, changed, "luis", later) == "changed"
    assert claims.all(connection) == [changed]
    kept = [(v.number, v.claim, v.by, v.at) for v in claims.history(connection, "C1")]
    assert kept == [(1, CLAIM, "ana", NOON), (2, changed, "luis", later)]
    assert claims.history(connection, "C2") == []


def test_demands_are_replaced_by_event(connection: Connection) -> None:
    """The demands of one event are replaced together; those of another stay."""
    asked = [Demand(f"d{n}", f"e{n % 2}", "Ana", "ngo", "la lista", PartialDate(2023, 9)) for n in range(4)]
    demands.replace(connection, "e0", [asked[2], asked[0]])
    demands.replace(connection, "e1", [asked[1], asked[3]])
    demands.replace(connection, "e0", [asked[0]])
    assert demands.of(connection, "e0") == [asked[0]]
    assert demands.all(connection) == {"e0": [asked[0]], "e1": [asked[1], asked[3]]}


def test_decisions_are_appended_in_order(connection: Connection) -> None:
    """Decisions come back as they were made, numbered in order, with their moment in UTC."""
    made = [
        decisions.append(connection, f"statement:{n % 2}", Act.REJECT, "ana", NOON, (("measure", "died"),), why="leído")
        for n in range(4)
    ]
    assert decisions.all(connection) == made
    assert [one.id for one in made] == sorted({one.id for one in made})
    assert decisions.on(connection, "statement:1") == [made[1], made[3]]


FORBIDDEN = [
    "UPDATE decisions SET why = 'x'",
    "DELETE FROM decisions",
    "INSERT INTO decisions SELECT * FROM decisions WHERE true ON CONFLICT (id) DO UPDATE SET decided_by = 'luis'",
    "UPDATE claim_versions SET changed_by = 'x'",
    "DELETE FROM claim_versions",
]
OF_ONE_STORE = {
    "sqlite": ["REPLACE INTO decisions SELECT id, subject, act, 'luis', decided_at, details, why FROM decisions"],
    "postgresql": ["TRUNCATE decisions", "TRUNCATE claims CASCADE"],
}


def test_what_people_decided_cannot_be_changed(database: Database) -> None:
    """The database refuses to change or delete a decision or a version of a claim."""
    with database.writing() as connection:
        decisions.append(connection, "claim:C1", Act.CONFIRM, "ana", NOON)
        claims.upsert(connection, CLAIM, "ana", NOON)
        store = connection.dialect.name
    for act in FORBIDDEN + OF_ONE_STORE[store]:
        with pytest.raises(DatabaseError, match="only ever added"), database.writing() as connection:
            connection.exec_driver_sql(act)
    with database.reading() as connection:
        assert [one.by for one in decisions.all(connection)] == ["ana"]
        assert [one.by for one in claims.history(connection, "C1")] == ["ana"]


def test_runs_remember_the_last_inputs(connection: Connection) -> None:
    """A step has finished a subject with the last fingerprint, until the step is forgotten."""
    for step, subject, fingerprint in (("read", "a", "1"), ("read", "a", "2"), ("read", "b", "1"), ("link", "a", "9")):
        runs.finish(connection, step, subject, fingerprint, "v", NOON)
    assert runs.finished(connection, "read", "a") == "2"
    assert runs.all_finished(connection, "read") == {"a": "2", "b": "1"}
    runs.forget(connection, "read")
    assert runs.finished(connection, "read", "a") is None
    assert runs.finished(connection, "link", "a") == "9"


def test_everything_derived_can_be_deleted(connection: Connection) -> None:
    """What machines made goes; documents, claims and decisions stay, and text layers unless they too are named."""
    one = document("a")
    documents.add(connection, one)
    layers.add(connection, layer(one, "hola"))
    statements.replace(connection, one.sha256, "layer", "1", [statement("s1")])
    claims.upsert(connection, CLAIM, "ana", NOON)
    decisions.append(connection, "claim:C1", Act.CONFIRM, "ana", NOON)
    runs.finish(connection, "read", "a", "1", "v", NOON)
    derived.keep(connection, "balance", "toma", derived.Result("f", "{}"))
    derived.keep(connection, "balance", "toma", derived.Result("g", "[]"))
    assert derived.all(connection, "balance") == {"toma": derived.Result("g", "[]")}
    derived.delete_derived(connection)
    assert statements.all(connection) == {}
    assert runs.finished(connection, "read", "a") is None
    assert derived.find(connection, "balance", "toma") is None
    assert layers.current(connection, one.sha256) == layer(one, "hola")
    derived.delete_derived(connection, layers=True)
    assert layers.current(connection, one.sha256) is None
    assert len(documents.all(connection)) == len(claims.all(connection)) == len(decisions.all(connection)) == 1


def test_every_query_can_be_said_to_postgresql(database: Database) -> None:
    """Each statement that the room sends compiles in PostgreSQL's dialect as it does in SQLite's."""
    seen: list[Any] = []
    event.listen(database._writer, "before_execute", lambda c, statement, *rest: seen.append(statement))
    for test in (
        test_the_same_bytes_are_one_document_with_two_origins,
        test_a_document_can_be_described_again,
        test_statements_are_replaced_as_a_whole,
        test_every_change_of_a_claim_is_kept,
        test_demands_are_replaced_by_event,
        test_decisions_are_appended_in_order,
        test_runs_remember_the_last_inputs,
    ):
        with pytest.raises(ZeroDivisionError), database.writing() as connection:
            test(connection)
            raise ZeroDivisionError("so that nothing of it stays")
    compiled = {str(statement.compile(dialect=postgresql.dialect())) for statement in seen}  # type: ignore[no-untyped-call]
    assert len(compiled) > 20
    assert not any("OR REPLACE" in words or "sqlite" in words for words in compiled)
