"""The numbers of a text with the words that bound them: "al menos 11", "between 400 and 500", "dozens of".

Years, dates, ages, hours, article and prison numbers are told apart from counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from recuento.read.numbers.bounds import Bounds
from recuento.read.numbers.loose_numbers import VAGUE_HEADS, ZERO, LooseNumbers, none_from
from recuento.read.numbers.not_counts import NotCounts
from recuento.read.numbers.numerals import MAGNITUDES, Numerals, whole
from recuento.read.numbers.ones import SINGLE
from recuento.read.text.folding import plain
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Span, Tokens
from recuento.values.bilingual import Language
from recuento.values.number_words import Convention, number_at, number_starts, value_of
from recuento.values.quantity import Comparison, Number, Quantity, quantity_from
from recuento.values.vague_words import LEAST, SHARES

_COLLECTIVES = {
    "dozen": 12, "dozens": 12, "docena": 12, "docenas": 12, "score": 20, "decena": 10, "decenas": 10,
    "centenar": 100, "centenares": 100, "centena": 100, "centenas": 100, "millar": 1_000, "millares": 1_000,
}  # fmt: skip
_SCALES_OF_VAGUE = {
    "dozen": 24, "hundred": 200, "thousand": 2_000, "million": 2_000_000, "decenas": 20, "docenas": 24,
    "cientos": 200, "centenares": 200, "centenas": 200, "miles": 2_000, "millares": 2_000, "millones": 2_000_000,
}  # fmt: skip
_COUPLES = frozenset(["a couple of", "a couple", "couple of", "un par de", "un par"])
_CHANGES = words_of("changes")
_CHANGING = (
    "elev",
    "rais",
    "rectific",
    "corrig",
    "reduc",
    "reduj",
    "aument",
    "increment",
    "disminu",
    "increas",
    "decreas",
    "descend",
)
_UNITS = {
    "por ciento": "percent", "per cent": "percent", "percent": "percent", "%": "percent", "porciento": "percent",
}  # fmt: skip
_OPENED = (("de", "a"), ("from", "to"), ("del", "al"))
"""Words that open and join a range: «de 30 a 35», "from 30 to 35"."""
_THIRDS = frozenset(share for share in SHARES.values() if share != int(share))
"""Shares in per cent that are no whole numbers: about a third is about 33.33."""
_ONE_ARTICLES = frozenset(["a", "an", "un", "una"])
_ODD = {
    f"{tens}{odd}{ending}": value
    for tens, value in (("veinti", 20), ("treintai", 30), ("cuarentai", 40))
    for odd in ("tant", "poc")
    for ending in ("os", "as")
}
"""«Veintitantos», «treintaipocas»: the tens and some more."""
_ARTICLES = frozenset(["los", "las", "el", "the", "un", "unos", "unas"])
_ONE_SIDED = frozenset([Comparison.GE, Comparison.GT, Comparison.LE, Comparison.LT])
_DASHES = frozenset(["-", "–"])
"""At the beginning of a line they open an item of a list, and join nothing."""
_JOINING = frozenset(["a", "to", "–", "-", "o", "ó", "u", "or", "al"])


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A quantity and the tokens of its words; `bound` includes the words that bound it. `unit` is "percent" or None."""

    span: Span
    quantity: Quantity
    unit: str | None = None
    contrasts: bool = False
    """Of zero: whether it stands beside a number that it contrasts with."""
    noun_end: int = 0
    """Where only an article tells that it was one person ("a soldier was killed"): the token after the noun."""


def numbers_in(tokens: Tokens, first: int, last: int, lexicon: Lexicon, convention: Convention) -> list[NumberFound]:
    """All quantities between two tokens, in order; one token belongs to one quantity at most."""
    return _NumberFinder(tokens, last, lexicon, convention).find(first)


