"""Dates in words, Spanish and English, as precise as they were said: "el martes", "two weeks ago", "en marzo de 2023".

Relative dates are counted from the day of publication; without one they are not read. Nothing becomes more precise
than its words: "en marzo" is a month, "hace dos semanas" the month in which it falls, "since 2019" a year.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from recuento.errors import InvalidValue
from recuento.values.bilingual import Language
from recuento.values.number_words import number_at, number_starts
from recuento.values.partial_date import PartialDate

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "enero ene january jan",
            "febrero feb february",
            "marzo mar march",
            "abril abr april apr",
            "mayo may",
            "junio jun june",
            "julio jul july",
            "agosto ago august aug",
            "septiembre setiembre sept sep set september",
            "octubre oct october",
            "noviembre nov november",
            "diciembre dic december dec",
        ],
        1,
    )
    for name in names.split()
}
_SHORT = frozenset(["mar", "may", "ago", "set"])
"""Words that are months only beside a day or a year."""
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        [
            "lunes monday",
            "martes tuesday",
            "miércoles miercoles wednesday",
            "jueves thursday",
            "viernes friday",
            "sábado sabado saturday",
            "domingo sunday",
        ]
    )
    for name in names.split()
}
_DAYS = {
    "hoy": 0, "ayer": -1, "anteayer": -2, "antier": -2, "anoche": -1, "today": 0, "yesterday": -1, "tonight": 0,
    "tomorrow": 1,
}  # fmt: skip
_SPANS = {
    "día": "day", "días": "day", "day": "day", "days": "day", "semana": "week", "semanas": "week", "week": "week",
    "weeks": "week", "mes": "month", "meses": "month", "month": "month", "months": "month", "año": "year",
    "años": "year", "year": "year", "years": "year",
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|º|°)?")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_PARTS_OF_DAY = frozenset(["mañana", "tarde", "noche", "madrugada", "morning", "afternoon", "evening", "night"])


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date and the words it took: `first` to `last`, end exclusive, in the sequence that was read."""

    first: int
    last: int
    date: PartialDate


def dates_in(words: Sequence[str], published: PartialDate | None, language: Language) -> list[DateRead]:
    """Every date in words (lower case, marks as words of their own), in order, none overlapping."""
    reader = _DateReader(words, published, language)
    found: list[DateRead] = []
    place, starts = 0, _starts(language)
    for k in [k for k, word in enumerate(words) if word in starts or word[:1].isdigit()]:
        here = reader.at(k) if k >= place else None
        if here is not None:
            found.append(here)
            place = here.last
    return found


@cache
def _starts(language: Language) -> frozenset[str]:
    """The words with which a date may begin; a numeral is the other way."""
    relative = {*_DAYS, *_SPANS, "esta", "this", "last", "hace", "a", "an", "un", "una"}
    return frozenset({*_MONTHS, *_WEEKDAYS, *relative, *number_starts(language)})


def date_in(text: str, published: PartialDate | None, language: Language) -> PartialDate | None:
    """The first date in a text, or None."""
    words = re.findall(r"\d{1,4}(?:[-/.]\d{1,2}){1,2}(?:\d{2})?|[\w’']+|[^\w\s]", text.lower())
    found = dates_in(words, published, language)
    return found[0].date if found else None


