"""The text of a document in pieces: words of statements marked as in the dossier, each figure with its own mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from recuento.model.anchor import Anchor
from recuento.publish.document_page import Piece, pieces_of
from recuento.publish.view import PublicDocument


@dataclass(frozen=True, slots=True)
class Part:
    """Some characters of a piece; `figure` are the places of the figure they belong to, `first` where it begins."""

    text: str
    figure: tuple[int, int] | None = None
    first: bool = False
    unsure: bool = False
    """Whether whoever read it from a picture was not sure of it."""


def parts_of(
    document: PublicDocument, more: tuple[Anchor, ...] = (), unsure: Sequence[tuple[int, int]] = ()
) -> tuple[tuple[Piece, tuple[Part, ...]], ...]:
    """The pieces of the dossier, each cut where a figure of a statement (or one of `more`), or a word that is not sure,
    begins or ends.

    Joined together the parts are the text, character by character. Of figures that overlap the first counts.
    """
    figures = _apart([figure.anchor for one in document.statements for figure in one.figures] + list(more))
    found = []
    place = 0
    for piece in pieces_of(document):
        end = place + len(piece.text)
        inside = [(start, stop) for start, stop in figures if start < end and place < stop]
        doubts = [(start, stop) for start, stop in unsure if start < end and place < stop]
        cuts = sorted({place, end, *(c for span in (*inside, *doubts) for c in span if place < c < end)})
        text = document.text or ""
        found.append((piece, tuple(_part(text, left, right, inside, doubts) for left, right in pairwise(cuts))))
        place = end
    return tuple(found)


def _part(text: str, left: int, right: int, figures: list[tuple[int, int]], doubts: list[tuple[int, int]]) -> Part:
    figure = next((span for span in figures if span[0] <= left and right <= span[1]), None)
    unsure = any(start <= left and right <= end for start, end in doubts)
    return Part(text[left:right], figure, figure is not None and figure[0] == left, unsure)


def _apart(anchors: list[Anchor]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted({(anchor.start, anchor.end) for anchor in anchors}):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
