"""Whether "one", «un» and «una» are numbers, and no articles or pronouns."""

from __future__ import annotations

from recuento.read.numbers.numerals import HAPPENINGS
from recuento.read.numbers.surroundings import Surroundings
from recuento.read.text.count_words import count_words
from recuento.read.text.folding import plain
from recuento.read.text.lexicon import words_of
from recuento.values.vague_words import ABOUT

ALONE = frozenset([
    "varios", "varias", "muchos", "muchas", "decenas", "dozens", "hundreds", "cientos", "many", "several", "algunos",
    "algunas", "centenares", "miles", "thousands", "scores", "docenas", "millares", "millones", "millions",
])  # fmt: skip
_OTHERS = frozenset(["otros", "otras", "others", "another", "other"])
_NOT_COUNTED_SINGLY = frozenset(["file", "line", "time", "day", "word", "minute", "moment", "weekend", "bed", "room"])
_DURATIONS = words_of("measured")
_BOUND_NOUNS = frozenset([
    "máximo", "mínimo", "total", "promedio", "capacidad", "población", "tasa", "cifra", "media", "cantidad",
    "extensión",
])  # fmt: skip
_NOT_ONE_BEFORE = frozenset(["no", "any", "every", "each", "this", "that", "some", "another", "which", "the"])
_NOUNS_IN_ED = frozenset(["bed", "shed", "seed", "deed", "breed", "weed", "family", "bully", "ally", "reply", "supply"])
SINGLE = frozenset(["single", "solo", "sola", "único", "única"])
_NOT_ONE_AFTER = frozenset(["another", "other", "thing", "hand", "side", "way", "more", "time", "stage"]) | _DURATIONS
_TOLLS = frozenset(["toll", "dead", "deaths", "number", "injured", "wounded"])
_WHO = frozenset(["who", "whose", "whom", "that", "in", "of", "from"])
_HOLDING = words_of("holding")
_INTO = frozenset(["en", "al", "to", "in", "from"])
_PLACING = frozenset(["in", "at", "on", "outside", "inside", "under", "en", "fuera", "dentro", "bajo"])


