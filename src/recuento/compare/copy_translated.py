"""Which documents are probably the same wire in Spanish and in English: one score with named parts.

A score is no proof: two reports of one event share names and figures as well. What tells a translation is that its
sentences say like things in the same order and that it quotes as much at the same places.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from recuento.compare.copy_text import CopyText, days_between
from recuento.compare.copy_traits import Quoted, Traits, traits_of
from recuento.model.family import Likeness, LikenessPart
from recuento.values.partial_date import PartialDate

DAYS_APART = 2
"""Translations appear within 48 hours."""
SCORE_LEAST = 0.45
"""The score that makes a pair probable. On the development texts (tests/compare/copies_*.jsonl) translations, also much
shortened, score .56 and more; other reports of the same event, also of the same press conference, .32 and less."""
_RIVAL_SHARE = 0.65
"""A pair is left out where one of the two has a likelier partner: its score must be so much of that one's."""
_WEIGHTS = {
    LikenessPart.ORDER: 0.6,
    LikenessPart.NAMES: 0.05,
    LikenessPart.FIGURES: 0.2,
    LikenessPart.QUOTES: 0.15,
}
_KEYS_SHARED_LEAST = 3
_HOLDERS_MOST = 200
_CANDIDATES_MOST = 12
_KEYS_LEAST = 8
"""A text with fewer names, figures and meanings is too short to be told a translation."""


@dataclass(frozen=True, slots=True)
class Translation:
    """Two documents by their place in the list given, the earlier first, and how much is the same."""

    one: int
    other: int
    likeness: Likeness


def translations(texts: Sequence[CopyText], *, at_least: float = SCORE_LEAST) -> list[Translation]:
    """Give the probable translations among `texts` (the earliest first), the likeliest first."""
    traits = {
        place: traits_of(texts[place].text, tongue)
        for place in _near_another_language(texts)
        if (tongue := texts[place].tongue) is not None
    }
    rarity = rarity_in(traits.values())
    scored = [
        Translation(one, other, likeness(traits[one], traits[other], texts[one], texts[other], rarity))
        for one, other in _candidates(texts, traits)
    ]
    probable = [found for found in scored if found.likeness.score >= at_least]
    return sorted(_without_rivals(probable), key=lambda found: (-found.likeness.score, found.one, found.other))


def between(one: CopyText, other: CopyText) -> Likeness | None:
    """The likeness of two documents by themselves, None where they are not one in Spanish and one in English."""
    if one.tongue is None or other.tongue is None or one.tongue == other.tongue:
        return None
    traits, its = traits_of(one.text, one.tongue), traits_of(other.text, other.tongue)
    return likeness(traits, its, one, other, rarity_in([traits, its]))


Rarity = Callable[[str], float]
"""How much a key tells: the more documents have it, the less."""


def rarity_in(traits: Iterable[Traits]) -> Rarity:
    """Weigh every key by the documents that have it."""
    holders = Counter(key for one in traits for key in one.keys)

    @cache
    def weight(key: str) -> float:
        return _kind_weight(key) / math.sqrt(max(1, holders[key]))

    return weight


def likeness(one: Traits, other: Traits, text: CopyText, other_text: CopyText, rarity: Rarity) -> Likeness:
    """Score two documents in two languages, 0 to 1, with the parts the score is made of."""
    parts = {
        LikenessPart.NAMES: _share(one.names, other.names, rarity),
        LikenessPart.FIGURES: _share(one.figures, other.figures, rarity),
        LikenessPart.QUOTES: _quotes_alike(one.quotes, other.quotes, rarity),
        LikenessPart.ORDER: _same_order(one.sentences, other.sentences, rarity),
    }
    known = {part: value for part, value in parts.items() if value is not None}
    whole = sum(_WEIGHTS[part] for part in known)
    score = sum(_WEIGHTS[part] * value for part, value in known.items()) / whole if whole else 0.0
    days = days_between(text.published, other_text.published)
    if days is not None:
        known[LikenessPart.DAYS] = max(0.0, 1 - days / (DAYS_APART + 1))
    if days is not None and days > DAYS_APART:
        score = 0.0
    return Likeness(round(score, 4), tuple((part, round(value, 4)) for part, value in known.items()))


def _kind_weight(key: str) -> float:
    if key.startswith("n:"):
        return 1.5
    if key.startswith("f:"):
        return 1.5 if len(key) > 3 else 1.0
    return 0.7 if key.startswith("w:~") else 1.0


def _weigh(keys: Iterable[str], rarity: Rarity) -> float:
    return sum(map(rarity, sorted(keys)))


def _share(one: frozenset[str], other: frozenset[str], rarity: Rarity) -> float | None:
    """The weight of what both have in that of the one that has less; None where neither has any."""
    if not one and not other:
        return None
    smaller = min(_weigh(one, rarity), _weigh(other, rarity))
    return _weigh(one & other, rarity) / smaller if smaller else 0.0