class _DateReader:
    def __init__(self, words: Sequence[str], published: PartialDate | None, language: Language) -> None:
        self.words, self.language = words, language
        self.published = published
        full = published is not None and published.day is not None
        self.day: date | None = published.first if published is not None and full else None

    def at(self, place: int) -> DateRead | None:
        """The date that begins at `place`, or None."""
        for read in (
            self._numeric,
            self._day_and_month,
            self._month_and_day,
            self._relative,
            self._weekday,
            self._ago,
            self._year,
        ):
            found = read(place)
            if found is not None:
                return found
        return None

    def _word(self, place: int) -> str:
        return self.words[place] if 0 <= place < len(self.words) else ""

    def _made(
        self, first: int, last: int, year: int | None, month: int | None = None, day: int | None = None
    ) -> DateRead | None:
        if year is None:
            year = self._year_of(month, day)
        if year is None:
            return None
        try:
            return DateRead(first, last, PartialDate(year, month, day))
        except InvalidValue:
            return None

    def _year_of(self, month: int | None, day: int | None) -> int | None:
        """The year that a day and month without one mean: the last such day that is not far in the future."""
        if self.published is None or month is None:
            return None
        year, today = self.published.year, self.published.last
        length = calendar.monthrange(year, month)[1]
        if date(year, month, min(day or 1, length)) > today + timedelta(days=60):
            return year - 1
        return year

    # Written dates.

    def _numeric(self, place: int) -> DateRead | None:
        word = self._word(place)
        iso = _ISO.fullmatch(word)
        if iso is not None:
            year, month, day = iso.groups()
            return (
                self._made(place, place + 1, int(year), int(month), int(day) if day else None) if int(month) else None
            )
        slashed = _SLASHED.fullmatch(word)
        if slashed is None:
            return None
        one, other, year_number = (int(group) for group in slashed.groups())
        day_number, month_number = (one, other) if self.language == "es" or one > 12 else (None, None)
        if month_number is None or not 1 <= month_number <= 12:
            return None
        return self._made(place, place + 1, year_number, month_number, day_number)

    def _day_and_month(self, place: int) -> DateRead | None:
        """«3 de enero de 2023», "3rd of January", "20 Sept 2023"."""
        day = self._day_number(place)
        if day is None:
            return None
        after = place + (2 if self._word(place + 1) in ("de", "of") else 1)
        month = _MONTHS.get(self._word(after))
        if month is None:
            return None
        end, year = self._year_after(after + 1)
        return self._made(place, end, year, month, day)

    def _day_number(self, place: int) -> int | None:
        match = _ORDINAL.fullmatch(self._word(place))
        return int(match.group(1)) if match is not None and 1 <= int(match.group(1)) <= 31 else None

    def _month_and_day(self, place: int) -> DateRead | None:
        """ "January 3, 2023", "March 2023", «en marzo»."""
        word = self._word(place)
        month = _MONTHS.get(word)
        if month is None:
            return None
        after = place + 1 + (self._word(place + 1) == "." and len(word) <= 4)
        day = self._day_number(after) if self.language == "en" else None
        if day is not None:
            end, year = self._year_after(after + 1)
            return self._made(place, end, year, month, day)
        end, year = self._year_after(after)
        if year is None and (
            word in _SHORT or len(word) <= 3 or (word in ("march", "august") and not self._follows_in(place))
        ):
            return None
        return self._made(place, end, year, month)

    def _follows_in(self, place: int) -> bool:
        return self._word(place - 1) in ("in", "since", "last", "until", "by", "of", "early", "late", "this")

    def _year_after(self, place: int) -> tuple[int, int | None]:
        """The year that follows a month, and the place after it."""
        skipped = place
        while self._word(skipped) in ("de", "del", "of", ",", "."):
            skipped += 1
        if skipped - place <= 2 and _YEAR.fullmatch(self._word(skipped)):
            return skipped + 1, int(self._word(skipped))
        return place, None

    def _year(self, place: int) -> DateRead | None:
        """«en 2019», "since 2019": only after a word that makes it a year."""
        before = self._word(place - 1)
        if _YEAR.fullmatch(self._word(place)) and before in (
            "en",
            "in",
            "desde",
            "since",
            "año",
            "year",
            "durante",
            "during",
            "hasta",
            "until",
        ):
            return self._made(place, place + 1, int(self._word(place)))
        return None

    # Relative dates.

    def _relative(self, place: int) -> DateRead | None:
        """«ayer», «esta mañana», "last week", «el mes pasado»."""
        if self.day is None:
            return None
        word, after = self._word(place), self._word(place + 1)
        if word in _DAYS:
            return self._on(place, place + 1, self.day + timedelta(days=_DAYS[word]))
        if word in ("esta", "this") and after in _PARTS_OF_DAY:
            return self._on(place, place + 2, self.day)
        if word == "last" and after == "night":
            return self._on(place, place + 2, self.day - timedelta(days=1))
        past = after if word == "last" else word if after in ("pasado", "pasada") else ""
        span = _SPANS.get(past)
        return self._before(place, place + 2, 1, span) if span in ("week", "month", "year") else None

    def _weekday(self, place: int) -> DateRead | None:
        """«el martes», "last Tuesday": the last such day, today included; «el próximo martes»: the next one."""
        wanted = _WEEKDAYS.get(self._word(place))
        if wanted is None or self.day is None:
            return None
        around = {self._word(place - 1), self._word(place + 1)}
        back = (self.day.weekday() - wanted) % 7
        if around & {"próximo", "proximo", "next", "entrante"}:
            return self._on(place, place + 1, self.day + timedelta(days=(wanted - self.day.weekday() - 1) % 7 + 1))
        if around & {"pasado", "last"} and back == 0:
            back = 7
        return self._on(place, place + 1, self.day - timedelta(days=back))

    def _ago(self, place: int) -> DateRead | None:
        """«hace dos semanas», "two weeks ago"."""
        if self.day is None:
            return None
        first = place + 1 if self._word(place) == "hace" else place
        amount, after = self._amount(first)
        span = _SPANS.get(self._word(after))
        if amount is None or span is None:
            return None
        if first == place and self._word(after + 1) != "ago":
            return None
        return self._before(place, after + (1 if first > place else 2), amount, span)

    def _amount(self, place: int) -> tuple[int | None, int]:
        word = self._word(place)
        if word.isdecimal() and len(word) <= 3:
            return int(word), place + 1
        if word in ("un", "una", "a", "an", "one"):
            return 1, place + 1
        read = number_at(self.words[place : place + 4], 0, self.language)
        return (read.value, place + read.words) if read is not None else (None, place)

    def _before(self, first: int, last: int, amount: int, span: str | None) -> DateRead | None:
        """So many days, weeks, months or years before publication, as precise as the unit."""
        assert self.day is not None
        if span == "day":
            return self._on(first, last, self._days_back(amount))
        if span == "week":
            there = self._days_back(7 * amount)
            return None if there is None else self._made(first, last, there.year, there.month)
        months = self.day.year * 12 + self.day.month - 1 - amount * (12 if span == "year" else 1)
        if months < 12:
            return None
        return self._made(first, last, months // 12, None if span == "year" else months % 12 + 1)

    def _days_back(self, days: int) -> date | None:
        assert self.day is not None
        return self.day - timedelta(days=days) if days < self.day.toordinal() else None

    def _on(self, first: int, last: int, day: date | None) -> DateRead | None:
        return None if day is None else DateRead(first, last, PartialDate.of(day))
