"""Where the words that another reader proposes stand in a text, and which of them stand inside others."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, Literal, TypeVar

from recuento.model.anchor import Anchor

T = TypeVar("T")

NEAR = 300
"""Characters within which a verb belongs to its content, and a speaker's name was read there."""
_OCCURRENCES_MAX = 1_000
_QUOTES = "\"“”„«»‹›‘’'"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of a proposal stand. `source` is None where the speaker is named only far from the content."""

    content: Anchor
    speaker: Anchor
    source: Anchor | None
    cue: Anchor | None
    quoted: bool
    """Whether quotation marks stand around the content."""

    @property
    def start(self) -> int:
        """Where the whole begins: source, cue and content."""
        return min(one.start for one in (self.content, self.source, self.cue) if one is not None)

    @property
    def end(self) -> int:
        """Where the whole ends."""
        return max(one.end for one in (self.content, self.source, self.cue) if one is not None)


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """A proposal and its place."""

    proposal: T
    place: Place


@dataclass(frozen=True, slots=True)
class Tree(Generic[T]):
    """Proposals in the order of the text, and for each the number of the one it is nested in."""

    kept: list[Located[T]]
    parents: list[int | None]
    crossing: int
    """How many were left out because they cross another."""


Absence = Literal["content_absent", "speaker_absent", "cue_absent", "apart", "repeated"]


def locate(text: str, content: str, speaker: str, cue: str, taken: set[tuple[int, int]]) -> Place | Absence:
    """Give the place whose parts stand nearest together, outside one another, or say what is missing.

    `taken` are contents that are spoken for. Of places equally near the first is given.
    """
    contents = occurrences(text, content)
    if not contents:
        return "content_absent"
    free = [span for span in contents if span not in taken]
    if not free:
        return "repeated"
    speakers = occurrences(text, speaker)
    cues = occurrences(text, cue) if cue.strip() else []
    if cue.strip() and not cues:
        return "cue_absent"
    best: tuple[int, int, Place] | None = None
    apart = False
    for span in free:
        named = _nearest(speakers, span, ())
        spoken = _nearest(cues, span, (named,) if named else ()) if cues else None
        if named is None:
            continue
        if cues and (spoken is None or _gap(spoken, span) > NEAR):
            apart = True
            continue
        distance = _gap(named, span) + (_gap(spoken, span) if spoken else 0)
        if best is None or distance < best[0]:
            best = (distance, span[0], _place(text, span, named, spoken))
    if best is not None:
        return best[2]
    return "apart" if apart else "speaker_absent"


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Every place of these whole words, in order; runs of white space may differ, everything else is exact."""
    parts = words.split()
    if not parts:
        return []
    before = r"(?<!\w)" if parts[0][0].isalnum() else ""
    after = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    pattern = re.compile(before + r"\s+".join(map(re.escape, parts)) + after)
    return [match.span() for match in islice(pattern.finditer(text), _OCCURRENCES_MAX)]


def nested(located: Iterable[Located[T]]) -> Tree[T]:
    """Order proposals as the text has them and find what each is nested in; what crosses another is left out.

    One is nested in another where its content, its source and its cue all stand inside the other's content.
    """
    ordered = sorted(located, key=lambda one: (one.place.content.start, -one.place.content.end))
    kept: list[Located[T]] = []
    parents: list[int | None] = []
    open_: list[int] = []
    crossing = 0
    for one in ordered:
        content = one.place.content
        while open_ and kept[open_[-1]].place.content.end <= content.start:
            open_.pop()
        if open_:
            outer = kept[open_[-1]].place.content
            if one.place.start < outer.start or one.place.end > outer.end or outer == content:
                crossing += 1
                continue
        parents.append(open_[-1] if open_ else None)
        open_.append(len(kept))
        kept.append(one)
    return Tree(kept, parents, crossing)


def _nearest(
    spans: Sequence[tuple[int, int]], to: tuple[int, int], apart_from: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """The span nearest to `to` that overlaps neither it nor the others; of two equally near the one before it."""
    middle = bisect_left(spans, to)
    before = next((s for s in reversed(spans[:middle]) if _is_free(s, to, apart_from)), None)
    after = next((s for s in spans[middle:] if _is_free(s, to, apart_from)), None)
    return min((s for s in (before, after) if s is not None), key=lambda s: (_gap(s, to), s), default=None)


def _is_free(span: tuple[int, int], to: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return all(span[1] <= other[0] or other[1] <= span[0] for other in (to, *others))


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _place(text: str, content: tuple[int, int], named: tuple[int, int], cue: tuple[int, int] | None) -> Place:
    speaker = Anchor.of(text, *named)
    reached = content if cue is None else (min(content[0], cue[0]), max(content[1], cue[1]))
    before, after = text[: content[0]].rstrip()[-1:], text[content[1] : content[1] + 1]
    inside = text[content[0]] in _QUOTES and text[content[1] - 1] in _QUOTES
    return Place(
        content=Anchor.of(text, *content),
        speaker=speaker,
        source=speaker if _gap(named, reached) <= NEAR else None,
        cue=Anchor.of(text, *cue) if cue is not None else None,
        quoted=inside or (before != "" and before in _QUOTES and after != "" and after in _QUOTES),
    )
