"""Noun phrases that are what somebody announces, denies or demands, and words by which something is called."""

from __future__ import annotations

from recuento.read.complements.adjuncts import past_adjuncts
from recuento.read.complements.bare_clauses import is_bound
from recuento.read.complements.before_complements import FARTHEST, past_time
from recuento.read.readings import Complement
from recuento.read.text.lexicon import Lexicon, Verb, words_of
from recuento.read.text.tokens import Tokens

_IT = frozenset(["it", "this", "that", "them"])
_NAMED = 4
"""Tokens of a thing that is called something."""
_NOT_DEMANDED = words_of("not_demanded")
_ABSTRACT = ("ción", "sión", "ncia", "dad")
_THIS = frozenset(["este", "esta", "estos", "estas", "ese", "esa", "esos", "esas"])


def object_after(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """A noun phrase that is what is announced, denied or demanded."""
    if "o" not in verb.frames:
        return None
    k, addressee = past_time(tokens, first, end), None
    if k < end and tokens.tag[k] == "O" and verb.kind == "promise":
        k += 1
    if lexicon.language == "es":
        k = past_adjuncts(tokens, k, end)
    if k < end and lexicon.language == "es" and tokens.low[k] in ("a", "al"):
        for m in range(k + 2, min(end, k + FARTHEST)):
            opens = tokens.tag[m] in "Dp#" and tokens.tag[m - 1] not in "PD" and tokens.low[m] != "al"
            opens = opens or (tokens.tag[m] == "w" and tokens.tag[m - 1] == "N" and tokens.low[m - 1] not in _THIS)
            opens = opens or _is_bare_thing(tokens, m, k)
            if opens or tokens.tag[m] == "<" or (tokens.tag[m] == "w" and tokens.tag[m - 1] == ","):
                stop = next((n for n in range(k + 1, m) if tokens.tag[n] == ","), m)
                addressee, k = (k + 1, stop), m
                break
            if tokens.tag[m] not in "wXDP,AT":
                return None
    bounded = k < end and tokens.tag[k] in "PA" and is_bound(tokens, k, end) and verb.kind != "demand"
    others = bounded or (k + 1 < end and tokens.low[k] in ("otros", "otras", "another") and tokens.tag[k + 1] in "#w")
    if (
        k < end
        and (tokens.tag[k] in "DpwX#<" or others)
        and tokens.low[k] not in ("al", "del")
        and (tokens.low[k] not in _NOT_DEMANDED or verb.kind == "promise")
    ):
        return Complement("object", k, addressee)
    return None


def _is_bare_thing(tokens: Tokens, m: int, first: int) -> bool:
    """Whether a noun without an article follows whom it is asked of: «pidió al Ministerio | explicaciones».

    It is of another number than the noun before it, or an abstract noun: no adjective is.
    """
    if tokens.tag[m] != "w" or tokens.tag[m - 1] not in "wX" or m < first + 2:
        return False
    low, before = tokens.low[m], tokens.low[m - 1]
    return low.endswith(_ABSTRACT) or (low.endswith("s") and not before.endswith("s"))


def called_so(tokens: Tokens, first: int, end: int, lexicon: Lexicon) -> Complement | None:
    """What somebody calls something: "called the haul “theatre”", "described the note as “long”": it must be quoted."""
    for k in range(first, min(end, first + FARTHEST)):
        if tokens.tag[k] == "<":
            what = any(tokens.low[m] == "what" for m in range(max(0, first - 10), first))
            spanish = lexicon.language == "es" and k + 1 < end and tokens.partner[k] + 1 < end
            named = k > first and (tokens.tag[first] in "DpXNO" or "as" in (tokens.low[first], tokens.low[k - 1]))
            named = named or (k == first and (what or (spanish and tokens.tag[tokens.partner[k] + 1] in "Dpw")))
            return Complement("object", first) if named else None
        if tokens.tag[k] in "VQ.,;:":
            break
    if (
        lexicon.language == "en"
        and (tokens.low[first] == "as" or tokens.tag[first] in "Dw")
        and _after_what(tokens, first)
    ):
        return Complement("object", first)
    return None


def is_called_a_thing(tokens: Tokens, first: int, end: int) -> bool:
    """Whether somebody calls something what it is to them: "called it a start", "called the charge a lie"."""
    k = first + 1
    while k < end and k - first < _NAMED and tokens.tag[first] in "Dp" and tokens.tag[k] in "wX":
        k += 1
    named = tokens.low[first] in _IT if k == first + 1 else tokens.tag[first] in "Dp"
    article = named and k + 1 < end and tokens.low[k] in ("a", "an")
    return article and tokens.tag[k + 1] in "wX" and tokens.low[k + 1] not in ("second", "third", "few", "lot")


def _after_what(tokens: Tokens, first: int) -> bool:
    """Whether the verb before has "what" as its object: "in what the army called | a search"."""
    for k in range(first - 2, max(0, first - 10), -1):
        if tokens.low[k] == "what":
            return k < first - 2
        if tokens.tag[k] not in "DpXwNOA":
            return False
    return False
