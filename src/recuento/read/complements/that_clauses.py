"""Whether "that" opens the content of a verb, or only describes a noun before it: «un plan que nunca llegó»."""

from __future__ import annotations

from recuento.read.sources.hidden_names import hides_name
from recuento.read.text.count_words import count_words
from recuento.read.text.lexicon import Lexicon, Verb, words_of
from recuento.read.text.tokens import Tokens

_ANYTHING = frozenset(["algo", "alguien", "nada", "nadie"])
_BEFORE_DE = words_of("before_de")
_JOINED_QUE = words_of("joined_que")
_BY = frozenset(["por", "en", "ante", "mediante", "vía", "bajo", "durante", "tras"])
_DATIVES = frozenset(["le", "les", "me", "nos", "te", "os"])
"""Whom somebody tells: «les contaron en la puerta que», where «que» tells of no door."""
_TIMES = frozenset(["una", "otra", "alguna", "cada", "esta", "esa", "tercera"])
_SUBJUNCTIVE = ("ara", "iera", "aran", "ieran", "ase", "iese")
_PRETERITE = ("ó", "aron", "ieron")
_SETTINGS = words_of("settings")
_BLAMING = frozenset(["reprochar", "recriminar"])
"""Verbs after whose «a alguien» a clause with «que» tells what for."""


def introduces_clause(tokens: Tokens, k: int, first: int, verb: Verb, lexicon: Lexicon) -> bool:
    """Whether the "that" at `k` opens a clause that the verb may take."""
    frames = verb.frames
    following = tokens.tag[k + 1] if k + 1 < len(tokens) else "."
    if k > first and tokens.tag[k - 1] == "C":
        return False  # «Contaban a los vivos y que ...»: a second clause of the verb before.
    if lexicon.language == "en":
        if (
            following in ".;)"
            or (following in "PS" and tokens.tag[k + 2 : k + 3] == ["."])
            or (following == "V" and frames & {"n", "k"})
        ):
            return False
        return "t" in frames and not (following == "P" and _is_without_verb(tokens, k + 1))
    if (tokens.tag[k - 1] == "," and tokens.tag[first:k].count(",") % 2) or tokens.low[k - 1] in _ANYTHING:
        return False
    if (
        first > 1
        and tokens.tag[first - 2] == "," == tokens.tag[first]
        and tokens.tag[first:k].count(",") == 1 < k - first
    ):
        return False  # «Apuntó, asegura, las peticiones que hizo»: the verb only interrupts.
    if _describes_thing(tokens, first, k, lexicon) or (verb.lemma == "referir" and tokens.low[first] in ("a", "al")):
        return False
    if hides_name(tokens, k, len(tokens)):
        return False
    verbal = (
        following in "VQ"
        or (tokens.low[k + 1 : k + 2] != [] and tokens.low[k + 1].endswith(_SUBJUNCTIVE))
        or (following == "q")
    )
    reproached = tokens.low[first] in ("a", "al") and all(tokens.tag[m] in "PDwXp" for m in range(first, k))
    blames = verb.lemma in _BLAMING or (k + 1 < len(tokens) and tokens.low[k + 1].endswith(_SUBJUNCTIVE))
    reproached = reproached and blames
    told = first >= 2 and tokens.low[first - 2] in _DATIVES and tokens.low[first] in ("en", "por", "desde", "ante")
    addressed = told or reproached or (k > first + 1 and _is_once(tokens, first, k))
    aside = addressed or verb.kind == "demand" or _is_setting(tokens, first, k)
    if k > first and verbal and not aside and not _stands_aside(tokens, first, k, verb):
        return False
    if verb.kind == "promise" and k == first + 2 and tokens.low[first] in ("un", "una", "unos", "unas"):
        return False  # «Prometió un plan que nunca llegó»
    if k > first and verb.kind == "demand" and tokens.low[k + 1 : k + 2] and tokens.low[k + 1].endswith(_PRETERITE):
        return False  # «Pidió la lista que firmó el alcaide»
    if k > first and verb.kind == "demand" and _is_within_object(tokens, first, k):
        return False
    before = tokens.low[k - 1] if k > first else ""
    if before == "en":
        return "e" in frames or ("t" in frames and k - 1 == first)
    if before == "de":
        return ("d" in frames or k - 1 == first) and not (k - 2 >= first and tokens.low[k - 2] in _BEFORE_DE)
    if before == "con" and verb.lemma == "especular":
        return True
    if before in _JOINED_QUE and not _is_once(tokens, first, k):
        return False
    return bool(frames & {"t", "i"})


def _is_without_verb(tokens: Tokens, k: int) -> bool:
    """Whether "that" is all that was said: "he told me that | at Easter"."""
    while k < len(tokens) and tokens.tag[k] in "PDTwX#":
        if tokens.tag[k] == "w" and tokens.low[k].endswith("ed"):
            return False
        k += 1
    return k >= len(tokens) or tokens.tag[k] in ",.;>"


