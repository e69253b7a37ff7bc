"""What follows a reporting verb: that-clause, quotation, question, bare clause, request or noun phrase."""

from __future__ import annotations

from dataclasses import dataclass

from recuento.read.lexicon import Lexicon, Verb
from recuento.read.readings import Span
from recuento.read.tokens import Tokens

FARTHEST = 16
"""Tokens between a verb and the beginning of its content."""
_BETWEEN = frozenset("DPwX#TAOpN(),>C")
_TOLD = frozenset(
    [
        "tell",
        "inform",
        "assure",
        "notify",
        "warn",
        "remind",
        "ask",
        "request",
        "urge",
        "advise",
        "alert",
        "beg",
        "implore",
        "order",
        "caution",
        "petition",
        "beseech",
        "exhort",
        "call",
        "appeal",
        "promise",
        "threaten",
        "guarantee",
    ]
)


@dataclass(frozen=True, slots=True)
class Complement:
    """Where the content of a verb begins, by which frame, and who is addressed before it."""

    frame: str
    start: int
    addressee: Span | None = None


def complement_after(tokens: Tokens, verb_at: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """The complement that begins after the verb at `verb_at`, before token `end`; None where there is none."""
    first = verb_at + 1 + len(verb.particles)
    if first >= end:
        return None
    if verb.frames & {"i"} and (asked := _asked_to(tokens, first, end, verb, lexicon)) is not None:
        return asked
    return (
        _marked(tokens, first, end, verb, lexicon)
        or _asked_to(tokens, first, end, verb, lexicon)
        or _bare(tokens, first, end, verb, lexicon)
        or _object(tokens, first, end, verb, lexicon)
    )


def _marked(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """A complement with a mark of its own: "that", a question word, a colon, a quotation."""
    spanish, frames = lexicon.language == "es", verb.frames
    told = spanish or verb.lemma in _TOLD
    nominal: int | None = None
    prepositional = False
    for k in range(first, min(end, first + FARTHEST)):
        tag, low = tokens.tag[k], tokens.low[k]
        if lexicon.has("complement", low):
            if _introduces(tokens, k, first, frames, lexicon):
                start = k - 1 if k > first and tokens.low[k - 1] in ("en", "de") and spanish else k
                return Complement("that", start, _addressee(tokens, first, start))
            return None
        if (
            low in lexicon.lists["question"]
            and "w" in frames
            and (all(tokens.tag[m] in "AT" for m in range(first, k)) or (told and nominal is not None))
        ):
            if tag != "D" and not (low == "si" and k > first + 8):
                return Complement("question", k, _addressee(tokens, first, k))
        if tag == ":" and "q" in frames and k + 1 < end:
            return Complement("quote", k + 1)
        if tag == "<":
            return _quoted(tokens, k, first, frames, nominal is not None and not told and not prepositional)
        if tag not in _BETWEEN and not (tag in "Qq" and k > first and tokens.tag[k - 1] in "wDX"):
            return None
        if tag == "P":
            prepositional = True
        elif tag in "DXNpw" and nominal is None:
            nominal = k
            if (
                not told
                and not prepositional
                and not low.endswith("ly")
                and not (tag == "D" and tokens.tag[k + 1 : k + 2] == ["T"])
            ):
                return None
    return None


def _introduces(tokens: Tokens, k: int, first: int, frames: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether the "that" at `k` opens a clause that the verb may take."""
    following = tokens.tag[k + 1] if k + 1 < len(tokens) else "."
    if lexicon.language == "en":
        if following in ".;)" or (following == "V" and frames & {"n", "k"}):
            return False
        return "t" in frames
    if tokens.tag[k - 1] == "," and tokens.tag[first:k].count(",") % 2:
        return False
    verbal = (
        following in "VQ"
        or (tokens.low[k + 1 : k + 2] != [] and tokens.low[k + 1].endswith(_SUBJUNCTIVE))
        or (following == "q")
    )
    if k > first and verbal and not _is_setting(tokens, first, k):
        return False
    before = tokens.low[k - 1] if k > first else ""
    if before == "en":
        return "e" in frames or ("t" in frames and k - 1 == first)
    if before == "de":
        return ("d" in frames or k - 1 == first) and not (k - 2 >= first and tokens.low[k - 2] in _BEFORE_DE)
    if before in _JOINED_QUE:
        return False
    return bool(frames & {"t", "i"})


def _is_setting(tokens: Tokens, first: int, k: int) -> bool:
    """Whether what stands before «que» tells when, where or to whom rather than being a noun it describes."""
    if all(tokens.tag[m] in "ATOG," for m in range(first, k)):
        return True
    return tokens.low[k - 1] in _SETTINGS or tokens.tag[k - 1] in "TX#A>)," or tokens.low[k - 1] in ("en", "de")


_BEFORE_DE = frozenset(
    [
        "después",
        "antes",
        "pesar",
        "luego",
        "además",
        "fin",
        "hecho",
        "caso",
        "vez",
        "idea",
        "posibilidad",
        "opinión",
        "deseo",
    ]
)
_JOINED_QUE = frozenset(
    [
        "lo",
        "el",
        "la",
        "los",
        "las",
        "a",
        "con",
        "por",
        "para",
        "al",
        "del",
        "dado",
        "ya",
        "sin",
        "hasta",
        "desde",
        "salvo",
        "puesto",
        "siempre",
        "mientras",
        "tan",
        "tanto",
        "más",
        "menos",
        "mayor",
        "menor",
        "así",
        "vez",
        "visto",
        "aun",
        "aunque",
        "pese",
        "mejor",
        "peor",
    ]
)
_SUBJUNCTIVE = ("ara", "iera", "aran", "ieran", "ase", "iese")
_SETTINGS = frozenset(
    [
        "prensa",
        "periodistas",
        "medios",
        "comunicado",
        "entrevista",
        "declaraciones",
        "televisión",
        "radio",
        "diario",
        "agencia",
        "comunicación",
        "nota",
        "carta",
        "mensaje",
        "rueda",
        "conferencia",
        "twitter",
        "redes",
        "sociales",
        "informe",
        "discurso",
    ]
)


def _quoted(tokens: Tokens, k: int, first: int, frames: frozenset[str], after_noun: bool) -> Complement | None:
    if "q" not in frames and not ("t" in frames and k == first):
        return None
    if k > first and (after_noun or tokens.tag[k - 1] in "DpwP#") and tokens.tag[k - 1] not in ",:":
        return None
    return Complement("quote", k)


def _addressee(tokens: Tokens, first: int, start: int) -> Span | None:
    """Whoever stands between the verb and its content, where it looks like somebody: "al Gobierno", "reporters"."""
    while first < start and tokens.tag[first] in "AT":
        first += 1
    while start > first and tokens.tag[start - 1] in "AT,PD":
        start -= 1
    if first >= start or tokens.tag[first] not in "DXNpOPw":
        return None
    if tokens.tag[first] == "P":
        if tokens.low[first] not in ("a", "al", "to", "of"):
            return None
        first += 1
    return (first, start) if first < start else None


def _asked_to(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """Somebody asked to do something: "asked the Government to show", «instó al Gobierno a publicar»."""
    if "i" not in verb.frames and "f" not in verb.frames:
        return None
    spanish = lexicon.language == "es"
    for k in range(first, min(end, first + FARTHEST)):
        tag, low = tokens.tag[k], tokens.low[k]
        if "i" in verb.frames and _is_infinitive_mark(tokens, k, end, spanish):
            return Complement("request", k, _addressee(tokens, first, k))
        if "f" in verb.frames and low in ("for", "of", "about", "against") and k + 1 < end:
            return Complement("request", k, _addressee(tokens, first, k))
        if tag not in _BETWEEN and low not in ("to", "a"):
            return None
    return None


def _is_infinitive_mark(tokens: Tokens, k: int, end: int, spanish: bool) -> bool:
    if k + 1 >= end:
        return False
    low = tokens.low[k + 1]
    if tokens.tag[k + 1] == "<" and k + 2 < end:
        low = tokens.low[k + 2]
    if spanish:
        return tokens.low[k] == "a" and low.endswith(
            ("ar", "er", "ir", "arlos", "arse", "rlo", "rle", "rles", "rlas", "rse")
        )
    return tokens.low[k] == "to" and tokens.tag[k + 1] not in "DpXN#" and not low.endswith("ing")


_CLAUSE_STARTS = frozenset("NDpXw#T")
_VERBAL = frozenset("VQ")


def _bare(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """An English clause without "that": needs a subject and a finite verb in sight."""
    if "b" not in verb.frames or lexicon.language != "en":
        return None
    k = first
    while k < end and tokens.tag[k] in "AT":
        k += 1
    addressee: Span | None = None
    if k < end and verb.lemma in _TOLD and tokens.tag[k] in "ODXwp":
        after = _past_addressee(tokens, k, end)
        if after is None:
            return None
        addressee, k = (k, after), after
    if k >= end or (k > first and tokens.tag[k] == ","):
        return None
    openers = ("if", "there", "when", "not", "although", "while", "because") if verb.kind != "show" else ("there",)
    if tokens.tag[k] not in _CLAUSE_STARTS and tokens.low[k] not in openers:
        return None
    if tokens.tag[k] == "w" and tokens.low[k].endswith("ly"):
        return None
    strict = verb.kind in ("believe", "show") or verb.lemma in ("announce", "report", "predict", "guarantee")
    return Complement("bare", k, addressee) if _has_finite(tokens, k, min(end, k + 30), strict) else None


def _past_addressee(tokens: Tokens, k: int, end: int) -> int | None:
    """Past who is told, to the subject of what is told: "told reporters | he", "told the court | the men"."""
    if tokens.tag[k] == "O":
        return k + 1
    for m in range(k + 1, min(end, k + 8)):
        if tokens.tag[m] == "N" or (tokens.tag[m] in "Dp" and tokens.tag[m - 1] in "wX"):
            return m
        if tokens.tag[m] not in "wXDpP":
            return None
    return None


def _has_finite(tokens: Tokens, begin: int, last: int, strict: bool) -> bool:
    """Whether a finite verb follows the subject that begins there; strictly: with nothing else between them."""
    if tokens.tag[begin] == "N" and any(mark in tokens.low[begin] for mark in "'’"):
        return True
    for k in range(begin + 1, last):
        tag = tokens.tag[k]
        if strict and (tag in ",RSC" or tokens.low[k] == "to"):
            return False
        if tag in _VERBAL:
            return True
        if tag == "w" and tokens.low[k].endswith("ed") and tokens.tag[k - 1] in "wXNA#)":
            return True
        if (
            tag == "w"
            and tokens.low[k].endswith("s")
            and tokens.tag[k - 1] in "NX"
            and not tokens.low[k].endswith("ss")
        ):
            return True
        if tag in (".", ";"):
            return False
    return False


def _object(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """A noun phrase that is what is announced, denied or demanded."""
    if "o" not in verb.frames:
        return None
    k, addressee = first, None
    while k < end and tokens.tag[k] in "AT":
        k += 1
    if k < end and lexicon.language == "es" and tokens.low[k] in ("a", "al"):
        for m in range(k + 2, min(end, k + FARTHEST)):
            if tokens.tag[m] in "Dp" and tokens.tag[m - 1] not in "PD" and tokens.low[m] not in ("al",):
                addressee, k = (k + 1, m), m
                break
            if tokens.tag[m] not in "wXDP":
                return None
    if k < end and tokens.tag[k] in "DpwX#" and tokens.low[k] not in ("al", "del"):
        return Complement("object", k, addressee)
    return None
