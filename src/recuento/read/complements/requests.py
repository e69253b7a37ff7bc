"""What somebody is asked to do or accused of: "asked the Government | to show", «acusó al Gobierno | de ocultar»."""

from __future__ import annotations

from recuento.read.complements.before_complements import BETWEEN, FARTHEST, addressee
from recuento.read.readings import Complement
from recuento.read.text.lexicon import Lexicon, Verb
from recuento.read.text.tokens import Tokens

_ENDING_ING = frozenset(["bring", "sing", "ring", "cling", "swing", "fling", "spring", "string"])
_WARNED_OF = frozenset(["of", "about", "against"])


def asked_to(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """Somebody asked to do something: "asked the Government to show", «instó al Gobierno a publicar»."""
    if "i" not in verb.frames and "f" not in verb.frames:
        return None
    spanish = lexicon.language == "es"
    if not spanish and "w" in verb.frames and tokens.low[first] in lexicon.lists["question"]:
        return None  # "Asked | what it wanted to do": a question, whatever stands in it.
    for k in range(first, min(end, first + FARTHEST)):
        tag, low = tokens.tag[k], tokens.low[k]
        if low == ("no" if spanish else "not") and tokens.low[k + 1 : k + 2] == ["to"] and "i" in verb.frames:
            return Complement("request", k, addressee(tokens, first, k))
        opened = tag == "<" and k + 2 < end and "i" in verb.frames
        if opened and _is_infinitive_mark(tokens, k + 1, end, spanish):
            return Complement("request", k, addressee(tokens, first, k))
        if verb.lemma == "demand" and k > first:
            return None  # Things are demanded, "an end to transfers", and nobody is: "demanded him to" is no English.
        if "i" in verb.frames and _is_infinitive_mark(tokens, k, end, spanish):
            return Complement("request", k, addressee(tokens, first, k))
        if low == "for" and tokens.low[k + 1 : k + 2] == ["the"] and tokens.tag[k + 3 : k + 4] == ["T"]:
            continue
        if low == "for" and "time" in tokens.low[k : k + 4]:
            continue
        if tag == ":" and verb.kind == "demand" and "i" in verb.frames and k > first and k + 1 < end:
            return Complement("request", k + 1, addressee(tokens, first, k))
        if "f" in verb.frames and (low == "for" or (verb.kind == "warn" and low in _WARNED_OF)) and k + 1 < end:
            return Complement("request", k, addressee(tokens, first, k))
        if tag not in BETWEEN and low not in ("to", "a"):
            return None
    return None


def is_plain_infinitive(tokens: Tokens, first: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the verb is followed at once by what is to be done: «exigen saber», "promised to publish"."""
    if first + 1 >= end:
        return False
    if lexicon.language == "en":
        return tokens.low[first] == "to" and tokens.tag[first + 1] not in "DpXN#"
    at = first + (tokens.low[first] in ("a", "no"))
    at += at < end and tokens.low[at] == "no"
    return at < end and tokens.tag[at] in "wqV" and tokens.low[at].endswith(("ar", "er", "ir"))


def accused_of(tokens: Tokens, first: int, end: int, lexicon: Lexicon) -> Complement | None:
    """What somebody is accused of: "accused the head of the prison | of hiding", «acusó al Gobierno | de ocultar»."""
    links = ("de", "por") if lexicon.language == "es" else ("of", "for")
    places = [k for k in range(first, min(end - 1, first + FARTHEST)) if tokens.low[k] in links]
    doing = [
        k for k in places if tokens.low[k + 1].endswith(("ing",) if lexicon.language == "en" else ("ar", "er", "ir"))
    ]
    if not places or (
        lexicon.language == "en" and places[0] == first and first > 0 and tokens.low[first - 1] == "accused"
    ):
        return None  # "An inmate accused | of attacking a guard": it is not told by whom.
    named = [k for k in places if tokens.tag[k + 1] == "<"]
    start = places[0] if named[:1] == places[:1] else (doing or places)[0]
    if any(tokens.tag[k] in "VQ.;:" for k in range(first, start)):
        return None
    whom = addressee(tokens, first, start)
    return Complement("request", _with_accused(tokens, first, start) if lexicon.language == "es" else start, whom)


def _with_accused(tokens: Tokens, first: int, start: int) -> int:
    """Where whom or what somebody accuses begins: «acusó | a la guardia de golpear», «calificó | el acto de «show»»."""
    begin = next((k for k in range(first, start) if tokens.low[k] in ("a", "al")), None)
    if begin is not None:
        return begin
    while first < start and tokens.tag[first] in "AT":
        first += 1
    return first if tokens.tag[first] in "DXwp#<N" else start


def _is_infinitive_mark(tokens: Tokens, k: int, end: int, spanish: bool) -> bool:
    if k + 1 >= end:
        return False
    low = tokens.low[k + 1]
    if tokens.tag[k + 1] == "<" and k + 2 < end:
        low = tokens.low[k + 2]
    if spanish:
        if low == "no" and k + 2 < end:
            low = tokens.low[k + 2]
        if low == "que" or low.startswith("cualquier"):
            return low == "que" and tokens.low[k] == "a"
        return tokens.low[k] == "a" and low.endswith(
            ("ar", "er", "ir", "arlos", "arse", "rlo", "rle", "rles", "rlas", "rse")
        )
    plural = low.endswith("s") and not low.endswith(("ss", "us"))
    return (
        tokens.low[k] == "to"
        and (tokens.tag[k + 1] not in "DpXN#" or low == "either")
        and not plural
        and (low in _ENDING_ING or not low.endswith("ing"))
    )