class _NumberFinder:
    def __init__(self, tokens: Tokens, last: int, lexicon: Lexicon, convention: Convention) -> None:
        self.tokens, self.last, self.lexicon, self.convention = tokens, last, lexicon, convention
        self.loose = LooseNumbers(tokens, last, lexicon)
        self.not_counts = NotCounts(tokens, last, lexicon)
        self.numerals = Numerals(tokens, last, lexicon, convention)
        self.bounds = Bounds(tokens, last, self.not_counts.times)

    def find(self, first: int) -> list[NumberFound]:
        found: list[NumberFound] = []
        starters, tags, lows = _starters(self.lexicon.language), self.tokens.tag, self.tokens.low
        place = first
        for k in [k for k in range(first, self.last) if tags[k] == "#" or lows[k] in starters or "-" in lows[k]]:
            here = self._quantity_at(k, first) if k >= place else None
            if here is not None:
                found.append(here)
                place = max(here.span[1], k + 1)
            elif tags[k] == "#" and k >= place and (read := self._any_number(k)) is not None:
                spaced = all(tags[m] == "#" for m in range(k, read[1]))
                place = read[1] if spaced else place  # «S/ 42 300»: its groups are no numbers of their own.
        return found

    def _quantity_at(self, k: int, first: int) -> NumberFound | None:
        """A quantity whose number, or whose vague word, begins at `k`."""
        if self.tokens.low[k] in ("ni", "not") or self.tokens.low[k] in ZERO:
            return self._zero(k, first)
        odd = next(
            (n for n in (k, k + 1, k + 2) if n < self.last and self.tokens.low[n].endswith(("-odd", "-plus"))), None
        )
        if odd is not None and (found := self._odd(k, odd)) is not None:
            return found
        share = self.loose.share(k, first)
        if share is not None:
            return self._share_found(*share, first)
        loose = self._loose(k, first)
        return loose if loose is not None else self._plain(k, first)

    def _plain(self, k: int, first: int) -> NumberFound | None:
        """A number in digits or words with what bounds it."""
        if self.tokens.low[k] in _ODD:
            return self._made(k, k + 1, Comparison.GT, (_ODD[self.tokens.low[k]],))
        number = self.numerals.number(k)
        if number is None:
            return self._glued_range(k, first) if self.tokens.tag[k] == "#" else None
        value, end = number
        portion = self.loose.of_each(value, end, self._any_number)
        if portion is not None:
            return self._share_found(k, *portion, first)
        if self.not_counts.holds(k, end, value, first) or (value == 1 and not self._is_one(k, first)):
            return None
        if value == 1 and self._is_article(k, first):
            noun_end = self.numerals.one_person(k) + 1
            words = quantity_from(Comparison.EQ, (1,), self.tokens.slice(k, noun_end))
            return NumberFound((k, k + 1), words, noun_end=noun_end)
        if value == 1 and end < self.last and self.tokens.low[end] in SINGLE and self.tokens.tag[k] != "#":
            end += 1
            if self._is_none_of(k, first):
                return NumberFound((k, end), none_from(self.tokens.slice(k, end)))
        if end < self.last and self.tokens.low[end] in _COLLECTIVES and value > 1:
            return self._bounded(k, end + 1, value * _COLLECTIVES[self.tokens.low[end]], first, Comparison.APPROX)
        return self._bounded(k, end, value, first, Comparison.EQ)

    def _is_none_of(self, k: int, first: int) -> bool:
        """«No hay un solo muerto», "there wasn't a single doctor": the verb before "a single" is denied."""
        for m in range(k - 1, max(first, k - 5) - 1, -1):
            low = self.tokens.low[m]
            if low in ("no", "not", "nunca", "never", "tampoco") or low.endswith(("n't", "n’t")):
                return m < k - 1 or low.endswith(("n't", "n’t"))
            if self.tokens.tag[m] in ".,;:<>#CP":
                return False
        return False

    def _odd(self, begin: int, k: int) -> NumberFound | None:
        """ "Thirty-odd", "a thousand-odd", "30-plus": the number and more."""
        more = Comparison.GE if self.tokens.low[k].endswith("-plus") else Comparison.GT
        head = self.tokens.low[k].rpartition("-")[0]
        words = [*self.tokens.low[begin:k], *head.split("-")]
        if words[0] == "some":
            words = words[1:]
        for wanted in (words, ["one", *words]):
            read = number_at(wanted, 0, "en")
            if read is not None and read.words == len(wanted):
                return self._made(begin, k + 1, more, (read.value,))
        value = self._digits_of(head) if len(words) == 1 else None
        return self._made(begin, k + 1, more, (value,)) if value is not None else None

    def _digits_of(self, word: str) -> Number | None:
        return value_of(word, self.convention, self.lexicon.language) if word[-1:].isdigit() else None

    def _bounded(self, k: int, end: int, value: Number, first: int, otherwise: Comparison) -> NumberFound | None:
        """The number with the words around it that bound it; `otherwise` where there are none."""
        begin, comparison = self.bounds.before(k, first)
        other = self._other_end(end, begin, comparison)
        if other is not None and not (comparison is None and self._is_change(k, end, first)):
            high, after_it, join = other
            value, high, after_it = self._on_one_scale(value, high, end, after_it)
            if high < value and self.tokens.low[join] in ("a", "to", "al"):
                return self._made(begin, end, comparison or otherwise, (value,))
            if self.not_counts.follows(after_it) or self._is_timespan(begin, after_it, high):
                return None
            opened = begin == k and k > first and (self.tokens.low[k - 1], self.tokens.low[join]) in _OPENED
            opened = opened and not self._is_taken(k - 1, first)
            return self._made(begin - opened, after_it, Comparison.RANGE, (min(value, high), max(value, high)))
        if comparison is Comparison.RANGE:
            begin, comparison = k, None
        if comparison in _ONE_SIDED and (rival := self._rival(end, value)) is not None:
            least = comparison in (Comparison.GE, Comparison.GT)
            return self._made(begin, rival[1], comparison, (value if least else rival[0],))
        if comparison is None and (after := self.bounds.after(end)) is not None:
            return self._made(begin, end + after[0], after[1], (value,))
        return self._made(begin, end, comparison or otherwise, (value,))

    def _is_timespan(self, begin: int, end: int, high: Number) -> bool:
        """ "From nine to ten", "what happened between two and four?": hours, where nothing is counted."""
        tokens = self.tokens
        bare = end >= self.last or tokens.tag[end] in ".,;>)" or tokens.low[end : end + 3] == ["in", "the", "morning"]
        opens = begin > 0 and (tokens.low[begin - 1] in ("from", "de") or tokens.low[begin] in ("between", "entre"))
        words = tokens.tag[end - 1] != "#"
        return bool(bare and opens and words and high <= 12)

    def _is_taken(self, k: int, first: int) -> bool:
        """Whether «de» belongs to the verb before it: «habla de 8 a 10 muertos»."""
        form = self.tokens.form[k - 1] if k > first else None
        return form is not None and "m" in form.verbs[0].frames

    def _is_change(self, k: int, end: int, first: int) -> bool:
        """Whether «de 30 a 35» tells of a change, and so two figures: «pasó de 30 a 35 presos»."""
        low = self.tokens.low
        join = self._unit(end)[1]
        ends = (low[k - 1], low[join]) if k > first and join < self.last else ("", "")
        if ends != ("by", "to") and ends not in _OPENED:
            return False
        if self.tokens.tag[k - 2] == "," and k - 2 > first and self._ends_clause(end + 2):
            return True  # "Deaths soared, from 11 to 34."
        return any(word in _CHANGES or word.startswith(_CHANGING) for word in low[max(first, k - 9) : k])

    def _ends_clause(self, k: int) -> bool:
        return k >= self.last or self.tokens.tag[k] in ".,;:>)"

    def _share_found(self, k: int, value: Number, end: int, first: int) -> NumberFound | None:
        of_time = self.not_counts.follows(end) or self.not_counts.measured.is_of_time(end)
        if of_time or self.tokens.low[end : end + 2] == ["de", "hora"]:
            return None
        begin, comparison = self.bounds.before(k, first)
        if comparison is Comparison.RANGE:
            begin, comparison = k, None
        found = self._made(begin, end, comparison or Comparison.EQ, (value,))
        return None if found is None else NumberFound(found.span, found.quantity, "percent")

    def _loose(self, k: int, first: int) -> NumberFound | None:
        """A vague quantity, or one about a number."""
        about = self.loose.about(k)
        if about is not None and not self.not_counts.follows(about[1]):
            return self._bounded(k, about[1], about[0], first, Comparison.APPROX)
        scaled = self._vague_scale(k)
        vague = self.loose.vague(k) if scaled is None else None
        if vague is None:
            return scaled
        least, end = vague
        of_time = self.not_counts.follows(end) or self.not_counts.measured.is_of_time(end)
        return None if of_time else self._made(k, end, Comparison.VAGUE, (least,))

    def _vague_scale(self, k: int) -> NumberFound | None:
        """ "A couple of dozen", "several hundred", «varios miles»: a vague word and what it counts by."""
        low = self.tokens.low
        for length in (3, 2, 1):
            end = k + length
            words = plain(" ".join(low[k:end]))
            if end < self.last and low[end] in _SCALES_OF_VAGUE and (words in LEAST or words in _COUPLES):
                least = _SCALES_OF_VAGUE[low[end]]
                kind = Comparison.APPROX if words in _COUPLES else Comparison.VAGUE
                return self._made(k, end + 1, kind, (least,))
        return None

    def _zero(self, k: int, first: int) -> NumberFound | None:
        span = self.loose.zero(k)
        if span is None:
            return None
        return NumberFound(span, none_from(self.tokens.slice(*span)), contrasts=self.loose.contrasts(k, first))

    def _is_one(self, k: int, first: int) -> bool:
        """Whether a number that is one is meant as a number."""
        if self.tokens.low[k + 1 : k + 3] in (["por", "ciento"], ["per", "cent"]) or self.tokens.low[k + 1 : k + 2] == [
            "percent"
        ]:
            return True
        return self.tokens.tag[k] == "#" or self.loose.ones.is_one(k, first) or self.numerals.one_person(k) > k

    def _is_article(self, k: int, first: int) -> bool:
        """Whether nothing but the article "a", «un», «una» tells that it was one."""
        article = self.tokens.low[k] in _ONE_ARTICLES and self.tokens.tag[k] != "#"
        bounded = article and self.bounds.before(k, first)[1] is not None
        return article and not bounded and self.numerals.one_person(k) > k and not self.loose.ones.is_one(k, first)

    def _made(self, begin: int, end: int, comparison: Comparison, stated: tuple[Number, ...]) -> NumberFound | None:
        if comparison is Comparison.LT and stated[-1] <= 0:
            return None  # "less than zero" counts nothing.
        unit, end = self._unit(end)
        whole = stated
        shared = unit is None and stated[0] in _THIRDS
        if comparison is Comparison.APPROX and not shared and not all(isinstance(n, int) for n in stated):
            comparison = Comparison.APPROX if all(n == int(n) for n in stated) else Comparison.EQ
            whole = tuple(int(n) if n == int(n) else n for n in stated)
        quantity = quantity_from(comparison, whole, self.tokens.slice(begin, end))
        return NumberFound((begin, end), quantity, unit)

    def _unit(self, end: int) -> tuple[str | None, int]:
        low = self.tokens.low
        if end < self.last and low[end] in _UNITS:
            return _UNITS[low[end]], end + 1
        if end + 1 < self.last and f"{low[end]} {low[end + 1]}" in _UNITS:
            return "percent", end + 2
        return None, end

    # Numbers.

    def _any_number(self, k: int) -> tuple[Number, int] | None:
        return self.numerals.number(k) if k < self.last else None

    # Ranges.

    def _other_end(self, end: int, begin: int, comparison: Comparison | None) -> tuple[Number, int, int] | None:
        """The other end of a range, the token after it, and the word that joins: "entre 400 y 500", "50% to 60%"."""
        tokens = self.tokens
        unit, join = self._unit(end)
        if join + 1 >= self.last:
            return None
        low = tokens.low[join]
        joins = (comparison is Comparison.RANGE and low in ("y", "and", "e")) or (
            comparison in (None, Comparison.APPROX) and low in _JOINING
        )
        if low == "," and comparison is None:
            return self._hesitating(end, begin)
        listed = low in _DASHES and "\n" in tokens.text[tokens.end[join - 1] : tokens.start[join]]
        if not joins or listed:
            return None
        article = comparison is Comparison.RANGE and tokens.low[join + 1] in _ARTICLES
        other = self.numerals.number(join + 1 + article)
        if other is None or ((unit is not None or low == "al") and self._unit(other[1])[0] is None):
            return None
        in_words = tokens.tag[join + 1] != "#" and tokens.tag[end - 1] == "#"
        return None if in_words and comparison is not Comparison.RANGE else (*other, join)

    def _on_one_scale(self, value: Number, high: Number, end: int, after_it: int) -> tuple[Number, Number, int]:
        """Both ends with the scale that only the second tells: "two or three dozen", «entre 5.000 y 6.000 millones»."""
        low = self.tokens.low
        if after_it < self.last and low[after_it] in _COLLECTIVES and low[end - 1] not in _COLLECTIVES:
            return value * _COLLECTIVES[low[after_it]], high * _COLLECTIVES[low[after_it]], after_it + 1
        scale = MAGNITUDES.get(low[after_it - 1], 1)
        shared = low[end - 1] not in MAGNITUDES and high > scale and value * scale < high
        return (whole(value * scale) if shared else value), high, after_it

    def _rival(self, end: int, value: Number) -> tuple[Number, int] | None:
        """ "At least 24 or 25 inmates": the number one greater that the first one wavers with."""
        if self.tokens.low[end : end + 1] not in (["or"], ["o"], ["u"]):
            return None
        other = self._any_number(end + 1)
        return other if other is not None and other[0] == value + 1 else None

    def _glued_range(self, k: int, first: int) -> NumberFound | None:
        """ "250-300 convicts": two numbers in one token, the second the greater, of people or things or per cent."""
        ends = [self._digits_of(part) for part in self.tokens.word[k].split("-")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None or not ends[0] < ends[1]:
            return None
        counts = self.not_counts.counts_people(k + 1) or self._unit(k + 1)[0] is not None
        if not counts or self.not_counts.follows(k + 1) or self.tokens.low[k - 1 : k] in (["aged"], ["ages"]):
            return None
        begin, comparison = self.bounds.before(k, first)
        begin = begin if comparison in (Comparison.RANGE, Comparison.APPROX) else k
        return self._made(begin, k + 1, Comparison.RANGE, (ends[0], ends[1]))

    def _hesitating(self, end: int, begin: int) -> tuple[Number, int, int] | None:
        """«Setenta, ochenta mujeres», "three, four men": the next number in words, right before the noun of both."""
        tokens = self.tokens
        one, other = self.numerals.number(begin), self.numerals.number(end + 1)
        if one is None or other is None or tokens.tag[begin] == "#" or tokens.tag[end + 1] == "#":
            return None
        step = other[0] - one[0]
        if not (step == 1 or (step == 10 and one[0] % 10 == 0)) or other[1] >= self.last:
            return None
        listed = begin > 0 and tokens.low[begin - 1] in (",", "y", "e", "and")
        return (*other, end) if tokens.tag[other[1]] in "wX" and not listed else None


@cache
def _starters(language: Language) -> frozenset[str]:
    """The words with which a quantity may begin, with and without accents."""
    vague = {word for word in VAGUE_HEADS if word} | {"algún", "ningún"}
    shares = {"half", "mitad", "tercera", "cuarta", "quinta", "sexta", "octava", "décima"}
    return frozenset(
        {*number_starts(language), *vague, *shares, *ZERO, *_ODD, "ni", "not", "medio", "a", "an", "un", "una"}
    )
