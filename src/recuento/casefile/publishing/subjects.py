"""What can be held back or retracted, by its kind and id: whether it is there, to which event it belongs, its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from recuento.casefile.casefile import Casefile
from recuento.casefile.events.gathering import Gathered, documents_of, gathered_from
from recuento.casefile.review.correcting import Standing, statements_standing
from recuento.casefile.review.reviewing import reviews
from recuento.errors import InvalidValue
from recuento.model.statement import Statement
from recuento.model.statement_key import key_at, spans_text
from recuento.store import claims, documents, layers, statements
from recuento.values.bilingual import Bilingual
from recuento.values.wording import shortened

KINDS = ("claim", "demand", "document", "statement", "estimate", "event")
_WORDS_MAX = 160


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing of the casefile: its kind, its whole id, its event (empty for a document), and what it is called.

    Of a statement `id` is the document and the spans as it was read, and `statement` the statement as it stands.
    `earlier` are ids that a demand had before its statement was put right.
    """

    kind: str
    id: str
    event: str
    words: Bilingual
    statement: Statement | None = None
    earlier: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Its id, then those it had: a decision on any of them is one on it."""
        return (self.id, *self.earlier)

    @property
    def name(self) -> str:
        """Kind and id, as commands and addresses give it."""
        return f"{self.kind}:{self.id}"


def subject_named(casefile: Casefile, name: str) -> Subject:
    """The subject of that name: "claim:ID", "document:SHA256", "statement:DOCUMENT:SPANS", "estimate:ID" ...

    A document may be named by the beginning of its hash, a statement by its words as they are or as they were read.
    Raises InvalidValue where there is no such thing.
    """
    kind, _, id = name.partition(":")
    if kind not in KINDS or not id:
        listed = ", ".join(f"{one}:ID" for one in KINDS)
        raise InvalidValue(f"write {listed}; not {name!r}", f"escriba {listed}; no {name!r}")
    found = _FIND[kind](casefile, id)
    if found is None:
        raise InvalidValue(f"there is no {kind} {id}", f"no existe {kind} {id}")
    return found


def names_of(casefile: Casefile, name: str) -> tuple[str, ...]:
    """A name, and those that a demand so called had before its statement was put right."""
    kind, _, id = name.partition(":")
    found = _demand(casefile, id) if kind == "demand" else None
    return (name,) if found is None else tuple(f"{kind}:{each}" for each in found.ids)


def _claim(casefile: Casefile, id: str) -> Subject | None:
    with casefile.database.reading() as connection:
        entered = claims.find(connection, id)
    found = entered or next((c for one in _gathered(casefile) for c in one.claims if c.id == id), None)
    if found is None:
        return None
    return Subject("claim", id, found.event, Bilingual.same(f"{found.claimant}: {found.quantity.words}"))


def _demand(casefile: Casefile, id: str) -> Subject | None:
    found = next((d for one in _gathered(casefile) for d in one.demands if id in d.ids), None)
    if found is None:
        return None
    words = Bilingual.same(f"{found.asker}: {found.item}")
    return Subject("demand", found.id, found.event, words, earlier=found.earlier)


def _gathered(casefile: Casefile) -> Iterator[Gathered]:
    """Event by event what documents say: nobody entered their claims and demands, so no table holds them all."""
    settings, decided, found = casefile.settings, reviews(casefile), documents_of(casefile)
    with casefile.database.reading() as connection:
        entered = claims.all(connection)
    # On which day makes a demand overdue, and neither a claim nor a demand another.
    for event in settings.cast.events:
        yield gathered_from(settings, event, event.starts.first, found, entered, decided)


def _document(casefile: Casefile, id: str) -> Subject | None:
    if len(id) < 8:
        return None
    with casefile.database.reading() as connection:
        found = documents.find(connection, id)
    if found is None:
        return None
    return Subject("document", found.sha256, "", Bilingual.same(found.description.title or found.name))


def _statement(casefile: Casefile, id: str) -> Subject | None:
    sha256, _, spans = id.partition(":")
    with casefile.database.reading() as connection:
        document = documents.find(connection, sha256) if len(sha256) >= 8 else None
        layer = layers.current(connection, document.sha256) if document is not None else None
        read = statements.of(connection, document.sha256) if document is not None else []
    if document is None or layer is None:
        return None
    key = key_at(document.sha256, spans)
    for one in statements_standing(document, layer.text, read, reviews(casefile)):
        if key in (one.key, _key_now(document.sha256, one)) and not one.rejected:
            said = " […] ".join(anchor.quote for anchor in one.statement.content)
            words = Bilingual.same(shortened(" ".join(f"{one.statement.speaker.name}: {said}".split()), _WORDS_MAX))
            return Subject("statement", one.key.removeprefix("statement:"), "", words, one.statement)
    return None


def _key_now(sha256: str, standing: Standing) -> str:
    """The key the statement would have by its words as people left them."""
    return key_at(sha256, spans_text(standing.statement.content))


def _estimate(casefile: Casefile, id: str) -> Subject | None:
    found = (one for one in casefile.settings.estimates if one.id == id)
    return next((Subject("estimate", id, one.event, one.question) for one in found), None)


def _event(casefile: Casefile, id: str) -> Subject | None:
    found = casefile.settings.cast.event(id)
    return Subject("event", id, "", found.name) if found is not None else None


_FIND = {
    "claim": _claim,
    "demand": _demand,
    "document": _document,
    "statement": _statement,
    "estimate": _estimate,
    "event": _event,
}
