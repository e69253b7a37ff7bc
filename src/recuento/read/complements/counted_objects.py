"""Noun phrases that are what somebody says because they count: «informó de 11 muertos», "put the number at 87"."""

from __future__ import annotations

import re

from recuento.read.readings import Complement
from recuento.read.text.count_words import count_words
from recuento.read.text.lexicon import Lexicon, Verb, words_of
from recuento.read.text.tokens import Tokens
from recuento.values.number_words import number_starts

_NAMES = words_of("names_of_counts")
_PRICES = words_of("prices")
_ARTICLES = frozenset(["a", "un", "una"])
_VAGUE = frozenset(["dozens", "hundreds", "thousands", "decenas", "docenas", "cientos", "miles", "cero", "zero"])
_BOUNDS = frozenset(["al", "más", "menos", "unos", "unas", "casi", "cerca", "entre", "hasta", "alrededor"])
REACH = 14
"""Tokens in which the number must stand."""
_LINKS = {"es": frozenset(["de", "del", "sobre"]), "en": frozenset(["of", "about"])}
_AT = {"es": frozenset(["en", "a", "al"]), "en": frozenset(["at", "to"])}
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_WITH = frozenset(["with"])
_OF_SOMETHING = frozenset(["hablar", "manejar", "barajar", "trabajar"])


