"""Numbers that count nobody and nothing: years, dates, hours, ages, durations, money, articles and names."""

from __future__ import annotations

import re
from functools import cache

from recuento.read.ages import Ages
from recuento.read.counting import count_words
from recuento.read.folding import plain
from recuento.read.lexicon import Lexicon, words_of
from recuento.read.tokens import Tokens
from recuento.values.number_words import number_at
from recuento.values.quantity import Number

_BEFORE = words_of("not_counts_before")
_BEFORE_MARKS = frozenset(["nº", "#", "$", "€", "£", "us$", "@", "°", "º"])
_AFTER = frozenset(["años", "year-old", "years-old", "°", "º", "ª", "h", "$", "€", "£"]) | words_of("measured")
_YEAR_BEFORE = frozenset([
    "in", "en", "of", "de", "del", "since", "desde", "until", "hasta", "by", "during", "durante",
    ",", "(", "early", "late", "mid",
])  # fmt: skip
_TOTALS = words_of("names_of_counts")
_WEIGHTS = words_of("weights")
_WEIGHING = ("pes", "weigh")
_PRICES = words_of("prices")
_CALLS = frozenset(["call", "calling", "dial", "llamar", "llame", "llamen", "avisar", "marcar", "emergency", "phone"])
_RATIOS = frozenset([
    "what", "as", "more", "the", "higher", "larger", "over", "than", "más", "mayor", "lo", "la", "el", "superior",
    "that",
])  # fmt: skip
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_SERVING = words_of("serving")
_SHORT_MONTHS = words_of("short_months")
_LONGEST_ROW = 12
"""Tokens of a row of numbers that are looked at: a text of numbers only must not take long."""
_JOINS = frozenset(["y", "e", "o", "u", "and", "or", ","])
_PARTS_OF_DAY = (["mañana"], ["tarde"], ["noche"], ["madrugada"])
_AT_NIGHT = (("at", "night"), ("in", "the", "morning"), ("in", "the", "evening"), ("in", "the", "afternoon"))
_TIMES = frozenset(["year", "day", "minute", "año", "día", "minuto"])
_SUCH = frozenset(["this", "that", "last", "same", "each", "every", "este", "ese", "aquel", "mismo", "cada"])
"""«Ese día 14 presos huyeron», "this year 27 died": before these words a word of time labels no number."""
_SENTENCED = ("sentenc", "condenad", "condenó")
_ENDING = frozenset(["began", "begun", "started", "ended", "finished", "arrived", "left", "opened", "closed"])
_CALIBRES = frozenset(["mm", "millimetre", "millimeter", "calibre", "caliber", "cc"])
_UNITS_AFTER = frozenset(["per", "por", "million", "millones", "millón", "thousand", "mil", "billion", "m", "km"])
_PARTS_OF_TIME = frozenset(["finales", "principios", "mediados", "comienzos", "noche", "madrugada", "día", "mediodía"])
_MONTHS = frozenset(["mes", "month"])
_OF = frozenset(["de", "del", "of"])
_FEVERS = frozenset(["fever", "fevers", "fiebre", "temperature", "temperatura"])
_SET_ASIDE = words_of("set_aside")
_MONTHLESS = frozenset(["el", "the"])
_SHARES = frozenset(["percent", "per", "por"])
_UP_DOWN = frozenset(["up", "down"])
_NOUNS_IN_ED = frozenset(["bed", "shed", "seabed"])
_TO = frozenset(["to", "a", "al", "y", "and", "-", "–"])
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
_ARTICLES = frozenset(["el", "la", "los", "las", "the"])
_CALLED = frozenset(["alias", "nicknamed", "dubbed", "apodado", "apodada", "apodados", "a.k.a", "aka"])
_NAMED = frozenset(["known", "conocido", "conocida", "conocidos", "conocidas", "apodado", "identified"])
_OPENING_TAGS = ".<:;-(*"
_LABELS = frozenset(plain(word) for word in _BEFORE) - words_of("labelled_people")
_ALSO_VERBS = frozenset(["seats", "numbers", "files", "posts", "books", "boxes", "lasts", "counts", "points", "models"])


