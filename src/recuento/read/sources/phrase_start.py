"""Where a noun phrase begins that ends before a verb: read from its end to its first word."""

from __future__ import annotations

from recuento.read.sources.clause_opening import clause_start, has_verb
from recuento.read.text.lexicon import Lexicon
from recuento.read.text.tokens import Tokens
from recuento.read.text.verb_endings import PARTICIPLES

_NAMED = frozenset(["known", "named", "identified", "described", "registered", "listed", "cast", "posing"])
_OBJECTS = frozenset(["it", "him", "them", "me", "us"])
_NOMINAL = frozenset("wXD#NpRT")
_BEFORE_WHICH = frozenset(["in", "by", "from", "of", "with", "en", "por", "con"])


def start_of_phrase(tokens: Tokens, low: int, end: int, lexicon: Lexicon) -> int:
    """Walk back from `end` over the noun phrase, to the place where it begins."""
    i = end
    while i > low:
        k = i - 1
        tag = tokens.tag[k]
        if tokens.low[k] == "what" or (tag == "R" and k > low and tokens.low[k - 1] in _BEFORE_WHICH):
            break
        if tag == "w" and i < end and _is_past_verb(tokens, k, low):
            break
        if i < end and tokens.tag[i] == "D" and tokens.low[k] in _OBJECTS:
            break  # "When he asked about it | the officer said".
        if tag in _NOMINAL or tag in "PA" or (tag == "%" and i == end):
            i = k
        elif tag in (")", ">"):
            opening = _matching_open(tokens, k, low)
            if opening is None or (tag == ">" and (k - opening > 9 or tokens.tag[k - 1] in ",.")):
                break
            i = opening
        elif tag == "S" and k - 2 > low and tokens.low[k - 2 : k + 1] == ["as", "well", "as"]:
            i = k - 2
        elif tokens.low[k] in ("como", "as") and is_named_as(tokens, k, low):
            i = k
        elif tokens.low[k] == "than" and k > low and tokens.low[k - 1] in ("more", "less", "fewer"):
            i = k - 1
        elif tag == "C" and lexicon.has("and", tokens.low[k]) and _joins_names(tokens, low, k):
            i = k
        elif tag in "VQqOG":
            relative = _relative_before(tokens, k, low)
            if relative is None:
                if _is_reduced(tokens, k, low):
                    i = k
                    continue
                if tag == "q" and tokens.tag[k - 1 : k] and k > low and tokens.tag[k - 1] in "wX":
                    i = k
                    continue
                if tag == "O":
                    i = k
                    continue
                break
            i = relative
        elif tag == ",":
            previous = clause_start(tokens, low, k)
            listed = any(tokens.tag[m] == "C" for m in range(i, min(end, i + 12)))
            if not listed or has_verb(tokens, previous, k) or previous >= k or tokens.tag[previous] in "PASC":
                break
            i = previous
        elif tag == "S" and lexicon.has("complement", tokens.low[k]) and _is_relative_que(tokens, k, low, i):
            i = k
        else:
            break
    return i


def is_named_as(tokens: Tokens, k: int, low: int) -> bool:
    """Whether somebody is called something: «un preso conocido como X», «que se presentó como tío», "known as X"."""
    before = tokens.low[k - 1 - (tokens.tag[k - 1] == "A")] if k - 2 > low else ""
    named = before.endswith(PARTICIPLES) or before in _NAMED
    return named or (k - 2 > low and tokens.tag[k - 1] == "V" and tokens.low[k - 2] == "se")


def _is_past_verb(tokens: Tokens, k: int, low: int) -> bool:
    """Whether an English past form that no list knows has its object after it: "the senate passed | a motion"."""
    if not tokens.low[k].endswith("ed") or k <= low or tokens.tag[k - 1] not in "wXN":
        return False
    return tokens.tag[k + 1] in "Dp#"


def _is_reduced(tokens: Tokens, k: int, low: int) -> bool:
    """Whether a past form is a participle after its noun: "the 77 men moved from Cold Mountain"."""
    form = tokens.form[k]
    past = form is not None and form.feature == "past" and form.verbs[0].language == "en"
    return past and k - 1 >= low and tokens.tag[k - 1] == "w" and tokens.tag[k + 1] == "P" and tokens.low[k + 1] != "to"


def _joins_names(tokens: Tokens, low: int, k: int) -> bool:
    """Whether "and" at `k` joins two who speak, rather than two clauses: "..., and a shopkeeper swears"."""
    apart = k > low and tokens.tag[k - 1] == ","
    begin = clause_start(tokens, low, k - 1 if apart else k)
    if has_verb(tokens, begin, k) or (apart and (tokens.tag[k - 2] == ">" or begin == low)):
        return False
    return not tokens.low[begin].endswith(("ar", "er", "ir")) or tokens.tag[begin] != "w"


def _is_relative_que(tokens: Tokens, k: int, low: int, after: int) -> bool:
    return (
        k > low
        and tokens.tag[k - 1] in "wX"
        and any(tokens.tag[m] == "V" for m in range(k + 1, min(after + 4, len(tokens))))
    )


def _matching_open(tokens: Tokens, k: int, low: int) -> int | None:
    if tokens.tag[k] == ">":
        opening = tokens.partner[k]
        return opening if opening >= low else None
    for m in range(k - 1, max(low, k - 25) - 1, -1):
        if tokens.tag[m] == "(":
            return m
    return None


def _relative_before(tokens: Tokens, verb: int, low: int) -> int | None:
    """The relative pronoun whose clause holds the verb, when a noun stands before it."""
    for m in range(verb - 1, max(low, verb - 16) - 1, -1):
        tag = tokens.tag[m]
        if tag == "R" or tokens.low[m] in ("que", "that", "who", "which"):
            if m > low and tokens.tag[m - 1] in "wXN)P":
                return m if tokens.tag[m - 1] != "P" else m - 1
            return None
        if tag in (",", ".", ";", ":", "<", ">", "-"):
            return None
    return None