def counted_object(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """The phrase after a verb that tells a number or what happened to people; None where there is none."""
    if "m" in verb.frames:
        return _told_of(tokens, first, end, verb, lexicon)
    if "g" in verb.frames:
        return _complained_of(tokens, first, end, lexicon)
    if "y" in verb.frames:
        return _set_at(tokens, first, end, lexicon)
    if "a" in verb.frames and (quoted := _quoted_as(tokens, first, end)) is not None:
        return quoted
    if "s" in verb.frames:
        return _cited(tokens, first, end, verb)
    if "z" in verb.frames:
        return _attributed(tokens, first, end, lexicon)
    return None


def _told_of(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """«informó de 11 presos muertos», "spoke of deaths"."""
    k = first
    while k < end and tokens.tag[k] in "ATO":
        k += 1
    links = _LINKS[lexicon.language]
    if "k" in verb.frames and (quoted := _quoted_after_of(tokens, first, end, links)) is not None:
        return quoted
    if k + 1 >= end or tokens.low[k] not in links:
        return None
    if verb.lemma in _OF_SOMETHING and tokens.low[k] == "de" and _is_something(tokens, k + 1, end):
        return Complement("object", k)
    if tokens.tag[k + 1] not in "DX#pw<" or tokens.low[k + 1] in ("que", "lo"):
        return None
    if verb.kind == "warn":
        return Complement("object", k)
    if tokens.low[k] == "del":
        return Complement("object", k) if _counts(tokens, k + 1, min(end, k + 7), lexicon) else None
    start = k if lexicon.language == "es" else k + 1
    return Complement("object", start) if _counts(tokens, k + 1, min(end, k + 9), lexicon) else None


def _is_something(tokens: Tokens, k: int, end: int) -> bool:
    """Whether it is news that is spoken of: «hablan de | un cortocircuito», «de | al menos 30»; not «de la requisa»."""
    if tokens.low[k] in _ARTICLES:
        return k + 1 < end and tokens.tag[k + 1] in "wq"
    if tokens.tag[k] == "w" and tokens.low[k].endswith("s"):
        return True  # «Hablan de torturas»
    return tokens.low[k] in _BOUNDS and any(tokens.tag[m] == "#" for m in range(k + 1, min(end, k + 4)))


def _quoted_after_of(tokens: Tokens, first: int, end: int, links: frozenset[str]) -> Complement | None:
    """«Habló en la radio | de «veinte hermanos caídos»», "spoke | of “a riot”": a phrase in quotation marks."""
    for k in range(first, min(end - 1, first + REACH)):
        opened = tokens.tag[k + 1] == "<" or (tokens.tag[k + 1] == "D" and tokens.tag[k + 2 : k + 3] == ["<"])
        if tokens.low[k] in links and opened:
            return Complement("object", k)
        if tokens.tag[k] in "VQ.,;:<C":
            return None
    return None


def _complained_of(tokens: Tokens, first: int, end: int, lexicon: Lexicon) -> Complement | None:
    """ "Complained to its lawyers | of being searched", "complained | about the water"."""
    for k in range(first, min(end - 1, first + 6)):
        if tokens.low[k] in _LINKS[lexicon.language]:
            return Complement("object", k)
        if tokens.tag[k] not in "ATDpwXO" and tokens.low[k] != "to":
            return None
    return None


def _set_at(tokens: Tokens, first: int, end: int, lexicon: Lexicon) -> Complement | None:
    """ "put the number of dead at 87", «cifró en 12 los muertos»."""
    if tokens.low[first] in ("a", "al") and not _is_number_near(tokens, first + 1, end, lexicon, 3):
        return None  # «Situó a los presos en dos filas»
    for k in range(first, min(end - 1, first + REACH)):
        if tokens.tag[k] in ".;:VQ" or (
            k == first and (tokens.tag[k] == "," or lexicon.has("complement", tokens.low[k]))
        ):
            return None
        if tokens.low[k] in _AT[lexicon.language] and _is_number_near(tokens, k + 1, end, lexicon):
            named = any(tokens.low[m] in _NAMES or tokens.low[m] in _PRICES for m in range(first, k))
            counts = named or _counts(tokens, first, min(end, k + 8), lexicon)
            return Complement("object", first) if counts else None
    return None


def _quoted_as(tokens: Tokens, first: int, end: int) -> Complement | None:
    """ "quoted | a nurse as saying ..."."""
    for k in range(first + 1, min(end - 2, first + REACH)):
        if tokens.low[k] == "as" and tokens.low[k + 1] == "saying":
            return Complement("object", first)
        if tokens.tag[k] in ".;:<VQ":
            return None
    return None


def _cited(tokens: Tokens, first: int, end: int, verb: Verb) -> Complement | None:
    """ "Cites | a teenager who alleges that", "cited | a report saying that", «citó | un oficio: "No hay camas"»."""
    told, testimony = False, not _TESTIMONY.isdisjoint(tokens.low[first : min(end, first + 3)])
    if verb.lemma in _COLLECTING and not testimony:
        return None
    if verb.lemma in _COLLECTING and tokens.low[first + 1 : first + 2] == ["de"]:
        return Complement("object", first)
    for k in range(first + 1, min(end - 1, first + _FAR)):
        if tokens.low[k] in _RELATIVES and k > first + 1:
            told = True
            if tokens.low[k - 2] in ("según", "to"):
                return Complement("object", first)
        form = tokens.form[k]
        if form is not None and k > first + 1 and (told or form.feature == "ger"):
            return Complement("object", first)
        if tokens.tag[k] == ":" and tokens.tag[k + 1] == "<" and verb.language == "es":
            return Complement("object", first)
        parted = tokens.tag[k] == "," and tokens.low[k + 1] not in _TELLING
        if parted or tokens.tag[k] in ".;:<" or (tokens.tag[k] in "VQ" and not told):
            return None
    return None


_FAR = 24
"""Tokens in which whoever is cited must begin to tell."""
_COLLECTING = frozenset(["recoger"])
"""Verbs with which a paper cites testimonies, and else gathers things."""
_TESTIMONY = words_of("testimonies")
_TELLING = frozenset(["que", "quien", "quienes", "según", "who"])
_RELATIVES = frozenset(["who", "that", "which", "whom", "que", "quien", "quienes", "cual", "cuales"])


def _attributed(tokens: Tokens, first: int, end: int, lexicon: Lexicon) -> Complement | None:
    """«atribuye al observatorio una población de 2.500», "credits the observatory with 3,000"."""
    spanish = lexicon.language == "es"
    k = first
    if spanish:
        k = next((m for m in range(first, min(end, first + 6)) if tokens.low[m] in ("a", "al")), -1) + 1
        if k == 0 or any(tokens.tag[m] not in "DATNwP" for m in range(first, k - 1)):
            return None
    for m in range(k + 1, min(end - 1, k + 10)):
        parts = tokens.tag[m] in "D#" and tokens.tag[m - 1] in "wX)" if spanish else tokens.low[m] in _WITH
        if parts and _is_number_near(tokens, m, end, lexicon, 8):
            return Complement("object", m if spanish else m + 1, (k, m))
        if tokens.tag[m] in ".;:,VQ":
            return None
    return None


def _is_number_near(tokens: Tokens, k: int, end: int, lexicon: Lexicon, reach: int = 6) -> bool:
    """Whether a number, or one in quotation marks, begins within a few tokens."""
    starts = number_starts(lexicon.language) | _VAGUE
    return any(
        (tokens.tag[m] == "#" and not _YEAR.fullmatch(tokens.word[m])) or tokens.low[m] in starts
        for m in range(k, min(end, k + reach))
    )


def _counts(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the words tell who is counted, what happened, or a number."""
    words, numerals = count_words(lexicon.language).all, number_starts(lexicon.language) - _ARTICLES
    return any(tokens.tag[k] == "#" or tokens.low[k] in words or tokens.low[k] in numerals for k in range(first, last))