class NotCounts:
    """Tells of the numbers of one text which are no counts."""

    def __init__(self, tokens: Tokens, last: int, lexicon: Lexicon) -> None:
        self.tokens, self.last, self.lexicon = tokens, last, lexicon
        self.words = count_words(lexicon.language)
        self.ages = Ages(tokens, last, lexicon)

    def holds(self, k: int, end: int, value: Number, first: int) -> bool:
        """Whether the number from token `k` to `end` counts nothing; `first` is where the reading began."""
        before = self.tokens.low[k - 1] if k > first else ""
        after = self.tokens.low[end] if end < self.last else ""
        return (
            self._is_labelled(k, first, before)
            or self._numbers_a_line(k, end)
            or self._is_weight(k, end, first)
            or self._is_money(k, end, value, first)
            or self._is_dialled(k, first)
            or self._is_of_a_mass(k, end, value)
            or self._is_named(k, end, first)
            or self._is_multiple(end)
            or self._is_served(k, end, before)
            or self._is_distributed(k, first)
            or self._is_hour(k, end, value, before, after)
            or self.ages.holds(k, end, value, first)
            or self.follows(end)
            or self._is_part_of_clock_or_score(k, end, first, before, after)
            or self._is_date(k, end, value, before, after)
            or self._is_singled_out(k, end, before)
            or self._is_year(k, end, before, after)
            or self._is_name_number(k, first)
            or self._is_numbered(k, end, first)
            or self._goes_on(k, end, first)
            or self._is_span_of_time(k, end, first)
        )

    def follows(self, end: int) -> bool:
        """Whether what is measured at `end` is a duration or money: "two or three days"."""
        low = self.tokens.low
        if low[end : end + 2] in (["of", "an"], ["of", "a"], ["de", "un"]) and end + 2 < self.last:
            return low[end + 2] in _AFTER
        if low[end : end + 1] in (["los"], ["las"]):
            end += 1
        if low[end : end + 1] in (["of"], ["de"]) and end + 3 < self.last and self.tokens.tag[end + 2] == "#":
            end += 3
        if end < self.last and low[end] in ("de", "of") and not (end + 2 < self.last and low[end + 2] == "cárcel"):
            end += 1
        return end < self.last and (low[end] in _AFTER or low[end].rstrip("'’") in _AFTER)

    def is_passed(self, k: int) -> bool:
        """ "The toll climbed past 80": a bound, and no time of day."""
        verb = self.tokens.low[k - 2] if k > 1 and self.tokens.low[k - 1] == "past" else ""
        return verb.endswith(("ed", "ing")) or verb in _CHANGES

    def _is_labelled(self, k: int, first: int, before: str) -> bool:
        """ "Article 25", «n.º 3», "$40"."""
        if before == "," and k > first + 2 and self.tokens.low[k - 2] in ("número", "number"):
            return self.tokens.tag[k - 3] in "Dp"
        if before == "no" and (self.tokens.tag[k] != "#" or self.tokens.word[k - 1] == "no"):
            return False
        if before == "number" and k > first + 1 and self._is_verb_number(k - 1):
            return self.tokens.low[k - 2].endswith(("'s", "’s"))
        if before in _TIMES and k > first + 1 and self.tokens.low[k - 2] in _SUCH:
            return False
        if before == "(" and k > first + 1 and self._is_subsection(k):
            return True
        if before in _BEFORE or before in _BEFORE_MARKS or self.tokens.word[k].startswith(("#", "@")):
            return True
        if self._is_called(k, first) or self._is_labelled_in_plural(k, before):
            return True
        return before == "." and k > first + 1 and self.tokens.low[k - 2] in ("no", "n", "núm", "art")

    def _is_labelled_in_plural(self, k: int, before: str) -> bool:
        """ "In cells 4 to 9", «los módulos 4 y 6»: digits after the plural of a label, without a noun of their own."""
        if before in ("days", "días") and self.tokens.low[k - 2] not in _ARTICLES:
            return False
        return self.tokens.tag[k] == "#" and _is_plural_label(before) and not self._is_noun_or_share(k + 1)

    def _is_noun_or_share(self, k: int) -> bool:
        return k < self.last and self.tokens.tag[k] in "wX%"

    def _is_called(self, k: int, first: int) -> bool:
        """ "Known as the 18", «alias El Siete», «la banda Los 33»: how somebody or something is called."""
        tokens, low, k = self.tokens, self.tokens.low, k - 1
        article = k > first and low[k] in _ARTICLES
        if article and tokens.word[k][0].isupper() and tokens.tag[k - 1] not in _OPENING_TAGS:
            return "\n" not in tokens.text[tokens.end[k - 1] : tokens.start[k]]
        k -= article
        k -= k > first and tokens.tag[k] == "<"
        return k >= first and (low[k] in _CALLED or (k > first and low[k] in ("as", "como") and low[k - 1] in _NAMED))

    def _is_subsection(self, k: int) -> bool:
        """ "Section 12(3)": digits in brackets that touch the digits before them."""
        tokens = self.tokens
        glued = tokens.tag[k - 2] == tokens.tag[k] == "#" and tokens.end[k - 2] == tokens.start[k - 1]
        return glued and k + 1 < self.last and tokens.word[k + 1] == ")"

    def _is_verb_number(self, k: int) -> bool:
        """Whether "number" is what people do: "the deaths now number 14"."""
        low, tag = self.tokens.low[k - 1], self.tokens.tag[k - 1]
        return tag in "AV" or (tag == "w" and low.endswith("s"))

    def _numbers_a_line(self, k: int, end: int) -> bool:
        """Whether the number stands at the beginning of a line and numbers it: "1. Publish the list"."""
        tokens = self.tokens
        if tokens.tag[k] != "#" or end >= self.last or tokens.word[end] not in (".", ")", ".-"):
            return False
        glued = tokens.start[end] == tokens.end[end - 1]
        if glued and tokens.word[end] == ")" and len(tokens.word[k]) <= 2:
            return k == 0 or all(tokens.word[m] != "(" for m in range(max(0, k - 20), k))
        return glued and (k == 0 or "\n" in tokens.text[tokens.end[k - 1] : tokens.start[k]])

    def _is_weight(self, k: int, end: int, first: int) -> bool:
        """«Mi hija pesa cuarenta kilos»: what somebody weighs; of things, weights count."""
        low = self.tokens.low
        bare = end >= self.last or self.tokens.tag[end] in ".,;>)C"
        weighed = bare or low[end] in _WEIGHTS
        return weighed and any(low[m].startswith(_WEIGHING) for m in range(max(first, k - 4), k))

    def _is_money(self, k: int, end: int, value: Number, first: int) -> bool:
        """«El costo fue de 3,2 millones», "which cost 4 million": a price without its currency."""
        aside = end < self.last and (
            self.tokens.low[end] in _SET_ASIDE or self.tokens.low[end : end + 2] == ["set", "aside"]
        )
        if aside and value >= 1_000 and self.tokens.low[end - 1] in _UNITS_AFTER:
            return True
        if value < 1_000 or (
            (end < self.last and self.tokens.tag[end] in "wX") or self.tokens.low[end : end + 1] == ["de"]
        ):
            return False
        near = self.tokens.low[max(first, k - 5) : k]
        return any(low in _PRICES for low in near)

    def _is_dialled(self, k: int, first: int) -> bool:
        """ "Call 911", «avisar al 112»: a telephone number."""
        tokens = self.tokens
        group = k
        while group > first and k - group < _LONGEST_ROW and tokens.tag[group] == tokens.tag[group - 1] == "#":
            group -= 1
        if group < k and tokens.word[group].startswith("0"):
            return True
        if tokens.tag[k] == "#" and tokens.word[k].isdecimal() and tokens.word[k][0] == "0" and len(tokens.word[k]) > 2:
            return True
        if self.tokens.tag[k] != "#" or not 3 <= len(self.tokens.word[k]) <= 4 or k - first < 1:
            return False
        near = self.tokens.low[max(first, k - 3) : k]
        return near[-1] in ("al", "el", "call", "calling", "dial", "phone", "line") and any(
            low in _CALLS for low in near
        )

    def _is_of_a_mass(self, k: int, end: int, value: Number) -> bool:
        """ "4.5 million of it", "rice costs 1.20", "9 mm", «calibre 7,62»: what is measured or paid, never counted.

        A number with decimals counts nothing unless its unit follows: per cent, kilos, metres, guards a prisoner.
        """
        low, tag = self.tokens.low, self.tokens.tag
        if low[end : end + 2] in (["of", "it"], ["de", "ello"]) and end + 2 <= self.last:
            return True
        if end < self.last and low[end] in _CALIBRES:
            return True
        if k > 1 and low[k - 1] in _OF and low[k - 2] in _FEVERS:
            return True
        if tag[k] != "#":
            return False
        whole = value == int(value) or (end < self.last and (tag[end] in "wX%#" or low[end] in _UNITS_AFTER))
        if low[end : end + 1] in (["a"], ["al"], ["to"], ["y"], ["and"]) and end + 2 < self.last:
            whole = whole or (tag[end + 1] == "#" and low[end + 2] in ("%", "por", "per", "percent"))
        return not whole or (value != int(value) and low[end : end + 1] in (["ammunition"], ["munición"]))

    def _is_named(self, k: int, end: int, first: int) -> bool:
        """A number word inside a name: «el obispo de Tres Lomas», "The Three Brothers"."""
        tokens = self.tokens
        if tokens.tag[k] == "#" or not tokens.word[k][0].isupper() or end >= self.last or k <= first:
            return False
        if "\n" in tokens.text[tokens.end[k - 1] : tokens.start[k]]:
            return False
        if tokens.tag[k - 1] == "<":
            return self._is_title(end)
        if tokens.low[end] in self.words.event or self.words.who.get(tokens.low[end]) in ("inmate", "agent"):
            return False  # "Riot Leaves Four Dead", "Four Inmates": headlines write every word so.
        if not tokens.word[end][0].isupper():
            of = k - 2 if tokens.low[k - 1] == "of" and k - 2 >= first else k - 1
            return tokens.word[of][0].isupper() and tokens.tag[of] in "wXqQ" and not self._counts_people(end)
        opens = tokens.tag[k - 1] in ".<:-;(" or tokens.word[k - 1] in "¿¡"
        return not opens and tokens.word[end][0].isupper()

    def _is_title(self, end: int) -> bool:
        """Whether every word up to the closing mark is written as in a title: “Twelve Angry Men”, “Two Fingers”."""
        for m in range(end, min(self.last, end + 6)):
            if self.tokens.tag[m] == ">":
                return m > end
            if self.tokens.tag[m] not in "PD" and not self.tokens.word[m][0].isupper():
                return False
        return False

    def _is_served(self, k: int, end: int, before: str) -> bool:
        """ "Eight years, of which he served six", «llevaba seis»: years told of before, and left out here."""
        tokens = self.tokens
        if before not in _SERVING or (end < self.last and tokens.tag[end] in "wX"):
            return False
        return any(tokens.low[m] in ("years", "años", "months", "meses") for m in range(max(0, k - 16), k))

    def _is_multiple(self, end: int) -> bool:
        """ "Three times what the government said", «cinco veces más»: a ratio."""
        low = self.tokens.low
        if low[end - 4 : end - 1] == ["times", "out", "of"] or low[end : end + 3] == ["times", "out", "of"]:
            return True
        if low[end : end + 2] == ["times", "over"] and any(
            low[m] in _AFTER for m in range(end + 2, min(self.last, end + 5))
        ):
            return False  # "Rang 40 times over seven hours".
        return end + 1 < self.last and low[end] in ("times", "veces") and low[end + 1] in _RATIOS

    def _is_distributed(self, k: int, first: int) -> bool:
        """«Bajamos de a cinco»: by how many at a time."""
        return k - first >= 2 and self.tokens.low[k - 2 : k] == ["de", "a"]

    def _is_hour(self, k: int, end: int, value: Number, before: str, after: str) -> bool:
        """Whether the number is a time of day: "at eight", "by six we held", «hasta las cinco de la tarde»."""
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

    def _is_clock(self, end: int) -> bool:
        """«(Las cinco) de la mañana», «y media»."""
        near = self.tokens.low[end : end + 3]
        return (near[:2] == ["de", "la"] and near[2:] in _PARTS_OF_DAY) or near[:2] in _QUARTERS

    def _is_part_of_clock_or_score(self, k: int, end: int, first: int, before: str, after: str) -> bool:
        """ "12:30", "3/4"."""
        tokens = self.tokens
        if after == "/" or before == "/":
            return True
        colon = after == ":" and tokens.start[end] == tokens.end[end - 1]
        if colon and end + 1 < self.last and tokens.tag[end + 1] == "#":
            return True
        return before == ":" and k > first + 1 and tokens.tag[k - 2] == "#"

    def _is_date(self, k: int, end: int, value: Number, before: str, after: str) -> bool:
        """«3 de enero», "3rd of January", «14 feb»."""
        if not isinstance(value, int) or value > 31:
            return False
        low, months = self.tokens.low, self.lexicon.lists["month"]
        bare = end >= self.last or self.tokens.tag[end] in ".,;)>"
        if before in self.lexicon.lists["day"] and self.tokens.tag[k] == "#" and bare:
            return True
        if before == "el" and self.tokens.tag[k] == "#" and bare and low[k - 2 : k - 1] != ["de"]:
            return True
        if before == "del" and (low[k - 2] in _PARTS_OF_TIME or self.tokens.tag[k - 2] == "T") and bare:
            return True
        if after in ("y", "al", "a", "o", "and", "to") and not _MONTHLESS.isdisjoint(low[end + 1 : end + 2]):
            return any(low[m] in months or low[m] in _MONTHS for m in range(end + 2, min(self.last, end + 6)))
        if self._is_of_the_month(end) or (after in _TO and self._is_of_the_month(end + 2)):
            return True
        if after in _TO and end + 2 < self.last and self.tokens.tag[end + 1] == "#" and low[end + 2] in months:
            return self.tokens.word[end + 2][0].isupper() or self.lexicon.language == "es"
        if after == "may" and self.tokens.word[end] == "may":
            return False
        named = before in months and (self.tokens.tag[k] == "#" or self.lexicon.language == "es")
        if named or after in months or (after in _SHORT_MONTHS and self.tokens.tag[k] == "#"):
            return True
        if k > 2 and before in ("and", ",") and low[k - 3] in months and self.tokens.tag[k - 2] == "#" and bare:
            return True
        return end + 1 < self.last and low[end] in ("de", "of") and low[end + 1] in months

    def _is_of_the_month(self, k: int) -> bool:
        """«De este mes», "of last month", after the digits of a day."""
        digits = 0 < k < self.last and self.tokens.tag[k - 1] == "#" and self.tokens.low[k] in _OF
        return digits and not _MONTHS.isdisjoint(self.tokens.low[k + 1 : min(self.last, k + 4)])

    def _is_singled_out(self, k: int, end: int, before: str) -> bool:
        """«La (celda) 15», «el 9 no», «del 22»: digits after a singular article count nothing, unless they are a share.

        So does an age: «desde que tenía 29».
        """
        tag, low = self.tokens.tag, self.tokens.low
        if self.lexicon.language != "es" or tag[k] != "#":
            return False
        if before in ("tenía", "tenia"):
            return low[k - 2] in ("que", "cuando") and (end >= self.last or tag[end] in ".,;>)")
        if before not in ("el", "la", "del", "al"):
            return False
        if end < self.last and (tag[end] in "wX%#" or low[end] in _SHARES):
            return False
        return not (end + 1 < self.last and low[end] in _JOINS | _TO and tag[end + 1] in "#D")

    def _is_year(self, k: int, end: int, before: str, after: str) -> bool:
        word = self.tokens.word[k]
        if self.tokens.tag[k] != "#" or end != k + 1 or not _looks_like_year(word):
            return False
        if before in _YEAR_BEFORE or before in self.lexicon.lists["month"]:
            return not (before in ("de", "of", "hasta", "by") and self._counts_people(end))
        if before in ("the", "a") and (self._is_compound(end) or not self._is_who(end)):
            return True
        return not self._counts_people(end)

    def _is_who(self, end: int) -> bool:
        return end < self.last and self.tokens.low[end] in self.words.who

    def _is_compound(self, end: int) -> bool:
        """Whether the noun that follows only tells of what sort the next one is: "the 1998 prisons act"."""
        if not (self._is_noun(end) and self._is_noun(end + 1)):
            return False
        last = self.tokens.low[end + 1]
        return not last.endswith(("s", "ed", "ing", "ly")) and last not in self.words.all

    def _counts_people(self, end: int) -> bool:
        """Whether a noun that may be counted follows: a word for people, or a plural."""
        if not self._is_noun(end):
            return False
        low = self.tokens.low[end]
        return low in self.words.who or (low.endswith("s") and not low.endswith(("ss", "us", "is")))

    def _is_noun(self, end: int) -> bool:
        return end < self.last and self.tokens.tag[end] in "wX"

    def _is_name_number(self, k: int, first: int) -> bool:
        """Part of a name: "Unit 12", «CP 3», "Boeing 737": a capitalised word right before, inside the sentence."""
        tokens = self.tokens
        if k <= first or tokens.tag[k] != "#" or tokens.tag[k - 1] != "X":
            return False
        return (
            k - 1 > first
            and tokens.tag[k - 2] not in ".<:*-"
            and tokens.word[k - 2] not in "¿¡(["
            and not self._counts_people(k + 1)
        )

    def _is_numbered(self, k: int, end: int, first: int) -> bool:
        """ "Rule 7 bans", "in bunk 3", «la caldera 2»: a singular noun right before digits, without a noun after them.

        In English the noun has no article; in Spanish it has one and no preposition («en el motín 12 murieron» counts).
        """
        tokens, low, noun = self.tokens, self.tokens.low, k - 1
        if noun < first or tokens.tag[k] != "#" or not tokens.word[k].isdecimal() or end != k + 1:
            return False
        if end < self.last and (tokens.tag[end] in "%#" or low[end] in _SHARES or self._counts_people(end)):
            return False
        if (
            low[noun] in _UP_DOWN
            or tokens.tag[noun] not in "wX"
            or not low[noun].isalpha()
            or low[noun] in self.words.all
            or low[noun] in _TOTALS
        ):
            return False
        if low[noun] not in _NOUNS_IN_ED and low[noun].endswith(
            ("s", "ed", "ing", "ly", "mente", "ado", "ido", "aron", "ieron", "an", "en", "ó")
        ):
            return False
        before = tokens.tag[noun - 1] if noun > first and low[noun - 1] != "to" else "." if noun == first else "w"
        if self.lexicon.language == "en":
            return before in "PVQC.,;:<(-"
        closed = end >= self.last or tokens.tag[end] in ".,;>)R"
        return before in "Dp" and (closed or not (noun - 2 >= first and tokens.tag[noun - 2] == "P"))

    def _goes_on(self, k: int, end: int, first: int) -> bool:
        """A number without a noun joined to one that counts nothing: "aged 34 and 61", «una hora o dos»."""
        low, tag = self.tokens.low, self.tokens.tag
        if k - first > 2 and low[k - 1] in ("to", "a", "-", "–") and low[k - 3] in ("aged", "age", "ages", "edades"):
            return True
        if k - first > 3 and low[k - 1] == "and" and low[k - 4] == "aged" and low[k - 3] == "between":
            return True
        if self._is_in_row_of_measures(k, end, first):
            return True
        if k - first > 2 and low[k - 1] == "to" and low[k - 3] in _BEFORE and low[k - 3].endswith("s"):
            return tag[k - 2] == "#" and not self._counts_people(end)
        if k - first > 2 and low[k - 1] in _TO and tag[k - 2] == tag[k] == "#" and _is_plural_label(low[k - 3]):
            return not self._counts_people(end)
        if k - first < 2 or low[k - 1] not in _JOINS or (end < self.last and tag[end] in "wX%#"):
            return False
        if self._is_in_row_of_labels(k, first):
            return True
        if tag[k - 2] == "#" and k - 2 > first and low[k - 3] in _BEFORE and low[k - 1] not in ("to", "a"):
            return not (low[k - 3] == "number" and self._is_verb_number(k - 3))
        if end < self.last and tag[end] in "VQD":
            return False
        if low[k - 2] in _AFTER and low[k - 1] != ",":
            return True
        other = next((m for m in range(k - 2, max(first, k - 9), -1) if tag[m] in "#.;"), first)
        if other <= first or tag[other] != "#":
            return False
        return low[other + 1] in _AFTER and end < self.last and tag[end] == "P"

    def _is_in_row_of_labels(self, k: int, first: int) -> bool:
        """ "Paragraphs 4, 5 and 6": a number of a row that a plural label opens."""
        low, tag = self.tokens.low, self.tokens.tag
        m = k
        while m - 2 > first and k - m < _LONGEST_ROW and low[m - 1] in _JOINS and tag[m - 2] == "#":
            m -= 2
        return (
            m < k
            and m > first
            and ((low[m - 1] in _BEFORE and low[m - 1].endswith("s")) or _is_plural_label(low[m - 1]))
        )

    def _is_span_of_time(self, k: int, end: int, first: int) -> bool:
        """ "From 15 years to 11", «de 15 a 11 años», "ten years, five of them suspended": time said once for both."""
        low, tag = self.tokens.low, self.tokens.tag
        bare = end >= self.last or tag[end] not in "wX%#"
        if low[end : end + 2] in (["of", "them"], ["de", "ellos"]) and k - first > 1 and tag[k - 1] == ",":
            return low[k - 2] in _AFTER
        joined = bare and k - first > 1 and low[k - 1] in ("to", "a")
        if joined and any(low[m].startswith(_SENTENCED) for m in range(max(first, k - 4), k - 1)):
            return low[end : end + 1] not in (["of"], ["de"])
        if joined and low[k - 2] in _AFTER:
            return any(low[m] in ("from", "de", "los") for m in range(max(first, k - 5), k - 2))
        opened = k > first and low[k - 1] in ("from", "de") and end + 1 < self.last and low[end] in ("to", "a")
        if not opened:
            return False
        other = number_at(low[end + 1 : min(self.last, end + 6)], 0, self.lexicon.language)
        length = 1 if tag[end + 1] == "#" else other.words if other is not None else 0
        return length > 0 and self.follows(end + 1 + length)

    def _is_in_row_of_measures(self, k: int, end: int, first: int) -> bool:
        """ "Aged 19, 24 and 31", «de 19, 24 y 31 años»: a number of a row whose end counts nothing."""
        low, tag = self.tokens.low, self.tokens.tag
        m = end
        while m + 1 < self.last and m - end < _LONGEST_ROW and low[m] in _JOINS and tag[m + 1] == "#":
            m += 2
        if m > end and self.follows(m):
            return True
        m = k
        while m - 2 >= first and k - m < _LONGEST_ROW and low[m - 1] in _JOINS and tag[m - 2] == "#":
            m -= 2
        return m < k and m > first and low[m - 1] == "aged" and not (end < self.last and tag[end] in "wX%")


@cache
def _is_plural_label(word: str) -> bool:
    """Whether a word is the plural of one that numbers things and not people: "cells", «módulos»."""
    if not word.endswith("s") or word in _ALSO_VERBS:
        return False
    return any(plain(word.removesuffix(ending)) in _LABELS for ending in ("es", "s"))


def _looks_like_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word[:2] in ("18", "19", "20")


def is_idiom(tokens: Tokens, k: int) -> bool:
    """Whether a word of zero stands with a noun that nobody counts: "no doubt", «ningún momento», "zero tolerance"."""
    word = plain(tokens.low[k])
    return word in _UNCOUNTED or word.removesuffix("s") in _UNCOUNTED or tokens.low[k].endswith(("ing", "ness"))


_UNCOUNTED = words_of("uncounted")
