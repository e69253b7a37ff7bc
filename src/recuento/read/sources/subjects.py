"""The Spanish subject before its verb, read from the left: a noun with its appositions, participles and relatives.

Whoever walks back from the verb meets the verbs of relative clauses first («un sargento que prefirió no dar su nombre
| comentó») and cannot tell them from the main verb. Read from the left each verb is owed to a relative pronoun before
it or is a main verb; what stands between the beginning of the clause and its first main verb is the subject, after
what opens the clause («Desde el penal, ...») and before what only stands in between («..., en rueda de prensa, ...»).
"""

from __future__ import annotations

from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Span, Tokens
from recuento.read.text.verb_endings import PARTICIPLES, is_gerund, is_infinitive
from recuento.values.number_words import number_starts

RELATIVES = frozenset(["que", "quien", "quienes", "cual", "cuales", "cuyo", "cuya", "cuyos", "cuyas", "donde"])
_NOMINAL = frozenset("wXN#)>qT")
_PARTICIPLE = (*PARTICIPLES, "cho", "cha", "to", "ta", "tos", "tas")
_BOUNDS = frozenset(".;:")
_STARTS = frozenset("DXNpw#<")
_HOLDING = frozenset(["de", "del"])
_POSTS = frozenset(["cargo", "frente", "mando", "sede", "base"])
_CONTRASTS = frozenset(["mientras", "aunque", "pues", "porque"])
SPANS = frozenset(
    ["año", "años", "mes", "meses", "semana", "semanas", "día", "días", "hora", "horas", "tiempo", "poco"]
)
_BEFORE = frozenset(["antes", "después", "atrás"])
_TIMES = words_of("time_nouns")
_BEFORE_TIMES = frozenset(["misma", "mismo", "todos", "todas"])
_TIMES_OR_NEAR = (
    _TIMES | _BEFORE | _BEFORE_TIMES | {"más", "pasado", "pasada", "pasados", "pasadas", "última", "próximo"}
)
_BETWEEN_TIMES = frozenset(["por", "de", "en", "a", "del", "al", "desde"])
_NUMERALS = number_starts("es")
_BESIDE = frozenset(
    [
        "cerca",
        "frente",
        "fuera",
        "dentro",
        "lejos",
        "después",
        "antes",
        "luego",
        "junto",
        "delante",
        "detrás",
        "respecto",
    ]
)
_LONGEST_TIME = 8
"""Tokens of «El lunes de la semana pasada por la tarde»."""


def subject_before(tokens: Tokens, low: int, verb: int, lexicon: Lexicon) -> Span | None:
    """The subject of the verb group that begins at `verb`, not before token `low`; None where none is found."""
    clause = _clause_of(tokens, low, verb, lexicon)
    if clause is None or clause >= verb or tokens.tag[verb - 1] in "PDS":
        return None
    parts = _parts(tokens, clause, verb)
    if parts is None:
        return None
    closed = tokens.tag[verb - 1] in ",-"
    for head in range(len(parts)):
        start = _start_of_noun(tokens, *parts[head], lexicon)
        if start is None:
            continue
        if closed:
            return _with_asides(tokens, start, parts, head)
        if head == len(parts) - 1:
            return start, parts[-1][1]
        last = parts[-1]
        if tokens.tag[last[0]] == "C" or any(
            tokens.tag[k] == "C" and tokens.low[k] in ("y", "e", "o") for k in range(*last)
        ):
            return start, last[1]
        begin = _start_of_noun(tokens, *last, lexicon)
        return (begin, last[1]) if begin is not None else None
    return None


def _with_asides(tokens: Tokens, start: int, parts: list[Span], head: int) -> Span | None:
    """The subject with what stands between commas after it, but for what belongs to the verb: «, en un comunicado,»."""
    if head == len(parts) - 1:
        return None
    last = len(parts) - 1
    while last > head and not _belongs(tokens, *parts[last]):
        last -= 1
    return start, parts[last][1]