def _same_order(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]], rarity: Rarity) -> float:
    """How much of the smaller text is said in the other, sentence by sentence in the same order.

    One sentence may be two in the other language. A sentence counts by what it shares, times the share that is.
    """
    weights, other_weights = ([_weigh(keys, rarity) for keys in side] for side in (one, other))

    def alike(here: slice, there: slice) -> float:
        ours = frozenset().union(*one[here])
        theirs = frozenset().union(*other[there])
        shared = _weigh(ours & theirs, rarity)
        if not shared:
            return 0.0
        mine, its = sum(weights[here]), sum(other_weights[there])
        return shared * shared / math.sqrt(mine * its)

    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            best[i][j] = max(
                best[i - 1][j],
                best[i][j - 1],
                best[i - 1][j - 1] + alike(slice(i - 1, i), slice(j - 1, j)),
                best[i - 1][j - 2] + alike(slice(i - 1, i), slice(j - 2, j)) if j > 1 else 0.0,
                best[i - 2][j - 1] + alike(slice(i - 2, i), slice(j - 1, j)) if i > 1 else 0.0,
            )
    smaller = min(sum(weights), sum(other_weights))
    return min(1.0, best[-1][-1] / smaller) if smaller else 0.0


def _quotes_alike(one: Sequence[Quoted], other: Sequence[Quoted], rarity: Rarity) -> float | None:
    """How many of the quotes of the one that has fewer stand in the other, in the same order and of like length."""
    if not one and not other:
        return None
    if not one or not other:
        return 0.0
    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, here in enumerate(one, 1):
        for j, there in enumerate(other, 1):
            best[i][j] = max(best[i - 1][j], best[i][j - 1], best[i - 1][j - 1] + _quote_alike(here, there, rarity))
    words = [sum(quote.words for quote in side) for side in (one, other)]
    return min(1.0, best[-1][-1] / min(words))


def _quote_alike(one: Quoted, other: Quoted, rarity: Rarity) -> float:
    """The words of the shorter quote, where lengths are alike and what it is about is."""
    shorter, longer = sorted((one.words, other.words))
    about = _share(one.about, other.about, rarity) or 0.0
    return shorter * min(1.0, 1.25 * shorter / longer) * min(1.0, 1.5 * about)


def _near_another_language(texts: Sequence[CopyText]) -> list[int]:
    """The documents that have one in the other language within the days of a wire; the rest need not be read."""
    days: dict[str, set[int | None]] = {"es": set(), "en": set()}
    for text in texts:
        if text.tongue is not None:
            days[text.tongue].add(_day(text.published))
    return [
        place
        for place, text in enumerate(texts)
        if text.tongue is not None
        and (other := days["en" if text.tongue == "es" else "es"])
        and (_day(text.published) is None or not other.isdisjoint(_near(_day(text.published))))
    ]


def _candidates(texts: Sequence[CopyText], traits: Mapping[int, Traits]) -> list[tuple[int, int]]:
    """Pairs in two languages, of near days, that share some names or figures that few documents of those days have."""
    holders: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for place, found in traits.items():
        if sum(map(len, found.sentences)) >= _KEYS_LEAST:
            for key in found.names | found.figures:
                holders[key, _day(texts[place].published)].append(place)
    count: Counter[tuple[int, int]] = Counter()
    weight: dict[tuple[int, int], float] = defaultdict(float)
    # In a fixed order, so that the sums are the same to the last bit whatever the order of a set.
    for key, day in sorted(holders, key=lambda held: (held[0], held[1] or 0)):
        places = holders[key, day]
        for near in _near(day):
            others = holders.get((key, near), ()) if (near, day) != (None, None) else places
            if len(places) * len(others) <= _HOLDERS_MOST**2:
                for pair in _pairs_in_two_languages(texts, places, others):
                    count[pair] += 1
                    weight[pair] += 1 / (len(places) + len(others))
    return _likeliest_of_each({pair: weight[pair] for pair, shared in count.items() if shared >= _KEYS_SHARED_LEAST})


def _pairs_in_two_languages(
    texts: Sequence[CopyText], places: Sequence[int], others: Sequence[int]
) -> Iterator[tuple[int, int]]:
    return (
        (one, other) for one in places for other in others if one < other and texts[one].tongue != texts[other].tongue
    )


def _likeliest_of_each(weights: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Of each document the pairs in which it shares most, so that the time stays linear on days with much news."""
    of_each: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair in weights:
        for place in pair:
            of_each[place].append(pair)
    kept = set()
    for pairs in of_each.values():
        kept.update(sorted(pairs, key=lambda pair: (-weights[pair], pair))[:_CANDIDATES_MOST])
    return sorted(kept)


def _day(published: PartialDate | None) -> int | None:
    return published.first.toordinal() if published is not None and published.day is not None else None


def _near(day: int | None) -> list[int | None]:
    return [None] if day is None else [None, *range(day - DAYS_APART, day + DAYS_APART + 1)]


def _without_rivals(probable: Sequence[Translation]) -> list[Translation]:
    best: dict[int, float] = defaultdict(float)
    for found in probable:
        for place in (found.one, found.other):
            best[place] = max(best[place], found.likeness.score)
    return [
        found for found in probable if found.likeness.score >= _RIVAL_SHARE * max(best[found.one], best[found.other])
    ]
