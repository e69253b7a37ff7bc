"""Numbers that name or number something: "Article 25", «n.º 3», "bunk 3", "Unit 12", “Twelve Angry Men”, telephones."""

from __future__ import annotations

import re
from functools import cache

from recuento.read.numbers.numerals import MAGNITUDES
from recuento.read.numbers.surroundings import JOINS, TO, Surroundings
from recuento.read.text.folding import plain
from recuento.read.text.lexicon import words_of
from recuento.values.vague_words import COMPARISONS

_BEFORE = words_of("not_counts_before")
_BEFORE_MARKS = frozenset(["nº", "#", "$", "€", "£", "us$", "@", "°", "º"])
_TOTALS = words_of("names_of_counts")
_CALLS = words_of("dialling")
_LONGEST_ROW = 12
"""Tokens of a row of numbers that are looked at: a text of numbers only must not take long."""
_TIMES = frozenset(["year", "day", "minute", "año", "día", "minuto"])
_SUCH = frozenset(["this", "that", "last", "same", "each", "every", "este", "ese", "aquel", "mismo", "cada"])
"""«Ese día 14 presos huyeron», "this year 27 died": before these words a word of time labels no number."""
_SHARES = frozenset(["percent", "per", "por"])
_NO_NAMES = frozenset(words.rpartition(" ")[2] for words in COMPARISONS)
_NO_LABELS = _NO_NAMES | {"up", "down", "now", "then", "all"}
"""Words right before digits that are no noun which they number: "at least 76", "nearer 70", "up 12"."""
_SINGLE_ARTICLES = frozenset(["el", "la", "este", "esta", "ese", "esa", "del", "al"])
_NOUNS_IN_ED = frozenset(["bed", "shed", "seabed"])
_ARTICLES = frozenset(["el", "la", "los", "las", "the"])
_DOING = frozenset(["do", "does", "did", "didn't", "didn’t", "doesn't", "doesn’t", "don't", "don’t", "not"])
_HUMPED = re.compile(r"[a-z]+[A-Z]\w*|[A-Z]\w*[a-z][A-Z]\w*")
"""Names written with a capital inside."""
_PLURALS = words_of("irregular_plurals")
_BODIES = words_of("generic_organisations") | words_of("bodies")
_CALLED = frozenset(["alias", "nicknamed", "dubbed", "apodado", "apodada", "apodados", "a.k.a", "aka"])
_NAMED = frozenset(["known", "conocido", "conocida", "conocidos", "conocidas", "apodado", "identified"])
_OPENING_TAGS = ".<:;-(*"
_LABELS = frozenset(plain(word) for word in _BEFORE) - words_of("labelled_people")
_ALSO_VERBS = frozenset(["seats", "numbers", "files", "posts", "books", "boxes", "lasts", "counts", "points", "models"])


