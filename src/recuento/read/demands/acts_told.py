"""Verbs of saying that tell somebody to act, or announce an act of the speaker's own."""

from __future__ import annotations

import re

from recuento.read.readings import Reading
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Tokens

_TOLD_TO_ACT = words_of("told_to_act")
_IMPERFECT_SUBJUNCTIVE = re.compile(r"\w{2,}(?:iera|ieran|iéramos|iese|iesen|ajeran)")
_WISHING = words_of("wishing")
_OUR_FUTURE = re.compile(r"\w+(?:[aei]|[bdn])r(?:emos|é)(?<!queremos)")
_FUTURE = re.compile(r"\w+(?:[aei]|[bdn])r(?:á|án)")


def is_told_to_act(tokens: Tokens, reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a verb of saying tells to do something: «dijo que bajáramos», "insisted that they surrender"."""
    if reading.verb is None or reading.verb.lemma not in _TOLD_TO_ACT:
        return False
    first, last = reading.content[0]
    first += tokens.low[first] in ("en", "de")
    if lexicon.language == "en":
        return tokens.low[first] == "that" and _is_subjunctive(tokens, first + 1, last)
    for k in range(first + 1, min(last, first + 10)):
        if (tokens.low[k] in lexicon.commands and tokens.tag[k] != "P") or tokens.low[k] in lexicon.told_before:
            return True
        if _IMPERFECT_SUBJUNCTIVE.fullmatch(tokens.low[k]) and tokens.low[k] not in _WISHING:
            return True
        if tokens.tag[k] in "VQ.,;:SRC":
            return False
    return False


def _is_subjunctive(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the first verb of an English clause is a bare "be": "insisted that detainees be given a doctor"."""
    for k in range(first, min(last, first + 12)):
        if tokens.low[k] == "be":
            return tokens.tag[k - 1] in "wXNA"
        if tokens.tag[k] in "VQ.,;:SRC":
            return False
    return False


def promises_itself(tokens: Tokens, reading: Reading, lexicon: Lexicon) -> bool:
    """Whether the speaker announces an act of their own: «anunció que comparecerá», "said she will file"."""
    if reading.verb is None or reading.kind != "say":
        return False
    first, last = reading.content[0]
    quoted = tokens.depth[first] > 0 or tokens.tag[first] == "<"
    k = first
    while k < last and (tokens.tag[k] in "<TAPDO" or tokens.low[k] in ("que", "that", "no")) and k - first < 6:
        k += 1
    near = tokens.low[k : k + 2]
    if lexicon.language == "en":
        ours = ("we", "i") if quoted else ("he", "she", "they", "it", "we", "i")
        contracted = bool(near) and near[0].replace("’", "'") in [f"{word}'ll" for word in ours]
        return contracted or (len(near) == 2 and near[0] in ours and near[1] in ("will", "won't", "won’t"))
    if quoted:
        return near in (["vamos", "a"], ["voy", "a"]) or (bool(near) and _OUR_FUTURE.fullmatch(near[0]) is not None)
    own = reading.verb.lemma in ("anunciar", "avisar") and tokens.low[first] == "que"
    return own and first < k < last and _FUTURE.fullmatch(tokens.low[k]) is not None
