"""What every number of a paragraph counts, and which are parts of others: "of the 418 inmates, 37 are ill"."""

from __future__ import annotations

from collections.abc import Iterator

from recuento.model.measure import Vocabulary
from recuento.read.figures.counting import Counted, Counter
from recuento.read.figures.measure_terms import measure_for
from recuento.read.figures.parts import (
    NARROWER,
    Part,
    end_of_phrase,
    end_of_sum,
    fronted_end,
    happened_before,
    is_of_the,
    measure_of_part,
    own_measure,
    parent_of,
    part_at,
    part_from,
)
from recuento.read.numbers.numbers import NumberFound
from recuento.read.numbers.numerals import HAPPENINGS
from recuento.read.text.count_words import signs_in
from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Span, Tokens

_OF_WOMEN = frozenset(["women_living_inside", "families_living_inside", "relatives_outside"])
"""Measures that women and children are counted by."""
_AUXILIARIES = words_of("auxiliaries")
_INCLUDING = words_of("including") | {"ellos", "ellas", "them"}
Told = tuple[NumberFound, Counted, str | None]
"""A number, what it counts, and the words that narrow it where it is a part."""


class PartsAndWholes:
    """Tells what the numbers between two tokens of one text count."""

    def __init__(
        self, tokens: Tokens, counter: Counter, vocabulary: Vocabulary, numbers: list[NumberFound], span: Span
    ) -> None:
        self.tokens, self.counter, self.vocabulary, self.numbers = tokens, counter, vocabulary, numbers
        self.first, self.last = span
        self.earlier: list[tuple[NumberFound, Counted]] = []
        self.part: Part | None = None
        """The part that the number before is."""
        self.wholes: dict[int, Counted] = {}
        """What numbers count of which the one before is a part, by their places."""
        self.fronted: tuple[int, int, Counted] | None = None
        """Where the parts of a whole that opens the sentence begin and end, and what it counts."""
        self.summed: tuple[int, Counted] | None = None
        """Up to which place the numbers add up to one before them, and what that counts."""

    def told(self) -> Iterator[Told]:
        """Every number in order."""
        for place, number in enumerate(self.numbers):
            counted, subset = self._of_number(place, number)
            yield number, counted, subset

    def _of_number(self, place: int, number: NumberFound) -> tuple[Counted, str | None]:
        right = self._right(place)
        if place + 1 < len(self.numbers) and is_of_the(self.tokens, number.span, self.numbers[place + 1].span):
            return self._of_the_whole(place, number)
        if place in self.wholes:
            self.part = None
            self.earlier.append((number, self.wholes[place]))
            return self.wholes[place], None
        if self.fronted is not None and self.fronted[0] <= number.span[0] < self.fronted[1]:
            part = part_from(self.tokens, number.span, number.span[1], right)
            return self._as_part(part, self._count(place, self.fronted[0]), self.fronted[2])
        if self.summed is not None and place < self.summed[0]:
            part = part_from(self.tokens, number.span, number.span[1], right)
            return self._as_part(part, self._count(place, number.span[0]), self.summed[1])
        return self._linked(place, number, right)

    def _linked(self, place: int, number: NumberFound, right: int) -> tuple[Counted, str | None]:
        """A number that words such as "of them" may make a part of one before."""
        counted = self._opening(place, number) or self._count(place)
        counted = self._sharing_verb(place, number, counted) or counted
        self.part = part_at(self.tokens, number.span, self.first, right, self.part)
        parent = parent_of(number, self.earlier, self.tokens) if self.part is not None else None
        if self.part is not None and parent is not None:
            return self._as_part(self.part, counted, parent)
        self.part = None
        self.earlier.append((number, counted))
        end = end_of_sum(self.numbers, place, self.tokens)
        if end > place:
            self.summed = (end, counted)
        return counted, self._narrowed(counted)

    def _sharing_verb(self, place: int, number: NumberFound, counted: Counted) -> Counted | None:
        """ "Seven inmates and two guards died": what happened to the second happened to the first."""
        if counted.event is not None or counted.who is None or place + 1 >= len(self.numbers):
            return None
        tokens, other = self.tokens, self.numbers[place + 1]
        between = tokens.tag[number.span[1] : other.span[0]]
        if not between or between[-1] not in "C," or any(tag not in "wXDpP,C" for tag in between) or len(between) > 6:
            return None
        signs = signs_in(tokens, other.span[1], min(self.last, other.span[1] + 14), self.counter.words)
        who = next((s.span[1] for s in signs if s.kind == "who"), self.last)
        told = next((s for s in signs if s.kind == "event" and who <= s.span[0]), None)
        if told is None or told.name not in HAPPENINGS:
            return None
        if told.span[0] > who + 2 and not self._is_one_phrase(who, told.span[0]):
            return None
        measure = measure_for(told.name, counted.who, self.vocabulary)
        return Counted(measure, counted.noun, counted.who, told.name) if measure is not None else None

    def _is_one_phrase(self, k: int, end: int) -> bool:
        """Whether only phrases with prepositions and auxiliaries stand between: "of the jail in the city were"."""
        tokens = self.tokens
        while end > k and (tokens.tag[end - 1] in "VAG" or tokens.low[end - 1] in _AUXILIARIES):
            end -= 1
        return tokens.tag[k] == "P" and all(tag in "PDpwX" for tag in tokens.tag[k:end])

    def _opening(self, place: int, number: NumberFound) -> Counted | None:
        """What a whole counts that opens its sentence: only what its own phrase tells."""
        begin = fronted_end(self.tokens, number.span, self.first, self.last)
        if begin is None:
            return None
        counted = self.counter.count(number.span, number.span[0], begin - 1, number.unit)
        end = next((m for m in range(begin, self.last) if self.tokens.tag[m] in ".;"), self.last)
        self.fronted = (begin, end, counted)
        return counted

    def _of_the_whole(self, place: int, number: NumberFound) -> tuple[Counted, str | None]:
        """ "Six of the 22 bodies remain unidentified": what the next number counts, narrowed by what follows it."""
        whole = self.numbers[place + 1]
        end = end_of_phrase(self.tokens, whole.span[1], self.last)
        of_whole = self.counter.count(whole.span, whole.span[0], end, whole.unit)
        self.wholes[place + 1] = of_whole
        self.part = part_from(self.tokens, (number.span[1], end), end, self._right(place + 1))
        counted = Counted(None, of_whole.noun, of_whole.who, None)
        before = happened_before(self.tokens, number.span, self.first, self.counter)
        own = own_measure(before, of_whole, self.vocabulary)
        if own is not None:
            return Counted(own, of_whole.noun, of_whole.who, before), None
        return self._as_part(self.part, counted, of_whole)

    def _as_part(self, part: Part, counted: Counted, parent: Counted) -> tuple[Counted, str | None]:
        """What a part counts, and the words that narrow it."""
        measure, narrows = measure_of_part(part, self.tokens, self.counter, parent, self.vocabulary)
        event = counted.event or parent.event
        noun = counted.noun if counted.noun is not None and counted.noun[0] >= part.words[0] else None
        words = self.tokens.slice(*part.words) if narrows else None
        return Counted(measure, noun or counted.noun, counted.who or parent.who, event), words

    def _narrowed(self, counted: Counted) -> str | None:
        """ "12 women were transferred": the women are a part of those transferred."""
        if counted.who in NARROWER and counted.noun and counted.event and counted.measure not in _OF_WOMEN:
            return self.tokens.slice(*counted.noun) if counted.measure is not None else None
        return None

    def _count(self, place: int, begin: int | None = None) -> Counted:
        """What a number counts, looked for between the numbers beside it, or from `begin`."""
        number = self.numbers[place]
        low = self.numbers[place - 1].span[1] if place else self.first
        later = (self.numbers[k].span[0] for k in range(place + 1, len(self.numbers)))
        high = next((begin for begin in later if not self._is_included(begin)), self.last)
        left = self._reach_back(low, number.span[0]) if begin is None else min(begin, number.span[0])
        return self.counter.count(number.span, left, high, number.unit)

    def _right(self, place: int) -> int:
        return self.numbers[place + 1].span[0] if place + 1 < len(self.numbers) else self.last

    def _is_included(self, k: int) -> bool:
        """Whether a number only tells a part of the one before: "15 people, including two guards, were injured"."""
        return any(self.tokens.low[m] in _INCLUDING for m in range(max(0, k - 2), k))

    def _reach_back(self, low: int, number: int) -> int:
        """A verb shared by several numbers may stand before the one before: "murieron 11 presos y 2 guardias"."""
        return self.first if number - low <= 6 else low
