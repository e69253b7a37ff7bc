"""The numbers of a text with the words that bound them: "al menos 11", "between 400 and 500", "dozens of".

Years, dates, ages, hours, article and prison numbers are told apart from counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from recuento.read.counting import count_words
from recuento.read.folding import plain
from recuento.read.lexicon import Lexicon, words_of
from recuento.read.loose_numbers import VAGUE_HEADS, ZERO, LooseNumbers, none_from
from recuento.read.not_counts import NotCounts
from recuento.read.readings import Span
from recuento.read.tokens import Tokens
from recuento.values.bilingual import Language
from recuento.values.number_words import Convention, number_at, number_starts, value_of
from recuento.values.quantity import Comparison, Number, Quantity, quantity_from
from recuento.values.vague_words import BOUNDING_VERBS, BOUNDS_AFTER, COMPARISONS, LEAST

_LONGEST_BOUND = 3
_MARKS = frozenset("<>,;:.()-[]")
_MAGNITUDES = {
    "mil": 1_000, "millón": 1_000_000, "millones": 1_000_000, "millon": 1_000_000,
    "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "hundred": 100,
}  # fmt: skip
_COLLECTIVES = {
    "dozen": 12, "dozens": 12, "docena": 12, "docenas": 12, "score": 20, "decena": 10, "decenas": 10,
    "centenar": 100, "centenares": 100, "centena": 100, "centenas": 100, "millar": 1_000, "millares": 1_000,
}  # fmt: skip
_SCALES_OF_VAGUE = {
    "dozen": 24, "hundred": 200, "thousand": 2_000, "million": 2_000_000, "decenas": 20, "docenas": 24,
    "cientos": 200, "centenares": 200, "centenas": 200, "miles": 2_000, "millares": 2_000, "millones": 2_000_000,
}  # fmt: skip
_VERBS = BOUNDING_VERBS | {
    words: comparison
    for comparison, group in (
        (
            Comparison.GT,
            "superara|superaran|excedera|excederan|pasara de|pasaran de|rebasara|superar|exceder|pasar de|rebasar|"
            "supere|excedia|excedian",
        ),
        (Comparison.NEARLY, "rozan|roza|rozaba|rozaban|approached|approaches|approach"),
        (
            Comparison.LT,
            "no llega a|no llegan a|no llegaron a|no llego a|no alcanzan|no alcanza|no llega ni a|no llegan ni a|"
            "no llegaran a|no llegara a",
        ),
    )
    for words in group.split("|")
}
"""Verbs that bound the number after them, in further tenses."""
_DENYING = frozenset([
    "no", "not", "never", "nunca", "neither", "none", "nobody", "ningún", "ninguno", "ninguna", "nadie", "cannot",
])  # fmt: skip
_HOVERING = frozenset(
    ["hover around", "hovers around", "hovered around", "hovering around", "hovers about", "gira en torno a"]
)
_SINGLE = frozenset(["solo", "sola", "único", "única", "single"])
_COUPLES = frozenset(["a couple of", "a couple", "couple of", "un par de", "un par"])
_FURTHER = frozenset([
    "further", "additional", "total", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "last", "former",
])  # fmt: skip
_HAPPENINGS = frozenset(["died", "injured", "escaped", "recaptured", "released", "captured", "transferred"])
_PEOPLE = frozenset(["inmate", "agent", "official", "leader", "woman", "child", "relative", "person"])
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
_AFTER = BOUNDS_AFTER | {
    ("at", "the", "most"): Comparison.LE, ("at", "the", "least"): Comparison.GE, ("como", "mucho"): Comparison.LE,
    ("cuando", "mucho"): Comparison.LE, ("a", "lo", "más"): Comparison.LE,
    ("at", "most"): Comparison.LE, ("at", "least"): Comparison.GE, ("al", "menos"): Comparison.GE,
    ("como", "máximo"): Comparison.LE, ("como", "mínimo"): Comparison.GE, ("cuando", "menos"): Comparison.GE,
    ("por", "lo", "menos"): Comparison.GE, ("a", "lo", "sumo"): Comparison.LE, ("y", "pico"): Comparison.GT,
    ("y", "tantos"): Comparison.GT, ("y", "tantas"): Comparison.GT, ("odd",): Comparison.GT, ("larga",): Comparison.GT,
    ("largo",): Comparison.GT, ("plus",): Comparison.GE, ("or", "thereabouts"): Comparison.APPROX,
}  # fmt: skip
"""Words after a number, or after "a dozen", that bound it: "three or more", "40 at most", «una decena larga»."""
_MORE_SO = frozenset([
    "well", "just", "slightly", "far", "little", "somewhat", "comfortably", "not", "poco", "bastante", "algo", "mucho",
    "ligeramente", "muy", "muchos", "muchas",
])  # fmt: skip
"""Words before a bound that make it narrower or wider, and belong to it: "well over", «poco más de»."""
_UNITS = {
    "por ciento": "percent", "per cent": "percent", "percent": "percent", "%": "percent", "porciento": "percent",
}  # fmt: skip
_OPENED = (("de", "a"), ("from", "to"))
"""Words that open and join a range: «de 30 a 35», "from 30 to 35"."""
_ONE_ARTICLES = frozenset(["a", "an", "un", "una"])
_ODD = {
    f"{tens}{odd}{ending}": value
    for tens, value in (("veinti", 20), ("treintai", 30), ("cuarentai", 40))
    for odd in ("tant", "poc")
    for ending in ("os", "as")
}
"""«Veintitantos», «treintaipocas»: the tens and some more."""
_ARTICLES = frozenset(["los", "las", "el", "the"])


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

    def find(self, first: int) -> list[NumberFound]:
        found: list[NumberFound] = []
        starters, tags, lows = _starters(self.lexicon.language), self.tokens.tag, self.tokens.low
        place = first
        for k in [k for k in range(first, self.last) if tags[k] == "#" or lows[k] in starters or "-" in lows[k]]:
            here = self._quantity_at(k, first) if k >= place else None
            if here is not None:
                found.append(here)
                place = max(here.span[1], k + 1)
        return found

    def _quantity_at(self, k: int, first: int) -> NumberFound | None:
        """A quantity whose number, or whose vague word, begins at `k`."""
        if self.tokens.low[k] in ("ni", "not") or self.tokens.low[k] in ZERO:
            return self._zero(k, first)
        odd = next((n for n in (k, k + 1, k + 2) if n < self.last and self.tokens.low[n].endswith("-odd")), None)
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
        number = self._number(k)
        if number is None:
            return None
        value, end = number
        portion = self.loose.of_each(value, end, self._any_number)
        if portion is not None:
            return self._share_found(k, *portion, first)
        if self.not_counts.holds(k, end, value, first) or (value == 1 and not self._is_one(k, first)):
            return None
        if value == 1 and self._is_article(k, first):
            noun_end = self._one_person(k) + 1
            words = quantity_from(Comparison.EQ, (1,), self.tokens.slice(k, noun_end))
            return NumberFound((k, k + 1), words, noun_end=noun_end)
        if value == 1 and end < self.last and self.tokens.low[end] in _SINGLE and self.tokens.tag[k] != "#":
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
        """ "Thirty-odd", "a thousand-odd", "two hundred-odd": the number and more."""
        head = self.tokens.low[k].rpartition("-")[0]
        words = [*self.tokens.low[begin:k], *head.split("-")]
        if words[0] == "some":
            words = words[1:]
        for wanted in (words, ["one", *words]):
            read = number_at(wanted, 0, "en")
            if read is not None and read.words == len(wanted):
                return self._made(begin, k + 1, Comparison.GT, (read.value,))
        value = self._digits_of(head) if len(words) == 1 else None
        return self._made(begin, k + 1, Comparison.GT, (value,)) if value is not None else None

    def _digits_of(self, word: str) -> Number | None:
        return value_of(word, self.convention, self.lexicon.language) if word[-1:].isdigit() else None

    def _bounded(self, k: int, end: int, value: Number, first: int, otherwise: Comparison) -> NumberFound | None:
        """The number with the words around it that bound it; `otherwise` where there are none."""
        begin, comparison = self._bound(k, first)
        other = self._other_end(end, begin, comparison)
        if other is not None and not (comparison is None and self._is_change(k, end, first)):
            high, after_it = other
            if high < value and self.tokens.low[end] in ("a", "to"):
                return self._made(begin, end, comparison or otherwise, (value,))
            if self.not_counts.follows(after_it) or self._is_timespan(begin, after_it, high):
                return None
            opened = begin == k and k > first and (self.tokens.low[k - 1], self.tokens.low[end]) in _OPENED
            opened = opened and not self._is_taken(k - 1, first)
            return self._made(begin - opened, after_it, Comparison.RANGE, (min(value, high), max(value, high)))
        if comparison is Comparison.RANGE:
            begin, comparison = k, None
        if comparison is None and (after := self._bound_after(end)) is not None:
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

    def _bound_after(self, end: int) -> tuple[int, Comparison] | None:
        """How many words after a number bound it, and what they say of it."""
        for length in (1, 2, 3):
            found = _AFTER.get(tuple(self.tokens.low[end : end + length])) if end + length <= self.last else None
            if found is not None:
                return length, found
        return None

    def _is_change(self, k: int, end: int, first: int) -> bool:
        """Whether «de 30 a 35» tells of a change, and so two figures: «pasó de 30 a 35 presos»."""
        low = self.tokens.low
        by = k > first and (low[k - 1], low[end]) == ("by", "to")
        if k == first or not (by or (low[k - 1], low[end]) in _OPENED):
            return False
        if self.tokens.tag[k - 2] == "," and k - 2 > first and self._ends_clause(end + 2):
            return True  # "Deaths soared, from 11 to 34."
        return any(word in _CHANGES or word.startswith(_CHANGING) for word in low[max(first, k - 9) : k])

    def _ends_clause(self, k: int) -> bool:
        return k >= self.last or self.tokens.tag[k] in ".,;:>)"

    def _share_found(self, k: int, value: Number, end: int, first: int) -> NumberFound | None:
        if self.not_counts.follows(end) or self.tokens.low[end : end + 2] == ["de", "hora"]:
            return None
        begin, comparison = self._bound(k, first)
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
        return None if self.not_counts.follows(end) else self._made(k, end, Comparison.VAGUE, (least,))

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
        return self.tokens.tag[k] == "#" or self.loose.is_one(k, first) or self._one_person(k) > k

    def _is_article(self, k: int, first: int) -> bool:
        """Whether nothing but the article "a", «un», «una» tells that it was one."""
        article = self.tokens.low[k] in _ONE_ARTICLES and self.tokens.tag[k] != "#"
        bounded = article and self._bound(k, first)[1] is not None
        return article and not bounded and self._one_person(k) > k and not self.loose.is_one(k, first)

    def _made(self, begin: int, end: int, comparison: Comparison, stated: tuple[Number, ...]) -> NumberFound | None:
        if comparison is Comparison.LT and stated[-1] <= 0:
            return None  # "less than zero" counts nothing.
        unit, end = self._unit(end)
        whole = stated
        if comparison in (Comparison.APPROX, Comparison.NEARLY) and not all(isinstance(n, int) for n in stated):
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

    def _number(self, k: int) -> tuple[Number, int] | None:
        """The number that begins at `k` and the token after it, with the half that may follow it."""
        read = self._number_alone(k)
        return read if read is None else self._and_a_half(*read)

    def _and_a_half(self, value: Number, end: int) -> tuple[Number, int]:
        """ "Two and a half thousand", «dos millones y medio», «uno y medio»."""
        low = self.tokens.low
        if low[end : end + 3] == ["and", "a", "half"] and end + 3 <= self.last:
            scale = _MAGNITUDES.get(low[end + 3], 0) if end + 3 < self.last else 0
            return _whole((value + Decimal("0.5")) * (scale or 1)), end + 3 + bool(scale)
        if low[end : end + 2] in (["y", "medio"], ["y", "media"]) and end + 2 <= self.last:
            return _whole(value + Decimal("0.5") * _MAGNITUDES.get(low[end - 1], 1)), end + 2
        return value, end

    def _number_alone(self, k: int) -> tuple[Number, int] | None:
        tokens = self.tokens
        if k >= self.last:
            return None
        if tokens.tag[k] == "#":
            value, end = self._digits(k), k + 1
            if value is None:
                return None
            if isinstance(value, int) and len(tokens.word[k]) <= 3:
                value, end = self._spaced(k, value)
            return self._magnified(value, end)
        if tokens.tag[k] in "wXDNSQVP" or tokens.low[k] in ("a", "an", "un", "una", "uno", "one"):
            return self._words(k)
        return None

    def _digits(self, k: int) -> Number | None:
        word = self.tokens.word[k]
        return value_of(word, self.convention, self.lexicon.language) if word[-1].isdigit() else None

    def _spaced(self, k: int, value: int) -> tuple[int, int]:
        """Groups of three digits with spaces between them: "2 350" is one number."""
        tokens, end = self.tokens, k + 1
        while end < self.last and tokens.tag[end] == "#" and tokens.start[end] == tokens.end[end - 1] + 1:
            word = tokens.word[end]
            if not (len(word) == 3 and word.isdecimal() and word.isascii()) or value == 0:
                break
            value, end = value * 1_000 + int(word), end + 1
        return value, end

    def _any_number(self, k: int) -> tuple[Number, int] | None:
        return self._number(k) if k < self.last else None

    def _magnified(self, value: Number, k: int) -> tuple[Number, int] | None:
        """ "1,5 millones", "3 mil 500"."""
        tokens, total = self.tokens, value
        while k < self.last and tokens.low[k] in _MAGNITUDES:
            if tokens.low[k] == "mil" and value >= 1_000:
                break
            total = total * _MAGNITUDES[tokens.low[k]]
            k += 1
            if k < self.last and tokens.low[k - 1] == "mil" and tokens.tag[k] == "#":
                rest = self._digits(k)
                if isinstance(rest, int) and rest < 1_000:
                    return _whole(total) + rest, k + 1
        return _whole(total), k

    def _words(self, k: int) -> tuple[Number, int] | None:
        tokens, language = self.tokens, self.lexicon.language
        low = tokens.low[k]
        if low == "half" and language == "en" and tokens.low[k + 1 : k + 3] == ["a", "million"] and k + 3 <= self.last:
            return 500_000, k + 3
        if low == "medio" and language == "es" and k + 1 < self.last and tokens.low[k + 1] in ("millón", "millon"):
            return 500_000, k + 2
        read = number_at(tokens.low[k : min(self.last, k + 14)], 0, language)
        if read is None:
            single = low == "a" and tokens.low[k + 1 : k + 2] == ["single"]
            alone = low in ("a", "an") and language == "en" and (single or self._one_person(k) > k)
            return (1, k + 1) if alone else None
        return read.value, k + read.words

    def _one_person(self, k: int) -> int:
        """The noun of somebody to whom something happened, after "un", "a" or "one"; -1 where it is not so.

        «La muerte de un militar», "a guard was injured".
        """
        words, low = count_words(self.lexicon.language), self.tokens.low
        noun = next((m for m in range(k + 1, min(self.last, k + 4)) if low[m] in words.who), None)
        if (
            noun is None
            or words.who[low[noun]] not in _PEOPLE
            or any(self.tokens.tag[m] in "VQ,P#.;:" or low[m] in _FURTHER for m in range(k + 1, noun))
        ):
            return -1
        if noun > k + 1 and words.event.get(low[k + 1]) in ("released", "captured", "recaptured", "transferred"):
            return -1
        before = next((m for m in range(k - 1, max(-1, k - 4), -1) if self.tokens.tag[m] in ".;"), max(-1, k - 4))
        near = [*range(before + 1, k), *range(k + 1, noun), *range(noun + 1, min(self.last, noun + 4))]
        happened = [m for m in near if words.event.get(low[m]) in _HAPPENINGS]
        near_enough = (m < k or not any(self.tokens.tag[n] in "Q,.;" for n in range(noun + 1, m)) for m in happened)
        return noun if any(near_enough) else -1

    # Bounds.

    def _bound(self, k: int, first: int) -> tuple[int, Comparison | None]:
        """Where the words that bound the number at `k` begin, and what they say."""
        tokens = self.tokens
        start = k
        if start > first and tokens.low[start - 1] in ("los", "las", "el") and start - 1 > first:
            inner = self._bound_words(start - 1, first)
            if inner is not None:
                return inner
        found = self._bound_words(start, first)
        if found is not None:
            hovering = " ".join(tokens.low[max(first, found[0] - 1) : start])
            return (k, Comparison.APPROX) if hovering in _HOVERING else found
        if start - 1 > first and tokens.low[start - 1] == "un":
            inner = self._bound_words(start - 1, first)
            if inner is not None:
                return inner
        return k, self._bounding_verb(k - (k > first and tokens.low[k - 1] in _ARTICLES), first)

    def _bounding_verb(self, k: int, first: int) -> Comparison | None:
        """What the verb before a number says of it, which stays outside its words: «superan los 250»."""
        for length in (3, 2, 1):
            if k - length >= first:
                found = _VERBS.get(plain(" ".join(self.tokens.low[k - length : k])))
                if found is not None:
                    denied = found is Comparison.GT and self._is_denied(k - length, first)
                    return Comparison.LE if denied else found
        return Comparison.GT if self.not_counts.is_passed(k) else None

    def _is_denied(self, verb: int, first: int) -> bool:
        """Whether nobody and nothing does what a verb says: "neither would exceed", «ninguna superará»."""
        for k in range(verb - 1, max(first, verb - 7) - 1, -1):
            if self.tokens.low[k] in _DENYING:
                return True
            if self.tokens.tag[k] in ".,;:<>SR":
                return False
        return False

    def _bound_words(self, k: int, first: int) -> tuple[int, Comparison] | None:
        low = self.tokens.low
        for length in range(_LONGEST_BOUND, 0, -1):
            if k - length < first:
                continue
            if self.tokens.tag[k - length] in _MARKS:
                continue
            words = plain(" ".join(low[k - length : k]))
            if words.split(" ", 1)[0] in BOUNDING_VERBS:
                continue
            found = COMPARISONS.get(words[:-1] if words.endswith(" del") else words)
            if found is None or found in (Comparison.NONE, Comparison.UNKNOWN):
                continue
            begin = k - length
            negated = begin > first and low[begin - 1] in ("no", "not", "ni")
            if negated and found in (Comparison.GT, Comparison.LT):
                return begin - 1, Comparison.LE if found is Comparison.GT else Comparison.GE
            return self._with_degree(begin, first), found
        return None

    def _with_degree(self, begin: int, first: int) -> int:
        """Where a bound begins with the word that grades it: "well over 40", «poco más de 200», "a little under 50"."""
        if begin > first and self.tokens.low[begin - 1] in _MORE_SO:
            begin -= 1
            if begin > first and self.tokens.low[begin] in ("little", "not") and self.tokens.low[begin - 1] == "a":
                begin -= 1
        return begin

    def _other_end(self, end: int, begin: int, comparison: Comparison | None) -> tuple[Number, int] | None:
        """The other end of a range: "entre 400 y 500", "400 to 500", "400-500"."""
        tokens = self.tokens
        if end + 1 >= self.last:
            return None
        low = tokens.low[end]
        joins = (comparison is Comparison.RANGE and low in ("y", "and", "e")) or (
            comparison in (None, Comparison.APPROX) and low in ("a", "to", "–", "-", "o", "or")
        )
        if low == "," and comparison is None:
            return self._hesitating(end, begin)
        if not joins:
            return None
        article = comparison is Comparison.RANGE and tokens.low[end + 1] in _ARTICLES
        other = self._number(end + 1 + article)
        if other is None:
            return None
        if (
            low in ("o", "or", "a", "to")
            and comparison is not Comparison.RANGE
            and tokens.tag[end + 1] != "#"
            and tokens.tag[end - 1] == "#"
        ):
            return None
        return other

    def _hesitating(self, end: int, begin: int) -> tuple[Number, int] | None:
        """«Setenta, ochenta mujeres», "three, four men": the next number in words, right before the noun of both."""
        tokens = self.tokens
        one, other = self._number(begin), self._number(end + 1)
        if one is None or other is None or tokens.tag[begin] == "#" or tokens.tag[end + 1] == "#":
            return None
        step = other[0] - one[0]
        if not (step == 1 or (step == 10 and one[0] % 10 == 0)) or other[1] >= self.last:
            return None
        listed = begin > 0 and tokens.low[begin - 1] in (",", "y", "e", "and")
        return other if tokens.tag[other[1]] in "wX" and not listed else None


def _whole(value: Number) -> Number:
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


@cache
def _starters(language: Language) -> frozenset[str]:
    """The words with which a quantity may begin, with and without accents."""
    vague = {word for word in VAGUE_HEADS if word} | {"algún", "ningún"}
    shares = {"half", "mitad", "tercera", "cuarta", "quinta", "décima", "two-thirds", "three-quarters"}
    return frozenset(
        {*number_starts(language), *vague, *shares, *ZERO, *_ODD, "ni", "not", "medio", "a", "an", "un", "una"}
    )
