"""The figures of a text: quantities with what they count, and words that claim existence or nothing."""

from __future__ import annotations

from dataclasses import replace

from recuento.model.anchor import Anchor
from recuento.model.measure import Vocabulary
from recuento.model.statement import Figure
from recuento.read.certainty import certainty_near
from recuento.read.figures.counted_noun import CountedNouns
from recuento.read.figures.counting import Counted, Counter
from recuento.read.figures.measure_terms import measure_for
from recuento.read.figures.parts_and_wholes import PartsAndWholes
from recuento.read.figures.wholes import nobody_left
from recuento.read.numbers.loose_numbers import CROWDS, PLACED, STANDING
from recuento.read.numbers.not_counts import is_idiom
from recuento.read.numbers.numbers import NumberFound, numbers_in
from recuento.read.text.folding import plain
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Span, Tokens
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
        self.nouns = CountedNouns(tokens, lexicon.language)

    def figures(self, first: int, last: int) -> list[Figure]:
        """The figures from `first` to `last`, in the order of the text."""
        numbers = numbers_in(self.tokens, first, last, self.lexicon, self.convention)
        found = self._counted(numbers, first, last)
        taken = [(f.anchor.start, f.anchor.end) for f in found] + [
            (f.counted.start, f.counted.end) for f in found if f.counted is not None
        ]
        found += self._existences(first, last, taken)
        found += self._unknowns(first, last, taken)
        found += self._nobody_left(first, last)
        return self._dated(sorted(found, key=lambda figure: figure.anchor), first, last) if found else found

    def _counted(self, numbers: list[NumberFound], first: int, last: int) -> list[Figure]:
        """The numbers that are figures, each with its subset where it is a part of another."""
        found: list[Figure] = []
        for number, counted, subset in PartsAndWholes(
            self.tokens, self.counter, self.vocabulary, numbers, (first, last)
        ).told():
            figure = self._figure(number, counted, first, last)
            if figure is not None:
                found.append(replace(figure, subset=subset) if subset else figure)
        return found

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

    def _nobody_left(self, first: int, last: int) -> list[Figure]:
        """ "The prison was completely cleared": nobody remains."""
        if "remaining" not in self.vocabulary:
            return []
        found: list[Figure] = []
        for span in nobody_left(self.tokens, first, last):
            words = self._anchor(span)
            certainty = certainty_near(self.tokens, span, first, last, self.lexicon)
            quantity = quantity_from(Comparison.NONE, (), words.quote)
            found.append(Figure(words, quantity, "remaining", certainty=certainty, unit="people"))
        return found

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

    def _figure(self, number: NumberFound, counted: Counted, first: int, last: int) -> Figure | None:
        measure = counted.measure
        noun = self.nouns.noun(number.span, first, last, number.unit)
        if noun is not None and measure is not None and self.nouns.is_unknown(noun, number.span):
            measure = measure if self.counter.names(measure, noun) else None
        kind = number.quantity.comparison
        if kind is Comparison.NONE and not self._is_zero(number, counted, noun):
            return None
        if kind is Comparison.VAGUE and not self._is_of_them(number.span):
            crowd = self.tokens.low[number.span[1] : number.span[1] + 1] in _MORE_OF_THEM and noun is None
            if (
                measure is None
                and not crowd
                and (noun is None or plain(number.quantity.words.lower()) in _MEASURED_ONLY)
            ):
                return None
            if counted.event is None and measure == "population":
                measure = None
        if measure == "escaped" and "escaped_during" in self.vocabulary and self._is_during(number.span, first, last):
            measure = "escaped_during"
        return Figure(
            anchor=self._anchor((number.span[0], number.noun_end or number.span[1])),
            quantity=number.quantity,
            measure=measure,
            counted=self._anchor(noun) if noun else None,
            certainty=certainty_near(self.tokens, number.span, first, last, self.lexicon),
            unit=number.unit or (self._unit(measure)),
        )

    def _is_of_them(self, span: Span) -> bool:
        """ "Some of them in convulsions", «, muchos con niños», «, algunos vacíos»: a part of those named before."""
        low, k = self.tokens.low, span[1]
        tag, word = self.tokens.tag, low[span[0]]
        if word in _APPOSED and span[0] > 0 and tag[span[0] - 1] in ",-(":
            return True
        if plain(" ".join(low[slice(*span)])) in CROWDS or (word in STANDING and self._stands_for_some(*span)):
            return True
        return low[k : k + 2] in _OF_THEM or low[k : k + 1] in (["with"], ["con"])

    def _stands_for_some(self, begin: int, k: int) -> bool:
        """«Había varios en el suelo», «a varios se los llevaron», "several were barefoot": people without a noun."""
        low, tag = self.tokens.low, self.tokens.tag
        if k >= len(low) or begin == 0:
            return False
        return tag[k] == "V" or low[k] in PLACED or low[begin - 1] in ("hay", "había", "hubo")

    def _is_during(self, span: Span, first: int, last: int) -> bool:
        """Whether the words say that it happened in the operation: "nobody escaped during the raid"."""
        low = self.tokens.low
        for k in range(max(first, span[0] - 12), min(last, span[1] + 12)):
            if low[k] in ("during", "durante") and not _OPERATION.isdisjoint(low[k + 1 : k + 4]):
                return True
        return False

    def _is_zero(self, number: NumberFound, counted: Counted, noun: Span | None) -> bool:
        """Whether "no", «ninguno», "nobody" and the like count somebody or something."""
        word = plain(self.tokens.low[number.span[0]])
        if word in _NOBODY:
            return counted.event is not None and self._happens_next(number.span[1], last=len(self.tokens))
        if word not in _DENIALS:
            return True
        near = range(number.span[1], min(number.span[1] + 2, len(self.tokens)))
        known = counted.event is not None and any(self.tokens.low[k] in self.counter.words.all for k in near)
        if word != "no" or known:
            return known
        first = self.tokens.low[number.span[1]] if number.span[1] < len(self.tokens) else ""
        counted_noun = self.tokens.low[noun[0]] if noun is not None else ""
        plural = counted_noun.endswith("s") and not counted_noun.endswith("ss") and counted_noun != "news"
        told = noun is not None and self._is_passive(noun[1])
        plural = plural and (told or self._is_had(number.span[0])) and not (noun and is_idiom(self.tokens, noun[0]))
        return number.contrasts or plural or (noun is not None and first in self.counter.words.who)

    def _is_passive(self, k: int) -> bool:
        """ "No complaints | were received", "no shots | had been heard"."""
        low = self.tokens.low
        if low[k : k + 1] in (["were"], ["are"]):
            k += 1
        elif low[k : k + 2] in (["have", "been"], ["had", "been"], ["has", "been"]):
            k += 2
        else:
            return False
        return k < len(low) and low[k].endswith(("ed", "en", "wn", "ht", "nd", "de"))

    def _is_had(self, k: int) -> bool:
        """Whether somebody has none, or there are none: "it had no doctors", "there are no beds"."""
        low = self.tokens.low
        if k > 3 and low[k - 1] in ("and", "or", ",") and low[k - 3] == "no":
            k -= 3  # "There are no beds and no blankets."
        return k > 0 and low[k - 1] in ("had", "has", "have", "are", "were")

    def _happens_next(self, k: int, last: int) -> bool:
        """Whether the verb right after "nobody" is one that the vocabulary counts."""
        for m in range(k, min(last, k + 4)):
            if self.tokens.low[m] in self.counter.words.event:
                return True
            if self.tokens.tag[m] in ".,;:QR" or (self.tokens.tag[m] == "V" and self.tokens.low[m] not in _BECOMING):
                return False
        return False

    def _unit(self, id: str | None) -> str | None:
        measure = self.vocabulary.find(id) if id else None
        return measure.unit if measure is not None else None

    def _anchor(self, span: Span) -> Anchor:
        return Anchor.of(self.tokens.text, self.tokens.start[span[0]], self.tokens.end[span[1] - 1])

    def _existences(self, first: int, last: int, taken: list[tuple[int, int]]) -> list[Figure]:
        """ "Deaths and injuries" without a number: at least one; after "no hubo": none."""
        words, tokens = self.counter.words, self.tokens
        found: list[Figure] = []
        for k in range(first, last):
            low = tokens.low[k]
            if low not in words.exists or k == 0 or tokens.low[k - 1] not in words.before_exists:
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


_MEASURED_ONLY = words_of("vague_where_measured")
"""Vague words that are figures only where a measure counts it: «algún», «unos», «distintos»."""
_OF_THEM = (
    ["of", "them"],
    ["of", "whom"],
    ["of", "those"],
    ["of", "others"],
    ["de", "otros"],
    ["de", "otras"],
    ["de", "ellos"],
    ["de", "ellas"],
    ["de", "los"],
    ["de", "las"],
)
_MORE_OF_THEM = (["more"], ["más"], [","])
_APPOSED = frozenset(["algunos", "algunas", "muchos", "muchas", "varios", "varias"])
_NOBODY = frozenset(["nadie", "nobody", "no one"])
_DENIALS = frozenset(["no", "sin", "without"])
_AUXILIARY = words_of("auxiliaries")
_BECOMING = _AUXILIARY | {"resultó", "resultaron", "quedó", "quedaron", "salió", "salieron"}
_HOW_MANY = frozenset(["cuántos", "cuántas", "cuantos", "cuantas"])
_OPERATION = words_of("during_operation")
_NAMES_OF_COUNTS = words_of("names_of_counts")
