"""Find the words of one text layer again in another of the same document: exactly, or not at all.

Words are what stands between white space. A span is found again where the same words stand with the same neighbours in
one place only, and that was so in the old text too: five words on each side, and as many more as it takes to tell the
place from others like it. White space may differ, since that is what most new versions of an extractor change; a word
that was split, joined, added or corrected is another word, and what touches it is not found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Set

from recuento.model.anchor import Anchor

NEIGHBOURS = 5
"""How many words on each side have to be the same; fewer only where the text begins or ends."""
_WORD = re.compile(r"\S+")
_START, _END = "\n start", "\n end"
"""What stands before the first and behind the last word; no word has white space in it."""
Span = tuple[int, int]
Run = tuple[str, ...]


def reanchored(old: str, new: str, spans: Iterable[Span]) -> dict[Span, Anchor | None]:
    """Where the characters `start` to `end` of `old` stand in `new`; None for what is not found there exactly.

    A span that begins or ends inside a word does so at the same character of the same word. One that lies inside
    another that was found is found with it. A span that holds nothing but white space is never found.
    """
    before, after = _Words(old), _Words(new)
    found: dict[Span, Anchor | None] = {}
    placed: list[tuple[int, int, int]] = []
    wanted = sorted(set(spans), key=lambda span: (span[0] - span[1], span))
    for words in (before, after):
        words.note_runs({before.run_before(before.touched(span)[0]) for span in wanted})
    for span in wanted:
        first, last = before.touched(span)
        if first > last:
            found[span] = None
            continue
        shift = next((by for low, high, by in placed if low <= first and last <= high), None)
        if shift is None:
            shift = _shift(before, after, first, last)
            if shift is not None:
                placed.append((first, last, shift))
        found[span] = None if shift is None else _anchor(before, after, new, span, (first, last), shift)
    return found


class _Words:
    """The words of a text with their places, padded at both ends, and where each run of five begins."""

    def __init__(self, text: str) -> None:
        matches = list(_WORD.finditer(text))
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]
        self.words = [*[_START] * NEIGHBOURS, *(match[0] for match in matches), *[_END] * NEIGHBOURS]
        self._runs: dict[Run, list[int]] = {}

    def touched(self, span: Span) -> tuple[int, int]:
        """The first and the last word (padded numbers) of which the span holds a character."""
        first = bisect_right(self.ends, span[0])
        last = bisect_right(self.starts, span[1] - 1) - 1
        return first + NEIGHBOURS, last + NEIGHBOURS

    def run_before(self, place: int) -> Run:
        """The five words before a word (padded number)."""
        return tuple(self.words[place - NEIGHBOURS : place])

    def note_runs(self, wanted: Set[Run]) -> None:
        """Find out where these runs of five words stand; the others are not kept, for a text may be very long."""
        for place in range(NEIGHBOURS, len(self.words)):
            run = self.run_before(place)
            if run in wanted:
                self._runs.setdefault(run, []).append(place)

    def after_run(self, run: Run) -> list[int]:
        """The words (padded numbers) before which this run of five stands."""
        return self._runs.get(run, [])


def _shift(before: _Words, after: _Words, first: int, last: int) -> int | None:
    """By how many words the span has moved; None where its place is not there, or not the only one."""
    run = before.run_before(first)
    there, here = after.after_run(run), before.after_run(run)
    for left, right in _windows(len(before.words), first, last):
        low, high = first - left, last + 1 + right
        window = before.words[low:high]
        there_now = [place for place in there if _same(after.words, place - left, window)]
        if not there_now:
            # Wider on the other side, it may be told apart all the same; at its narrowest it is simply not there.
            if (left, right) == (NEIGHBOURS, NEIGHBOURS):
                return None
            continue
        here_now = [place for place in here if _same(before.words, place - left, window)]
        if len(there_now) == 1 and len(here_now) == 1:
            return there_now[0] - first
    return None


def _windows(length: int, first: int, last: int) -> Iterator[Span]:
    """How many neighbours to look at, left and right: five each, then wider on both sides, then on one side alone."""
    yield NEIGHBOURS, NEIGHBOURS
    left_max, right_max = first, length - 1 - last
    width = NEIGHBOURS
    while width < max(left_max, right_max):
        width *= 2
        left, right = min(width, left_max), min(width, right_max)
        yield left, right
        yield left, NEIGHBOURS
        yield NEIGHBOURS, right


def _same(words: list[str], place: int, window: list[str]) -> bool:
    return place >= 0 and words[place : place + len(window)] == window


def _anchor(before: _Words, after: _Words, new: str, span: Span, touched: Span, shift: int) -> Anchor:
    """The span in the new text: it begins and ends at the same characters of the same words."""
    first, last = (number - NEIGHBOURS for number in touched)
    # A span may begin or end in the white space beside its words, which is no part of what it says.
    start = after.starts[first + shift] + max(0, span[0] - before.starts[first])
    end = after.starts[last + shift] + min(span[1], before.ends[last]) - before.starts[last]
    return Anchor.of(new, start, end)
