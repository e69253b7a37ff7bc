"""Lay a new text layer beside the one that is there: nothing old changes, and what stood on it is carried over exactly.

All of it belongs into one transaction with the layer, so that nobody ever sees a text with the anchors of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from recuento.compare.grounding import read_claim_id
from recuento.model.anchor import Anchor
from recuento.model.decision import Decision
from recuento.model.demand import Demand
from recuento.model.document import TextLayer
from recuento.model.moving import Move, Moved, MovedSpan
from recuento.model.statement import Statement
from recuento.preserve.reanchoring import reanchored
from recuento.store import decisions, demands, derived, layer_moves, layers, runs, statements
from recuento.store.encoding import decode, encode

_READ = "read"
_READING = "reader:"
"""The steps under which is kept that a text was read, and what other readers read in it."""
_Places = Mapping[tuple[int, int], Anchor | None]


def lay_beside(connection: Connection, layer: TextLayer, at: datetime) -> Move | None:
    """Add a layer and carry over what stood on the one before; None where there was none, or this one is there.

    Until the text is read again its statements are those of the earlier layer that are found in it, whole and exact.
    Raises InvalidValue where the same extractor version has made another text of the document.
    """
    earlier = layers.current(connection, layer.document)
    if not layers.add(connection, layer) or earlier is None:
        return None
    stood = _what_stood(connection, earlier)
    places = reanchored(earlier.text, layer.text, stood.spans())
    moved = Moved(places)
    move = Move(
        document=layer.document,
        earlier=earlier.sha256,
        later=layer.sha256,
        decided=decisions.last_number(connection),
        spans=tuple(MovedSpan(start, end, to) for (start, end), to in sorted(places.items())),
        claims=tuple(sorted(set(_claims(layer.document, stood, places)))),
        demands=tuple(sorted(d.id for d in stood.demands if d.anchor and places[d.anchor.start, d.anchor.end] is None)),
        dropped=tuple(one.content for one in stood.read if moved.statement(one) is None),
    )
    layer_moves.add(connection, move)
    if runs.finished(connection, _READ, layer.document) is not None:
        _put_statements(connection, layer, stood, moved)
        # So that the text is read again, and whoever holds the document in memory takes it anew before that.
        runs.finish(connection, _READ, layer.document, f"carried to {layer.sha256}", stood.reader_version, at)
    _put_other_readings(connection, earlier, layer, moved)
    return move


@dataclass(frozen=True, slots=True)
class _Stood:
    """What points into a layer: statements as they were read, those in decisions, subjects of decisions, demands."""

    read: tuple[Statement, ...]
    reader_version: str
    decided: tuple[Statement, ...]
    keys: tuple[tuple[int, int], ...]
    demands: tuple[Demand, ...]

    def spans(self) -> Iterator[tuple[int, int]]:
        """The spans of every anchor."""
        for statement in (*self.read, *self.decided):
            yield from ((anchor.start, anchor.end) for anchor in statement.anchors())
        yield from self.keys
        yield from ((one.anchor.start, one.anchor.end) for one in self.demands if one.anchor is not None)


def _what_stood(connection: Connection, layer: TextLayer) -> _Stood:
    on = statements.read_from(connection, layer.document)
    read = statements.of(connection, layer.document) if on is not None and on[0] == layer.sha256 else []
    made = [one for one in decisions.in_document(connection, layer.document) if not layer_moves.is_orphan(one.subject)]
    others = [statement for result in _other_readings(connection, layer).values() for statement in result]
    asked = [one for every in demands.all(connection).values() for one in every if one.document == layer.document]
    return _Stood(
        read=tuple(read),
        reader_version=on[1] if on is not None else "",
        decided=(*_in_decisions(made), *others),
        keys=tuple(span for one in made for span in layer_moves.spans_of(one.subject)),
        demands=tuple(asked),
    )


def _in_decisions(made: Iterable[Decision]) -> Iterator[Statement]:
    for decision in made:
        yield from (decode(Statement, value) for name, value in decision.details if name in ("from", "to"))


def _claims(document: str, stood: _Stood, places: _Places) -> Iterator[tuple[str, str]]:
    """The ids of claims that were read, which tell where a figure begins, with those they have now."""
    for statement in (*stood.read, *stood.decided):
        for figure in statement.figures:
            to = places[figure.anchor.start, figure.anchor.end]
            now = read_claim_id(document, to.start, figure.measure) if to is not None else ""
            yield read_claim_id(document, figure.anchor.start, figure.measure), now


def _put_statements(connection: Connection, layer: TextLayer, stood: _Stood, moved: Moved) -> None:
    """Those that are found whole, without what is nested in one that is not."""
    kept: list[Statement] = []
    ids: set[str] = set()
    for statement in stood.read:
        now = moved.statement(statement)
        if now is not None and (now.parent is None or now.parent in ids):
            kept.append(now)
            ids.add(now.id)
    statements.replace(connection, layer.document, layer.sha256, stood.reader_version, kept)


def _other_readings(connection: Connection, layer: TextLayer) -> dict[str, tuple[Statement, ...]]:
    """What other readers made of this very text, by the step it is kept under."""
    return {
        step: decode(tuple[Statement, ...], result.body)
        for step, result in derived.of_key(connection, layer.document).items()
        if step.startswith(_READING) and result.fingerprint.startswith(layer.sha256)
    }


def _put_other_readings(connection: Connection, earlier: TextLayer, layer: TextLayer, moved: Moved) -> None:
    """What they read is kept as far as it is found; the reader is asked again all the same, for the text is another."""
    for step, found in _other_readings(connection, earlier).items():
        kept = tuple(now for one in found if (now := moved.statement(one)) is not None)
        derived.keep(
            connection,
            step,
            layer.document,
            derived.Result(f"{layer.sha256}|carried over", encode(kept, tuple[Statement, ...])),
        )
