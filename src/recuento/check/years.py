"""The year a figure belongs to, and the years that a list leaves out."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from recuento.check.mentions import Kind, Mention, Sentence

_UNTIL = frozenset(["hasta", "until", "through", "before", "antes", "to", "by"])
_SEPARATORS = frozenset((",", ";", "y", "and", "e", ":", "."))


def year_of(sentence: Sentence, mention: Mention) -> int | None:
    """The year that is said of a figure: "173 in 2016", «en 2017 murieron 143»."""
    year = _year_after(sentence, mention) or _year_before(sentence, mention)
    return int(year.shown) if year is not None else None


def span_of(sentence: Sentence, mention: Mention) -> tuple[int, int] | None:
    """The years over which a total is said to run: "From 1999 to 2018, 7,270 ...", or None."""
    years = [m for m in sentence.mentions if m.kind is Kind.YEAR]
    for one, other in itertools.pairwise(years):
        between = sentence.gap(one.last, other.first).split()
        opening = sentence.gap(one.first - 1, one.first).split() if one.first else []
        joined = between in (["y"], ["and"], ["a"], ["to"], ["-"], ["–"], ["al"], ["hasta"], ["until"], ["through"])
        framed = bool(opening) and opening[0] in (
            "entre",
            "between",
            "from",
            "de",
            "desde",
            "in",
            "en",
            "periodo",
            "period",
            "(",
        )
        if (
            joined
            and (framed or between[0] in ("-", "–"))
            and one.shown < other.shown
            and _speaks_of(sentence, other, mention)
        ):
            return int(one.shown), int(other.shown)
    return None


def missing_years(sentence: Sentence, total: Mention, parts: Sequence[Mention]) -> tuple[int, ...]:
    """The years of the total's span that no part covers, where all parts have one; "up to 2015" covers all before."""
    span = span_of(sentence, total)
    if span is None:
        return ()
    covered: set[int] = set()
    for part in parts:
        year = _year_after(sentence, part) or _year_before(sentence, part)
        if year is None:
            return ()
        last = int(year.shown)
        until = year.first > 0 and sentence.tokens[year.first - 1].plain in _UNTIL
        covered |= set(range(span[0], last + 1)) if until else {last}
    return tuple(sorted(set(range(span[0], span[1] + 1)) - covered))


def _speaks_of(sentence: Sentence, year: Mention, total: Mention) -> bool:
    """Whether no other count stands between the span and the total."""
    left, right = sorted((year, total), key=lambda m: m.first)
    return not any(m.kind is Kind.COUNT and left.first < m.first < right.first for m in sentence.mentions)


def _year_after(sentence: Sentence, mention: Mention) -> Mention | None:
    following = next((m for m in sentence.mentions if m.first >= mention.last and not m.weak), None)
    if following is None or following.kind is not Kind.YEAR or following.first - mention.last > 8:
        return None
    words = sentence.gap(mention.last, following.first).split()
    if _SEPARATORS & set(words):
        return None
    return following


def _year_before(sentence: Sentence, mention: Mention) -> Mention | None:
    earlier = [
        m for m in sentence.mentions if m.last <= mention.first and m.kind in (Kind.YEAR, Kind.COUNT, Kind.PERCENT)
    ]
    if not earlier or earlier[-1].kind is not Kind.YEAR:
        return None
    year = earlier[-1]
    owner = next((m for m in reversed(earlier[:-1]) if m.kind is Kind.COUNT), None)
    if owner is not None and _year_after(sentence, owner) is year and not _opens(sentence, year):
        return None
    return year


def _opens(sentence: Sentence, year: Mention) -> bool:
    """Whether a mark or "when" follows the year, so that what comes next is said of it: "2016, when there were"."""
    words = sentence.gap(year.last, year.last + 2).split()
    return any(word in ("when", "cuando", ":", "(", "where") for word in words)
