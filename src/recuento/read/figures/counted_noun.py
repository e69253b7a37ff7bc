"""The noun that a number counts, found by its place: after the number, after "of", or before «son» and "at"."""

from __future__ import annotations

from recuento.read.numbers.measured import is_capacity
from recuento.read.text.count_words import CountWords, count_words
from recuento.read.text.folding import plain
from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Span, Tokens
from recuento.values.bilingual import Language
from recuento.values.number_words import number_starts

LONGEST = 6
"""Tokens that a noun phrase after a number may be long."""
REACH = 12
"""Tokens before a number in which the noun of «los muertos son 15» is looked for."""
_OF = frozenset(["of", "de", "del"])
_IN_ALL = (["en", "total"], ["in", "all"], ["in", "total"])
_SOME = frozenset(["algunos", "algunas", "muchos", "muchas", "varios", "varias", "pocos", "pocas"])
_HALVES = frozenset(["mitad", "tercio", "cuarto", "quinto"])
_MEN_ALONE = frozenset(["specimen", "regimen", "abdomen", "acumen"])
_GROUPS = frozenset(["gente", "personal", "tropa", "población", "ganado"])
_THEM = frozenset([
    "them", "whom", "which", "those", "these", "us", "ellos", "ellas", "quienes", "cuales", "estos", "estas", "esos",
    "esas", "aquellos",
])  # fmt: skip
_PRENOMINAL = words_of("prenominal")
_NOT_HEADS = words_of("no_heads")
_PLURALS = words_of("irregular_plurals")
_BEING = words_of("equalling")
_LENGTHS = frozenset(["km", "kms", "metre", "metres", "miles"])
_NOUNS_IN_ED = frozenset(["bed", "shed"])
_RATES = frozenset(["overcrowding", "occupancy"])
_RATE_NOUNS = frozenset(["tasa", "índice", "porcentaje", "proporción", "rate", "percentage", "proportion"])
_NUMBER_OF = frozenset(["number", "número", "cifra", "total", "cantidad", "figure", "toll"])


