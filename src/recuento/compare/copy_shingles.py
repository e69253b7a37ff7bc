"""Which documents of one language share text: containment of shingles of five words.

Containment, shared / smaller, and not resemblance: a wire copy is trimmed, and outlets add text of their own. What an
outlet prints under everything, and what stands in very many documents, says nothing and is left out.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from recuento.compare.copy_text import CopyText

WORDS = 5
SHARED_LEAST = 0.35
"""The share of the smaller text that makes a copy (0.30 chains families together, 0.40 loses rewrites)."""
SHARED_LEAST_OF_ONE_AGENCY = 0.22
"""The share that suffices where both credit the same agency on days that lie near."""
SHARED_LEAST_LATER = 0.6
"""The share that is needed more than a week apart, when a shared background is likelier than a late copy."""
DAYS_LATER = 7
DAYS_OF_ONE_WIRE = 2
DOCUMENTS_MOST = 400
"""A shingle in more documents than this is a set phrase, unless they are of the few days in which a wire runs."""
_HELD_AGAINST = 60
"""A document is held against so many earliest holders of a shingle; more would cost the square of a wire's copies."""
ALL_SHINGLES_TO = 20_000
"""Up to so many documents every shingle counts, beyond it one in four by its hash."""
_ONE_IN = 4
_SHINGLES_LEAST = 12
"""A text of fewer shingles is too short to be told a copy by its words."""
_RUNS_OF_BOILERPLATE = 2
"""Words in three documents of one outlet that fall in so many spans of days are what it prints under everything."""
_UNDATED_BOILERPLATE = 4
"""The same where none has a day: words in so many documents."""
_NO_DAY = 0
_RUNS_OF_BACKGROUND = 3
"""Words of several outlets in so many spans of days are a background, not one wire."""
_OWN_LEAST = 0.25
"""A text that has less of its own is taken whole: it may be an old one that is printed again."""


@dataclass(frozen=True, slots=True, order=True)
class SharedText:
    """Two documents by their place in the list given, and the share of the smaller text that is in the other."""

    one: int
    other: int
    share: float


def shared_text(texts: Sequence[CopyText], *, at_least: float = SHARED_LEAST) -> list[SharedText]:
    """Give the pairs of `texts` (the earliest first) that share at least so much; the time is linear in their number.

    Of more than sixty copies of one text, each is held against the sixty earliest only.
    """
    sketches = _sketches(texts)
    sizes = [len(sketch) for sketch in sketches]
    common: list[Counter[int]] = [Counter() for _ in texts]
    for places in _places(sketches).values():
        if len(places) > DOCUMENTS_MOST and _runs(texts, places) > 1:
            continue
        for rank, one in enumerate(places[:_HELD_AGAINST]):
            common[one].update(places[rank + 1 :])
    found = []
    for one, others in enumerate(common):
        for other, shared in others.items():
            smaller = min(sizes[one], sizes[other])
            if smaller >= _least(len(texts)) and shared / smaller >= at_least:
                found.append(SharedText(one, other, shared / smaller))
    return sorted(found)


def shingles(words: Sequence[str]) -> set[int]:
    """The hashes of every five words in a row; the same on every machine."""
    return {zlib.crc32(" ".join(words[at : at + WORDS]).encode()) for at in range(len(words) - WORDS + 1)}


def _least(documents: int) -> int:
    return _SHINGLES_LEAST if documents <= ALL_SHINGLES_TO else _SHINGLES_LEAST // _ONE_IN


def _sketches(texts: Sequence[CopyText]) -> list[set[int]]:
    """The shingles of each text that can tell it from others; all of them where it is made of set text only."""
    sketches = [shingles(text.words) for text in texts]
    if len(texts) > ALL_SHINGLES_TO:
        sketches = [{shingle for shingle in sketch if shingle % _ONE_IN == 0} for sketch in sketches]
    places = _places(sketches)
    set_text = {shingle for shingle, holders in places.items() if len(holders) > 2 and _is_set_text(texts, holders)}
    own = [sketch - set_text for sketch in sketches]
    return [mine if len(mine) >= _OWN_LEAST * len(whole) else whole for mine, whole in zip(own, sketches, strict=True)]


def _places(sketches: Iterable[set[int]]) -> Mapping[int, list[int]]:
    places: dict[int, list[int]] = defaultdict(list)
    for place, sketch in enumerate(sketches):
        for shingle in sketch:
            places[shingle].append(place)
    return places


def _is_set_text(texts: Sequence[CopyText], holders: Sequence[int]) -> bool:
    """What an outlet prints under everything, or a background that comes again with story after story."""
    runs = _runs(texts, holders)
    if len({texts[place].outlet for place in holders}) > 1 or not texts[holders[0]].outlet:
        return runs >= _RUNS_OF_BACKGROUND
    undated = all(texts[place].published is None for place in holders)
    return runs >= _RUNS_OF_BOILERPLATE or (undated and len(holders) >= _UNDATED_BOILERPLATE)


def _runs(texts: Sequence[CopyText], holders: Sequence[int]) -> int:
    """In how many spans of the days that one wire runs the documents fall; all without a day are one."""
    days = sorted({_day(texts[place]) for place in holders})
    runs, until = 0, _NO_DAY - 1
    for day in days:
        if day > until:
            runs, until = runs + 1, day + (DAYS_OF_ONE_WIRE if day > _NO_DAY else 0)
    return runs


def _day(text: CopyText) -> int:
    return _NO_DAY if text.published is None else text.published.first.toordinal()
