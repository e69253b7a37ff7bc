"""Dates and ages as lists write them: "07/08/2001", "21-9-99", "2002", "32 años". Day first, as in Spanish."""

from __future__ import annotations

import re

from recuento.errors import InvalidValue
from recuento.values.date_words import date_in
from recuento.values.partial_date import PartialDate

_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})(?:[T ].*)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_YEAR = re.compile(r"(1[89]\d\d|20\d\d)")
_PACKED = re.compile(r"(\d{2})(\d{2})((?:19|20)\d{2})")
_AGE = re.compile(r"\s*(\d{1,3})(?:\.0+)?(?:\s*(?:a|años?|anos?|years?|yrs?)\.?)?\s*", re.IGNORECASE)
_OLDEST = 110
PIVOT = 30
"""Two digits of a year below it are of this century."""


def written_date(text: str) -> PartialDate | None:
    """The date in a cell, day before month; month before day only where nothing else can be. None where none is."""
    cell = text.strip()
    for pattern, order in ((_YEAR_FIRST, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1)), (_PACKED, (3, 2, 1))):
        match = pattern.fullmatch(cell)
        if match is not None:
            year, month, day = (int(match.group(place)) for place in order)
            year = _full_year(year, match.group(order[0]))
            return _date(year, month, day) or _date(year, day, month)
    match = _MONTH_YEAR.fullmatch(cell)
    if match is not None:
        return _date(int(match.group(2)), int(match.group(1)))
    match = _YEAR.fullmatch(cell)
    if match is not None:
        return _date(int(match.group(1)))
    return date_in(cell, None, "es")


def written_age(text: str) -> int | None:
    """The age in years, or None where there is none or nobody is that old."""
    match = _AGE.fullmatch(text)
    if match is None or not 0 < int(match.group(1)) <= _OLDEST:
        return None
    return int(match.group(1))


def _full_year(year: int, written: str) -> int:
    if len(written) == 4:
        return year
    return year + (2000 if year < PIVOT else 1900)


def _date(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    try:
        return PartialDate(year, month, day)
    except InvalidValue:
        return None
