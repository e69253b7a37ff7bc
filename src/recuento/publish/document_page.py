"""The text of a document cut into pieces: plain words, and words that belong to statements."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from recuento.publish.chart import LETTERS
from recuento.publish.view import PublicDocument, PublicStatement


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of the text. `depth` counts the statements around them, 0 for plain words.

    `opens` and `closes` are the ids of statements that begin and end here; `letter` is the innermost party's colour.
    """

    text: str
    depth: int = 0
    letter: str = ""
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()


def pieces_of(document: PublicDocument) -> tuple[Piece, ...]:
    """The whole text in order; joined together the pieces are the text, character by character."""
    text = document.text or ""
    told = [statement for statement in document.statements if statement.content]
    spans = [(a.start, a.end, statement) for statement in told for a in statement.content if a.stands_on(text)]
    cuts = sorted({0, len(text)} | {start for start, _, _ in spans} | {end for _, end, _ in spans})
    begins = _ends(told, last=False)
    finishes = _ends(told, last=True)
    inner = _events_by_place(spans)
    pieces, open_now = [], list[tuple[int, PublicStatement]]()
    for start, end in pairwise(cuts):
        open_now = [(until, statement) for until, statement in open_now if until > start]
        open_now += inner.get(start, [])
        pieces.append(
            Piece(
                text=text[start:end],
                depth=min(len(open_now), 3),
                letter=_letter(open_now),
                opens=tuple(begins.get(start, ())) if open_now else (),
                closes=tuple(finishes.get(end, ())) if open_now else (),
            )
        )
    return tuple(pieces)


def _ends(statements: list[PublicStatement], *, last: bool) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for statement in statements:
        place = max(a.end for a in statement.content) if last else min(a.start for a in statement.content)
        found.setdefault(place, []).append(statement.id)
    return found


def _events_by_place(
    spans: list[tuple[int, int, PublicStatement]],
) -> dict[int, list[tuple[int, PublicStatement]]]:
    found: dict[int, list[tuple[int, PublicStatement]]] = {}
    for start, end, statement in sorted(spans, key=lambda span: (span[0], -span[1])):
        found.setdefault(start, []).append((end, statement))
    return found


def _letter(open_now: list[tuple[int, PublicStatement]]) -> str:
    if not open_now:
        return ""
    innermost = min(open_now, key=lambda pair: pair[0])[1]
    party = innermost.voice.party
    return LETTERS[party.mark] if party is not None else "I"
