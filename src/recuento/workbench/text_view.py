"""The text of a document as pieces to draw: the statement at hand with its fields marked, the others underlined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from recuento.model.anchor import Anchor
from recuento.model.statement import Statement
from recuento.workbench.fields.field import Field

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*(?:\n|$)))*")
"""Up to an empty line; a line may break inside."""
AROUND = 5_000
"""How many characters are shown on each side of a statement in a long document."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one field (or of none: ""); `number` is 0 where they go on with a field that was numbered before."""

    words: str
    field: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that belong to the statement at hand (`here`), to another one by its key, or to none."""

    pieces: tuple[Piece, ...]
    here: bool = False
    other: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text, which begins at the character `start`."""

    start: int
    runs: tuple[Run, ...]


def paragraphs_of(
    text: str, now: Statement, fields: Sequence[Field], others: Mapping[str, Statement], *, whole: bool
) -> tuple[Paragraph, ...]:
    """The paragraphs around the statement, or all of them where `whole`."""
    first, last = (0, len(text)) if whole else _window(text, now)
    mine = _marks(fields)
    told = [*now.content, *(anchor for anchor in (now.source, now.cue) if anchor), *(anchor for anchor, _ in mine)]
    here = _joined(text, told)
    owned = [(anchor, key) for key, other in others.items() for anchor in other.content]
    found = []
    for match in _PARAGRAPH.finditer(text, first, last):
        start, end = match.span()
        near = [(a, key) for a, key in owned if a.start < end and start < a.end]
        found.append(Paragraph(start, _runs(text, start, end, here, near, mine)))
    return tuple(found)


def is_cut(text: str, now: Statement) -> bool:
    """Whether not the whole text is shown by default."""
    return _window(text, now) != (0, len(text))


def _window(text: str, now: Statement) -> tuple[int, int]:
    first, last = max(0, now.content[0].start - AROUND), min(len(text), now.content[-1].end + AROUND)
    start = text.rfind("\n", 0, first) + 1 if first else 0
    end = text.find("\n", last)
    return start, end if end >= 0 else len(text)


def _joined(text: str, anchors: Iterable[Anchor]) -> list[Anchor]:
    """The anchors, those with nothing but space between them as one."""
    joined: list[Anchor] = []
    for anchor in sorted(anchors):
        if joined and not text[joined[-1].end : anchor.start].strip():
            last = joined.pop()
            joined.append(Anchor.of(text, last.start, max(last.end, anchor.end)))
        else:
            joined.append(anchor)
    return joined


def _marks(fields: Sequence[Field]) -> list[tuple[Anchor, Field]]:
    return [(anchor, field) for field in fields for anchor in field.at]


def _runs(
    text: str,
    start: int,
    end: int,
    here: Iterable[Anchor],
    others: Sequence[tuple[Anchor, str]],
    marks: Sequence[tuple[Anchor, Field]],
) -> tuple[Run, ...]:
    here = [anchor for anchor in here if anchor.start < end and start < anchor.end]
    anchors = [*here, *(anchor for anchor, _ in others), *(anchor for anchor, _ in marks)]
    cuts = sorted({start, end, *(c for a in anchors for c in (a.start, a.end) if start < c < end)})
    pieces = []
    begun: set[str] = set()
    for left, right in pairwise(cuts):
        is_here = any(_covers(anchor, left, right) for anchor in here)
        other = "" if is_here else next((key for anchor, key in others if _covers(anchor, left, right)), "")
        marked = is_here and not text[left:right].isspace()
        field = next((field for anchor, field in marks if _covers(anchor, left, right)), None) if marked else None
        name = field.name if field else ""
        # An item is parted by the marks of its figures: its number stands before the first part alone.
        piece = Piece(text[left:right], name, field.number if field and name not in begun else 0)
        begun.add(name)
        pieces.append((is_here, other, piece))
    return tuple(
        Run(tuple(piece for _, _, piece in group), here=key[0], other=key[1])
        for key, group in groupby(pieces, key=lambda one: one[:2])
    )


def _covers(anchor: Anchor, left: int, right: int) -> bool:
    return anchor.start <= left and right <= anchor.end
