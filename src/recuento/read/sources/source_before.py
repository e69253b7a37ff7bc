"""The source that stands before a reporting verb: the noun phrase that ends there, walked back from the verb."""

from __future__ import annotations

from recuento.read.sources.clause_opening import OF, clause_start, without_opening
from recuento.read.sources.phrase_end import opens_relative
from recuento.read.sources.phrase_start import start_of_phrase
from recuento.read.sources.somebody import names_somebody
from recuento.read.sources.subjects import is_given_day, subject_before
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Span, Tokens

FARTHEST = 60
"""Tokens that a source may lie before its verb, or be long."""
_THEY = frozenset(["he", "she", "they", "we", "it", "i", "él", "ella", "ellos", "ellas"])
_LEADING = frozenset(["which", "something", "how"])
_WHO = frozenset(["que", "quien", "quienes", "who", "which"])
_AFTER_PREPOSITIONS = frozenset(["él", "ella", "ellos", "ellas"])
_CLITICS = frozenset(["lo", "la", "los", "las"])
_SKIPPED_BEFORE = frozenset("AVGOT")
_PARTICIPLES = words_of("irregular_participles")
_ASKED_ABOUT = words_of("asked_about")


def source_before(tokens: Tokens, low: int, cue: int, lexicon: Lexicon) -> Span | None:
    """The noun phrase that ends right before the verb at `cue`, not before token `low`; None where there is none."""
    low = max(low, cue - FARTHEST)
    end = _skip_back(tokens, low, cue, lexicon)
    if end > low and tokens.tag[end - 1] == "C":
        return None
    pronoun = lexicon.language == "es" and end - 1 > low and tokens.low[end - 1] in _AFTER_PREPOSITIONS
    if pronoun and tokens.tag[end - 2] in "VQTA,":
        return end - 1, end  # «La última vez que hablaron | él | le pidió»
    if lexicon.language == "es":
        subject = subject_before(tokens, low, end, lexicon)
        if subject is not None and names_somebody(tokens, *subject, lexicon):
            return _from_neither(tokens, *subject, low)
    parts_end = end
    for _ in range(4):
        if end <= low or tokens.tag[end - 1] not in (",", "-"):
            break
        opening = _opening_of_parenthesis(tokens, low, end - 1)
        if opening is None or _is_clause(tokens, opening + 1, end - 1):
            return None
        if _is_aside(tokens, opening + 1, end - 1, lexicon):
            parts_end = min(parts_end, opening)
        end = opening + 1 if _closes_relative(tokens, low, opening) else opening
    if end <= low:
        return None
    start = start_of_phrase(tokens, low, end, lexicon)
    start = without_opening(tokens, start, end, lexicon)
    if end - start > 1 and tokens.tag[end - 1] == "N" and _is_pronoun_alone(tokens, end):
        start = end - 1
    if end < parts_end or parts_end < cue:
        start = _with_role_before(tokens, low, start, end, lexicon)
    if lexicon.language == "en" and end - start > 1 and tokens.low[start] in _LEADING and tokens.tag[start + 1] != "V":
        start += 1  # "Which | officials say holds 900", "something | the service denies".
    if start >= end or not names_somebody(tokens, start, end, lexicon):
        return None
    return start, _trim_end(tokens, start, parts_end)


def _from_neither(tokens: Tokens, start: int, end: int, low: int) -> Span:
    """«Ni el ministro ni el director»: the first «ni» belongs to them where a second one does."""
    neither = start > low and tokens.low[start - 1] == "ni" and "ni" in tokens.low[start:end]
    return start - neither, end


def _closes_relative(tokens: Tokens, low: int, comma: int) -> bool:
    """Whether the comma that opens an aside also closes a relative clause: ", que vive lejos, en una granja, dijo"."""
    if tokens.tag[comma] != ",":
        return False
    opening = _opening_of_parenthesis(tokens, low, comma)
    return opening is not None and tokens.low[opening + 1] in _WHO


def _is_pronoun_alone(tokens: Tokens, end: int) -> bool:
    """Whether a pronoun ends a phrase it does not belong to: "above all they", and not "one of them"."""
    if tokens.low[end - 1] in _AFTER_PREPOSITIONS and tokens.tag[end - 2] == "P":
        return False  # «Los heridos que comparten sala con él le contaron ...»
    word = tokens.low[end - 1]
    if word[:-2] in _THEY and word[-2:] in ("'s", "’s"):
        return True  # "He's cold and | he's told us that".
    return word in _THEY and tokens.tag[end - 2] in "wPAD" and tokens.low[end - 2] not in OF


