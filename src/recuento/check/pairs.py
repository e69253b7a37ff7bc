"""The two figures that a change lies between, in their order of time, where the words say which they are."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recuento.check.mentions import Mention, Page, Sentence, class_of, has
from recuento.check.words import CLAUSE, COMPARED, CONTRAST
from recuento.check.years import year_of


@dataclass(frozen=True, slots=True)
class Pair:
    """The earlier and the later figure."""

    earlier: Mention
    later: Mention


def pair_around(page: Page, sentence: Sentence, at: int, *, strict: bool = True) -> Pair | None:
    """The pair that a word or percentage at token `at` speaks of, or None where the words leave it open.

    "from A to B"; else the two figures before (or the only two of the sentence) that have a year each; else the
    figure before and the one it is compared with.
    """
    counts = [c for c in _comparable(sentence.counts()) if not _turns(sentence, c, at)]
    for pair in passages(sentence, counts):
        if not _far(sentence, pair, at):
            return pair
    before = [c for c in counts if c.first < at]
    after = [c for c in counts if c.first >= at]
    if before and after and has(sentence.gap(at, after[0].first), COMPARED):
        return Pair(after[0], before[-1]) if _same(sentence, before[-1], sentence, after[0]) else None
    if not before and len(after) == 2 and has(sentence.gap(at, after[0].first), COMPARED):
        return Pair(after[0], after[1]) if _same(sentence, after[0], sentence, after[1]) else None
    if before and has(sentence.gap(before[-1].last, at), CLAUSE):
        return None
    if len(before) >= 2:
        return by_year(sentence, before[-2], sentence, before[-1])
    if len(counts) == 2:
        return by_year(sentence, counts[0], sentence, counts[1])
    if not counts and sentence.number > 0:
        previous = page.sentences[sentence.number - 1]
        earlier = _comparable(previous.counts())
        if previous.paragraph == sentence.paragraph and len(earlier) == 2:
            return by_year(previous, earlier[0], previous, earlier[1])
    if len(counts) == 1 and sentence.number > 0:
        previous = page.sentences[sentence.number - 1]
        earlier = _comparable(previous.counts())
        if previous.paragraph == sentence.paragraph and len(earlier) == 1:
            return by_year(previous, earlier[0], sentence, counts[0])
    return None


def _turns(sentence: Sentence, count: Mention, at: int) -> bool:
    """Whether the sentence turns to another subject between a count and the word that speaks of a change."""
    gap = sentence.gap(count.last, at) if count.last <= at else sentence.gap(at, count.first)
    return has(gap, CONTRAST)


def _comparable(counts: Sequence[Mention]) -> list[Mention]:
    return [c for c in counts if c.shown > 0]


def passages(sentence: Sentence, counts: Sequence[Mention]) -> Iterator[Pair]:
    """Every "from A to B"."""
    for one, other in itertools.pairwise(counts):
        opening = sentence.gap(max(0, one.first - 3), one.first).split()
        closing = sentence.gap(max(0, other.first - 3), other.first).split()
        if _leads(opening, ("from", "de", "desde")) and _leads(closing, ("to", "a", "hasta")):
            yield Pair(one, other)


def _leads(words: Sequence[str], prepositions: Sequence[str]) -> bool:
    """Whether the preposition stands right before, but for a bound such as "about" or "more than"."""
    rest = list(words)
    while rest and rest[-1] in (
        "the",
        "los",
        "las",
        "about",
        "some",
        "unos",
        "unas",
        "mas",
        "more",
        "than",
        "casi",
        "ser",
        "nearly",
        "almost",
        "just",
        "only",
    ):
        rest.pop()
        if rest and rest[-1] == "mas":
            rest.pop()
    return bool(rest) and rest[-1] in prepositions


def _far(sentence: Sentence, pair: Pair, at: int) -> bool:
    """Whether a semicolon or the start of another clause parts the pair from the word that speaks of it."""
    low, high = min(pair.earlier.first, at), max(pair.later.last, at)
    outside = sentence.gap(pair.later.last, at) + sentence.gap(at, pair.earlier.first)
    return ";" in sentence.gap(low, high).split() or has(outside, CLAUSE)


def by_year(sentence: Sentence, one: Mention, other_sentence: Sentence, other: Mention) -> Pair | None:
    """The pair in the order of the years that are said of both, or None where they have none or the same."""
    first, second = year_of(sentence, one), year_of(other_sentence, other)
    if first is None or second is None or first == second or not _same(sentence, one, other_sentence, other):
        return None
    return Pair(one, other) if first < second else Pair(other, one)


def _same(sentence: Sentence, one: Mention, other_sentence: Sentence, other: Mention) -> bool:
    """Whether two figures can count the same thing."""
    kinds = class_of(sentence, one), class_of(other_sentence, other)
    if None in kinds or kinds[0] == kinds[1]:
        return True
    return set(kinds) <= {"person", "death", "case", "place"} and "place" not in kinds
