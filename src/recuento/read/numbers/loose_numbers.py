"""Quantities without a plain number: vague words, zero, halves and shares."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from recuento.read.numbers.not_counts import is_idiom
from recuento.read.numbers.ones import ALONE, Ones
from recuento.read.numbers.surroundings import ONE, Surroundings
from recuento.read.text.folding import plain
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Span, Tokens
from recuento.values.quantity import Comparison, Number, Quantity, quantity_from
from recuento.values.vague_words import ABOUT, LEAST, SHARES

VAGUE_HEADS = frozenset(words.split()[0] for words in (*LEAST, *ABOUT))
ZERO = words_of("zero")
_OF_A_WHOLE = frozenset(["mitad", "tercera", "cuarta", "quinta", "sexta", "octava", "décima"])
_SHARE_HEADS = frozenset(words.split()[0] for words in SHARES)
_LONGEST = 5
_AFTER_MANNER = frozenset(["how", "so", "as", "too", "tan", "very", "cuán"])
_FOLLOWERS = frozenset(["de", "of", "más", "more", "los", "other", "otros", "otras"])
CROWDS = frozenset([
    "decenas", "docenas", "cientos", "centenares", "miles", "millares", "dozens", "hundreds", "thousands", "scores",
    "tens", "decenas de miles", "tens of thousands", "hundreds of thousands", "cientos de miles", "millones",
    "millions",
])  # fmt: skip
"""Vague words that count somebody even where they stand alone."""
STANDING = frozenset(["varios", "varias", "several"])
PLACED = frozenset(["se", "los", "les", "en", "in"])
"""Words after «varios» that show that it stands for people: «había varios en el suelo», «a varios se los llevaron»."""
_BOUND_OR_VAGUE = frozenset(["unos", "unas", "some"])
_NOUN_ONLY = frozenset(["algun", "alguno", "alguna", "tens", "couple of", "few", "pocos", "pocas"])
_MORE = frozenset(["more", "fewer", "less", "longer", "later", "further"])
_HAD = frozenset(["had", "has", "have", "with", "and", "but", ",", "were", "was", "are", "is", "that", "“", '"'])
_NUMBERS_OF = frozenset(["a number of", "un numero de"])
_INDEFINITE = frozenset(["time", "kind", "sort", "form", "way", "point", "extent", "degree"])
_RULING = frozenset(["may", "must", "shall", "should", "can"])
_DURATIONS = words_of("measured")
_OF_EACH = (
    ("de", "cada"), ("of", "every"), ("of", "each"), ("in", "every"), ("in", "each"), ("out", "of", "every"),
    ("out", "of"), ("in",),
)  # fmt: skip
_YEARS = 1_800
"""From here on, "one in 2023" tells of a year."""
_OUT_OF = frozenset([5, 10, 100, 1_000])
_AFTER_PLACE = frozenset(["en", "por", "hacia", "desde"])
_BEFORE_HALF = frozenset(["than", "over", "nearly", "almost", "about", "roughly", "least"])
_CHANGES = words_of("changes")
_Reader = Callable[[int], tuple[Number, int] | None]
_NOT_AFTER_ARTICLE = frozenset(["cantidad de", "multitud", "infinidad", "large number"])
_ARTICLE_NEGATED = frozenset(["en", "de", "bajo", "por", "sin", "con", "in", "of", "under", "by"])


class LooseNumbers(Surroundings):
    """Finds the quantities of one text that no plain number gives, each at the token where it begins."""

    def __init__(self, tokens: Tokens, last: int, lexicon: Lexicon) -> None:
        super().__init__(tokens, last, lexicon)
        self.ones = Ones(tokens, last, lexicon)
        self.phrases_at: tuple[int, list[tuple[str, int]]] = (-1, [])

    # Vague words.

    def about(self, k: int) -> tuple[int, int] | None:
        """The number that words such as «una docena» are about, and the token after them."""
        found = next(((ABOUT[words], end) for words, end in self._phrases(k) if words in ABOUT), None)
        if found is not None and self.tokens.low[found[1] : found[1] + 3] == ["and", "a", "half"]:
            return found[0] * 3 // 2, found[1] + 3
        if found is not None and self.tokens.low[found[1] : found[1] + 2] in (["y", "medio"], ["y", "media"]):
            return found[0] * 3 // 2, found[1] + 2
        return found

    def vague(self, k: int) -> tuple[int, int] | None:
        """The least that vague words at `k` can mean, and the token after them."""
        if k > 0 and self.tokens.low[k - 1] in _AFTER_MANNER:
            return None
        named = k > 0 and self.tokens.tag[k - 1] in "Dp"
        for words, end in self._phrases(k):
            if named and words in _NOT_AFTER_ARTICLE:
                return None
            if words.endswith((" of them", " de ellos")):
                continue
            if words in LEAST and self._is_quantifier(k, end, words):
                return LEAST[words], end - words.endswith((" of", " de"))
        return None

    def _phrases(self, k: int) -> list[tuple[str, int]]:
        """The folded words that begin at `k`, the longest first, each with the token after it."""
        if self.phrases_at[0] != k:
            self.phrases_at = (k, self._phrases_new(k))
        return self.phrases_at[1]

    def _phrases_new(self, k: int) -> list[tuple[str, int]]:
        tokens = self.tokens
        found: list[tuple[str, int]] = []
        if plain(tokens.low[k]) not in VAGUE_HEADS:
            return found
        for length in range(_LONGEST, 0, -1):
            if k + length <= self.last and tokens.word[k + length - 1][0].isalnum():
                found.append((plain(" ".join(tokens.low[k : k + length])), k + length))
        return found

    def _is_quantifier(self, begin: int, end: int, words: str) -> bool:
        """Whether a vague word counts something: a noun, or "of them", must follow; "unos 300" is a bound instead."""
        if end >= self.last:
            return words in ALONE
        tag, low = self.tokens.tag[end], self.tokens.low[end]
        if words == "some" and low in _INDEFINITE:
            return False
        if words in _NUMBERS_OF and not (
            end < self.last and self.tokens.low[end].endswith(("s", "people", "men", "women"))
        ):
            return False  # «Un número de información».
        if words in _BOUND_OR_VAGUE and (self.is_number(end) or "-" in low):
            return False
        if words == "miles" and self.lexicon.language == "en":
            return False
        if words in _NOUN_ONLY and tag not in "wX":
            return words.startswith(("few", "poc")) and low in ("of", "de")
        if begin > 0 and self.tokens.tag[begin - 1] == "#":
            return False
        if words in CROWDS and low == "," and self._is_crowd_beside(end + 1):
            return True
        apart = low in ("with", "con", "sin", "without") and begin > 0 and self.tokens.tag[begin - 1] in ",-("
        apart = apart or (words in STANDING and low in PLACED)
        noun = low == "people" or (tag == "Q" and low.endswith("s"))
        return noun or tag in "wX<>qV" or low in _FOLLOWERS or apart

    def _is_crowd_beside(self, k: int) -> bool:
        """ "Dozens, perhaps hundreds, of letters", «decenas, quizá cientos, de cartas»."""
        low = self.tokens.low
        if low[k : k + 1] in (["of"], ["de"]):
            return True
        return any(
            plain(low[m]) in CROWDS and low[m + 1] in (",", "of", "de") for m in range(k, min(self.last - 1, k + 4))
        )

    # Halves and shares.

    def share(self, k: int, first: int) -> tuple[int, Number, int] | None:
        """The part of a whole that words at `k` name, in per cent, with where they begin and the token after them."""
        tokens, low = self.tokens, self.tokens.low
        if plain(low[k]) not in _SHARE_HEADS:
            return None
        for length in (3, 2, 1):
            end = k + length
            spoken = end <= self.last and low[end - 1][-1].isalnum()
            value = SHARES.get(plain(" ".join(low[k:end]))) if spoken else None
            if value is None:
                continue
            if low[k] in _OF_A_WHOLE:
                begin = k - 1
                whole = begin >= first and low[begin] in ("la", "una") and low[begin - 1] not in _AFTER_PLACE
                return (begin, value, end) if whole else None
            follows = low[end] if end < self.last else ""
            if low[end : end + 3] == ["of", "a", "million"] or low[end : end + 2] == ["de", "millón"]:
                return None
            if low[end : end + 1] == ["the"] and low[end + 1 : end + 2] and low[end + 1] in _DURATIONS:
                return None
            if self._is_ordinal(k, first):
                return None
            if k > first and (low[k - 1] in ("by", "down", "up") or low[k - 1] in _CHANGES):
                return k, value, end  # "Fell by a third in May": nothing need follow.
            if low[k] == "half" and length == 1:
                joined = end < self.last and tokens.tag[end] in "wX-#" and not follows.endswith("ed")
                return None if joined or follows in ("a", "an", "past") or self._is_second_half(k) else (k, value, end)
            return (
                (k, value, end)
                if follows in ("of", "de", "del", "full", "empty") or end >= self.last or tokens.tag[end] in ".,;VQ>)GA"
                else None
            )
        return None

    def _is_ordinal(self, k: int, first: int) -> bool:
        """ "Two died on the way, a third in surgery": the third of them, and no share."""
        low = self.tokens.low
        if low[k : k + 2] != ["a", "third"] or low[k + 2 : k + 3] == ["of"]:
            return False
        return any(low[m] in ("two", "both", "second", "another") for m in self.sentence_before(k, first))

    def _is_second_half(self, k: int) -> bool:
        low, tag = self.tokens.low, self.tokens.tag
        verbal = k > 1 and tag[k - 1] == "w" and low[k - 2] == "to" and low[k + 1 : k + 2] == ["of"]
        return k > 0 and not verbal and tag[k - 1] in "wXD#" and low[k - 1] not in _BEFORE_HALF

    def of_each(self, value: Number, end: int, number_at: _Reader) -> tuple[Number, int] | None:
        """«Tres de cada cuatro», "one in five", "three out of four": the share in per cent."""
        if value == 1 and self.is_noun(end) and self.tokens.low[end + 1 : end + 2] == ["in"]:
            end += 1  # "One name in eight".
        low = tuple(self.tokens.low[end : end + 3])
        for words in _OF_EACH:
            if low[: len(words)] == words:
                whole = number_at(end + len(words))
                if (
                    whole is not None
                    and 0 < value < whole[0]
                    and (words != ("in",) or (value == 1 and whole[0] < _YEARS) or self._is_out_of(end, whole[0]))
                ):
                    return _per_cent(value, whole[0]), whole[1]
        return None

    def _is_out_of(self, end: int, whole: Number) -> bool:
        """Whether "in" tells a share: "six in 10", "two in three", both small and in words."""
        in_words = self.tokens.tag[end - 1] != "#" and self.tokens.tag[end + 1] != "#"
        return whole in _OUT_OF or (in_words and 2 < whole < 10)

    # Zero.

    def zero(self, k: int) -> Span | None:
        """The tokens of "ningún", "no", «ni uno», "nobody" where they count."""
        tokens, low, end = self.tokens, self.tokens.low[k], k + 1
        if low in ("ni", "not"):
            if end >= self.last or tokens.low[end] not in ONE:
                return None
            if low == "not" and end + 1 < self.last and tokens.tag[end + 1] in ".,;>)" and tokens.low[end] == "one":
                return None
            if low == "not" and k > 0 and tokens.tag[k - 1] == "V" and tokens.low[end + 1 : end + 2] == ["of"]:
                return None
            single = tokens.low[end] == "a"
            end += 2 if tokens.low[end + 1 : end + 2] in (["single"], ["solo"], ["sola"]) else 1
            return None if single and end - k < 3 else (k, end)
        if low == "no" and tokens.low[k + 1 : k + 2] == ["one"]:
            return k, k + 2
        if low in ("no", "sin", "without") and not self._denies_noun(k):
            return None
        if low == "no" and (tokens.low[k + 1] in _MORE or self._is_ruled(k + 1)):
            return None
        if low == "none" and tokens.low[k + 1 : k + 3] in (["of", "it"], ["of", "this"], ["of", "that"]):
            return None
        if plain(low).startswith("ningun") and (self._is_idiom(k) or "sin" in tokens.low[max(0, k - 3) : k]):
            return None
        if low == "none" and tokens.low[max(0, k - 2) : k] == ["second", "to"]:
            return None
        if low in ("cero", "zero") and not (self.is_noun(end) and not is_idiom(tokens, end)):
            return None
        return k, end

    def _denies_noun(self, k: int) -> bool:
        """Whether "no" stands before a noun rather than before a verb, as in Spanish."""
        end = k + 1
        if end >= self.last or self.tokens.tag[end] not in "wX<" or self.tokens.word[end] == ".":
            return False
        return not (self.lexicon.language == "es" and self.tokens.low[k] == "no")

    def _is_ruled(self, k: int) -> bool:
        """Whether a rule says what nobody may do, which counts nobody: "no prisoner may be held longer"."""
        low = self.tokens.low
        return any(low[m] in _RULING for m in range(k + 1, min(self.last, k + 3))) or "available" in low[k + 1 : k + 4]

    def _is_idiom(self, k: int) -> bool:
        if not self.is_noun(k + 1):
            return False
        return is_idiom(self.tokens, k + 1) or (k > 0 and self.tokens.low[k - 1] in _ARTICLE_NEGATED)

    def contrasts(self, k: int, first: int) -> bool:
        """Whether "no ambulance" stands beside a number it contrasts with: "27 trucks and no ambulance"."""
        if not self.is_noun(k + 1) or is_idiom(self.tokens, k + 1) or self.tokens.low[k - 1] not in _HAD:
            return False
        if self._is_had_beside_number(k):
            return True
        if self.tokens.low[k - 1] in ("have", "had", "has") and not self.ones.is_counted(k + 1):
            return False  # "Six in ten have no lawyer": the six are told of, and no lawyers are counted.
        return any(self.is_number(m) for m in self.sentence_before(k, first))

    def _is_had_beside_number(self, k: int) -> bool:
        """ "It has no doctor and one nurse": a number joined to what there is none of."""
        low = self.tokens.low
        for m in range(k + 2, min(self.last - 2, k + 9)):
            if low[m : m + 2] == [",", "no"]:
                continue
            if self.tokens.tag[m] in ".;:QV":
                return False
            if low[m : m + 3] == ["and", "a", "single"]:
                return self.is_noun(m + 3)
            if low[m] in ("and", "but"):
                m += low[m + 1] in ("only", "just")
                return (low[m + 1] == "one" or self.is_number(m + 1)) and self.is_noun(m + 2)
        return False

    # One.


def none_from(words: str) -> Quantity:
    """Zero, as words tell it."""
    return quantity_from(Comparison.NONE, (), words)


def _per_cent(part: Number, whole: Number) -> Number:
    share = Decimal(part) * 100 / Decimal(whole)
    return int(share) if share == int(share) else round(share, 2)
