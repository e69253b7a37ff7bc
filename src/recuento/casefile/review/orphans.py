"""Orphans: what people decided on words of an earlier text layer that the later one does not have.

They are never moved by guess. The earlier layer still shows the words; a decision that no longer matters is taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.review.reviewing import standing
from recuento.model.decision import Act, Decision
from recuento.model.document import Document
from recuento.model.moving import Move
from recuento.store import decisions, demands, documents, layer_moves, layers
from recuento.values.bilingual import Bilingual

Kind = Literal["statement", "claim", "demand", "held", "read"]


@dataclass(frozen=True, slots=True)
class Orphan:
    """A decision that stayed with an earlier layer, or a statement nobody decided on (`read`), with its words there.

    `held` is one that held back, or retracted, what cannot be told any more: the whole document is held in its place.
    """

    document: Document
    kind: Kind
    subject: str
    words: tuple[str, ...]
    earlier: str
    """SHA-256 of the layer that has the words."""
    spans: tuple[tuple[int, int], ...] = ()
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class LayersOf:
    """A document with more than one text layer: its moves and what was orphaned in them."""

    document: Document
    moves: tuple[Move, ...]
    orphans: tuple[Orphan, ...] = field(default=())


def layered(casefile: Casefile) -> tuple[LayersOf, ...]:
    """Every document with later layers, in the order of the casefile."""
    with casefile.database.reading() as connection:
        return _layered(connection)


def orphans(casefile: Casefile) -> tuple[Orphan, ...]:
    """Every decision that stands and is an orphan, by document and number."""
    with casefile.database.reading() as connection:
        if not layer_moves.count(connection):
            return ()
        return tuple(one for found in _layered(connection) for one in found.orphans if one.decision is not None)


WHAT_TO_DO: Mapping[Kind, Bilingual] = {
    "statement": Bilingual(
        es="se decidió sobre palabras que el texto nuevo no tiene igual: vea la capa anterior y decida de nuevo",
        en="was decided on words that the new text does not have as they were: see the earlier layer and decide again",
    ),
    "claim": Bilingual(
        es="se decidió sobre una cifra que el texto nuevo no tiene igual: vea la capa anterior y decida de nuevo",
        en="was decided on a figure that the new text does not have as it was: see the earlier layer and decide again",
    ),
    "demand": Bilingual(
        es="se anotó qué fue de una exigencia cuyas palabras el texto nuevo no tiene: vea la capa anterior",
        en="what came of a demand was noted whose words the new text does not have: see the earlier layer",
    ),
    "held": Bilingual(
        es="se retuvo algo que ya no se puede señalar, así que queda retenido el documento entero",
        en="something was held back that cannot be pointed at any more, so the whole document is held",
    ),
    "read": Bilingual(
        es="lo leyó la máquina y nadie decidió sobre ello",
        en="was read by the machine, and nobody decided on it",
    ),
}
"""What each kind of orphan means for whoever sees it."""


def _layered(connection: Connection) -> tuple[LayersOf, ...]:
    moves: dict[str, list[Move]] = {}
    for move in layer_moves.all(connection):
        moves.setdefault(move.document, []).append(move)
    if not moves:
        return ()
    found: dict[str, list[Orphan]] = {sha256: [] for sha256 in moves}
    known = {document.sha256: document for document in documents.all(connection) if document.sha256 in moves}
    for orphan in (*_decided(connection, known, moves), *_read(connection, known, moves)):
        found[orphan.document.sha256].append(orphan)
    return tuple(LayersOf(document, tuple(moves[sha]), tuple(found[sha])) for sha, document in known.items())


def _decided(
    connection: Connection, known: Mapping[str, Document], moves: Mapping[str, list[Move]]
) -> Iterator[Orphan]:
    written = {decision.id: decision for decision in decisions.as_written(connection)}
    asked = {id for every in demands.all(connection).values() for demand in every for id in demand.ids}
    by_prefix = {sha256[:16]: document for sha256, document in known.items()}
    for decision in sorted(standing(decisions.all(connection)).last.values(), key=lambda one: one.id):
        subject, before = decision.subject, written[decision.id].subject
        kind, _, rest = subject.partition(":")
        if layer_moves.is_orphan(subject):
            mark = subject.rpartition(layer_moves.ORPHAN)[2]
            if kind == "statement" and (document := by_prefix.get(rest[:16])) is not None:
                yield _with_words(connection, document, "statement", decision, mark)
            else:
                for move in (m for every in moves.values() for m in every if m.earlier.startswith(mark)):
                    yield Orphan(known[move.document], "claim", subject, (before,), move.earlier, decision=decision)
                    break
        elif decision.act in (Act.HOLD, Act.RETRACT) and subject != before and ":document:" in subject:
            sha256 = subject.rpartition(":")[2]
            words = (dict(decision.details).get("words", before),)
            yield Orphan(known[sha256], "held", subject, words, moves[sha256][-1].earlier, decision=decision)
        elif kind == "demand" and rest not in asked:
            move_of = (m for every in moves.values() for m in every if rest in m.demands and decision.id <= m.decided)
            for move in move_of:
                yield Orphan(known[move.document], "demand", subject, (rest,), move.earlier, decision=decision)
                break


def _with_words(connection: Connection, document: Document, kind: Kind, decision: Decision, mark: str) -> Orphan:
    layer = layers.starting(connection, document.sha256, mark)
    spans = layer_moves.spans_of(decision.subject)
    words = tuple(layer.text[start:end] for start, end in spans) if layer is not None else ()
    return Orphan(document, kind, decision.subject, words, layer.sha256 if layer else mark, spans, decision)


def _read(connection: Connection, known: Mapping[str, Document], moves: Mapping[str, list[Move]]) -> Iterator[Orphan]:
    """What the machine had read in the layer before the last one, without a decision, and the text has no longer."""
    decided = {decision.subject.partition(layer_moves.ORPHAN)[0] for decision in decisions.all(connection)}
    for sha256, every in moves.items():
        for content in every[-1].dropped:
            spans = tuple((anchor.start, anchor.end) for anchor in content)
            subject = f"statement:{sha256[:16]}:{','.join(f'{start}-{end}' for start, end in spans)}"
            if subject not in decided:
                words = tuple(anchor.quote for anchor in content)
                yield Orphan(known[sha256], "read", subject, words, every[-1].earlier, spans)