class CountedNouns:
    """Finds the head noun of what the numbers of one text count."""

    def __init__(self, tokens: Tokens, language: Language) -> None:
        self.tokens, self.language = tokens, language
        self.words: CountWords = count_words(language)
        self.numerals = number_starts(language)

    def noun(self, number: Span, first: int, last: int, unit: str | None) -> Span | None:
        """The noun counted by the number, as one token; None where the clause has none."""
        if is_capacity(self.tokens, number[1], last):
            return number[1] + 1, number[1] + 2
        quoted = number[1] + 1 < last and self.tokens.tag[number[1]] == ">"
        quoted = quoted and number[0] - self.tokens.partner[number[1]] in (1, 2)
        head = self._between(number) if unit == "percent" else None
        head = self._after(number[1] + quoted, last) if head is None else head
        if head is None and unit == "percent" and self._is_rate(number[1], last):
            head = number[1]
        if head is not None and self._is_no_noun(head, number):
            head = None
        if head is None and unit == "percent" and self.language == "en":
            head = self._whole_of(number, first, last)
        if head is None:
            head = self._after_article(number, first, last)
        if head is None and unit == "percent":
            head = self._rate_before(number[0], first)
        if head is None and unit is None:
            head = self._shared(number[1], last)
        if head is None:
            head = self._labelled(number[0], first)
        if head is None:
            head = self._apposed(number, first)
        if head is None and not self._is_part(number, last):
            head = self._equalled(number[0], first)
        return None if head is None else (head, head + 1)

    def _between(self, number: Span) -> int | None:
        """ "One name in eight": the noun stands inside the share."""
        noun = number[0] + 1
        inside = noun + 1 < number[1] and self.tokens.low[noun + 1] == "in" and self.tokens.tag[noun] == "w"
        return noun if inside and self.tokens.low[noun] not in self.numerals else None

    def _whole_of(self, number: Span, first: int, last: int) -> int | None:
        """The singular noun of which a share is told: "a third of her pension", "274% of its capacity", "a 35% cut"."""
        low, tag, k = self.tokens.low, self.tokens.tag, number[1]
        if k >= last:
            return None
        if low[k] in _OF:
            k += 1
            while k < last and (tag[k] in "Dp" or low[k].endswith(("'s", "’s"))):
                k += 1
        elif number[0] <= first or low[number[0] - 1] not in ("a", "an"):
            return None
        end = k
        while end < last and end - k < LONGEST and tag[end] in "wX" and low[end] not in _NOT_HEADS:
            end += 1
        alone = end > k and tag[end - 1] == "w" and not low[end - 1].endswith(("ed", "ly", "ing"))
        return end - 1 if alone else None

    def _is_rate(self, k: int, last: int) -> bool:
        return k < last and self.words.event.get(self.tokens.low[k]) in _RATES

    def _is_no_noun(self, head: int, number: Span) -> bool:
        """Whether the word found is a verb, or an adjective instead of a noun: «ninguno opuso», «y 2 confirmados»."""
        low, tag, begin = self.tokens.low, self.tokens.tag, number[0]
        if self._is_elided(head, begin):
            return True
        word = low[head]
        if low[begin] in ("ninguno", "nadie", "none") and head == begin + 1:
            return True
        if self.language == "en":
            return False
        if head == number[1] and low[head - 1] in _HALVES:
            return True  # «La mitad subía».
        if head == number[1] and word.endswith(("ando", "iendo")):
            return True
        if head == number[1] + 1 and low[head - 1] == "de":
            singular = not word.endswith("s") and word not in self.words.all and word not in _GROUPS
            numeral = low[begin] in self.numerals and low[begin] not in ("un", "una", "uno", "mil", "cien")
            return (tag[begin] == "#" or (numeral and number[1] == begin + 1)) and singular and low[begin] != "1"
        if word in ("menores", "mayores") and low[head + 1 : head + 2] == ["de"]:
            return True
        if word in self.words.all or head != number[1]:
            return False
        alone = begin > 0 and low[begin - 1] in ("y", "e")
        if alone and word.endswith(("ados", "adas", "idos", "idas")):
            return any(tag[m] == "#" or low[m] in self.numerals for m in range(max(0, begin - 7), begin - 1))
        ends = head + 1 >= len(tag) or tag[head + 1] in ".,;)>"
        return begin > 0 and tag[begin - 1] == "," and ends and low[begin] in _SOME

    def _is_elided(self, head: int, begin: int) -> bool:
        """ "14 inmates were killed and another 32 injured": people are told of before."""
        low, tag = self.tokens.low, self.tokens.tag
        if self.language != "en" or not (low[head].endswith("ed") or low[head] == "hurt") or head > begin + 4:
            return False
        while begin > 0 and tag[begin - 1] in "DA":
            begin -= 1
        if begin < 3 or low[begin - 1] not in ("and", ","):
            return False
        return any(low[m] in self.words.who for m in range(max(0, begin - 9), begin - 1))

    def _shared(self, k: int, last: int) -> int | None:
        """The noun that a coordinated number shares: "for 1,500 and 2,200 inmates", «el 12 y los 15 reclusos»."""
        low, tag = self.tokens.low, self.tokens.tag
        if k + 2 >= last or low[k] not in ("y", "and", "o", "or", "u", "e"):
            return None
        m = k + 1
        while (
            m < last
            and m - k < 4
            and (low[m] in ("los", "las", "the", "otros", "otras", "unos", "unas", "about", "some"))
        ):
            m += 1
        if m + 1 >= last or not (tag[m] == "#" or (low[m] in self.numerals and low[m] not in ("un", "una", "a"))):
            return None
        return self._head(m + 1, last)

    def _apposed(self, number: Span, first: int) -> int | None:
        """«Las cámaras, treinta y ocho en total, ...», "the dead, twelve in all": the noun before the comma."""
        k, low, tag = number[0], self.tokens.low, self.tokens.tag
        total = low[number[1] : number[1] + 2] in _IN_ALL or low[number[1] : number[1] + 1] == ["altogether"]
        return k - 2 if total and k - 2 >= first and tag[k - 1] == "," and tag[k - 2] == "w" else None

    def _labelled(self, k: int, first: int) -> int | None:
        """The word before a colon that the number belongs to, as in a table: "Transferred: 1,204"."""
        low, tag = self.tokens.low, self.tokens.tag
        if k - 2 < first or tag[k - 1] != ":":
            return None
        head = k - 2
        opens = head == first or tag[head - 1] in ".;,<-:"
        return head if opens and (low[head] in self.words.event or low[head] in self.words.who) else None

    def is_unknown(self, noun: Span, number: Span) -> bool:
        """Whether a noun after the number is none that tells who or what is counted: "310 metres", "44 buses"."""
        low = self.tokens.low[noun[0]]
        known = low in self.words.all or low in self.words.phrases or low in _MEMBERS
        return noun[0] >= number[1] and not known

    # After the number.

    def _after(self, k: int, last: int) -> int | None:
        """The head of the noun phrase after the number, past "of the" and past a second number."""
        low, tag = self.tokens.low, self.tokens.tag
        if (k < last and low[k] in _OF) or low[k : k + 2] in (["out", "of"], ["among", "them"]):
            k = k + 2 if low[k] in ("out", "among") else k + 1
            start = k
            while (
                k < last
                and k - start < LONGEST
                and (
                    tag[k] in "Dp#"
                    or low[k].endswith(("'s", "’s"))
                    or low[k] in self.numerals
                    or low[k] in ("los", "las", "his", "her")
                )
            ):
                if low[k] in _THEM:
                    break
                k += 1
            if k < last and low[k] in _THEM:
                return self._narrowed(k + 1, last)
        elif self._is_half_of(k, last):
            k += 1
        return self._head(k, last)

    def _after_article(self, number: Span, first: int, last: int) -> int | None:
        """«Elevó a 44 los evadidos», «son 14 los decesos», "raised to 44 the number of escapees"."""
        k, low = number[1], self.tokens.low
        closed = k < last and self.tokens.tag[k] == ">" and self.tokens.tag[number[0] - 1] == "<"
        begin, k = (number[0] - 1, k + 1) if closed else (number[0], k)
        if begin <= first or k + 1 >= last:
            return None
        if self.language == "es":
            joined = low[begin - 1] in _BEFORE_INVERTED
            if joined and low[k] in ("el", "la") and low[k + 1] in _NUMBER_OF and low[k + 2 : k + 3] == ["de"]:
                return self._head(k + 3, last) if k + 3 < last else None
            return self._head(k + 1, last) if joined and low[k] in ("los", "las") else None
        if low[begin - 1] != "to" or low[k : k + 1] != ["the"] or low[k + 2 : k + 3] != ["of"]:
            return None
        return self._head(k + 3, last) if low[k + 1] in _NUMBER_OF and k + 3 < last else None

    def _is_half_of(self, k: int, last: int) -> bool:
        return k < last and self.tokens.low[k] == "the" and k > 0 and self.tokens.low[k - 1] == "half"

    def _narrowed(self, k: int, last: int) -> int | None:
        """ "17 of them women": the noun right after."""
        if k >= last:
            return None
        low, tag = self.tokens.low[k], self.tokens.tag
        alone = (
            self.language == "en" and tag[k] == "w" and self._is_plural(low) and k + 1 < last and tag[k + 1] in ",.;)"
        )
        return k if alone or low in self.words.who else None

    def _head(self, k: int, last: int) -> int | None:
        start = k
        while k < last and k - start < LONGEST and plain(self.tokens.low[k]) in _PRENOMINAL:
            k += 1
        if k >= last or self.tokens.low[k] in _NOT_HEADS:
            return None
        return self._spanish_head(k, last) if self.language == "es" else self._english_head(k, last)

    def _spanish_head(self, k: int, last: int) -> int | None:
        """The first noun: adjectives follow it."""
        if self.tokens.tag[k] == "<" and k + 1 < last:
            k += 1
        low = self.tokens.low[k]
        if self.tokens.tag[k] in "qQV" and self.tokens.tag[k - 1] == "#" and low.endswith(("as", "os", "es")):
            return k  # «27 quejas».
        if self.tokens.tag[k] in "qQV" and self.tokens.low[k - 1].endswith(("as", "os")) and low.endswith(("as", "os")):
            return k  # «Varias denuncias»: after such a word it is no verb.
        if self.tokens.low[k - 1] == "ninguna" and not low.endswith(("a", "d", "z", "ión")):
            return None
        ahead = k + 1 < last and self.tokens.low[k + 1] in self.words.who and low not in self.words.all
        if ahead and low.endswith(("osos", "osas")):
            return k + 1
        return k if self.tokens.tag[k] in "wX" and low[0].isalpha() and not low.endswith("mente") else None

    def _english_head(self, k: int, last: int) -> int | None:
        """The first plural of a row of nouns, else the last before a verb: "two grenade launchers", "one guard"."""
        tokens = self.tokens
        if tokens.tag[k] == "<" and 0 < tokens.partner[k] - k <= 3:
            k = tokens.partner[k] + 1  # "Up to 40 “ghost” guards".
        nouns: list[int] = []
        for m in range(k, min(last, k + LONGEST)):
            low = tokens.low[m]
            if (low in _PLURALS or self._is_plural(low)) and m + 1 < last and tokens.low[m + 1] in self.words.who:
                return m + (tokens.low[m + 1] not in _ADJECTIVAL)
            if nouns and low in _ADJECTIVAL:
                break  # "One person dead".
            if m > k and low in self.words.who and self._is_plural(low):
                return m
            if low in _PLURALS or (m == k and tokens.tag[m] in "qQVNO" and self._is_plural(low)):
                return m
            if m == k and (low in _LENGTHS or (low in _NOUNS_IN_ED and tokens.low[k - 1] in _BEFORE_SINGULAR)):
                return m
            if m == k and tokens.low[k - 2 : k - 1] == ["the"] and self._is_participle(m, last):
                return m
            if tokens.tag[m] not in "wXqQV" or not low[0].isalpha() or low in _NOT_HEADS:
                break
            if tokens.tag[m] in "wX" and self._is_plural(low):
                ahead = m + 1 < last and tokens.tag[m + 1] in "wX" and self._is_plural(tokens.low[m + 1])
                return m + 1 if ahead and tokens.low[m + 1] not in _ADJECTIVAL else m
            if tokens.tag[m] in "qQV":
                if self._is_noun_of_verb(m, k, last, bool(nouns)):
                    return m
                if nouns or tokens.tag[m] == "V":
                    break
                continue
            nouns.append(m)
        nouns = [m for m in nouns if not tokens.low[m].endswith(("ed", "ly"))]
        return nouns[-1] if nouns and nouns[0] == k and tokens.low[k - 1] in _BEFORE_SINGULAR else None

    def _is_noun_of_verb(self, m: int, k: int, last: int, after_noun: bool) -> bool:
        """Whether a form of a verb is the noun that is counted: "312 video calls had", "one answer".

        After "one" a verb would end in "s", and after several it would not.
        """
        form, low = self.tokens.form[m], self.tokens.low
        single = low[k - 1] in _BEFORE_SINGULAR
        if single and m == k:
            return form is not None and form.feature == "base" and "n" in form.verbs[0].frames
        ends = m + 1 >= last or self.tokens.tag[m + 1] in "VPSC.,;)>"
        return after_noun and not single and self._is_plural(low[m]) and ends and low[m + 1 : m + 2] != ["that"]

    def _is_participle(self, m: int, last: int) -> bool:
        """Whether a participle stands for those it happened to: "the 16 recaptured were"."""
        known = self.tokens.low[m].endswith("ed") and self.tokens.low[m] in self.words.event
        return known and m + 1 < last and self.tokens.tag[m + 1] in "V.,;"

    def _is_plural(self, low: str) -> bool:
        plural = low.endswith("s") and not low.endswith(("ss", "us", "is", "eas")) and len(low) > 3
        plural = plural or (low.endswith("men") and low not in _MEN_ALONE and len(low) > 4)
        return low in _PLURALS or plural

    # Before the number.

    def _is_part(self, number: Span, last: int) -> bool:
        """Whether the number tells a part of people named before: "six of them", «de ellos 41»."""
        low = self.tokens.low
        return any(low[m] in _THEM for m in (number[0] - 1, number[1] + 1) if 0 <= m < last)

    def _rate_before(self, k: int, first: int) -> int | None:
        """«Un hacinamiento del 133 %», "occupancy stood at 214 percent", "a rise of 6 %"."""
        low, tag = self.tokens.low, self.tokens.tag
        for m in range(k - 1, max(first - 1, k - 2 * REACH), -1):
            if tag[m] in ".;:":
                break
            if self.words.event.get(low[m]) in _RATES or (low[m] in _RATE_NOUNS and k - m < REACH):
                return m
        if low[k - 1] == "at" and k - 2 >= first and tag[k - 2] == "w" and not low[k - 2].endswith("ed"):
            return k - 2  # "She put participation at 93 per cent".
        of = k - 2 if k - 2 >= first and low[k - 1] in ("el", "the") else k - 1
        return of - 1 if of - 1 >= first and low[of] in _OF and tag[of - 1] == "w" else None

    def _equalled(self, k: int, first: int) -> int | None:
        """«Los muertos son 15», "put the dead at seven", "the number of prisoners transferred at 1,655"."""
        low, tag = self.tokens.low, self.tokens.tag
        at = next((m for m in range(k - 1, max(first - 1, k - 4), -1) if self._equals(m)), None)
        if at is None:
            return None
        found = None
        for m in range(at - 1 - (tag[at - 1] == ","), max(first - 1, at - REACH), -1):
            if (tag[m] in ".;:Q" and low[m] not in _BEING) or (tag[m] in ",C" and found is None):
                break
            if low[m] in _NUMBER_OF and m + 2 <= at and low[m + 1] in _OF:
                return self._of_the(m + 2, at)
            known = low[m] in self.words.who or low[m] in self.words.event
            named = tag[m - 1] in "Dp" or (tag[m - 1] == "w" and m - 1 > first and tag[m - 2] in "Dp")
            named = named or (m - 1 <= first and tag[m - 1] in "wX") or (low[m].endswith("s") and low[at] == "at")
            if found is None and known and tag[m] in "wX" and m > first and named:
                found = m
        return found

    def _of_the(self, k: int, last: int) -> int | None:
        while k < last and self.tokens.tag[k] in "Dp":
            k += 1
        return self._head(k, last)

    def _equals(self, m: int) -> bool:
        """Whether a word makes what stands before it as many as the number after it."""
        return self.tokens.low[m] in _BEING


_BEFORE_INVERTED = frozenset([
    "a", "en", "un", "son", "eran", "fueron", "serán", "serían", "sean", "suman", "sumaban", "ya", "van", "«", "y",
])  # fmt: skip
_BEFORE_SINGULAR = frozenset(["one", "1", "no", "single", "a", "an", "the"])
_MEMBERS = frozenset(["members", "miembros", "integrantes", "member", "miembro", "integrante"])
_ADJECTIVAL = frozenset(["dead", "wounded", "injured", "missing", "hostage", "captive", "alive"])