def _belongs(tokens: Tokens, first: int, last: int) -> bool:
    """Whether words between commas tell of the noun before them: an apposition, a participle, a relative clause."""
    tag, low = tokens.tag[first], tokens.low[first]
    if tag == "C" and first + 1 < last:
        low = tokens.low[first + 1]
    if low in RELATIVES or low in _HOLDING or (low == "como" and tokens.tag[first + 1] in "DXp"):
        return True
    if tag == "A" and first + 1 < last and tokens.low[first + 1].endswith(_PARTICIPLE):
        return True
    if tag == "P":
        if tokens.low[first + 1] in _POSTS:
            return True
        after = first + 1 + (tokens.tag[first + 1] == "D")
        return after < last and tokens.low[after] in RELATIVES
    if tag in "qw" and _is_unbound(low):
        return False
    if tag == "T" and tokens.tag[first + 1] == "X" and tokens.word[first][0].isupper():
        return True  # «el director, Domingo Peralta,»
    return tag in "DXNpw#q<" and not _is_time(tokens, first, last)


def _clause_of(tokens: Tokens, low: int, verb: int, lexicon: Lexicon) -> int | None:
    """Where the clause begins whose main verb stands at `verb`; None where another main verb stands before it."""
    clause, k = _Clause(tokens, low), low
    while k < verb:
        if tokens.tag[k] == "<" and tokens.partner.get(k, verb) < verb:
            k = tokens.partner[k] + 1
            continue
        if (
            tokens.tag[k] == "D"
            and not clause.relative
            and _follows_unknown_verb(tokens, clause.begin, k, verb, lexicon)
        ):
            return None
        if tokens.tag[k] in "VQ" and not clause.takes_verb(k):
            return None
        k = clause.past(k, verb)
    return clause.pronoun + 1 if clause.owed > 0 and tokens.tag[verb - 1] not in ",-" else clause.begin


class _Clause:
    """A clause as far as it is read: where it begins, and how many verbs its pronouns and conjunctions still owe."""

    def __init__(self, tokens: Tokens, begin: int) -> None:
        self.tokens, self.begin, self.owed, self.relative, self.pronoun = tokens, begin, 0, False, begin

    def _begin_anew(self, k: int) -> None:
        self.begin, self.owed, self.relative = k, 0, False

    def past(self, k: int, last: int) -> int:
        """The token after `k`, once what `k` opens is counted."""
        tokens, tag, word = self.tokens, self.tokens.tag[k], self.tokens.low[k]
        if tag in _BOUNDS and not (tag == "." and tokens.tag[k - 1] == "X"):
            self._begin_anew(k + 1)
        elif word in RELATIVES and _follows_noun(tokens, self.begin, k):
            self.relative, self.pronoun = True, k
            after = k + 1
            while after < last and tokens.tag[after] in "OGA":
                after += 1
            if after < last and tokens.tag[after] == "w" and not word.startswith("cuy"):
                return after + 1  # A present that no list knows: «que cubre tres torres».
            self.owed += 1
        elif tag == "R":
            self.relative, self.pronoun, self.owed = True, k, self.owed + 1
        elif tag == "S" and (self._opens_another(k) or (word in _CONTRASTS and tokens.tag[k - 1] == ",")):
            self._begin_anew(k + 1)
        elif tag == "S":
            self.owed += word != "como" or tokens.tag[k + 1] in "VQ"
        return k + 1

    def _opens_another(self, k: int) -> bool:
        """Whether «que» opens the clause, or the next one of a series: «que firmó por escrito y que | el alcaide»."""
        if self.tokens.low[k] != "que":
            return False
        tag = self.tokens.tag
        joined = tag[k - 1] == "C" and (tag[k - 2] != "," or tag[k + 1] in "DXpN#")
        return k == self.begin or (joined and self.owed == 0 and not self.relative)

    def takes_verb(self, k: int) -> bool:
        """Whether a finite verb belongs to what was opened before it, and is no main verb."""
        if (k > self.begin and self.tokens.tag[k - 1] in "VQ") or is_ago(self.tokens, k):
            return True
        if self.owed > 0:
            self.owed -= 1
            return True
        return self.relative and _is_joined(self.tokens, k)


