"""Moves: how what stood on one text layer of a document stands on the layer that came after it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from recuento.model.anchor import Anchor
from recuento.model.statement import Ask, Figure, Statement


@dataclass(frozen=True, slots=True)
class MovedSpan:
    """Characters of the earlier layer, and where their words stand on the later one; None where they do not."""

    start: int
    end: int
    to: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """From the layer `earlier` (its SHA-256) of a document to `later`.

    `decided` is the number of the last decision before it: what was decided up to there judged the earlier text.
    `claims` pairs the ids of read claims, which tell where a figure stands, with those they have now, "" for none.
    `dropped` are the contents of statements as they were read that are not found again, `demands` the ids of demands.
    """

    document: str
    earlier: str
    later: str
    decided: int
    spans: tuple[MovedSpan, ...] = ()
    claims: tuple[tuple[str, str], ...] = ()
    demands: tuple[str, ...] = ()
    dropped: tuple[tuple[Anchor, ...], ...] = field(default=())

    def places(self) -> dict[tuple[int, int], Anchor | None]:
        """Where each span stands now."""
        return {(span.start, span.end): span.to for span in self.spans}


class Moved:
    """Anchors and statements of an earlier layer as they stand on a later one: as a whole, or not at all."""

    def __init__(self, places: dict[tuple[int, int], Anchor | None]) -> None:
        self._places = places

    def spans(self, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...] | None:
        """These spans, None where one is not found or they are not in the order they were in."""
        found = [self._places.get(span) for span in spans]
        there = [(anchor.start, anchor.end) for anchor in found if anchor is not None]
        return tuple(there) if len(there) == len(spans) and _in_same_order(spans, tuple(there)) else None

    def statement(self, statement: Statement) -> Statement | None:
        """The statement with every anchor on the later layer, None where one is an orphan or their order changed."""
        if self.spans(tuple((one.start, one.end) for one in statement.anchors())) is None:
            return None
        return replace(
            statement,
            content=tuple(self._anchor(one) for one in statement.content),
            source=self._anchor(statement.source) if statement.source else None,
            cue=self._anchor(statement.cue) if statement.cue else None,
            figures=tuple(self._figure(one) for one in statement.figures),
            asks=tuple(self._ask(one) for one in statement.asks),
        )

    def _figure(self, figure: Figure) -> Figure:
        counted = self._anchor(figure.counted) if figure.counted else None
        return replace(figure, anchor=self._anchor(figure.anchor), counted=counted)

    def _ask(self, ask: Ask) -> Ask:
        return replace(ask, item=self._anchor(ask.item))

    def _anchor(self, anchor: Anchor) -> Anchor:
        found = self._places[anchor.start, anchor.end]
        assert found is not None
        return found


def _in_same_order(before: tuple[tuple[int, int], ...], after: tuple[tuple[int, int], ...]) -> bool:
    order = sorted(range(len(before)), key=lambda at: before[at])
    return order == sorted(order, key=lambda at: after[at])