def _is_once(tokens: Tokens, first: int, k: int) -> bool:
    """Whether «vez» before «que» tells how often: «me dijo una vez que», «repitió otra vez que»."""
    often = k - first == 2 and tokens.low[first] in _TIMES
    return tokens.low[k - 1] == "vez" and (often or (k - first == 3 and tokens.low[first] == "por"))


def _describes_thing(tokens: Tokens, first: int, k: int, lexicon: Lexicon) -> bool:
    """Whether «que» describes a thing that stands as the object: «añadiendo un artículo sobre tarifas que suben»."""
    if (
        k - first < 4
        or tokens.low[first] not in ("un", "una", "el", "la", "los", "las")
        or tokens.tag[first + 1] != "w"
    ):
        return False
    noun, lists = tokens.low[first + 1], lexicon.lists
    if any(noun in lists[name] for name in ("role", "organisation", "unnamed", "woman", "time", "post")):
        return False
    if noun in count_words("es").who or tokens.tag[k - 1] not in "wX":
        return False
    return tokens.tag[first + 2] == "P" and all(tokens.tag[m] not in "VQ,.;:T" for m in range(first, k))


def _is_within_object(tokens: Tokens, first: int, k: int) -> bool:
    """Whether «que» describes a thing that is demanded: «pidió explicaciones sobre los reclusos que faltan»."""
    if tokens.tag[k - 1] not in "wX" or any(tokens.tag[m] in "VQ" for m in range(first, k)):
        return False
    things = [m for m in range(first, k) if tokens.tag[m] == "w" and (m == first or tokens.tag[m - 1] == ",")]
    return bool(things)


_TO = frozenset(["a", "al", "ante"])
_BESIDE = frozenset(["durante", "tras", "junto", "al", "con", "en", "desde", "luego", "después"])
_WITHOUT_CONTENT = frozenset(
    ["responder", "contestar", "replicar", "informar", "advertir", "avisar", "comunicar", "escribir", "notificar"]
)
"""What may be done to somebody without telling what: «contestó a los familiares que esperaban»."""
_OF_PEOPLE = frozenset(
    ["recordar", "mencionar", "denunciar", "señalar", "identificar", "confirmar", "revelar", "recoger"]
)
"""What may be done to people themselves: «recordó a los presos que murieron»."""
_ONGOING = ("aba", "aban", "ía", "ían")


def _stands_aside(tokens: Tokens, first: int, k: int, verb: Verb) -> bool:
    """Whether what stands between the verb and «que» has a preposition, and «que» opens what the verb lacks.

    «Dijo a los diputados | que faltan camas», «dijo tras la visita | que faltan camas»: after "to whom" it does, save
    where the verb may go without; after when and where, only if the next verb cannot be that of the noun.
    """
    low, begin = tokens.low, first
    while begin < k and tokens.tag[begin] in "AT":
        begin += 1
    if k - begin < 2 or k + 1 >= len(tokens) or any(tag in "VQ#,.;:<" for tag in tokens.tag[begin:k]):
        return False
    agrees = (low[k - 1][-1] == "s") == (low[k + 1][-1] == "n")
    facing = low[begin] == "frente" and low[begin + 1] in _TO
    to = begin + facing
    if low[to] in _TO and (low[to] == "al" or (tokens.tag[to + 1] == "D" and low[to + 1] not in ("un", "una"))):
        marks = (m for m in range(k + 2, min(k + 9, len(tokens))) if tokens.tag[m] in ",.;" or low[m] == "que")
        later = next(marks, k)
        if low[later] == "que" and later > k and tokens.tag[later - 1] in "VQAT":
            return False  # «Dijo a los presos que protestaban | que no habrá visitas».
        if agrees and low[to] != "ante" and verb.lemma in _OF_PEOPLE:
            return False
        told = verb.lemma in _WITHOUT_CONTENT or (first > 1 and tokens.tag[first - 2] in ",>")
        return not (agrees and told and low[k + 1].endswith(_ONGOING))
    return low[begin] in _BESIDE and tokens.tag[k - 1] in "wX" and not agrees


def _is_setting(tokens: Tokens, first: int, k: int) -> bool:
    """Whether what stands before «que» tells when, where or to whom rather than being a noun it describes."""
    if all(tokens.tag[m] in "ATOG," for m in range(first, k)):
        return True
    if tokens.tag[k - 1] in "wq" and k - 2 >= first and tokens.low[k - 2] in _BY:
        return True  # «Respondió por teléfono que»: a noun without an article is described by nothing.
    return tokens.low[k - 1] in _SETTINGS or tokens.tag[k - 1] in "TX#A>)," or tokens.low[k - 1] in ("en", "de")
