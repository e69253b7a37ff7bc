"""Which place of detention a figure is about, by the names and aliases that the casefile knows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from recuento.model.casting import Facility
from recuento.model.statement import Figure
from recuento.read.text.folding import fold, plain
from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Tokens

_TOWARDS = words_of("towards")


@dataclass(frozen=True, slots=True)
class Mention:
    """A facility named at characters `start` to `end`; `towards` where people are sent to it."""

    start: int
    end: int
    facility: str
    towards: bool


def mentions_of(facilities: Sequence[Facility], tokens: Tokens) -> list[Mention]:
    """Every place in a text where a facility is named with a capital letter, in order."""
    names = _names(facilities)
    found: list[Mention] = []
    place = 0
    for k in range(len(tokens) if names else 0):
        if k < place or not tokens.word[k][0].isupper():
            continue
        for words, facility in names.get(plain(tokens.low[k]), ()):
            end = k + len(words)
            if tuple(plain(low) for low in tokens.low[k:end]) == words:
                towards = any(tokens.low[m] in _TOWARDS for m in range(max(0, k - 3), k))
                found.append(Mention(tokens.start[k], tokens.end[end - 1], facility, towards))
                place = end
                break
    return found


def _names(facilities: Sequence[Facility]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The words of names and aliases by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for facility in facilities:
        for name in (facility.name, *facility.aliases):
            words = tuple(fold(name).split())
            if words:
                found.setdefault(words[0], []).append((words, facility.id))
    for several in found.values():
        several.sort(key=lambda name: (-len(name[0]), name[1]))
    return found


def facility_of(figure: Figure, mentions: list[Mention], text: str) -> str | None:
    """The facility named nearest in the sentence, else last before it in the paragraph, else the text's only one."""
    if not mentions:
        return None
    moved = (figure.measure or "").startswith("transferred")
    open_to = [m for m in mentions if not (moved and m.towards)]
    begin, end = _sentence_around(text, figure.anchor.start, figure.anchor.end)
    near = [m for m in open_to if begin <= m.start < end]
    if near:
        return min(near, key=lambda m: _gap(m, figure)).facility
    paragraph = text.rfind("\n", 0, figure.anchor.start) + 1
    earlier = open_to[: bisect_right([m.start for m in open_to], begin)]
    if earlier and earlier[-1].start >= paragraph:
        return earlier[-1].facility
    named = {m.facility for m in mentions}
    return named.pop() if len(named) == 1 and open_to else None


def _gap(mention: Mention, figure: Figure) -> int:
    return max(mention.start - figure.anchor.end, figure.anchor.start - mention.end)


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Characters from one full stop or line end to the next."""
    begin = max(text.rfind(mark, 0, start) for mark in (". ", "\n", "? ", "! ")) + 1
    ends = [place for mark in (". ", "\n", "? ", "! ") if (place := text.find(mark, end)) >= 0]
    return begin, min(ends, default=len(text))
