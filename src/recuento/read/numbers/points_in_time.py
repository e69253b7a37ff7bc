"""Numbers that tell when: hours of the day, days of a month, years, and scores written as clocks are."""

from __future__ import annotations

import re

from recuento.read.numbers.surroundings import OF, TO, Surroundings
from recuento.read.text.lexicon import words_of
from recuento.values.number_words import number_at
from recuento.values.quantity import Number

_YEAR_BEFORE = frozenset([
    "in", "en", "of", "de", "del", "since", "desde", "until", "hasta", "by", "during", "durante",
    ",", "(", "early", "late", "mid",
])  # fmt: skip
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_ZONES = frozenset(
    ["gmt", "utc", "est", "edt", "pst", "cet", "cest", "bst", "ist", "hrs", "hours", "horas", "hora", "h"]
)
_SHORT_MONTHS = words_of("short_months")
_PARTS_OF_DAY = (["mañana"], ["tarde"], ["noche"], ["madrugada"])
_AT_NIGHT = (("at", "night"), ("in", "the", "morning"), ("in", "the", "evening"), ("in", "the", "afternoon"))
_ENDING = frozenset(["began", "begun", "started", "ended", "finished", "arrived", "left", "opened", "closed"])
_PARTS_OF_TIME = frozenset(["finales", "principios", "mediados", "comienzos", "noche", "madrugada", "día", "mediodía"])
_MONTHS = frozenset(["mes", "month"])
_MONTHLESS = frozenset(["el", "the"])
_CHANGES = words_of("changes")
_AT = frozenset(["at", "by", "until", "since", "from"])
_QUARTERS = (
    ["y", "media"],
    ["y", "cuarto"],
    ["menos", "cuarto"],
    ["menos", "diez"],
    ["menos", "veinte"],
    ["en", "punto"],
)


