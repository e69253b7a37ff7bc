"""English clauses without "that": "the ministry said | nine had died"."""

from __future__ import annotations

from recuento.read.readings import Complement
from recuento.read.text.lexicon import Lexicon, Verb, words_of
from recuento.read.text.tokens import Span, Tokens
from recuento.values.number_words import number_starts

_TOLD = words_of("told")
_WHEN = frozenset(["when", "after", "once", "whenever", "until"])
_STRICT = frozenset(["announce", "conclude", "report", "predict", "guarantee", "recognise", "recognize", "acknowledge"])
_BOUNDING = frozenset(
    [
        "some",
        "roughly",
        "between",
        "at",
        "up",
        "more",
        "over",
        "nearly",
        "almost",
        "about",
        "around",
        "fewer",
        "less",
        "under",
    ]
)
_SENSING = frozenset(["hear", "see"])
_CLAUSE_STARTS = frozenset("NDpXw#T")
_VERBAL = frozenset("VQ")


def bare_clause(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """An English clause without "that": needs a subject and a finite verb in sight."""
    if "b" not in verb.frames or lexicon.language != "en" or (verb.kind == "demand" and tokens.tag[first] == "#"):
        return None
    k = first
    while k < end and tokens.tag[k] in "AT":
        k += 1
    marked = first >= 2 and tokens.tag[first - 2] in ",>-."
    if k < end and tokens.tag[k] == "P" and verb.kind == "say" and not marked:
        k = _past_place(tokens, k, end)  # "Said | in a statement | it was aware".
    addressee: Span | None = None
    passive = first >= 2 and tokens.low[first - 2] in lexicon.lists["be"]
    if k < end and verb.lemma in _TOLD and tokens.tag[k] in "ODXwp" and not passive and tokens.low[k] != "there":
        after = _past_addressee(tokens, k, end)
        if after is None:
            return None
        addressee, k = (k, after), after
    if (
        k >= end
        or tokens.tag[k] == ","
        or (tokens.low[k] == "what" and verb.kind == "show")
        or tokens.low[k : k + 2] == ["when", "asked"]
    ):
        return None
    if verb.lemma not in _TOLD and _stands_in_opening(tokens, first):
        return None
    if verb.kind == "believe" and tokens.low[k].endswith("ing") and tokens.tag[k] in "wq":
        return None
    if _follows_name(tokens, first, k, end):
        return None
    openers = (
        ("if", "there", "when", "not", "although", "while", "because", "no", "nobody")
        if verb.kind != "show"
        else ("there",)
    )
    bounded = tokens.low[k] in _BOUNDING and verb.kind != "show"
    if (
        tokens.tag[k] not in _CLAUSE_STARTS
        and not (tokens.tag[k] == "q" and verb.kind == "say" and tokens.low[k].endswith("ing"))
        and tokens.low[k] not in openers
        and not bounded
        and not any(tokens.tag[m] == "#" for m in range(k + 1, min(end, k + 3)))
    ):
        return None
    if tokens.tag[k] == "w" and tokens.low[k].endswith("ly") and not tokens.low[k + 1 : k + 2][0].endswith("ed"):
        return None
    follows_mark = first >= 2 and tokens.tag[first - 2] in ",>-."
    if first >= 2 and tokens.tag[first - 2] == ">" and tokens.tag[k] in "Dw" and _is_described(tokens, k, end):
        return None
    if verb.lemma == "say" and k == first and _is_number_alone(tokens, k, end):
        return Complement("bare", k, addressee)
    if verb.lemma == "say" and end - k >= 4 and tokens.tag[k] in "NDp#X" and not follows_mark:
        return Complement("bare", k, addressee)
    if verb.lemma in _SENSING and _is_heard_saying(tokens, k, end):
        return None
    if verb.lemma == "expect" and _is_to_do(tokens, k, end):
        return Complement("bare", k, addressee)
    strict = verb.kind in ("believe", "show", "demand", "promise") or verb.lemma in _STRICT
    return Complement("bare", k, addressee) if _has_finite(tokens, k, min(end, k + 30), strict) else None


def is_bound(tokens: Tokens, k: int, end: int) -> bool:
    """Whether a number begins with the words that bound it: "around 400", "at least 40"."""
    numerals = number_starts("en")
    return tokens.low[k] in _BOUNDING and any(
        tokens.tag[m] == "#" or (tokens.low[m] in numerals and len(tokens.low[m]) > 2)
        for m in range(k + 1, min(end, k + 3))
    )


def _stands_in_opening(tokens: Tokens, first: int) -> bool:
    """Whether the verb ends a clause of time or condition: "when staff complained | they were told"."""
    for k in range(first - 2, max(-1, first - 7), -1):
        if tokens.low[k] in _WHEN:
            return True
        if tokens.tag[k] not in "wXDpN":
            return False
    return False


def _is_number_alone(tokens: Tokens, k: int, end: int) -> bool:
    """ "The doctor says eleven": a number and no more."""
    numeral = tokens.tag[k] == "#" or (tokens.low[k] in number_starts("en") and tokens.low[k] not in ("a", "one"))
    return numeral and all(tokens.tag[m] in "w#C" for m in range(k, end)) and end - k <= 4


def _is_described(tokens: Tokens, k: int, end: int) -> bool:
    """Whether the speaker after a quotation is told by a relative clause: "..., said a fisherman who asked that"."""
    place = next((m for m in range(k + 1, min(end, k + 8)) if tokens.tag[m] not in "wXDPp"), end)
    return place < end and tokens.low[place] in ("who", "whose")


def _follows_name(tokens: Tokens, first: int, k: int, end: int) -> bool:
    """Whether the speaker comes after the verb: "..., said Gerrit Salvane, whose observatory follows the case"."""
    if first < 2 or tokens.tag[first - 2] not in ",>-" or tokens.tag[k] != "X":
        return False
    while k < end and tokens.tag[k] == "X":
        k += 1
    told = tokens.tag[k + 1 : k + 2] != [] and (tokens.tag[k + 1] in "RD#" or tokens.low[k + 1].endswith("ing"))
    return k + 1 < end and tokens.tag[k] == "," and told


def _is_heard_saying(tokens: Tokens, k: int, end: int) -> bool:
    """Whether what is heard is somebody who speaks: "heard | a guard tell them to run"."""
    verb = next((m for m in range(k + 1, min(end, k + 6)) if tokens.tag[m] in "VQ"), None)
    form = tokens.form[verb] if verb is not None else None
    return form is not None and form.feature == "base"


def _is_to_do(tokens: Tokens, k: int, end: int) -> bool:
    """Whether somebody is followed by what they are to do: "expects 400 families to camp outside"."""
    for m in range(k + 1, min(end - 1, k + 10)):
        if tokens.tag[m] in ",.;:<VQ":
            return False
        if tokens.low[m] == "to":
            return tokens.tag[m + 1] in "wqV" and tokens.tag[m - 1] in "wX#O"
    return False


def _past_addressee(tokens: Tokens, k: int, end: int) -> int | None:
    """Past who is told, to the subject of what is told: "told reporters | he", "told the court | the men"."""
    if tokens.tag[k] == "O":
        return _past_place(tokens, k + 1, end)
    for m in range(k + 1, min(end, k + 8)):
        if tokens.tag[m] == "N" or (tokens.tag[m] in "Dp#" and tokens.tag[m - 1] in "wXO"):
            return m
        if tokens.tag[m] not in "wXDpP":
            return None
    return None


def _past_place(tokens: Tokens, k: int, end: int) -> int:
    """Past where or when somebody was told: "told reporters | at the gate | the situation was"."""
    if k + 3 >= end or tokens.tag[k] != "P" or tokens.low[k] in ("of", "to"):
        return k
    for m in range(k + 2, min(end, k + 7)):
        if tokens.tag[m] in "NDp" and tokens.tag[m - 1] in "wXT":
            return m
        if tokens.tag[m] not in "DpwXT#":
            break
    return k


def _has_finite(tokens: Tokens, begin: int, last: int, strict: bool) -> bool:
    """Whether a finite verb follows the subject that begins there; strictly: with nothing else between them."""
    if tokens.tag[begin] == "N" and any(mark in tokens.low[begin] for mark in "'’"):
        return True
    for k in range(begin + 1, last):
        tag = tokens.tag[k]
        if strict and tokens.low[k] == "than":
            continue
        if strict and (tag in ",RSC" or (tokens.low[k] == "to" and k + 1 < last and tokens.tag[k + 1] not in "XDp#N")):
            return False
        if tag in _VERBAL:
            return True
        if tag == "w" and tokens.low[k].endswith("ed") and tokens.tag[k - 1] in "wXNA#),<":
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
