"""What a number is, by the words beside it: a count, a share, a year, a date, an age, money, part of a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recuento.check.mentions import Kind, Token
from recuento.check.words import ALL_NOUNS, CLASSES, DURATION, FUNCTION, MONTHS, phrases, words
from recuento.values.quantity import Number

_PERCENT = ("por ciento", "per cent", "percent", "porciento", "por cien", "pct")
_MONEY_BEFORE, _MONEY_AFTER = words("money_before"), words("money_after")
_MEASURED, _LABELS, _AGE_BEFORE = words("measured"), words("labels"), words("age_before")
_SPANS = words("spans")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_YEAR_BEFORE, _YEAR_AT_ONCE = words("year_before"), words("year_at_once")
_BASE_BEFORE = phrases("base_before")


class KindTeller:
    """Tells what the numbers of one sentence are."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text, self.tokens = text, tokens
        self.lows = [token.low for token in tokens]

    def kind(self, k: int, last: int, value: Number) -> tuple[Kind, str, int]:
        """The kind, its unit, and the token after both."""
        after = [token.plain or token.low for token in self.tokens[last : last + 4]]
        before = [token.plain or token.low for token in self.tokens[max(0, k - 3) : k]]
        one, two = [*after, ""][0], " ".join(after[:2])
        prior = before[-1] if before else ""
        percent = self._percent(one, two)
        if percent:
            points = " ".join(after[percent : percent + 1]) in ("points", "puntos") or after[:2] in (
                ["puntos", "porcentuales"], ["percentage", "points"],
            )  # fmt: skip
            return (Kind.OTHER if points else Kind.PERCENT), "", last + percent
        if one in ("points", "puntos") or two == "percentage points":
            return Kind.OTHER, "points", last
        if (
            prior in _MONEY_BEFORE
            or one in _MONEY_AFTER
            or (one == "de" and len(after) > 1 and after[1] in _MONEY_AFTER)
        ):
            return Kind.OTHER, "money", last
        if one in DURATION:
            age = prior in _AGE_BEFORE or "edad" in after or "old" in after or (prior == "de" and self._is_age(k, one))
            return (Kind.OTHER if age else Kind.DURATION), "age" if age else DURATION[one], last
        if one.startswith("year old") or prior in _AGE_BEFORE:
            return Kind.OTHER, "age", last
        if one in _MEASURED or self._is_clock(k, last):
            return Kind.OTHER, "", last
        if self._is_glued_to_a_word(k, last):
            return Kind.OTHER, "label", last
        if prior in _LABELS or (prior == "." and len(before) > 1 and before[-2] in ("no", "n", "num", "art", "nro")):
            return Kind.OTHER, "label", last
        if self._is_date(last, before, after, value):
            return Kind.OTHER, "date", last
        if self._is_year(k, last, prior, one, value):
            return Kind.YEAR, "", last
        if value in (10, 100, 1_000, 10_000, 100_000, 1_000_000) and self._is_base(before, one):
            return Kind.PER, "", last
        if two in ("de cada", "in every", "out of") or before[-2:] in (["de", "cada"], ["in", "every"], ["out", "of"]):
            return Kind.OTHER, "ratio", last
        return (Kind.COUNT if isinstance(value, int) else Kind.DECIMAL), "", last

    def _percent(self, one: str, two: str) -> int:
        if one == "%":
            return 1
        if two in _PERCENT or two in ("puntos porcentuales", "percentage points", "% points"):
            return 2
        return 1 if one in _PERCENT else 0

    def _is_age(self, k: int, unit: str) -> bool:
        """«de 34 años», but not «durante más de 34 años» or «en un lapso de 5 años»."""
        earlier = {token.plain for token in self.tokens[max(0, k - 4) : k]}
        return DURATION[unit] == "year" and not earlier & _SPANS

    def _is_clock(self, k: int, last: int) -> bool:
        lows = self.lows
        if last + 1 < len(lows) and lows[last] in (":", "/") and lows[last + 1][0].isdigit() and self._glued(last):
            return True
        if k >= 2 and lows[k - 1] in (":", "/") and lows[k - 2][0].isdigit() and self._glued(k - 1):
            return True
        return last < len(lows) and lows[last] in ("am", "pm", "a.m.", "p.m.", "°", "º")

    def _is_glued_to_a_word(self, k: int, last: int) -> bool:
        """Whether it is part of a name: "GPL-3", "T063", "1e5"."""
        if not self.lows[k][0].isdigit():
            return False
        text, start, end = self.text, self.tokens[k].start, self.tokens[last - 1].end
        if text[start - 1 : start].isalpha() or text[end : end + 1].isalpha() or text[end : end + 1] == "_":
            return True
        return text[start - 1 : start] in ("-", "_", "/") and text[max(0, start - 2) : start - 1].isalpha()

    def _glued(self, mark: int) -> bool:
        return (
            self.tokens[mark].start == self.tokens[mark - 1].end
            and self.tokens[mark + 1].start == self.tokens[mark].end
        )

    def _is_date(self, last: int, before: list[str], after: list[str], value: Number) -> bool:
        if not isinstance(value, int) or value > 31:
            return False
        if after and (after[0] in MONTHS or after[0] in ("st", "nd", "rd", "th")):
            return True
        if len(after) > 1 and after[0] in ("de", "of") and after[1] in MONTHS:
            return True
        if (
            len(after) > 3
            and after[0] in ("y", "al", "a", "and", "-", "–")
            and after[1].isdigit()
            and (after[2] in MONTHS or (after[2] in ("de", "of") and after[3] in MONTHS))
        ):
            return True
        if before and before[-1] in MONTHS and not (after and after[0] in CLASSES["person"]):
            return True
        return before[-2:] in (["el", "dia"], ["pasado", "dia"])

    def _is_year(self, k: int, last: int, prior: str, one: str, value: Number) -> bool:
        if not (self.lows[k].isdigit() and len(self.lows[k]) == 4 and last == k + 1 and isinstance(value, int)):
            return False
        if not 1_800 <= value < 2_100:
            return False
        counted = one in ALL_NOUNS and one not in FUNCTION
        if prior in ("y", "and", "a", "to", "al", "-", "–", "hasta") and k >= 2 and _YEAR.fullmatch(self.lows[k - 2]):
            return True
        if prior in _YEAR_BEFORE:
            return not counted or prior in _YEAR_AT_ONCE
        return not counted

    def _is_base(self, before: list[str], one: str) -> bool:
        joined = " ".join(before)
        return joined.endswith(_BASE_BEFORE) and one not in _MONEY_AFTER