class Labels(Surroundings):
    """Tells of the numbers of one text which name or number something."""

    def holds(self, k: int, end: int, first: int, before: str) -> bool:
        """Whether the number from token `k` to `end`, after the word `before`, names or numbers something."""
        return (
            self._is_labelled(k, first, before)
            or self._numbers_a_line(k, end)
            or self._is_dialled(k, first)
            or self._is_named(k, end, first)
            or self._is_called_by_number(k, end, first)
            or self._is_singled_out(k, end, before)
            or self._goes_in_groups(k, end, first)
            or self._is_name_number(k, first)
            or self._is_numbered(k, end, first)
        )

    def _is_labelled(self, k: int, first: int, before: str) -> bool:
        """ "Article 25", «n.º 3», "$40"."""
        if before == "," and k > first + 2 and self.tokens.low[k - 2] in ("número", "number"):
            return self.tokens.tag[k - 3] in "Dp"
        if before == "no" and (self.tokens.tag[k] != "#" or self.tokens.word[k - 1] == "no"):
            return False
        if before == "number" and k > first + 1 and self.is_verb_number(k - 1):
            return self.tokens.low[k - 2].endswith(("'s", "’s"))
        if before == "count" and k > first + 1 and self.tokens.tag[k - 2] == "N":
            return False
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
        if before == "numbers" and self.tokens.tag[k - 2] in "VDp":
            return True  # "My brothers are numbers 40 and 41".
        if before in ("days", "días") and self.tokens.low[k - 2] not in _ARTICLES:
            return False
        return self.tokens.tag[k] == "#" and is_plural_label(before) and not self.is_noun_or_share(k + 1)

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

    def is_verb_number(self, k: int) -> bool:
        """Whether "number" is what people do: "the deaths now number 14"."""
        low, tag = self.tokens.low[k - 1], self.tokens.tag[k - 1]
        if low in ("is", "was", "are", "were", "be", "been"):
            return False  # "His cousin was number 388".
        return tag in "AV" or (tag == "w" and low.endswith("s")) or low in _PLURALS

    def _numbers_a_line(self, k: int, end: int) -> bool:
        """Whether the number stands at the beginning of a line and numbers it: "1. Publish the list"."""
        tokens = self.tokens
        if tokens.tag[k] != "#" or end >= self.last or tokens.word[end] not in (".", ")", ".-"):
            return False
        glued = tokens.start[end] == tokens.end[end - 1]
        listed = k > 0 and tokens.word[k - 1] == "." and len(tokens.word[k]) <= 2 and tokens.word[end] == "."
        if glued and listed and end + 1 < self.last and tokens.word[end + 1][0].isupper():
            return True  # "1. We want water. 2. We want blankets."
        if glued and tokens.word[end] == ")" and len(tokens.word[k]) <= 2:
            return k == 0 or all(tokens.word[m] != "(" for m in range(max(0, k - 20), k))
        return glued and (k == 0 or "\n" in tokens.text[tokens.end[k - 1] : tokens.start[k]])

    def _is_dialled(self, k: int, first: int) -> bool:
        """ "Call 911", «avisar al 112»: a telephone number."""
        tokens = self.tokens
        group = k
        while group > first and k - group < _LONGEST_ROW and tokens.tag[group] == tokens.tag[group - 1] == "#":
            group -= 1
        if group < k and (tokens.word[group].startswith("0") or (group > first and tokens.low[group - 1] in _CALLS)):
            return True
        abroad = tokens.tag[k] == "#" and tokens.text[tokens.start[group] - 1 : tokens.start[group]] == "+"
        if abroad and (group < k or tokens.tag[k : k + 2] == ["#", "#"]):
            return True  # "+963 11 555 0142"
        if tokens.tag[k] == "#" and tokens.word[k].isdecimal() and tokens.word[k][0] == "0" and len(tokens.word[k]) > 2:
            return True
        if self.tokens.tag[k] != "#" or not 3 <= len(self.tokens.word[k]) <= 4 or k - first < 1:
            return False
        near = self.tokens.low[max(first, k - 3) : k]
        rung = near[-1] in ("al", "el", "phone", "line") or near[-1] in _CALLS
        return rung and any(low in _CALLS for low in near)

    def _is_named(self, k: int, end: int, first: int) -> bool:
        """A number word inside a name: «el obispo de Tres Lomas», "The Three Brothers"."""
        tokens = self.tokens
        if tokens.tag[k] == "#" or not tokens.word[k][0].isupper() or end >= self.last or k <= first:
            return False
        if len(tokens.word[k]) > 1 and tokens.word[k].isupper() and tokens.word[end].isupper():
            return False  # «MARCÓ DOS GOLES»
        if "\n" in tokens.text[tokens.end[k - 1] : tokens.start[k]]:
            return False
        if tokens.tag[k - 1] == "<":
            return self._is_title(end)
        if tokens.low[end] in self.words.event or self.words.who.get(tokens.low[end]) in ("inmate", "agent"):
            return False  # "Riot Leaves Four Dead", "Four Inmates": headlines write every word so.
        opens = tokens.tag[k - 1] in ".<:-;(" or tokens.word[k - 1] in "¿¡"
        if self.lexicon.language == "es" and not opens and not self.counts_people(end):
            return True  # «Los Quince recordaron».
        if not tokens.word[end][0].isupper():
            of = k - 2 if tokens.low[k - 1] == "of" and k - 2 >= first else k - 1
            return tokens.word[of][0].isupper() and tokens.tag[of] in "wXqQ" and not self.counts_people(end)
        return not opens and tokens.word[end][0].isupper()

    def _goes_in_groups(self, k: int, end: int, first: int) -> bool:
        """«De dos en dos», "two by two": how they went, not how many."""
        low = self.tokens.low
        opens = end + 1 < self.last and low[end] in ("en", "by") and low[end + 1] == low[k]
        return opens or (k - 2 >= first and low[k - 1] in ("en", "by") and low[k - 2] == low[k])

    def _is_called_by_number(self, k: int, end: int, first: int) -> bool:
        """ "The Group of 77", «el Comité de los 33»: a name that ends in how many they are."""
        tokens, low = self.tokens, self.tokens.low
        if end < self.last and tokens.tag[end] in "wX%#":
            return False
        of = k - 2 if low[k - 1] in ("los", "las", "the") else k - 1
        return of - 1 >= first and low[of] in ("of", "de") and tokens.tag[of - 1] == "X" and low[of - 1] in _BODIES

    def _is_title(self, end: int) -> bool:
        """Whether every word up to the closing mark is written as in a title: “Twelve Angry Men”, “Two Fingers”."""
        for m in range(end, min(self.last, end + 6)):
            if self.tokens.tag[m] == ">":
                return m > end
            if self.tokens.tag[m] not in "PD" and not self.tokens.word[m][0].isupper():
                return False
        return False

    def _is_singled_out(self, k: int, end: int, before: str) -> bool:
        """«La (celda) 15», «el 9 no», «del 22»: digits after a singular article count nothing, unless they are a share.

        So does an age: «desde que tenía 29».
        """
        tag, low = self.tokens.tag, self.tokens.low
        if self.lexicon.language != "es" or tag[k] != "#":
            return False
        if before in ("tenía", "tenia"):
            return low[k - 2] in ("que", "cuando") and (end >= self.last or tag[end] in ".,;>)")
        if before not in _SINGLE_ARTICLES:
            return False
        if end < self.last and tag[end] == "w" and self._is_singular(end):
            return True  # «Este 50 aniversario», «la 23 edición»: an ordinal.
        if end < self.last and (tag[end] in "wX%#" or low[end] in _SHARES):
            return False
        return not (end + 1 < self.last and low[end] in JOINS | TO and tag[end + 1] in "#D")

    def _is_singular(self, k: int) -> bool:
        low = self.tokens.low[k]
        return not low.endswith("s") and low not in _SHARES and low not in MAGNITUDES and low != "restante"

    def _is_name_number(self, k: int, first: int) -> bool:
        """Part of a name: "Unit 12", «CP 3», "Boeing 737": a capitalised word right before, inside the sentence."""
        tokens = self.tokens
        if k > first and tokens.tag[k] == "#" and _HUMPED.fullmatch(tokens.word[k - 1]):
            return not self.counts_people(k + 1)  # "The iPhone 6".
        if tokens.low[k - 1].endswith(("'s", "’s")):
            return False  # "Northgate's 520 posts".
        if k <= first or tokens.tag[k] != "#" or tokens.tag[k - 1] != "X" or plain(tokens.low[k - 1]) in _NO_NAMES:
            return False
        if (
            k + 1 < self.last
            and tokens.word[k - 1].isupper()
            and len(tokens.word[k + 1]) > 2
            and tokens.word[k + 1].isupper()
        ):
            return False  # "MINISTER DENIES 30 DIED": a headline in capitals.
        return (
            k - 1 > first
            and tokens.tag[k - 2] not in ".<:*-"
            and tokens.word[k - 2] not in "¿¡(["
            and not self.counts_people(k + 1)
            and not (k + 1 < self.last and tokens.low[k + 1] in self.words.event)  # "Riot Leaves 68 Dead".
        )

    def _is_numbered(self, k: int, end: int, first: int) -> bool:
        """ "Rule 7 bans", "in bunk 3", «la caldera 2»: a singular noun right before digits, without a noun after them.

        In English the noun has no article; in Spanish it has one and no preposition («en el motín 12 murieron» counts).
        """
        tokens, low, noun = self.tokens, self.tokens.low, k - 1
        if noun < first or tokens.tag[k] != "#" or not tokens.word[k].isdecimal() or end != k + 1:
            return False
        if end < self.last and (tokens.tag[end] in "%#" or low[end] in _SHARES or self.counts_people(end)):
            return False
        if (
            plain(low[noun]) in _NO_LABELS
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
            acts = noun > first and (low[noun - 1] in self.lexicon.lists["modal"] or low[noun - 1] in _DOING)
            return before in "PVQC.,;:<(-" and not acts  # "Could hold 300": a verb, and no label.
        closed = end >= self.last or tokens.tag[end] in ".,;>)RC" or self._is_of_one(end)
        return before in "Dp" and (closed or not (noun - 2 >= first and tokens.tag[noun - 2] == "P"))

    def _is_of_one(self, k: int) -> bool:
        """«(La casilla 58) de la declaración»: of one thing, and so no part of several."""
        low = self.tokens.low
        return low[k] == "del" or (low[k] == "de" and k + 1 < self.last and low[k + 1] in ("la", "su", "esta", "una"))

    def is_in_row(self, k: int, first: int) -> bool:
        """ "Paragraphs 4, 5 and 6": a number of a row that a plural label opens."""
        low, tag = self.tokens.low, self.tokens.tag
        m = k
        while m - 2 > first and k - m < _LONGEST_ROW and low[m - 1] in JOINS and tag[m - 2] == "#":
            m -= 2
        return (
            m < k
            and m > first
            and ((low[m - 1] in _BEFORE and low[m - 1].endswith("s")) or is_plural_label(low[m - 1]))
        )


@cache
def is_plural_label(word: str) -> bool:
    """Whether a word is the plural of one that numbers things and not people: "cells", «módulos»."""
    if not word.endswith("s") or word in _ALSO_VERBS:
        return False
    return any(plain(word.removesuffix(ending)) in _LABELS for ending in ("es", "s"))