class PointsInTime(Surroundings):
    """Tells of the numbers of one text which say when."""

    def holds(self, k: int, end: int, value: Number, first: int, before: str, after: str) -> bool:
        """Whether the number from token `k` to `end`, between two words, is an hour, a date or a year."""
        return (
            self._is_hour(k, end, value, before, after)
            or self._is_part_of_clock_or_score(k, end, first, before, after)
            or self._is_date(k, end, value, before, after)
            or self._is_year(k, end, before, after)
            or self._is_decade(k, end, value, before)
        )

    def _is_hour(self, k: int, end: int, value: Number, before: str, after: str) -> bool:
        """Whether the number is a time of day: "at eight", "by six we held", «hasta las cinco de la tarde»."""
        if after in _ZONES and _CLOCK.fullmatch(self.tokens.word[k]):
            return True
        if before == "las" and self._is_between_hours(k, end):
            return True
        if before in ("las", "la") and (self._is_clock(end) or self.tokens.low[end - 1] in ("media", "cuarto")):
            return True
        if (
            before in ("the", "at", "las", "la", "since", "until")
            and _CLOCK.fullmatch(self.tokens.word[k])
            and after != "%"
        ):
            return True
        if before in ("y", "menos") and k > 2 and self.tokens.low[k - 3] in ("las", "la") and value < 60:
            on_the_hour = number_at(self.tokens.low[k - 2 : k - 1], 0, "es")
            if on_the_hour is not None and on_the_hour.value <= 24:
                return end >= self.last or self.tokens.tag[end] in ".,;>)"  # «A las siete y diez».
        if before == "to" and k - 3 >= 0 and self.tokens.low[k - 3] == "at" and value <= 12:
            return True
        if before == "to" and k > 1 and self.tokens.low[k - 2] in ("quarter", "half", "five", "ten", "twenty"):
            return value <= 12 and (end >= self.last or self.tokens.tag[end] not in "wX#%")
        if (
            before in ("at", "by", "until")
            and self.tokens.word[k].isdecimal()
            and len(self.tokens.word[k]) == 4
            and value <= 2400
        ):
            return end >= self.last or self.tokens.tag[end] not in "wX#%"
        if after == "past" or (before == "past" and not self.is_passed(k)) or after in ("o'clock", "o’clock"):
            return True
        if before == "las" and k > 1 and self.tokens.low[k - 2] in ("pasadas", "tras"):
            return value <= 12 and (end >= self.last or self.tokens.tag[end] not in "wX%")
        if value > 24 or (end < self.last and self.tokens.tag[end] in "wX#" and after not in ("in", "am", "pm")):
            return False
        if self.lexicon.language == "en":
            if tuple(self.tokens.low[end : end + 2]) in _AT_NIGHT or tuple(self.tokens.low[end : end + 3]) in _AT_NIGHT:
                return value <= 12
            verbs = (self.tokens.form[m] for m in range(max(0, k - 10), k))
            if any(form is not None and any("y" in verb.frames for verb in form.verbs) for form in verbs):
                return False
            about = before in ("around", "about") and self.tokens.low[k - 2] in _ENDING | _AT
            if after == "or" and end + 2 < self.last and self.tokens.tag[end + 2] in "wX":
                return False  # "Begun by two or three men".
            return (
                (about or before in ("at", "by", "until", "since", "after", "before"))
                and value <= 12
                and after != "of"
                and after != "%"
            )
        return (
            before == "las"
            and k > 1
            and self.tokens.low[k - 2] in ("a", "hasta", "desde", "sobre", "de", "hacia", "son")
        )

    def _is_between_hours(self, k: int, end: int) -> bool:
        """«Entre las tres y las cinco», «de las 6.30 a las 10»."""
        low = self.tokens.low
        if low[k - 2] in ("entre", "de", "desde"):
            return low[end : end + 2] in (["y", "las"], ["a", "las"], ["hasta", "las"])
        return low[k - 2] in ("y", "a", "hasta") and low[k - 5 : k - 3] in (["entre", "las"], ["de", "las"])

    def _is_clock(self, end: int) -> bool:
        """«(Las cinco) de la mañana», «y media»."""
        near = self.tokens.low[end : end + 3]
        return (near[:2] == ["de", "la"] and near[2:] in _PARTS_OF_DAY) or near[:2] in _QUARTERS

    def _is_part_of_clock_or_score(self, k: int, end: int, first: int, before: str, after: str) -> bool:
        """ "12:30", "3/4"."""
        tokens = self.tokens
        if after == "/" or before == "/":
            return True
        if after == ":" and end + 1 < self.last and tokens.tag[end + 1] == "#":
            return tokens.start[end] == tokens.end[end - 1] and tokens.start[end + 1] == tokens.end[end]
        glued = before == ":" and tokens.start[k] == tokens.end[k - 1]
        return glued and k > first + 1 and tokens.tag[k - 2] == "#"

    def is_passed(self, k: int) -> bool:
        """ "The toll climbed past 80": a bound, and no time of day."""
        verb = self.tokens.low[k - 2] if k > 1 and self.tokens.low[k - 1] == "past" else ""
        return verb.endswith(("ed", "ing")) or verb in _CHANGES

    def _is_date(self, k: int, end: int, value: Number, before: str, after: str) -> bool:
        """«3 de enero», "3rd of January", «14 feb»."""
        if not isinstance(value, int) or value > 31:
            return False
        low, months = self.tokens.low, self.lexicon.lists["month"]
        bare = end >= self.last or self.tokens.tag[end] in ".,;)>"
        if before in self.lexicon.lists["day"] and self.tokens.tag[k] == "#" and bare:
            return True
        if before in ("próximo", "pasado") and low[k - 2] in ("el", "del", "al") and self.tokens.tag[k] == "#":
            return end >= self.last or self.tokens.tag[end] not in "wX%"
        if before == "el" and self.tokens.tag[k] == "#" and bare and low[k - 2 : k - 1] != ["de"]:
            return True
        if before == "del" and (low[k - 2] in _PARTS_OF_TIME or self.tokens.tag[k - 2] == "T") and bare:
            return True
        if after in ("y", "al", "a", "o", "and", "to") and not _MONTHLESS.isdisjoint(low[end + 1 : end + 2]):
            return any(low[m] in months or low[m] in _MONTHS for m in range(end + 2, min(self.last, end + 6)))
        if after in TO and end + 3 < self.last and self.tokens.tag[end + 1] == "#" and low[end + 2] in OF:
            return low[end + 3] in months  # «Del 2 al 28 de abril».
        if self._is_of_the_month(end) or (after in TO and self._is_of_the_month(end + 2)):
            return True
        if after in TO and end + 2 < self.last and self.tokens.tag[end + 1] == "#" and low[end + 2] in months:
            return self.tokens.word[end + 2][0].isupper() or self.lexicon.language == "es"
        if after == "may" and self.tokens.word[end] == "may" and self.lexicon.language == "en":
            return False
        named = before in months and (self.tokens.tag[k] == "#" or self.lexicon.language == "es")
        if named or after in months or (after in _SHORT_MONTHS and self.tokens.tag[k] == "#"):
            return True
        if k > 2 and before in ("and", ",") and low[k - 3] in months and self.tokens.tag[k - 2] == "#" and bare:
            return True
        return end + 1 < self.last and low[end] in ("de", "of") and low[end + 1] in months

    def _is_of_the_month(self, k: int) -> bool:
        """«De este mes», "of last month", after the digits of a day."""
        digits = 0 < k < self.last and self.tokens.tag[k - 1] == "#" and self.tokens.low[k] in OF
        return digits and not _MONTHS.isdisjoint(self.tokens.low[k + 1 : min(self.last, k + 4)])

    def _is_decade(self, k: int, end: int, value: Number, before: str) -> bool:
        """«En los 70, la controversia»: the years from seventy on."""
        bare = end >= self.last or self.tokens.tag[end] in ".,;>)"
        since = before == "los" and k > 1 and self.tokens.low[k - 2] in ("en", "desde", "hasta", "durante")
        return since and bare and self.tokens.tag[k] == "#" and value in range(20, 100, 10)

    def _is_year(self, k: int, end: int, before: str, after: str) -> bool:
        word = self.tokens.word[k]
        if self.tokens.tag[k] != "#" or end != k + 1 or not _looks_like_year(word):
            return False
        if before in OF and k > 1 and self.tokens.tag[k - 2] == "#":
            return True  # "Act 22 of 1998".
        if before in _YEAR_BEFORE or before in self.lexicon.lists["month"]:
            return not (before in ("de", "of", "hasta", "by") and self.counts_people(end))
        if before in ("the", "a") and (self.is_compound(end) or not self.is_who(end)):
            return True
        return not self.counts_people(end)


def _looks_like_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word[:2] in ("18", "19", "20")