class Ones(Surroundings):
    """Tells which words for one in a text are numbers."""

    def is_one(self, k: int, first: int) -> bool:
        """Whether "one", «un», «una» at `k` is a number and not an article or a pronoun."""
        low = self.tokens.low
        if k + 1 >= self.last:
            alone = low[k] == "one" and k > first and low[k - 1] in ("only", "just")
            return alone and any(self.is_number(m) for m in self.sentence_before(k, first))
        follows = low[k + 1]
        if follows in ("or", "o") and self.is_number(k + 2):
            return True
        if low[k] in ("one", "una", "uno") and k - 2 > first and low[k - 1] in ("to", "a") and follows in ".,;":
            return any(low[m] in ("from", "de") and self.is_number(m + 1) for m in range(max(first, k - 7), k - 1))
        if low[k] == "one" and k > first and low[k - 1] == "including" and follows in _WHO:
            return True
        if low[k] == "one":
            reported = k - 1 > first and low[k - 1] == "that" and self.tokens.tag[k - 2] in "QqwXC"
            reported = reported or (k - 1 > first and low[k - 1] == "which" and self.tokens.tag[k - 2] == "P")
            if k > first and low[k - 1] == "only" and self.tokens.tag[k + 1] in ".,;>)":
                return any(self.is_number(m) for m in self.sentence_before(k, first))
            if k > first and low[k - 1] in _NOT_ONE_BEFORE and not reported and follows != "of":
                return False
            if self._stands_for_one(k, first):
                return True
            if follows == "of":
                if low[k + 2 : k + 3] in (["whom"], ["which"], ["them"]):
                    return self._is_one_of_those(k, first)
                return any(self.is_number(m) for m in range(k + 2, min(self.last, k + 5)))
            return self._counts_noun(k)
        if follows in SINGLE and k > first and low[k - 1] in ("without", "sin"):
            return False
        if low[k] == "a" and follows == "single":
            noun = low[k + 2] if k + 2 < self.last else ""
            return self.is_noun(k + 2) and noun not in _DURATIONS and noun not in _NOT_COUNTED_SINGLY
        if low[k] not in ("un", "una", "uno") or follows in _BOUND_NOUNS or (k > first and low[k - 1] == "cada"):
            return False
        if self._is_one_of_those(k, first):
            return True
        if low[k] != "un" and self._stands_for_one(k, first):
            return True
        if follows in ("solo", "sola", "único", "única"):
            noun = self.tokens.low[k + 2] if k + 2 < self.last else ""
            return noun not in ("vez", "fin", "golpe", "día") and noun not in _DURATIONS
        if low[k : k + 2] in (["uno", "de"], ["una", "de"]):
            return any(self.is_number(m) for m in range(k + 2, min(self.last, k + 5)))
        if not self.is_noun(k + 1):
            return False
        if self._adds_up(k, first) and (self.is_counted(k + 1) or not self._ends_a_list(k, first)):
            return True
        return self._others_happen(k)

    def _counts_noun(self, k: int) -> bool:
        """Whether "one" stands before what it counts: "one unarmed guard", "one report", "one 19-year-old"."""
        tokens, follows = self.tokens, self.tokens.low[k + 1]
        if follows in _NOT_ONE_AFTER:
            return False
        form = tokens.form[k + 1]
        if form is not None and form.feature == "base" and not follows.endswith("ed"):
            return True  # After "one" a verb would end in "s".
        if follows.endswith(("-old", "-olds")):
            return True
        if tokens.tag[k + 1] == "<":
            closing = tokens.partner[k + 1]
            return closing - k <= 4 and self.is_noun(closing + 1)
        verbal = follows.endswith(("ed", "ly")) and follows not in _NOUNS_IN_ED
        described = verbal and self.is_noun(k + 2) and tokens.low[k + 2] not in _DURATIONS
        return self.is_noun(k + 1) and (not verbal or described)

    def _is_one_of_those(self, k: int, first: int) -> bool:
        """ "Five wounded, one of them badly", «tres muertos, entre ellos una mujer»: one of a number just told."""
        low, tag = self.tokens.low, self.tokens.tag
        if low[k - 2 : k] in (["entre", "ellos"], ["entre", "ellas"]):
            comma = k - 3
            if not self.is_counted(k + 1):
                return False
        elif low[k + 1 : k + 3] in (["of", "them"], ["of", "whom"], ["of", "which"], ["de", "ellos"], ["de", "ellas"]):
            comma = k - 1
        else:
            return False
        if comma <= first or tag[comma] not in ",(;-":
            return False
        near = self.sentence_before(comma, first)
        return any(self.is_number(m) or low[m] in ("both", "ambos", "ambas") for m in near)

    def _ends_a_list(self, k: int, first: int) -> bool:
        """Whether «un» ends a list of three and more things, as an article: «seis alas, dos patios y un reloj»."""
        return "," in self.tokens.low[max(first, k - 6) : k - 1]

    def is_counted(self, k: int) -> bool:
        """Whether the noun is one that the vocabulary counts, so that «un» beside a number is one more."""
        words, low = count_words(self.lexicon.language), self.tokens.low[k]
        return low in words.who or low in words.event or f"{low}s" in words.event or f"{low}s" in words.who

    def _stands_for_one(self, k: int, first: int) -> bool:
        """Whether "one" stands alone beside a number: "two notebooks, not one", «ocho heridos y uno fue operado»."""
        low, tag = self.tokens.low, self.tokens.tag
        before, follows = low[k - 1] if k > first else "", tag[k + 1]
        if (
            low[k] in ("uno", "una")
            and follows in ".;"
            and (tag[k - 1] in "QV" or before in ("solo", "sólo", "apenas"))
        ):
            return any(self.is_number(m) for m in self.sentence_before(k, first))
        if before in ("no", "not", "sino") and follows in ".,;>)":
            return any(self.is_number(m) for m in self.sentence_before(k, first))
        happened = count_words(self.lexicon.language).event.get(low[k + 1]) in HAPPENINGS
        year = low[k + 1] in ("en", "in") and k + 2 < self.last and tag[k + 2] == "#"
        if self._is_one_hit(k, first):
            return True
        if happened and self._is_left_of_some(k, first):
            return True
        if before == "," and self._other_follows(k):
            return any(self.is_number(m) for m in self.sentence_before(k - 1, first))
        if low[k] == "one" and follows in ".;" and before == "at":
            return not _TOLLS.isdisjoint(low[max(first, k - 7) : k - 1])
        if follows == "," and before == "and":
            return any(self.is_number(m) for m in self.sentence_before(k, first))
        if low[k + 1 : k + 3] in (["for", "every"], ["per", "every"], ["por", "cada"], ["for", "each"]):
            return True
        if before in ("y", "and") and self._is_on_day(k + 1):
            return any(self.is_number(m) for m in self.sentence_before(k, first))
        placed = before in ("y", "and") and low[k + 1] in _PLACING
        if not (follows in "V" or happened or year or placed or low[k + 1] in ("con", "with")):
            return False
        if self._others_follow(k) or (happened and self._number_follows(k)):
            return True
        if before not in ("y", "and", ",", "but", "pero", ";"):
            return False
        if before == ";":
            before_it = self.sentence_before(k - 1, first)
            return any(self.is_number(m) and (happened or self.is_noun(m + 1)) for m in before_it)
        return any(self.is_number(m) or low[m] in ALONE or low[m] == "some" for m in self.sentence_before(k, first))

    def _is_left_of_some(self, k: int, first: int) -> bool:
        """ "Only one escaped", "One killed in fight" as a headline, "Three men were shot. One died"."""
        low, tag = self.tokens.low, self.tokens.tag
        if k > first and low[k - 1] in ("only", "just", "solo", "sólo", "apenas"):
            return True
        if self.lexicon.language != "en":
            return False
        if k == first:
            return low[k + 1] in ("dead", "killed", "injured", "wounded", "hurt", "shot", "stabbed", "held", "arrested")
        previous = range(max(first, k - 16), k - 1)
        return tag[k - 1] == "." and any(self.is_number(m) for m in previous)

    def _is_on_day(self, k: int) -> bool:
        """ "(Four on Tuesday and one) on Wednesday", «el miércoles», «en mayo», "in May"."""
        low = self.tokens.low
        day = low[k + 1] if k + 1 < self.last and low[k] in ("on", "el", "in", "en") else ""
        return day in self.lexicon.lists["day"] or day in self.lexicon.lists["month"]

    def _others_happen(self, k: int) -> bool:
        """«Un guardia fue apuñalado y dos internos, golpeados»: what befell others, with their number, comes next."""
        low, words = self.tokens.low, count_words(self.lexicon.language)
        if low[k + 1] not in words.who:
            return False
        for m in range(k + 2, min(self.last - 2, k + 12)):
            if self.tokens.tag[m] in ".,;:<>" or self.is_number(m):
                return False
            if low[m] in ("y", "e"):
                m += low[m + 1] in _OTHERS
                noun = low[m + 2] if m + 2 < self.last else ""
                return self.is_number(m + 1) and (noun in words.who or noun in words.event)
        return False

    def _is_one_hit(self, k: int, first: int) -> bool:
        """ "Four bullets, one to the head", «cuatro impactos, uno en la cabeza»: which of those just counted."""
        low, tag = self.tokens.low, self.tokens.tag
        if k - 1 <= first or tag[k - 1] != "," or low[k + 1] not in _INTO or tag[k + 2 : k + 3] == ["#"]:
            return False
        near = range(max(first, k - 7), k - 1)
        return any(self.is_number(m) and (self.is_noun(m + 1) or m == k - 2) for m in near)

    def _other_follows(self, k: int) -> bool:
        """ "(Two died,) one of fever and the other in a fight", "one still missing"."""
        low = self.tokens.low
        if low[k] != "one" or low[k + 1] == "still":
            return low[k] == "one"
        return any(low[m : m + 3] == ["and", "the", "other"] for m in range(k + 2, min(self.last, k + 9)))

    def _number_follows(self, k: int) -> bool:
        """ "One died and six were hurt": another number in the next clause."""
        ends = next((m for m in range(k + 2, min(self.last, k + 9)) if self.tokens.tag[m] in ".;"), k + 9)
        return any(self.is_number(m) for m in range(k + 2, min(self.last, ends)))

    def _others_follow(self, k: int) -> bool:
        """ "One may have been taken to hospital and three others wait": others are told of in the same sentence."""
        low = self.tokens.low
        for m in range(k + 2, min(self.last - 1, k + 16)):
            if self.tokens.tag[m] in ".;":
                return False
            if (low[m] in _OTHERS and self.is_number(m + 1)) or (low[m + 1] in _OTHERS and self.is_number(m)):
                return True
        return False

    def _adds_up(self, k: int, first: int) -> bool:
        """Whether «un» stands beside a number it adds up or contrasts with: «un muerto y tres heridos»."""
        low, tag = self.tokens.low, self.tokens.tag
        if k - 2 > first and low[k - 1] in ("y", "e", "ni", "o") and self._conjunct_has_number(k - 2, first):
            return True
        for m in range(k + 2, min(self.last - 1, k + 5)):
            if tag[m] == "," and self.is_number(m + 1) and self.is_noun(m + 2) and low[m + 2] not in _DURATIONS:
                return True
            if low[m] in ("y", "e") and self._happens_to_number(m + 1):
                return self.is_counted(k + 1)
            if low[m] in ("al", "por") and low[m + 1] in _DURATIONS:
                continue  # «Una comida al día y dos litros».
            if low[m] in ("y", "e") and low[m + 1].startswith("ning") and self.is_noun(m + 2):
                return True
            if tag[m] in ".,;VQP" and low[m] not in ("para", "por"):
                return False
            if low[m] == "para" and (plain(low[k + 1]) in _HOLDING or m > k + 2):
                return False  # «Una celda para 48 personas»: what it holds is said, and no two numbers are compared.
            if low[m] == "cada":
                return self.is_number(m + 1) and self.is_noun(m + 2) and low[m + 2] not in _DURATIONS
            if low[m] in ("y", "e", "para", "por"):
                if low[m] in ("y", "e") and (low[m + 1] in ALONE or plain(" ".join(low[m + 1 : m + 3])) in ABOUT):
                    return self.is_counted(k + 1)
                m += low[m + 1] == "cada"
                return self.is_number(m + 1) and self.is_noun(m + 2)
        return False

    def _happens_to_number(self, k: int) -> bool:
        """«(A un custodio y) a dos visitantes», «(mató a un guardia e) hirió a tres internos»."""
        low, events = self.tokens.low, count_words(self.lexicon.language).event
        k += k < self.last and (low[k] in events or self.tokens.tag[k] == "V")
        if k < self.last and low[k] == "a":
            return self.is_number(k + 1) and (
                self.is_noun(k + 2) or k + 2 >= self.last or self.tokens.tag[k + 2] in ".;"
            )
        return False

    def _conjunct_has_number(self, k: int, first: int) -> bool:
        for m in range(k, max(first - 1, k - 4), -1):
            if self.tokens.tag[m] in ".,;VQ":
                return False
            if self.is_number(m):
                return _DURATIONS.isdisjoint(self.tokens.low[m + 1 : k + 1])
        return False