def _with_role_before(tokens: Tokens, low: int, start: int, end: int, lexicon: Lexicon) -> int:
    """The role before a name that has more than one apposition: "El ministro, Ana Paz, quien viajó, dijo"."""
    if start - 2 <= low or start >= end or tokens.tag[start - 1] != "," or tokens.tag[start] != "X":
        return start
    begin = without_opening(tokens, clause_start(tokens, low, start - 1), start - 1, lexicon)
    words = range(begin, start - 1)
    if any(tokens.tag[k] in "VQqSR.;:<>" for k in words):
        return start
    return begin if any(lexicon.has("role", tokens.low[k]) for k in words) else start


def _is_clause(tokens: Tokens, first: int, last: int) -> bool:
    """Whether words between commas have a verb of their own and no relative pronoun: they are no apposition."""
    if first < last and (
        tokens.tag[first] in "RPASq"
        or tokens.low[first].endswith(("ed", "ado", "ada", "ido", "ida"))
        or tokens.low[first] in ("que", "who", "that")
    ):
        return False
    for k in range(first, last):
        if tokens.tag[k] == "R" or tokens.low[k] in ("que", "that"):
            return False
        if tokens.tag[k] in "VQ":
            return True
    return False


def _trim_end(tokens: Tokens, start: int, end: int) -> int:
    while end > start + 1 and tokens.tag[end - 1] in (",", "-", "A"):
        end -= 1
    return end


def _skip_back(tokens: Tokens, low: int, cue: int, lexicon: Lexicon) -> int:
    """The place after the last token that may belong to the source: without auxiliaries, adverbs, pronouns, time."""
    j = cue
    while j > low:
        tag = tokens.tag[j - 1]
        if tag == "V" and lexicon.language == "es" and tokens.low[j - 1] not in lexicon.lists["auxiliary"]:
            break
        if tag in _SKIPPED_BEFORE or (
            tag == "D" and tokens.low[j - 1] in ("lo", "la", "los", "las") and (j == cue or tokens.tag[j] == "V")
        ):
            if lexicon.language == "es" and _is_inside_noun(tokens, j - 1, low):
                break
            j -= 1
            if tag == "T":
                while j > low and (
                    tokens.tag[j - 1] in "DA#" or tokens.low[j - 1] in ("on", "last", "este", "pasado", "el")
                ):
                    j -= 1
        else:
            break
    return j


def _is_inside_noun(tokens: Tokens, k: int, low: int) -> bool:
    """Whether a word of time belongs to the noun before it: «La guardia de la noche», «El diario La Tarde»."""
    before = k - 1 - (k - 1 > low and tokens.tag[k - 1] == "D")
    held = before > low and tokens.low[before] in ("de", "del") and tokens.tag[before - 1] in "wX"
    return tokens.tag[k] == "T" and (held or (k > low + 1 and tokens.word[k][0].isupper()))


def _opening_of_parenthesis(tokens: Tokens, low: int, closing: int) -> int | None:
    """The comma or dash that opens what the one at `closing` closes."""
    mark = tokens.tag[closing]
    for k in range(closing - 1, low - 1, -1):
        tag = tokens.tag[k]
        if tag == mark:
            return k if k > low else None
        if tag in (".", ";", ":"):
            return None
    return None


def _is_aside(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether words between commas are no part of the name: "in a statement", "sin embargo", "on Tuesday"."""
    if first >= last:
        return True
    tag, low = tokens.tag[first], tokens.low[first]
    if low in ("que", "quien", "quienes", "who", "which", "whose", "cuyo", "cuya"):
        return False
    if tuple(tokens.low[first : first + 3]) == ("a", "cargo", "de") or is_given_day(tokens, first, last, lexicon):
        return False
    if (low == "de" and tokens.tag[first + 1 : last][:1] == ["#"]) or low in _ASKED_ABOUT:
        return False
    if tag == "P" and (opens_relative(tokens, first, last) or tokens.low[first + 1] in ("cuyos", "cuyas")):
        return False
    if tag == "A" and lexicon.language == "es" and tokens.low[first + 1].endswith(("ado", "ada", "ados", "adas")):
        return False
    if lexicon.has("citing", low):
        return True
    if lexicon.language == "en" and tag in "wqVQ" and (low.endswith(("ed", "ing")) or low in _PARTICIPLES):
        return False  # "An aide, speaking privately, said", "A leaked audit, seen by the Courier, alleges".
    if tag in "wq" and low.endswith(("ando", "iendo", "ing")):
        return True
    return (tag in "PATGSC" and low not in ("de", "del", "of")) or (tag in "VQq" and tag != "w")
