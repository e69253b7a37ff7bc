"""How sure a speaker is, in the speaker's own words: the outlet, the speaker and a nested source kept apart."""

from __future__ import annotations

import re
from collections.abc import Set

from recuento.model.statement import Certainty
from recuento.read.readings import Reading
from recuento.read.text.count_words import count_words
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Span, Tokens

_RUMOURED = words_of("supposedly_said")
_EXPECTING = words_of("expecting")
REACH = 14
"""Tokens around a figure in which a hedge concerns it."""
_PAST = re.compile(r"\w+(?:ó|aron|ieron|ía|ían|aba|aban|ado|ido)|dijo|dijeron|dicho|\w+jeron")
_HEARSAY = re.compile(r"habr[íi]an?|estar[íi]an?|ser[íi]an?|tendr[íi]an?|\w{3,}(?:ar|er|ir)[íi]an?")


def certainty_of(tokens: Tokens, reading: Reading, lexicon: Lexicon) -> Certainty:
    """The certainty of a whole statement: its verb's, its source's, or that of hedges at the beginning of its content.

    The weakest word decides: rumoured, then alleged, unofficial, expected.
    """
    if _is_rumour(reading):
        return Certainty.RUMOURED
    asked = ".question." in reading.rule
    inner = {k for child in reading.children for span in child.content for k in range(*span)}
    hedges = {
        _hedge(tokens, first, min(last, first + REACH), lexicon, reading, inner) for first, last in reading.content
    }
    if not asked and (Certainty.ALLEGED in hedges or leaves_open(tokens, reading)):
        return Certainty.ALLEGED
    if _is_unofficial(tokens, reading, lexicon) or Certainty.UNOFFICIAL in hedges:
        return Certainty.UNOFFICIAL
    promised = reading.verb is not None and (reading.verb.kind == "promise" or reading.verb.lemma in _EXPECTING)
    future = any(_begins_in_future(tokens, first, last, lexicon) for first, last in reading.content)
    return Certainty.EXPECTED if promised or future or Certainty.EXPECTED in hedges else Certainty.ASSERTED


def _is_rumour(reading: Reading) -> bool:
    rumoured = reading.verb is not None and reading.verb.lemma in _RUMOURED
    return (reading.impersonal and rumoured) or ".hearsay" in reading.rule


def leaves_open(tokens: Tokens, reading: Reading) -> bool:
    """«No descartó que», "did not rule out that"."""
    if reading.verb is None or reading.verb.lemma not in ("descartar", "rule") or reading.cue is None:
        return False
    near = tokens.low[max(reading.sentence[0], reading.cue[0] - 3) : reading.cue[1]]
    return any(word in ("no", "not", "didn't", "didn’t") for word in near)


def _is_unofficial(tokens: Tokens, reading: Reading, lexicon: Lexicon) -> bool:
    """Whether it is told off the record: by its words, or by a source that stays unnamed."""
    if reading.cue is not None and any(lexicon.has("unofficial", tokens.low[k]) for k in _around(reading)):
        return True
    first = reading.content[0][0]
    if reading.cue is not None and _is_unconfirmed(tokens, min(reading.cue[0], first), first):
        return True
    if reading.source is not None and reading.cue is not None:
        between = tokens.low[reading.source[1] : reading.cue[0]]
        if not _ANONYMOUS.isdisjoint(between):
            return True
    return reading.source is not None and _is_unnamed_official(tokens, *reading.source)


def _is_unnamed_official(tokens: Tokens, first: int, last: int) -> bool:
    """«Fuentes», "two officers", "a person familiar with the talks": no name, and none who speaks in public."""
    low = tokens.low[first:last]
    if not _SOURCES.isdisjoint(low) or not _ANONYMOUS.isdisjoint(low):
        return True
    if any(low[n : n + 2] == ["bajo", "reserva"] for n in range(len(low))):
        return True
    unnamed = low[0] in _INDEFINITE or tokens.tag[first] == "#" or low[0] in _OFFICIALS or low[0] in _FEW
    head = next((n for n, word in enumerate(low) if word in _OFFICIALS), None)
    if unnamed and head is not None and head <= 2:
        return (tokens.tag[first + head + 1 : last] or [""])[0] != "X"
    if any(low[n : n + 2] == ["familiar", "with"] for n in range(len(low))):
        return True
    return any(low[n] == "not" and low[n + 1] in ("authorised", "authorized") for n in range(len(low) - 1))


