"""How sure a speaker is, in the speaker's own words: the outlet, the speaker and a nested source kept apart."""

from __future__ import annotations

import re

from recuento.model.statement import Certainty
from recuento.read.lexicon import Lexicon, words_of
from recuento.read.readings import Reading, Span
from recuento.read.tokens import Tokens

_EXPECTING = words_of("expecting")
REACH = 14
"""Tokens around a figure in which a hedge concerns it."""
_HEARSAY = re.compile(r"habr[íi]an?|estar[íi]an?|ser[íi]an?|tendr[íi]an?|\w{3,}(?:ar|er|ir)[íi]an?")


def certainty_of(tokens: Tokens, reading: Reading, lexicon: Lexicon) -> Certainty:
    """The certainty of a whole statement: its verb's, or that of hedges at the beginning of its content."""
    if reading.impersonal and reading.verb is not None and reading.verb.lemma in ("rumor", "rumour", "rumorear"):
        return Certainty.RUMOURED
    if ".hearsay" in reading.rule:
        return Certainty.RUMOURED
    if reading.verb is not None and reading.verb.lemma in _EXPECTING:
        return Certainty.EXPECTED
    if reading.cue is not None and any(lexicon.has("unofficial", tokens.low[k]) for k in _around(reading)):
        return Certainty.UNOFFICIAL
    if reading.source is not None and any(tokens.low[k] in _SOURCES for k in range(*reading.source)):
        return Certainty.UNOFFICIAL
    first, last = reading.content[0]
    if reading.cue is not None and _is_unconfirmed(tokens, min(reading.cue[0], first), first):
        return Certainty.UNOFFICIAL
    found = _hedge(tokens, first, min(last, first + REACH), lexicon)
    promised = reading.verb is not None and reading.verb.kind == "promise"
    if found is None and (promised or _begins_in_future(tokens, first, last, lexicon)):
        return Certainty.EXPECTED
    return found or Certainty.ASSERTED


def _begins_in_future(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the first verb of a content tells what is to come: «que los enfermos serán atendidos»."""
    if lexicon.language == "en":
        return False
    verb = next((k for k in range(first, last) if tokens.tag[k] in "VQ"), None)
    if verb is None:
        return False
    going = tokens.low[verb] in ("vamos", "voy", *_GOING) and tokens.low[verb + 1 : verb + 2] == ["a"]
    return going or _FUTURE.fullmatch(tokens.low[verb]) is not None


def certainty_near(tokens: Tokens, span: Span, first: int, last: int, lexicon: Lexicon) -> Certainty:
    """The certainty of one figure: the hedges of its own clause."""
    begin = span[0]
    while begin > first and span[0] - begin < REACH and tokens.tag[begin - 1] not in (".", ";"):
        begin -= 1
    end = span[1]
    while end < last and end - span[1] < REACH and tokens.tag[end] not in (".", ";", ":"):
        end += 1
    found = _hedge(tokens, begin, end, lexicon)
    if found is None and _is_to_come(tokens, span[1], end, lexicon):
        return Certainty.EXPECTED
    return found or Certainty.ASSERTED


def _is_unconfirmed(tokens: Tokens, first: int, last: int) -> bool:
    """«publicó, sin confirmación oficial, que», "reported without confirmation that"."""
    return any(
        tokens.low[k] in ("sin", "without", "no") and not _CONFIRMED.isdisjoint(tokens.low[k + 1 : min(last, k + 4)])
        for k in range(first, last)
    )


def _is_to_come(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether what is counted is still to happen: «serán trasladados», "were to be sent", «van a ser liberados»."""
    low = tokens.low
    for k in range(first, last):
        if tokens.tag[k] == "#" or (tokens.tag[k] in ",C" and k > first + 6):
            return False
        if lexicon.language == "es":
            if _FUTURE.fullmatch(low[k]) and not tokens.word[k][0].isupper():
                return True
            if low[k] in _GOING and low[k + 1 : k + 2] == ["a"]:
                return True
        elif low[k : k + 2] == ["to", "be"] and k + 2 < last and tokens.tag[k + 2] in "wqV":
            return True
    return False


def _around(reading: Reading) -> range:
    first, last = reading.cue or (0, 0)
    return range(max(reading.sentence[0], first - 4), min(reading.sentence[1], last + 3))


def _hedge(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> Certainty | None:
    """The strongest hedge between two tokens, or None."""
    lists, found = lexicon.lists, set()
    for k in range(first, last):
        low = tokens.low[k]
        if low in lists["rumour"]:
            found.add(Certainty.RUMOURED)
        elif low in lists["unofficial"]:
            found.add(Certainty.UNOFFICIAL)
        elif low in lists["alleged"] or (
            lexicon.language == "es" and _HEARSAY.fullmatch(low) and low not in _CONDITIONAL
        ):
            found.add(Certainty.ALLEGED)
        elif low in lists["expected"]:
            found.add(Certainty.EXPECTED)
    for kind in (Certainty.RUMOURED, Certainty.UNOFFICIAL, Certainty.ALLEGED, Certainty.EXPECTED):
        if kind in found:
            return kind
    return None


_FUTURE = re.compile(r"\w+(?:[aei]|[bdr])r(?:á|án)|irá|irán|será|serán")
_GOING = frozenset(["va", "van", "iba", "iban"])
_SOURCES = words_of("sources")
_CONFIRMED = words_of("confirmed")
_CONDITIONAL = words_of("not_hearsay")
