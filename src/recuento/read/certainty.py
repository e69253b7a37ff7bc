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
    if reading.rule.endswith(".hearsay"):
        return Certainty.RUMOURED
    if reading.verb is not None and reading.verb.lemma in _EXPECTING:
        return Certainty.EXPECTED
    if reading.cue is not None and any(lexicon.has("unofficial", tokens.low[k]) for k in _around(reading)):
        return Certainty.UNOFFICIAL
    first, last = reading.content[0]
    return _hedge(tokens, first, min(last, first + REACH), lexicon) or Certainty.ASSERTED


def certainty_near(tokens: Tokens, span: Span, first: int, last: int, lexicon: Lexicon) -> Certainty:
    """The certainty of one figure: the hedges of its own clause."""
    begin = span[0]
    while begin > first and span[0] - begin < REACH and tokens.tag[begin - 1] not in (".", ";"):
        begin -= 1
    end = span[1]
    while end < last and end - span[1] < REACH and tokens.tag[end] not in (".", ";", ":"):
        end += 1
    return _hedge(tokens, begin, end, lexicon) or Certainty.ASSERTED


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


_CONDITIONAL = words_of("not_hearsay")