def is_ago(tokens: Tokens, k: int) -> bool:
    """Whether «hace 20 años», «desde hacía meses» stand there: how long ago, and no verb of a clause."""
    return past_ago(tokens, k) > k


def past_ago(tokens: Tokens, k: int) -> int:
    """Past «hace 20 años», «hace un mes»; `k` where none stands there."""
    if tokens.low[k] not in ("hace", "hacía"):
        return k
    return next((m + 1 for m in range(k + 1, min(len(tokens), k + 4)) if tokens.low[m] in SPANS), k)


def _follows_unknown_verb(tokens: Tokens, begin: int, k: int, last: int, lexicon: Lexicon) -> bool:
    """Whether an article right after a noun phrase tells its last word is a verb: «El cupo roza | el 212 %»."""
    if (
        tokens.tag[k - 1] != "w"
        or tokens.low[k - 1] in _TIMES
        or tokens.low[k - 1].endswith(PARTICIPLES)
        or k - begin < 2
        or tokens.tag[begin] not in "DXNp"
    ):
        return False
    if any(tokens.low[m] in _BESIDE and tokens.low[m + 1] in _HOLDING for m in range(begin, k)):
        return False  # «Dos años después del incendio | los familiares»
    return tokens.tag[k + 1] != "T" and after_date(tokens, k, last, lexicon) is None


def _is_joined(tokens: Tokens, k: int) -> bool:
    """Whether a verb is joined to the one before it: «que llegó tarde y no vio nada»."""
    before = k - 1
    while before > 0 and tokens.tag[before] in "OGA":
        before -= 1
    return tokens.tag[before] == "C"


def _follows_noun(tokens: Tokens, begin: int, k: int) -> bool:
    """Whether a pronoun stands for a noun before it: «el penal que», «la Corte, a la que», «los presos, quienes»."""
    before = k - 1
    if before >= begin and tokens.tag[before] == "D":
        before -= 1
    if before >= begin and tokens.tag[before] == "P":
        before -= 1
    if before >= begin and tokens.tag[before] in ",-":
        before -= 1
    return before >= begin and tokens.tag[before] in _NOMINAL


def _parts(tokens: Tokens, first: int, verb: int) -> list[Span] | None:
    """What stands between the commas from `first` to the verb; commas inside marks and brackets part nothing."""
    found, start, k = [], first, first
    while k < verb:
        tag = tokens.tag[k]
        partner = tokens.partner.get(k)
        if tag == "<" and partner is not None and partner < verb:
            k = partner
        elif tag == "(":
            k = next((m for m in range(k, verb) if tokens.tag[m] == ")"), k)
        elif tag in ",-":
            if k > start:
                found.append((start, k))
            start = k + 1
        k += 1
    if start < verb:
        found.append((start, verb))
    return found or None


