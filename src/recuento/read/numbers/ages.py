"""Numbers that tell how old somebody is: "aged 34 and 61", "a widow of 82", "the oldest of them was 63"."""

from __future__ import annotations

from recuento.read.text.count_words import count_words
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Tokens
from recuento.values.quantity import Number

_ARTICLES = frozenset(["a", "an", "un", "una"])
_AGED = frozenset(["older", "younger", "mayores", "menores", "mayor", "menor", "over", "under"])
_BEING = words_of("being")
_GOING_ON = (["going", "on"], ["para", "los"], ["hacia", "los"], ["rozando", "los"], ["nearing", "the"])
_ABOUT = frozenset(["about", "around", "some", "roughly", "unos", "unas"])
_EXTREMES = words_of("oldest")
_COMPARED = frozenset(["mayores", "menores", "older", "younger"])
_PERSONS = frozenset([
    "boy", "girl", "child", "man", "youth", "baby", "son", "sons", "daughter", "daughters", "brother", "brothers",
    "sister", "sisters", "children", "girls", "boys", "niño", "niña", "chico", "chica", "joven", "hombre", "hijo",
    "hijos", "hija", "hijas", "hermano", "hermanos", "hermana", "hermanas", "nietos", "nietas",
])  # fmt: skip
_OF = frozenset(["of", "de"])
_NAMING = words_of("naming")
_WHO_IS = (("i", "m"), ("he", "s"), ("she", "s"), ("who", "s"))
_CONTRACTED = frozenset([f"{who}{mark}{end}" for who, end in _WHO_IS for mark in "'’"])
""" "She's 34", "I'm 19"."""
OLDEST = 110
"""Above this nobody's age is told."""


