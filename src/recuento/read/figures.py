"""The figures of a text: quantities with what they count, and words that claim existence or nothing."""

from __future__ import annotations

from dataclasses import replace

from recuento.model.anchor import Anchor
from recuento.model.measure import Vocabulary
from recuento.model.statement import Certainty, Figure
from recuento.read.certainty import certainty_near
from recuento.read.counting import Counted, Counter, measure_for
from recuento.read.lexicon import Lexicon, words_of
from recuento.read.numbers import NumberFound, numbers_in
from recuento.read.readings import Span
from recuento.read.tokens import Tokens
from recuento.values.date_words import dates_in
from recuento.values.number_words import Convention
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, quantity_from


class FigureReader:
    """Reads the figures between any two tokens of one text."""

    def __init__(
        self,
        tokens: Tokens,
        lexicon: Lexicon,
        vocabulary: Vocabulary,
        convention: Convention,
        published: PartialDate | None,
    ) -> None:
        self.tokens, self.lexicon, self.vocabulary, self.convention = tokens, lexicon, vocabulary, convention
        self.published = published
        self.counter = Counter(tokens, lexicon.language, vocabulary)

    def figures(self, first: int, last: int) -> list[Figure]:
        """The figures from `first` to `last`, in the order of the text."""
        numbers = numbers_in(self.tokens, first, last, self.lexicon, self.convention)
        found = [figure for number in numbers if (figure := self._figure(number, numbers, first, last)) is not None]
        taken = [(f.anchor.start, f.anchor.end) for f in found] + [
            (f.counted.start, f.counted.end) for f in found if f.counted is not None
        ]
        found += self._existences(first, last, taken)
        found += self._unknowns(first, last, taken)
        return self._dated(sorted(found, key=lambda figure: figure.anchor), first, last) if found else found

    def _dated(self, figures: list[Figure], first: int, last: int) -> list[Figure]:
        """Give each figure the nearest date that stands in its sentence."""
        dates = dates_in(self.tokens.low[first:last], self.published, self.lexicon.language)
        if not dates:
            return figures
        places = [(self.tokens.start[first + d.first], self.tokens.end[first + d.last - 1], d.date) for d in dates]
        return [replace(f, as_of=self._date_for(f, places)) for f in figures]

    def _date_for(self, figure: Figure, places: list[tuple[int, int, PartialDate]]) -> PartialDate | None:
        def gap(place: tuple[int, int, PartialDate]) -> int:
            return max(place[0] - figure.anchor.end, figure.anchor.start - place[1])

        near = min(places, key=gap)
        start, end = min(near[1], figure.anchor.end), max(near[0], figure.anchor.start)
        between = self.tokens.text[start:end]
        return near[2] if gap(near) <= 120 and ". " not in between else None

    def _unknowns(self, first: int, last: int, taken: list[tuple[int, int]]) -> list[Figure]:
        """«Se desconoce cuántos murieron», "it is not known how many escaped": silence, which is never zero."""
        found: list[Figure] = []
        low = self.tokens.low
        for k in range(first, last - 1):
            length = 2 if low[k] == "how" and low[k + 1] in ("many", "much") else 1 if low[k] in _HOW_MANY else 0
            if not length or not self._is_withheld(k):
                continue
            measure = self.counter.phrase(k + length, min(last, k + 12))
            if measure is not None:
                quantity = quantity_from(Comparison.UNKNOWN, (), self.tokens.slice(k, k + length))
                found.append(Figure(self._anchor((k, k + length)), quantity, measure))
        return found

    def _is_withheld(self, k: int) -> bool:
        """Whether the words before tell that the number is not known or not said."""
        low, lists = self.tokens.low, self.lexicon.lists
        near = range(max(0, k - 7), k)
        known = any(low[m] in lists["unknown"] for m in near)
        return known and (
            any(
                low[m] in ("no", "not", "didn't", "didn’t", "hasn't", "has")
                or low[m].startswith(("un", "descono", "ignor"))
                for m in near
            )
        )

    def _figure(self, number: NumberFound, numbers: list[NumberFound], first: int, last: int) -> Figure | None:
        low = max((n.span[1] for n in numbers if n.span[1] <= number.span[0]), default=first)
        later = (n.span[0] for n in numbers if n.span[0] >= number.span[1] and not self._is_included(n.span[0]))
        high = min(later, default=last)
        counted = self.counter.count(number.span, self._reach_back(low, number.span[0], first), high, number.unit)
        loose = number.quantity.comparison in (Comparison.VAGUE, Comparison.NONE)
        if loose and counted.measure is None:
            return None
        if number.quantity.comparison is Comparison.NONE and not self._is_zero(number, counted):
            return None
        if number.quantity.comparison is Comparison.VAGUE and counted.event is None and counted.measure == "population":
            return None
        return Figure(
            anchor=self._anchor(number.span),
            quantity=number.quantity,
            measure=counted.measure,
            counted=self._anchor(counted.noun) if counted.noun else None,
            certainty=certainty_near(self.tokens, number.span, first, last, self.lexicon),
            unit=number.unit or (self._unit(counted)),
        )

    def _is_included(self, k: int) -> bool:
        """Whether a number only tells a part of the one before: "15 people, including two guards, were injured"."""
        return any(self.tokens.low[m] in _INCLUDING for m in range(max(0, k - 2), k))

    def _is_zero(self, number: NumberFound, counted: Counted) -> bool:
        """Whether "no", "sin" and the like deny what is counted: it must stand right beside them."""
        if self.tokens.low[number.span[0]] not in ("no", "sin", "without"):
            return counted.event is not None
        near = range(number.span[1], min(number.span[1] + 2, len(self.tokens)))
        words = self.counter.words
        return counted.event is not None and any(self.tokens.low[k] in words.all for k in near)

    def _reach_back(self, low: int, number: int, first: int) -> int:
        """A verb shared by several numbers may stand before the one before: "murieron 11 presos y 2 guardias"."""
        return first if number - low <= 6 else low

    def _unit(self, counted: Counted) -> str | None:
        measure = self.vocabulary.find(counted.measure) if counted.measure else None
        return measure.unit if measure is not None else None

    def _anchor(self, span: Span) -> Anchor:
        return Anchor.of(self.tokens.text, self.tokens.start[span[0]], self.tokens.end[span[1] - 1])

    def _existences(self, first: int, last: int, taken: list[tuple[int, int]]) -> list[Figure]:
        """ "Deaths and injuries" without a number: at least one; after "no hubo": none."""
        words, tokens = self.counter.words, self.tokens
        found: list[Figure] = []
        for k in range(first, last):
            low = tokens.low[k]
            if low not in words.exists or k == first or tokens.low[k - 1] not in words.before_exists:
                continue
            if tokens.low[k - 1] in ("of", "de") and any(
                w in _NAMES_OF_COUNTS for w in tokens.low[max(first, k - 4) : k]
            ):
                continue
            if low in ("wounded", "dead") and tokens.tag[k - 1] == "V":
                continue
            if any(start <= tokens.start[k] < end for start, end in taken) or not self._stands_alone(k, last):
                continue
            denied = self._is_denied(k, first)
            measure = measure_for(words.event.get(low), None, self.vocabulary) or measure_for(
                words.event.get(low), "person", self.vocabulary
            )
            if measure is None:
                continue
            comparison, stated = (Comparison.NONE, ()) if denied else (Comparison.VAGUE, (1,))
            found.append(
                Figure(
                    anchor=self._anchor((k, k + 1)),
                    quantity=quantity_from(comparison, stated, tokens.word[k]),
                    measure=measure,
                    counted=self._anchor((k, k + 1)),
                    certainty=certainty_near(tokens, (k, k + 1), first, last, self.lexicon),
                    unit="people",
                )
            )
        return found

    def _stands_alone(self, k: int, last: int) -> bool:
        return k + 1 >= last or self.tokens.tag[k + 1] not in "wX#" or self.tokens.low[k + 1] in ("during", "in")

    def _is_denied(self, k: int, first: int) -> bool:
        for m in range(k - 1, max(first, k - 7) - 1, -1):
            if self.tokens.low[m] in ("no", "sin", "without", "ni", "not", "ningún"):
                return True
            if self.tokens.tag[m] in ".,;":
                return False
        return False


_INCLUDING = frozenset(["including", "incluidos", "incluidas", "incluyendo", "ellos", "ellas", "them"])
_HOW_MANY = frozenset(["cuántos", "cuántas", "cuantos", "cuantas"])
_NAMES_OF_COUNTS = words_of("names_of_counts")


def certainty_of_all(figures: list[Figure]) -> Certainty | None:
    """The certainty all figures share, or None."""
    kinds = {figure.certainty for figure in figures}
    return kinds.pop() if len(kinds) == 1 else None
