"""Words beside a number that bound it: "at least", "or so", «como mucho», «y pico», and verbs: «superan los 250»."""

from __future__ import annotations

from recuento.read.numbers.points_in_time import PointsInTime
from recuento.read.text.folding import plain
from recuento.read.text.tokens import Tokens
from recuento.values.number_words import number_starts
from recuento.values.quantity import Comparison
from recuento.values.vague_words import BOUNDING_VERBS, BOUNDS_AFTER, COMPARISONS

_LONGEST_BOUND = 4
_MARKS = frozenset("<>,;:.()-[]")
_DENYING = frozenset([
    "no", "not", "never", "nunca", "neither", "none", "nobody", "ningún", "ninguno", "ninguna", "nadie", "cannot",
])  # fmt: skip
_HOVERING = frozenset(
    ["hover around", "hovers around", "hovered around", "hovering around", "hovers about", "gira en torno a"]
)
_AFTER = BOUNDS_AFTER | {
    ("at", "the", "most"): Comparison.LE, ("at", "the", "least"): Comparison.GE, ("como", "mucho"): Comparison.LE,
    ("cuando", "mucho"): Comparison.LE, ("a", "lo", "más"): Comparison.LE,
    ("at", "most"): Comparison.LE, ("at", "least"): Comparison.GE, ("al", "menos"): Comparison.GE,
    ("como", "máximo"): Comparison.LE, ("como", "mínimo"): Comparison.GE, ("cuando", "menos"): Comparison.GE,
    ("por", "lo", "menos"): Comparison.GE, ("a", "lo", "sumo"): Comparison.LE, ("a", "lo", "mucho"): Comparison.LE,
    ("y", "pico"): Comparison.GT,
    ("y", "tantos"): Comparison.GT, ("y", "tantas"): Comparison.GT, ("odd",): Comparison.GT, ("larga",): Comparison.GT,
    ("largo",): Comparison.GT, ("largas",): Comparison.GT, ("largos",): Comparison.GT, ("plus",): Comparison.GE,
    ("or", "thereabouts"): Comparison.APPROX, ("if", "not", "more"): Comparison.GE, ("o", "así"): Comparison.APPROX,
    ("or", "higher"): Comparison.GE, ("or", "lower"): Comparison.LE,
    ("and", "counting"): Comparison.GE, ("and", "change"): Comparison.GT, ("and", "up"): Comparison.GE,
    ("and", "more"): Comparison.GE, ("y", "más"): Comparison.GE, ("si", "no", "más"): Comparison.GE,
    ("give", "or", "take"): Comparison.APPROX, ("a", "todo", "tirar"): Comparison.LE, ("tops",): Comparison.LE,
    ("mal", "contados"): Comparison.APPROX, ("mal", "contadas"): Comparison.APPROX,
    }  # fmt: skip
"""Words after a number, or after "a dozen", that bound it: "three or more", "40 at most", «una decena larga»."""
_MORE_SO = frozenset([
    "well", "just", "slightly", "far", "little", "somewhat", "comfortably", "not", "poco", "bastante", "algo", "mucho",
    "ligeramente", "muy", "muchos", "muchas",
])  # fmt: skip
"""Words before a bound that make it narrower or wider, and belong to it: "well over", «poco más de»."""
_NUMERALS = number_starts("es")
_ARTICLES = frozenset(["los", "las", "el", "the"])
_PREPOSITIONS = frozenset(["a", "en", "de", "con", "por", "para", "in", "to", "from", "by", "on", "for", "with"])
_ADVERBIAL = {
    words: comparison
    for words, comparison in COMPARISONS.items()
    if comparison in (Comparison.GE, Comparison.LE) and not words.endswith((" de", " of", " than"))
}
"""Bounds that are adverbs, and so may stand before a preposition."""


class Bounds:
    """Finds what bounds the numbers of one text."""

    def __init__(self, tokens: Tokens, last: int, times: PointsInTime) -> None:
        self.tokens, self.last, self.times = tokens, last, times

    def before(self, k: int, first: int) -> tuple[int, Comparison | None]:
        """Where the words that bound the number at `k` begin, and what they say."""
        tokens = self.tokens
        start = k
        if start > first and tokens.low[start - 1] in ("los", "las", "el") and start - 1 > first:
            inner = self._bound_words(start - 1, first)
            if inner is not None:
                return inner
        found = self._bound_words(start, first) or self._before_preposition(start, first)
        if found is not None:
            hovering = " ".join(tokens.low[max(first, found[0] - 1) : start])
            return (k, Comparison.APPROX) if hovering in _HOVERING else found
        if start - 1 > first and tokens.low[start - 1] == "un":
            inner = self._bound_words(start - 1, first)
            if inner is not None:
                return inner
        return k, self._bounding_verb(k - (k > first and tokens.low[k - 1] in _ARTICLES), first)

    def _before_preposition(self, k: int, first: int) -> tuple[int, Comparison] | None:
        """«Al menos en 12 cárceles», "at least to 40": the bound stands before the preposition of the number."""
        low = self.tokens.low
        if k - first < 3 or low[k - 1] not in _PREPOSITIONS:
            return None
        for length in (3, 2):
            found = _ADVERBIAL.get(plain(" ".join(low[k - 1 - length : k - 1]))) if k - 1 - length >= first else None
            if found is not None:
                return k - 1 - length, found
        return None

    def _bounding_verb(self, k: int, first: int) -> Comparison | None:
        """What the verb before a number says of it, which stays outside its words: «superan los 250»."""
        for length in (4, 3, 2, 1):
            if k - length >= first:
                found = BOUNDING_VERBS.get(plain(" ".join(self.tokens.low[k - length : k])))
                if found is not None and self._goes_from(k, length):
                    return None
                if found is not None:
                    denied = found is Comparison.GT and self._is_denied(k - length, first)
                    return Comparison.LE if denied else found
        return Comparison.GT if self.times.is_passed(k) else None

    def _goes_from(self, k: int, length: int) -> bool:
        """«Las fugas pasaron de 12 a 19»: a change, and no bound."""
        low, tag = self.tokens.low, self.tokens.tag
        if low[k - 1] != "de" or not low[k - length].startswith("pas"):
            return False
        for m in range(k + 1, min(self.last - 1, k + 5)):
            if tag[m] in ".,;:":
                return False
            if low[m] == "a":
                return tag[m + 1] == "#" or low[m + 1] in _NUMERALS
        return False

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
            found = COMPARISONS.get(words[:-1] if words.endswith((" del", " al")) else words)
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

    def after(self, end: int) -> tuple[int, Comparison] | None:
        """How many words after a number bound it, and what they say of it."""
        for length in (1, 2, 3):
            found = _AFTER.get(tuple(self.tokens.low[end : end + length])) if end + length <= self.last else None
            if found is not None:
                return length, found
        return None