class Ages:
    """Tells of the numbers of one text which are ages."""

    def __init__(self, tokens: Tokens, last: int, lexicon: Lexicon) -> None:
        self.tokens, self.last, self.lexicon = tokens, last, lexicon
        self.words = count_words(lexicon.language)

    def holds(self, k: int, end: int, value: Number, first: int) -> bool:
        """Whether the number from token `k` to `end` is an age."""
        low = self.tokens.low
        bare = end >= self.last or self.tokens.tag[end] in ".,;>)"
        if low[k - 1] in ("tenía", "tiene", "tenia") and k - 1 == first and bare and 15 < value <= OLDEST:
            return True  # «Tenía 84.»
        if value > OLDEST or k - first < 2:
            return False
        owned = self.lexicon.has("possessive", low[k - 1]) and low[k - 2] in ("a", "at")
        if owned and self.tokens.tag[k] == "#" and not self._is_plural(end):
            return True  # «A sus 72 sigue preso».
        if low[k - 1] in ("cumplió", "cumple", "cumplía", "cumplirá") and not self._is_plural(end):
            return True
        if low[k - 1] in _OF and low[k - 2] in ("age", "edad"):
            return True
        if low[k - 1] == "turned" and not self._is_plural(end):
            return True
        if end < self.last and self.tokens.tag[end] in "wX" and not low[end].endswith(("ed", "ing")):
            return False
        return (
            self._is_of_somebody(k, end, first)
            or self._is_of_the_oldest(k, first)
            or self._is_compared(k, first)
            or self._is_beside_name(k, end, value)
            or self._is_beside_two(k, end)
        )

    def _is_plural(self, k: int) -> bool:
        return k < self.last and self.tokens.tag[k] in "wX" and self.tokens.low[k].endswith("s")

    def _is_of_somebody(self, k: int, end: int, first: int) -> bool:
        """ "A widow of 82", "a man of about 45", "she was 19"."""
        low = self.tokens.low
        of = k - 2 if low[k - 1] in _ABOUT else k - 1
        if low[of] in _OF and of - first > 1 and low[of - 2] not in _OF and self._is_one_person(of - 1, first):
            return True
        if low[k - 1] == "los" and low[k - 2] in ("festejó", "celebró"):
            return True
        if end < self.last and low[end] in _OF:
            return False
        had = k - 2 if low[k - 1] in ("apenas", "solo", "sólo") else k - 1
        if low[had] in ("tenía", "tiene", "tenia") and (end >= self.last or self.tokens.tag[end] in ".,;>)"):
            return had - 2 >= first and low[had - 2] in ("el", "la", "su") and self._is_person(low[had - 1])
        if low[k - 1] in _CONTRACTED:
            return end >= self.last or self.tokens.tag[end] in ".,;>)C"
        was = k - 2 if low[k - 1] in ("only", "just", "barely", "then", "now") else k - 1
        if was - first < 1 or low[was] not in ("was", "is", "were"):
            return False
        if low[was - 1] == "who":
            return low[was] != "were" and (end >= self.last or self.tokens.tag[end] in ".,;>)C")
        return low[was - 1] in ("he", "she", "i") or (was - 2 >= first and self._is_the_person(was - 1))

    def _is_the_person(self, k: int) -> bool:
        """ "The girl", "her brother": one person, told by a noun with an article or a possessive right before it."""
        low, owner = self.tokens.low[k], self.tokens.low[k - 1]
        return owner in ("the", "a", "his", "her", "their") and self._is_person(low) and not low.endswith("s")

    def _is_one_person(self, k: int, first: int) -> bool:
        """Whether one person is named at `k`: with an article before it, at most two words away."""
        low = self.tokens.low
        return self._is_person(low[k]) and any(low[m] in _ARTICLES for m in range(max(first, k - 3), k))

    def _is_of_the_oldest(self, k: int, first: int) -> bool:
        """ "The oldest player was 63", «la menor de ellas tenía 14»."""
        low, tag = self.tokens.low, self.tokens.tag
        named = low[k - 2] if tag[k - 1] == "," else low[k - 1]
        if named in _EXTREMES and named not in _COMPARED:
            return True
        if low[k - 1] not in _BEING:
            return False
        for m in range(k - 2, max(first - 1, k - 7), -1):
            if tag[m] in ".;:VQ":
                return False
            if low[m] in _EXTREMES:
                return True
        return False

    def _is_compared(self, k: int, first: int) -> bool:
        """ "Prisoners who are over 70", «mayores de 60», "going on 71"."""
        low = self.tokens.low
        if low[k - 1] == "between" and low[k - 2] == "aged":
            return True
        aged = low[k - 2] if low[k - 1] in ("de", "than") else low[k - 1]
        if aged in _AGED and any(low[m] in _BEING for m in range(max(first, k - 4), k - 1)):
            return True
        if aged in ("mayores", "menores", "mayor", "menor"):
            return True
        if low[k - 2 : k] in _GOING_ON or (k - first > 2 and low[k - 3 : k] in _GOING_ON):
            return True
        if low[k - 1] in ("under", "over") and low[k - 2] in ("them", "children", "inmates", "prisoners", "detainees"):
            return True
        if low[k - 1] == "los" and low[k - 2].startswith("cumpl"):
            return True
        return self.tokens.tag[k - 1] == "p" and low[k - 2] in ("a", "at")

    def _is_beside_name(self, k: int, end: int, value: Number) -> bool:
        """ "Ana Ruiz, 34, said"."""
        tag = self.tokens.tag
        somebody = tag[k - 2] == "X" or self._is_person(self.tokens.low[k - 2])
        of = k - 3 >= 0 and self.tokens.low[k - 1] == "de" and tag[k - 2] == "," and tag[k - 3] == "X"
        if of and tag[k] == "#" and value > 15:
            return end < self.last and tag[end] in ",.;)"  # «Robby Blake, de 33, también».
        named = tag[k - 1] == "," and somebody and tag[k] == "#" and value > 15
        now = self.tokens.low[k - 1] == "now" and tag[k - 2] == "," and tag[k] == "#" and value > 15
        if self.tokens.word[k - 1] == "(" and tag[k] == "#" and value > 15 and end == k + 1:
            closed = end < self.last and self.tokens.word[end] == ")"
            return closed and k > 3 and tag[k - 2] == tag[k - 3] == "X" and self._names_somebody(k - 3)
        if named and end < self.last and tag[end] == "." and value <= OLDEST and self._is_named_by_verb(k - 2):
            return True  # "..., said Ana Ruiz, 34."
        return (named or now) and end < self.last and tag[end] == ","

    def _is_named_by_verb(self, k: int) -> bool:
        """Whether a name that ends at `k` stands right after a verb of saying."""
        while k > 0 and self.tokens.tag[k] == "X":
            k -= 1
        return self.tokens.tag[k] in "Qq"

    def _names_somebody(self, k: int) -> bool:
        """Whether a role or a word of naming stands before the name: «identificado como Ana Ruiz (34)»."""
        near = self.tokens.low[max(0, k - 7) : k]
        return any(low in _NAMING or low in self.lexicon.lists["role"] for low in near)

    def _is_beside_two(self, k: int, end: int) -> bool:
        """ "The victims, 17 and 19, died": the ages of two between commas."""
        tokens, low, tag = self.tokens, self.tokens.low, self.tokens.tag
        left = k - 2 if low[k - 1] in ("and", "y") else k
        right = left + 3
        if left < 2 or right >= self.last or end != k + 1 or low[left + 1] not in ("and", "y"):
            return False
        if low[left - 1] == "de" and tag[left - 2] == ",":
            return tag[right] == "," and left > 2 and self._is_person(low[left - 3])
        row = tag[left - 1] == tag[right] == "," and tag[left] == tag[left + 2] == "#"
        short = all(tokens.word[m].isdecimal() and len(tokens.word[m]) <= 2 for m in (left, left + 2))
        return row and short and (tag[left - 2] == "X" or self._is_person(low[left - 2]))

    def _is_person(self, low: str) -> bool:
        lists = self.lexicon.lists
        return low in _PERSONS or low in self.words.who or low in lists["woman"] or low in lists["role"]