def _begins_in_future(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the first verb of a content tells what is to come: «que los enfermos serán atendidos»."""
    if lexicon.language == "en":
        return _will_happen(tokens, first, last)
    low = tokens.low
    for k in range(first, last):
        if _FUTURE.fullmatch(low[k]) or (low[k] in _ALL_GOING and low[k + 1 : k + 2] == ["a"]):
            return tokens.tag[k - 1] not in "Dp" or low[k - 1] in _CLITICS if k > first else True
        if tokens.tag[k] in "VQ":
            return False
    return False


def _will_happen(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the main verb of an English content lies in the future: not that of a condition or a relative clause."""
    aside = False
    for k in range(first, min(last, first + 2 * REACH)):
        low, tag = tokens.low[k], tokens.tag[k]
        if aside:
            aside = tag not in ",;"
        elif low in _CONDITIONS or (tag == "R" and k > first):
            aside = True
        elif low in _WILL or low.endswith(("'ll", "’ll")) or _is_planned(tokens, k, first):
            return True
        elif _is_main_verb(tokens, k, first):
            return False
    return False


def _is_planned(tokens: Tokens, k: int, first: int) -> bool:
    """ "Is expected to", "are due to", "were to be"."""
    follows = tokens.low[k + 1] if k + 1 < len(tokens) else ""
    if tokens.low[k] in _PLANNED:
        return follows == "to"
    return tokens.low[k] == "to" and k > first and tokens.low[k - 1] in _BEING and follows in _TO_COME


def _is_main_verb(tokens: Tokens, k: int, first: int) -> bool:
    """Whether a verb stands there that says when it happens: an auxiliary of being may still be followed by it."""
    low, tag, after_article = tokens.low[k], tokens.tag[k], k > first and tokens.tag[k - 1] in "Dp"
    if tag == "V":
        return low not in _STILL_OPEN and not after_article
    return tag == "Q" or (tag == "w" and low.endswith("ed") and k > first and tokens.tag[k - 1] in "wXN#")


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


def _hedge(
    tokens: Tokens,
    first: int,
    last: int,
    lexicon: Lexicon,
    reading: Reading | None = None,
    inner: Set[int] = frozenset(),
) -> Certainty | None:
    """The strongest hedge between two tokens, or None; of a whole statement the main verb decides what is to come."""
    lists, pairs, found = lexicon.lists, lexicon.phrases, set()
    for k in range(first, last):
        if k in inner:
            continue
        low = tokens.low[k]
        if low in lists["rumour"]:
            found.add(Certainty.RUMOURED)
        elif low in lists["unofficial"]:
            found.add(Certainty.UNOFFICIAL)
        elif (
            (
                low in lists["alleged"]
                and not (low == "could" and not _PERCEIVED.isdisjoint(tokens.low[k + 1 : k + 2]))
                and not _is_label(tokens, k, last, lexicon)
                and tokens.word[k] != "May"
            )
            or (k + 1 < last and (low, tokens.low[k + 1]) in pairs["alleged"])
            or (lexicon.language == "es" and _is_conditional(tokens, k))
        ):
            promised = reading is not None and _is_promised(tokens, reading, k, last)
            found.add(Certainty.EXPECTED if promised else Certainty.ALLEGED)
        elif (low in lists["expected"] and (reading is None or low not in _WILL)) or (
            k + 1 < last and (low, tokens.low[k + 1]) in pairs["expected"]
        ):
            found.add(Certainty.EXPECTED)
    for kind in (Certainty.RUMOURED, Certainty.ALLEGED, Certainty.UNOFFICIAL, Certainty.EXPECTED):
        if kind in found:
            return kind
    return None


def _is_promised(tokens: Tokens, reading: Reading, k: int, last: int) -> bool:
    """Whether a conditional tells what was to come, seen from a verb in the past: «prometió que habría visitas»."""
    low = tokens.low
    if reading.verb is None or reading.cue is None or not _HEARSAY.fullmatch(low[k]):
        return False
    done = k + 1 < last and low[k + 1].endswith(
        ("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "cho", "sto")
    )
    if done and low[k].startswith("habr"):
        return False
    if reading.verb.kind == "promise":
        return True
    if ".before." not in reading.rule:
        return False
    past = _PAST.fullmatch(low[reading.cue[1] - 1]) is not None and reading.verb.kind in ("say", "promise")
    if not past or (low[k].startswith(("ser", "estar", "tendr")) and not (done and low[k].startswith("ser"))):
        return False
    dated = any(tokens.tag[m] == "T" or low[m] in ("días", "semanas", "horas") for m in range(*reading.content[0]))
    return dated if low[k].startswith("habr") else True


def _is_label(tokens: Tokens, k: int, last: int, lexicon: Lexicon) -> bool:
    """Whether «presunto», "alleged" only names somebody: «el presunto cabecilla»."""
    if tokens.low[k].endswith(("mente", "ly")) or k + 1 >= last:
        return False
    return tokens.low[k + 1] in count_words(lexicon.language).who and tokens.tag[k - 1] == "D"


def _is_conditional(tokens: Tokens, k: int) -> bool:
    """Whether a Spanish verb stands in the conditional of hearsay: «estarían», and not a noun such as «enfermería»."""
    low = tokens.low[k]
    if not _HEARSAY.fullmatch(low) or low in _CONDITIONAL:
        return False
    return not (k > 0 and (tokens.tag[k - 1] in "DpP" or tokens.low[k - 1] in ("no", "si"))) or low.startswith("habr")


_PERCEIVED = frozenset(["not", "see", "hear", "smell", "feel"])
_PLANNED = frozenset(["expected", "due", "set", "scheduled", "going", "about"])
_BEING = frozenset(["is", "are", "was", "were"])
_TO_COME = frozenset(["be", "receive", "leave", "go", "begin", "open", "resume", "return"])
_CLITICS = frozenset(["lo", "la", "los", "las"])
_CONDITIONS = frozenset(["if", "when", "unless", "until", "once", "because", "while", "where"])
_WILL = frozenset(["will", "won't", "won’t", "would", "shall"])
_STILL_OPEN = frozenset(["is", "are", "was", "were", "be", "'s", "there"])
_FUTURE = re.compile(r"\w+(?:[aei]|[bdr])r(?:á|án)|irá|irán|será|serán")
_GOING = frozenset(["va", "van", "iba", "iban"])
_ALL_GOING = _GOING | {"vamos", "voy", "vas"}
_SOURCES = words_of("sources")
_OFFICIALS = words_of("unnamed_officials")
_INDEFINITE = frozenset(["un", "una", "a", "an", "some", "several", "unos", "varios", "algunos", "another", "otro"])
_FEW = frozenset(["two", "three", "four", "five", "dos", "tres", "cuatro", "cinco"])
_ANONYMOUS = frozenset(["anonimato", "anonymity", "anonymously"])
_CONFIRMED = words_of("confirmed")
_CONDITIONAL = words_of("not_hearsay")
