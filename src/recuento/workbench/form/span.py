"""Where the words of a statement stand: as a form tells it, moved by a word, and found by words that were typed."""

from __future__ import annotations

import re
from itertools import pairwise

from recuento.errors import InvalidValue
from recuento.model.anchor import Anchor

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_WORD = re.compile(r"[\w%]+(?:[.,’'/-]\w+)*")


def content_from(spans: str, text: str) -> tuple[Anchor, ...]:
    """The anchors behind such a text; raises InvalidValue where they are none of this document."""
    pieces = [_SPAN.fullmatch(piece) for piece in spans.split(",")]
    places = [(int(piece[1]), int(piece[2])) for piece in pieces if piece]
    ordered = all(one[1] <= other[0] for one, other in pairwise(places))
    if len(places) != len(pieces) or not ordered or any(not 0 <= s < e <= len(text) for s, e in places):
        raise InvalidValue(f"{spans!r} is no place in the text", f"{spans!r} no es un lugar del texto")
    return tuple(Anchor.of(text, start, end) for start, end in places)


def nudged(content: tuple[Anchor, ...], how: str, text: str) -> tuple[Anchor, ...]:
    """The content with its first or last word put out or one more taken in: "start+1", "start-1", "end+1", "end-1".

    "+1" always grows. What would leave nothing, or go beyond the text, changes nothing.
    """
    words = [match.span() for match in _WORD.finditer(text)]
    first, last = content[0], content[-1]
    start, end = first.start, last.end
    if how == "end+1":
        end = next((e for _, e in words if e > end), end)
        last = Anchor.of(text, last.start, end)
    elif how == "end-1":
        kept = [e for s, e in words if s >= last.start and e < end]
        last = Anchor.of(text, last.start, kept[-1]) if kept else last
    elif how == "start+1":
        start = next((s for s, _ in reversed(words) if s < start), start)
        first = Anchor.of(text, start, first.end)
    elif how == "start-1":
        kept = [s for s, e in words if s > start and e <= first.end]
        first = Anchor.of(text, kept[0], first.end) if kept else first
    if len(content) > 1:
        return (first, *content[1:-1], last)
    if how.startswith("end"):
        return (last,)
    return (first,)


def words_in(typed: str, content: tuple[Anchor, ...], text: str) -> Anchor:
    """Where words that were typed stand in the words of a statement, be lines broken or letters small as they may.

    Raises InvalidValue where they do not stand there.
    """
    wanted = re.compile(r"\s+".join(map(re.escape, typed.split())), re.IGNORECASE)
    for anchor in content:
        found = wanted.search(anchor.quote)
        if found and found[0]:
            return Anchor.of(text, anchor.start + found.start(), anchor.start + found.end())
    raise InvalidValue(
        f"the words {typed!r} do not stand in the statement: type them as they stand there",
        f"las palabras {typed!r} no están en la declaración: escríbalas como están ahí",
    )
