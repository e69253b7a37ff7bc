"""Averages: so many a day, a month or a year, against the total and the span it was counted over."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from recuento.check.mentions import Kind, Mention, Page, Sentence, class_of, has, item_classes
from recuento.check.ranges import Range, range_of, stated_range
from recuento.check.wording import finding, shown, spread
from recuento.check.words import MONTH_NUMBER, PART_OF_YEAR
from recuento.check.years import span_of, year_of
from recuento.model.finding import Finding, FindingKind
from recuento.values.bilingual import Bilingual, Language

_AVERAGE = ("average", "averaging", "averaged", "promedio", "media", "mean", "en promedio", "on average", "a razon")
_UNIT = {
    "dia": "day", "diario": "day", "diarios": "day", "diaria": "day", "diarias": "day", "day": "day", "daily": "day",
    "semana": "week", "semanal": "week", "semanales": "week", "week": "week", "weekly": "week",
    "mes": "month", "mensual": "month", "mensuales": "month", "month": "month", "monthly": "month",
    "ano": "year", "anual": "year", "anuales": "year", "year": "year", "yearly": "year", "annually": "year",
}  # fmt: skip
_DAYS = {
    "day": (Fraction(1), Fraction(1)),
    "week": (Fraction(7), Fraction(7)),
    "month": (Fraction(28), Fraction(31)),
    "year": (Fraction(365), Fraction(366)),
}
_UNIT_NAMES = {
    "day": Bilingual(es="al día", en="a day"),
    "week": Bilingual(es="a la semana", en="a week"),
    "month": Bilingual(es="al mes", en="a month"),
    "year": Bilingual(es="al año", en="a year"),
}
_PLURALS = {
    "day": Bilingual(es="días", en="days"),
    "week": Bilingual(es="semanas", en="weeks"),
    "month": Bilingual(es="meses", en="months"),
    "year": Bilingual(es="años", en="years"),
}


def average_findings(page: Page) -> list[Finding]:
    """Every average that its total and span do not give."""
    return [
        fault
        for sentence in page.sentences
        for mention in sentence.mentions
        if mention.kind in (Kind.COUNT, Kind.DECIMAL)
        and not mention.weak
        and (unit := _unit_of(sentence, mention)) is not None
        and (fault := _fault(page, sentence, mention, unit)) is not None
    ]


def _unit_of(sentence: Sentence, mention: Mention) -> str | None:
    """The unit of time of an average: "an average of 60 a month", «24 al mes en promedio»."""
    before, after = sentence.before(mention, 6), sentence.after(mention, 8)
    if not has(before, _AVERAGE) and not has(after, _AVERAGE):
        return None
    words = after.split()
    for k, word in enumerate(words[:6]):
        leads = k > 0 and words[k - 1] in ("a", "per", "al", "por", "la", "cada", "each", "every", "the", "an")
        if word in _UNIT and (leads or word.endswith(("ly", "al", "ales", "rios", "rias", "rio", "ria"))):
            return _UNIT[word]
    named = [
        word
        for word in before.split()
        if word in _UNIT and word not in ("dia", "day", "mes", "month", "ano", "year", "semana", "week")
    ]
    return _UNIT[named[-1]] if named else None


def _fault(page: Page, sentence: Sentence, average: Mention, unit: str) -> Finding | None:
    totals = [c for c in sentence.counts() if c.last <= average.first and class_of(sentence, c) in _COUNTED]
    if not totals:
        after = [c for c in sentence.counts() if c.first >= average.last and class_of(sentence, c) in _COUNTED]
        totals = after if len(after) == 1 else []
    spans = list(_spans(sentence, average, totals[-1] if totals else None))
    if not totals and sentence.number and page.sentences[sentence.number - 1].paragraph == sentence.paragraph:
        previous = page.sentences[sentence.number - 1]
        totals = [c for c in previous.counts() if class_of(previous, c) in _COUNTED]
        totals = totals if len(totals) == 1 else []
        if not spans and totals:
            spans = list(_spans(previous, average, totals[-1]))
    if not totals or not spans or not _are_of_one_thing(sentence, average, totals[-1]):
        return None
    stated = stated_range(average)
    if any(_ratio(total, span, unit).meets(stated) for total in totals for span in spans):
        return None
    if any(span.unit == unit and span.least == 1 == span.most for span in spans):
        return None
    return _said(page, average, totals[-1], spans[0], unit)


def _are_of_one_thing(sentence: Sentence, average: Mention, total: Mention) -> bool:
    """Whether an average can be of the total: no other year, no semicolon between, no other noun of its own."""
    if total not in sentence.mentions:
        return True
    years = year_of(sentence, average), year_of(sentence, total)
    first, second = sorted((average, total), key=lambda m: m.first)
    if None not in years and years[0] != years[1]:
        return False
    if ";" in sentence.gap(first.last, second.first).split():
        return False
    one, other = item_classes(sentence, average), item_classes(sentence, total)
    return not one or not other or bool(one & other) or "person" in one | other


_COUNTED = ("person", "death", "case")


class Span:
    """A span of time: from `least` to `most` of a unit."""

    def __init__(self, unit: str, least: Fraction, most: Fraction) -> None:
        self.unit, self.least, self.most = unit, least, most

    def in_units(self, unit: str) -> Range:
        """How many of another unit it holds."""
        if unit == self.unit:
            return Range(self.least, self.most)
        if {unit, self.unit} == {"month", "year"}:
            times = Fraction(12) if self.unit == "year" else Fraction(1, 12)
            return Range(self.least * times, self.most * times)
        short, long = _DAYS[self.unit]
        least, most = _DAYS[unit]
        return Range(self.least * short / most, self.most * long / least)


def _spans(sentence: Sentence, average: Mention, total: Mention | None) -> Iterator[Span]:
    """The spans that the total can have been counted over, the one said outright first."""
    for mention in sentence.mentions:
        if (
            mention.kind is Kind.DURATION
            and mention.unit in _DAYS
            and mention.low is not None
            and mention.high is not None
        ):
            yield Span(mention.unit, Fraction(mention.low), Fraction(mention.high))
    months = _months(sentence)
    if months is not None:
        yield Span("month", Fraction(months), Fraction(months))
        return
    if any(m.kind is Kind.DURATION for m in sentence.mentions):
        return
    if total is None:
        return
    years = span_of(sentence, total)
    if years is not None:
        count = years[1] - years[0] + 1
        yield Span("year", Fraction(count - 1), Fraction(count))
    elif year_of(sentence, total) is not None and not _part_of_year(sentence):
        yield Span("year", Fraction(1), Fraction(1))


def _months(sentence: Sentence) -> int | None:
    """The months from one named month to another, both counted; None where a day or two years make it unsure."""
    names = [
        (k, MONTH_NUMBER[t.plain])
        for k, t in enumerate(sentence.tokens)
        if t.plain in MONTH_NUMBER and t.plain != "may"
    ]
    names += [
        (k, 5)
        for k, t in enumerate(sentence.tokens)
        if t.plain == "may" and sentence.tokens[k].end - sentence.tokens[k].start == 3
    ]
    names.sort()
    if len(names) != 2 or any(m.unit == "date" for m in sentence.mentions):
        return None
    (one, first), (other, last) = names
    if last <= first or len({m.shown for m in sentence.mentions if m.kind is Kind.YEAR}) > 1:
        return None
    joint = sentence.gap(one + 1, other).split()
    opening = sentence.gap(max(0, one - 2), one).split()
    if joint[:1] in (["and"], ["y"], ["to"], ["a"], ["hasta"], ["through"], ["until"]) and set(opening) & {
        "between",
        "entre",
        "from",
        "de",
        "desde",
    }:
        return last - first + 1
    return None


def _part_of_year(sentence: Sentence) -> bool:
    """Whether only a part of a year may be meant: a month, "so far", "the first half"."""
    words = {token.plain for token in sentence.tokens}
    return bool(words & (set(MONTH_NUMBER) | PART_OF_YEAR))


def _ratio(total: Mention, span: Span, unit: str) -> Range:
    whole, times = range_of(total), span.in_units(unit)
    assert times.low is not None and times.high is not None
    if times.low <= 0:
        return Range(None, None)
    low = None if whole.low is None else whole.low / times.high
    return Range(low, None if whole.high is None else whole.high / times.low)


def _said(page: Page, average: Mention, total: Mention, span: Span, unit: str) -> Finding:
    ratio = _ratio(total, span, unit)
    times = span.in_units(unit)

    def sum(language: Language) -> str:
        return f"{shown(total, language)} / {spread(times, language, _places(times))} = {spread(ratio, language, 1)}"

    def words(language: Language) -> str:
        count, per, said = shown(total, language), _UNIT_NAMES[unit].text(language), shown(average, language)
        units = _PLURALS[unit].text(language)
        span_text, right = spread(times, language, _places(times)), spread(ratio, language, 1)
        if language == "es":
            return f"{count} en {span_text} {units} son {right} {per}, y el texto dice {said}."
        return f"{count} over {span_text} {units} is {right} {per}, and the text says {said}."

    return finding(
        page,
        FindingKind.AVERAGE,
        (average, total),
        sum=Bilingual(es=sum("es"), en=sum("en")),
        words=Bilingual(es=words("es"), en=words("en")),
    )


def _places(times: Range) -> int:
    return 0 if all(n is not None and n.denominator == 1 for n in (times.low, times.high)) else 1