def _start_of_noun(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> int | None:
    """Where a noun phrase begins in words between commas, after what opens the clause; None where none does."""
    k = first
    while k < last and tokens.tag[k] in "CAGO":
        k += 1
    k = _past_time(tokens, k, last, lexicon)
    if k + 1 < last and tokens.low[k] == "hasta" and tokens.low[k + 1] in ("el", "la", "los", "las"):
        return None if any(_begins_beside(tokens, m) for m in range(k + 2, last)) else k + 1  # «Hasta el capellán»
    if stands_beside(tokens, k, last):
        return next((m for m in range(k + 2, last) if _begins_beside(tokens, m)), None)
    if k >= last or (tokens.tag[k] not in _STARTS and tokens.low[k] != "quienes"):
        return None
    low = tokens.low[k]
    if tokens.tag[k] == "w" and _is_unbound(low):
        return None
    if tokens.tag[last - 1] == "A" and tokens.low[last - 1] in _BEFORE:
        return None
    return k


def stands_beside(tokens: Tokens, k: int, last: int) -> bool:
    """Whether words of place, or of what went before, open a clause: «Cerca del gobernador», «Frente al penal»."""
    if k + 1 >= last:
        return False
    near = tokens.low[k] in _BESIDE and tokens.low[k + 1] in ("a", "al", "de", "del", "con")
    return near or (tokens.low[k].endswith(PARTICIPLES) and tokens.low[k + 1] == "por" and tokens.word[k][0].isupper())


def _begins_beside(tokens: Tokens, k: int) -> bool:
    """Whether a noun phrase begins right after another one: «Frente al penal | las madres»."""
    return (tokens.tag[k] == "D" or tokens.low[k] in _NUMERALS) and tokens.tag[k - 1] in "wXT#)"


def _is_unbound(word: str) -> bool:
    """Whether a word is an infinitive or a gerund, which are no subject of a verb of saying."""
    return is_infinitive(word) or is_gerund(word)


def _past_time(tokens: Tokens, k: int, last: int, lexicon: Lexicon) -> int:
    """Past «El domingo pasado», «este lunes», «Dos horas antes»."""
    if k >= last or is_given_day(tokens, k, last, lexicon):
        return k
    dated = after_date(tokens, k, last, lexicon)
    if dated is not None:
        return dated
    if (after := _past_hour(tokens, k, last)) > k:
        return after
    m = k + (tokens.tag[k] in "DN")
    if m < last and tokens.tag[m] == "T":
        while m < last and tokens.tag[m] in "T#":
            m += 1
        return m
    ago = next((m for m in range(k + 1, min(last - 1, k + 5)) if tokens.tag[m] not in "DXw#p"), last)
    if ago < last - 1 and tokens.low[ago] in _BEFORE and tokens.low[ago + 1] in _HOLDING:
        return ago  # «Dos años después | del incendio»
    return ago + 1 if ago < last - 1 and tokens.low[ago] in _BEFORE and tokens.tag[ago + 1] in _STARTS else k


def _past_hour(tokens: Tokens, first: int, last: int) -> int:
    """Past «Ayer por la noche», «La semana pasada», «Horas más tarde», where a noun phrase follows; else `first`."""
    after = k = first
    timed = False
    while k < min(last - 1, first + _LONGEST_TIME):
        if is_ago(tokens, k):
            k = past_ago(tokens, k)
            timed, ends = True, True
        else:
            tag, low = tokens.tag[k], tokens.low[k]
            timed = timed or tag == "T" or low in _TIMES
            if (tag not in "TDNP#" and low not in _TIMES_OR_NEAR) or (tag == "P" and low not in _BETWEEN_TIMES):
                break
            ends = tag == "T" or (low in _TIMES_OR_NEAR and low not in _BEFORE_TIMES)
            k += 1
        if timed and ends and k - first > 1 and k < last and (tokens.tag[k] in "DpXN" or tokens.low[k] in _NUMERALS):
            after = k
    return after


def is_given_day(tokens: Tokens, k: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a day is somebody's name: «Domingo Peralta», where a day would have its article."""
    named = k + 1 < last and tokens.tag[k + 1] == "X" and tokens.word[k][0].isupper()
    return named and lexicon.language == "es" and lexicon.has("day", tokens.low[k])


def _is_time(tokens: Tokens, first: int, last: int) -> bool:
    return all(tokens.tag[k] in "DNT#A" for k in range(first, last)) and any(
        tokens.tag[k] == "T" for k in range(first, last)
    )


def after_date(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> int | None:
    """Past "on 6 March", «el 6 de marzo», where a noun phrase follows."""
    k = start + (tokens.low[start] in ("el", "on", "del"))
    if k >= end - 2 or tokens.tag[k] != "#":
        return None
    m = k + 1 + (tokens.low[k + 1] == "de")
    if m >= end - 1 or tokens.low[m] not in lexicon.lists["month"]:
        return None
    m += 1 + (tokens.tag[m + 1] == ",")
    return m if m < end and tokens.tag[m] in "DpXN" else None
