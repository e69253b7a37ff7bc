"""Quantities without a plain number: vague words, zero, halves and shares, and "one" where it is a number."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from recuento.read.counting import count_words
from recuento.read.folding import plain
from recuento.read.lexicon import Lexicon, words_of
from recuento.read.not_counts import is_idiom
from recuento.read.numerals import HAPPENINGS
from recuento.read.readings import Span
from recuento.read.tokens import Tokens
from recuento.values.number_words import number_starts
from recuento.values.quantity import Comparison, Number, Quantity, quantity_from
from recuento.values.vague_words import ABOUT, LEAST, SHARES

VAGUE_HEADS = frozenset(words.split()[0] for words in (*LEAST, *ABOUT))
ZERO = words_of("zero")
_SHARE_HEADS = frozenset(words.split()[0] for words in SHARES)
_LONGEST = 5
_SENTENCE = 40
"""Tokens before "no" in which a number that it contrasts with may stand."""
_AFTER_MANNER = frozenset(["how", "so", "as", "too", "tan", "very", "cuán"])
_ALONE = frozenset([
    "varios", "varias", "muchos", "muchas", "decenas", "dozens", "hundreds", "cientos", "many", "several", "algunos",
    "algunas", "centenares", "miles", "thousands", "scores", "docenas", "millares", "millones", "millions",
])  # fmt: skip
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
_ONE = frozenset(["un", "uno", "una", "one", "a"])
_OTHERS = frozenset(["otros", "otras", "others", "another", "other"])
_MORE = frozenset(["more", "fewer", "less", "longer", "later", "further"])
_NOT_COUNTED_SINGLY = frozenset(["file", "line", "time", "day", "word", "minute", "moment", "weekend", "bed", "room"])
_HAD = frozenset(["had", "has", "have", "with", "and", "but", ",", "were", "was", "are", "is", "that", "“", '"'])
_NUMBERS_OF = frozenset(["a number of", "un numero de"])
_INDEFINITE = frozenset(["time", "kind", "sort", "form", "way", "point", "extent", "degree"])
_RULING = frozenset(["may", "must", "shall", "should", "can"])
_NUMERALS = number_starts("es") | number_starts("en")
_DURATIONS = words_of("measured")
_OF_EACH = (
    ("de", "cada"), ("of", "every"), ("of", "each"), ("in", "every"), ("in", "each"), ("out", "of", "every"),
    ("out", "of"), ("in",),
)  # fmt: skip
_YEARS = 1_800
"""From here on, "one in 2023" tells of a year."""
_OUT_OF = frozenset([5, 10, 100, 1_000])
_BOUND_NOUNS = frozenset(["máximo", "mínimo", "total", "promedio"])
_NOT_ONE_BEFORE = frozenset(["no", "any", "every", "each", "this", "that", "some", "another", "which", "the"])
_NOUNS_IN_ED = frozenset(["bed", "shed", "seed", "deed", "breed", "weed", "family", "bully", "ally", "reply", "supply"])
_ALONE_ONE = frozenset(["single", "solo", "sola", "único", "única"])
_NOT_ONE_AFTER = frozenset(["another", "other", "thing", "hand", "side", "way", "more", "time", "stage"]) | _DURATIONS
_AFTER_PLACE = frozenset(["en", "por", "hacia", "desde"])
_BEFORE_HALF = frozenset(["than", "over", "nearly", "almost", "about", "roughly", "least"])
_HOLDING = words_of("holding")
_INTO = frozenset(["en", "al", "to", "in", "from"])
_PLACING = frozenset(["in", "at", "on", "outside", "inside", "under", "en", "fuera", "dentro", "bajo"])
_Reader = Callable[[int], tuple[Number, int] | None]
_NOT_AFTER_ARTICLE = frozenset(["cantidad de", "multitud", "infinidad", "large number"])
_ARTICLE_NEGATED = frozenset(["en", "de", "bajo", "por", "sin", "con", "in", "of", "under", "by"])


class LooseNumbers:
    """Finds the quantities of one text that no plain number gives, each at the token where it begins."""

    def __init__(self, tokens: Tokens, last: int, lexicon: Lexicon) -> None:
        self.tokens, self.last, self.lexicon = tokens, last, lexicon
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
            return words in _ALONE
        tag, low = self.tokens.tag[end], self.tokens.low[end]
        if words == "some" and low in _INDEFINITE:
            return False
        if words in _NUMBERS_OF and not (
            end < self.last and self.tokens.low[end].endswith(("s", "people", "men", "women"))
        ):
            return False  # «Un número de información».
        if words in _BOUND_OR_VAGUE and (self._is_number(end) or "-" in low):
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
            if low[k] in ("mitad", "tercera", "cuarta", "quinta", "décima"):
                begin = k - 1
                whole = begin >= first and low[begin] in ("la", "una") and low[begin - 1] not in _AFTER_PLACE
                return (begin, value, end) if whole else None
            follows = low[end] if end < self.last else ""
            if low[end : end + 1] == ["the"] and low[end + 1 : end + 2] and low[end + 1] in _DURATIONS:
                return None
            if k > first and low[k - 1] in ("by", "down", "up"):
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

    def _is_second_half(self, k: int) -> bool:
        return k > 0 and (self.tokens.tag[k - 1] in "wXD#" and self.tokens.low[k - 1] not in _BEFORE_HALF)

    def of_each(self, value: Number, end: int, number_at: _Reader) -> tuple[Number, int] | None:
        """«Tres de cada cuatro», "one in five", "three out of four": the share in per cent."""
        if value == 1 and self._is_noun(end) and self.tokens.low[end + 1 : end + 2] == ["in"]:
            end += 1  # "One name in eight".
        low = tuple(self.tokens.low[end : end + 3])
        for words in _OF_EACH:
            if low[: len(words)] == words:
                whole = number_at(end + len(words))
                if (
                    whole is not None
                    and 0 < value < whole[0]
                    and (words != ("in",) or (value == 1 and whole[0] < _YEARS) or whole[0] in _OUT_OF)
                ):
                    return _per_cent(value, whole[0]), whole[1]
        return None

    # Zero.

    def zero(self, k: int) -> Span | None:
        """The tokens of "ningún", "no", «ni uno», "nobody" where they count."""
        tokens, low, end = self.tokens, self.tokens.low[k], k + 1
        if low in ("ni", "not"):
            if end >= self.last or tokens.low[end] not in _ONE:
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
        if low in ("cero", "zero") and not (self._is_noun(end) and not is_idiom(tokens, end)):
            return None
        return k, end

    def _denies_noun(self, k: int) -> bool:
        """Whether "no" stands before a noun rather than before a verb, as in Spanish."""
        end = k + 1
        if end >= self.last or self.tokens.tag[end] not in "wX<":
            return False
        return not (self.lexicon.language == "es" and self.tokens.low[k] == "no")

    def _is_ruled(self, k: int) -> bool:
        """Whether a rule says what nobody may do, which counts nobody: "no prisoner may be held longer"."""
        low = self.tokens.low
        return any(low[m] in _RULING for m in range(k + 1, min(self.last, k + 3))) or "available" in low[k + 1 : k + 4]

    def _is_idiom(self, k: int) -> bool:
        if not self._is_noun(k + 1):
            return False
        return is_idiom(self.tokens, k + 1) or (k > 0 and self.tokens.low[k - 1] in _ARTICLE_NEGATED)

    def contrasts(self, k: int, first: int) -> bool:
        """Whether "no ambulance" stands beside a number it contrasts with: "27 trucks and no ambulance"."""
        if not self._is_noun(k + 1) or is_idiom(self.tokens, k + 1) or self.tokens.low[k - 1] not in _HAD:
            return False
        if self._is_had_beside_number(k):
            return True
        if self.tokens.low[k - 1] in ("have", "had", "has") and not self._is_counted(k + 1):
            return False  # "Six in ten have no lawyer": the six are told of, and no lawyers are counted.
        return any(self._is_number(m) for m in self._sentence_before(k, first))

    def _is_had_beside_number(self, k: int) -> bool:
        """ "It has no doctor and one nurse": a number joined to what there is none of."""
        low = self.tokens.low
        for m in range(k + 2, min(self.last - 2, k + 9)):
            if low[m : m + 2] == [",", "no"]:
                continue
            if self.tokens.tag[m] in ".;:QV":
                return False
            if low[m : m + 3] == ["and", "a", "single"]:
                return self._is_noun(m + 3)
            if low[m] in ("and", "but"):
                m += low[m + 1] in ("only", "just")
                return (low[m + 1] == "one" or self._is_number(m + 1)) and self._is_noun(m + 2)
        return False

    # One.

    def is_one(self, k: int, first: int) -> bool:
        """Whether "one", «un», «una» at `k` is a number and not an article or a pronoun."""
        low = self.tokens.low
        if k + 1 >= self.last:
            alone = low[k] == "one" and k > first and low[k - 1] == "only"
            return alone and any(self._is_number(m) for m in self._sentence_before(k, first))
        follows = low[k + 1]
        if follows in ("or", "o") and self._is_number(k + 2):
            return True
        if low[k] == "one":
            reported = k - 1 > first and low[k - 1] == "that" and self.tokens.tag[k - 2] in "QqwXC"
            reported = reported or (k - 1 > first and low[k - 1] == "which" and self.tokens.tag[k - 2] == "P")
            if k > first and low[k - 1] == "only" and self.tokens.tag[k + 1] in ".,;>)":
                return any(self._is_number(m) for m in self._sentence_before(k, first))
            if k > first and low[k - 1] in _NOT_ONE_BEFORE and not reported and follows != "of":
                return False
            if self._stands_for_one(k, first):
                return True
            if follows == "of":
                if low[k + 2 : k + 3] in (["whom"], ["which"], ["them"]):
                    return self._is_one_of_those(k, first)
                return any(self._is_number(m) for m in range(k + 2, min(self.last, k + 5)))
            verbal = follows.endswith(("ed", "ly")) and follows not in _NOUNS_IN_ED
            return self._is_noun(k + 1) and follows not in _NOT_ONE_AFTER and not verbal
        if follows in _ALONE_ONE and k > first and low[k - 1] in ("without", "sin"):
            return False
        if low[k] == "a" and follows == "single":
            noun = low[k + 2] if k + 2 < self.last else ""
            return self._is_noun(k + 2) and noun not in _DURATIONS and noun not in _NOT_COUNTED_SINGLY
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
            return any(self._is_number(m) for m in range(k + 2, min(self.last, k + 5)))
        if not self._is_noun(k + 1):
            return False
        if self._adds_up(k, first) and (self._is_counted(k + 1) or not self._ends_a_list(k, first)):
            return True
        return self._others_happen(k)

    def _is_one_of_those(self, k: int, first: int) -> bool:
        """ "Five wounded, one of them badly", «tres muertos, entre ellos una mujer»: one of a number just told."""
        low, tag = self.tokens.low, self.tokens.tag
        if low[k - 2 : k] in (["entre", "ellos"], ["entre", "ellas"]):
            comma = k - 3
            if not self._is_counted(k + 1):
                return False
        elif low[k + 1 : k + 3] in (["of", "them"], ["of", "whom"], ["de", "ellos"], ["de", "ellas"]):
            comma = k - 1
        else:
            return False
        if comma <= first or tag[comma] not in ",(;":
            return False
        reach = 12 if tag[comma] == ";" else 5
        near = range(max(first, comma - reach), comma)
        return any(self._is_number(m) or low[m] in ("both", "ambos", "ambas") for m in near)

    def _ends_a_list(self, k: int, first: int) -> bool:
        """Whether «un» ends a list of three and more things, as an article: «seis alas, dos patios y un reloj»."""
        return "," in self.tokens.low[max(first, k - 6) : k - 1]

    def _is_counted(self, k: int) -> bool:
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
            return any(self._is_number(m) for m in self._sentence_before(k, first))
        if before in ("no", "not", "sino") and follows in ".,;>)":
            return any(self._is_number(m) for m in self._sentence_before(k, first))
        happened = count_words(self.lexicon.language).event.get(low[k + 1]) in HAPPENINGS
        year = low[k + 1] in ("en", "in") and k + 2 < self.last and tag[k + 2] == "#"
        if self._is_one_hit(k, first):
            return True
        if before in ("y", "and") and self._is_on_day(k + 1):
            return any(self._is_number(m) for m in self._sentence_before(k, first))
        placed = before in ("y", "and") and low[k + 1] in _PLACING
        if not (follows in "V" or happened or year or placed or low[k + 1] in ("con", "with")):
            return False
        if self._others_follow(k) or (happened and self._number_follows(k)):
            return True
        if before not in ("y", "and", ",", "but", "pero", ";"):
            return False
        if before == ";":
            return any(self._is_number(m) and self._is_noun(m + 1) for m in self._sentence_before(k - 1, first))
        return any(self._is_number(m) or low[m] in _ALONE or low[m] == "some" for m in self._sentence_before(k, first))

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
            if self.tokens.tag[m] in ".,;:<>" or self._is_number(m):
                return False
            if low[m] in ("y", "e"):
                m += low[m + 1] in _OTHERS
                return self._is_number(m + 1) and (low[m + 2] in words.who or low[m + 2] in words.event)
        return False

    def _is_one_hit(self, k: int, first: int) -> bool:
        """ "Four bullets, one to the head", «cuatro impactos, uno en la cabeza»: which of those just counted."""
        low, tag = self.tokens.low, self.tokens.tag
        if k - 1 <= first or tag[k - 1] != "," or low[k + 1] not in _INTO or tag[k + 2 : k + 3] == ["#"]:
            return False
        near = range(max(first, k - 7), k - 1)
        return any(self._is_number(m) and (self._is_noun(m + 1) or m == k - 2) for m in near)

    def _number_follows(self, k: int) -> bool:
        """ "One died and six were hurt": another number in the next clause."""
        ends = next((m for m in range(k + 2, min(self.last, k + 9)) if self.tokens.tag[m] in ".;"), k + 9)
        return any(self._is_number(m) for m in range(k + 2, min(self.last, ends)))

    def _others_follow(self, k: int) -> bool:
        """ "One may have been taken to hospital and three others wait": others are told of in the same sentence."""
        low = self.tokens.low
        for m in range(k + 2, min(self.last - 1, k + 16)):
            if self.tokens.tag[m] in ".;":
                return False
            if (low[m] in _OTHERS and self._is_number(m + 1)) or (low[m + 1] in _OTHERS and self._is_number(m)):
                return True
        return False

    def _adds_up(self, k: int, first: int) -> bool:
        """Whether «un» stands beside a number it adds up or contrasts with: «un muerto y tres heridos»."""
        low, tag = self.tokens.low, self.tokens.tag
        if k - 2 > first and low[k - 1] in ("y", "e", "ni", "o") and self._conjunct_has_number(k - 2, first):
            return True
        for m in range(k + 2, min(self.last - 1, k + 5)):
            if tag[m] == "," and self._is_number(m + 1) and self._is_noun(m + 2) and low[m + 2] not in _DURATIONS:
                return True
            if low[m] in ("y", "e") and self._happens_to_number(m + 1):
                return self._is_counted(k + 1)
            if tag[m] in ".,;VQP" and low[m] not in ("para", "por"):
                return False
            if low[m] == "para" and (plain(low[k + 1]) in _HOLDING or m > k + 2):
                return False  # «Una celda para 48 personas»: what it holds is said, and no two numbers are compared.
            if low[m] in ("y", "e", "para", "por"):
                if low[m] in ("y", "e") and (low[m + 1] in _ALONE or self.about(m + 1) is not None):
                    return self._is_counted(k + 1)
                m += low[m + 1] == "cada"
                return self._is_number(m + 1) and self._is_noun(m + 2)
        return False

    def _happens_to_number(self, k: int) -> bool:
        """«(A un custodio y) a dos visitantes», «(mató a un guardia e) hirió a tres internos»."""
        low, events = self.tokens.low, count_words(self.lexicon.language).event
        k += k < self.last and (low[k] in events or self.tokens.tag[k] == "V")
        if k < self.last and low[k] == "a":
            return self._is_number(k + 1) and self._is_noun(k + 2)
        return False

    def _conjunct_has_number(self, k: int, first: int) -> bool:
        for m in range(k, max(first - 1, k - 4), -1):
            if self.tokens.tag[m] in ".,;VQ":
                return False
            if self._is_number(m):
                return _DURATIONS.isdisjoint(self.tokens.low[m + 1 : k + 1])
        return False

    def _sentence_before(self, k: int, first: int) -> range:
        begin = k
        while begin > first and k - begin < _SENTENCE and self.tokens.tag[begin - 1] not in (".", ";"):
            begin -= 1
        return range(begin, k)

    def _is_number(self, m: int) -> bool:
        if m >= self.last:
            return False
        low = self.tokens.low[m]
        return self.tokens.tag[m] == "#" or (low in _NUMERALS and low not in _ONE and len(low) > 2)

    def _is_noun(self, k: int) -> bool:
        return k < self.last and self.tokens.tag[k] in "wX"


def none_from(words: str) -> Quantity:
    """Zero, as words tell it."""
    return quantity_from(Comparison.NONE, (), words)


def _per_cent(part: Number, whole: Number) -> Number:
    share = Decimal(part) * 100 / Decimal(whole)
    return int(share) if share == int(share) else round(share, 2)
