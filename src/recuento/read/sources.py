"""Who speaks, as far as the sentence tells: the noun phrase before or after a reporting verb."""

from __future__ import annotations

from recuento.read.hidden_names import hides_name
from recuento.read.lexicon import Lexicon, words_of
from recuento.read.subjects import SPANS, after_date, past_ago, subject_before
from recuento.read.tokens import Tokens
from recuento.values.number_words import number_starts

FARTHEST = 60
"""Tokens that a source may lie before its verb, or be long."""

Span = tuple[int, int]
_THEY = frozenset(["he", "she", "they", "we", "it", "i", "él", "ella", "ellos", "ellas"])
_WHO = frozenset(["que", "quien", "quienes", "who", "which"])
_WHOM = frozenset(["quien", "quienes", "cual", "cuales", "cuyo", "cuya", "whom", "which"])
_NAMED = frozenset(["known", "named", "identified", "described", "registered", "listed", "cast", "posing"])
_AFTER_PREPOSITIONS = frozenset(["él", "ella", "ellos", "ellas"])
_OF = frozenset(["de", "of", "entre", "among"])
_TIMES = words_of("time_nouns")
_PAST = frozenset(["pasado", "pasada", "anterior", "siguiente", "mismo", "misma", "último", "before", "after"])
_NOMINAL = frozenset("wXD#NpRT")
_SKIPPED_BEFORE = frozenset("AVGOT")


def source_before(tokens: Tokens, low: int, cue: int, lexicon: Lexicon) -> Span | None:
    """The noun phrase that ends right before the verb at `cue`, not before token `low`; None where there is none."""
    low = max(low, cue - FARTHEST)
    end = _skip_back(tokens, low, cue, lexicon)
    if end > low and tokens.tag[end - 1] == "C":
        return None
    if lexicon.language == "es":
        subject = subject_before(tokens, low, end, lexicon)
        if subject is not None and _names_somebody(tokens, *subject, lexicon):
            return subject
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
    start = _start_of_phrase(tokens, low, end, lexicon)
    start = _without_opening(tokens, start, end, lexicon)
    if end - start > 1 and tokens.tag[end - 1] == "N" and _is_pronoun_alone(tokens, end):
        start = end - 1
    if end < parts_end or parts_end < cue:
        start = _with_role_before(tokens, low, start, end, lexicon)
    if start >= end or not _names_somebody(tokens, start, end, lexicon):
        return None
    return start, _trim_end(tokens, start, parts_end)


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
    return tokens.low[end - 1] in _THEY and tokens.tag[end - 2] in "wPAD" and tokens.low[end - 2] not in _OF


def _with_role_before(tokens: Tokens, low: int, start: int, end: int, lexicon: Lexicon) -> int:
    """The role before a name that has more than one apposition: "El ministro, Ana Paz, quien viajó, dijo"."""
    if start - 2 <= low or start >= end or tokens.tag[start - 1] != "," or tokens.tag[start] != "X":
        return start
    begin = _without_opening(tokens, _clause_start(tokens, low, start - 1), start - 1, lexicon)
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
        if tag in _SKIPPED_BEFORE or (tag == "D" and tokens.low[j - 1] in ("lo", "la", "los", "las") and j == cue):
            j -= 1
            if tag == "T":
                while j > low and (
                    tokens.tag[j - 1] in "DA#" or tokens.low[j - 1] in ("on", "last", "este", "pasado", "el")
                ):
                    j -= 1
        else:
            break
    return j


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
    if tuple(tokens.low[first : first + 3]) == ("a", "cargo", "de"):
        return False
    if (low == "de" and tokens.tag[first + 1 : last][:1] == ["#"]) or low in _ASKED_ABOUT:
        return False
    if tag == "P" and (_opens_relative(tokens, first, last) or tokens.low[first + 1] in ("cuyos", "cuyas")):
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


def _start_of_phrase(tokens: Tokens, low: int, end: int, lexicon: Lexicon) -> int:
    """Walk back from `end` over the noun phrase, to the place where it begins."""
    i = end
    while i > low:
        k = i - 1
        tag = tokens.tag[k]
        if tokens.low[k] == "what" or (tag == "R" and k > low and tokens.low[k - 1] in _BEFORE_WHICH):
            break
        if tag == "w" and i < end and _is_past_verb(tokens, k, low):
            break
        if tag in _NOMINAL or tag in "PA" or (tag == "%" and i == end):
            i = k
        elif tag in (")", ">"):
            opening = _matching_open(tokens, k, low)
            if opening is None or (tag == ">" and (k - opening > 9 or tokens.tag[k - 1] in ",.")):
                break
            i = opening
        elif tag == "S" and k - 2 > low and tokens.low[k - 2 : k + 1] == ["as", "well", "as"]:
            i = k - 2
        elif tokens.low[k] in ("como", "as") and _is_named_as(tokens, k, low):
            i = k
        elif tokens.low[k] == "than" and k > low and tokens.low[k - 1] in ("more", "less", "fewer"):
            i = k - 1
        elif tag == "C" and lexicon.has("and", tokens.low[k]) and _joins_names(tokens, low, k):
            i = k
        elif tag in "VQqOG":
            relative = _relative_before(tokens, k, low)
            if relative is None:
                if _is_reduced(tokens, k, low):
                    i = k
                    continue
                if tag == "q" and tokens.tag[k - 1 : k] and k > low and tokens.tag[k - 1] in "wX":
                    i = k
                    continue
                if tag == "O":
                    i = k
                    continue
                break
            i = relative
        elif tag == ",":
            previous = _clause_start(tokens, low, k)
            listed = any(tokens.tag[m] == "C" for m in range(i, min(end, i + 12)))
            if not listed or _has_verb(tokens, previous, k) or previous >= k or tokens.tag[previous] in "PASC":
                break
            i = previous
        elif tag == "S" and lexicon.has("complement", tokens.low[k]) and _is_relative_que(tokens, k, low, i):
            i = k
        else:
            break
    return i


def _is_named_as(tokens: Tokens, k: int, low: int) -> bool:
    """Whether somebody is called something: «un preso conocido como X», «que se presentó como tío», "known as X"."""
    before = tokens.low[k - 1 - (tokens.tag[k - 1] == "A")] if k - 2 > low else ""
    named = before.endswith(("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas")) or before in _NAMED
    return named or (k - 2 > low and tokens.tag[k - 1] == "V" and tokens.low[k - 2] == "se")


def _is_past_verb(tokens: Tokens, k: int, low: int) -> bool:
    """Whether an English past form that no list knows has its object after it: "the senate passed | a motion"."""
    if not tokens.low[k].endswith("ed") or k <= low or tokens.tag[k - 1] not in "wXN":
        return False
    return tokens.tag[k + 1] in "Dp#"


def _is_reduced(tokens: Tokens, k: int, low: int) -> bool:
    """Whether a past form is a participle after its noun: "the 77 men moved from Cold Mountain"."""
    form = tokens.form[k]
    past = form is not None and form.feature == "past" and form.verbs[0].language == "en"
    return past and k - 1 >= low and tokens.tag[k - 1] == "w" and tokens.tag[k + 1] == "P" and tokens.low[k + 1] != "to"


def _joins_names(tokens: Tokens, low: int, k: int) -> bool:
    """Whether "and" at `k` joins two who speak, rather than two clauses: "..., and a shopkeeper swears"."""
    apart = k > low and tokens.tag[k - 1] == ","
    begin = _clause_start(tokens, low, k - 1 if apart else k)
    if _has_verb(tokens, begin, k) or (apart and (tokens.tag[k - 2] == ">" or begin == low)):
        return False
    return not tokens.low[begin].endswith(("ar", "er", "ir")) or tokens.tag[begin] != "w"


def _is_relative_que(tokens: Tokens, k: int, low: int, after: int) -> bool:
    return (
        k > low
        and tokens.tag[k - 1] in "wX"
        and any(tokens.tag[m] == "V" for m in range(k + 1, min(after + 4, len(tokens))))
    )


def _matching_open(tokens: Tokens, k: int, low: int) -> int | None:
    if tokens.tag[k] == ">":
        opening = tokens.partner[k]
        return opening if opening >= low else None
    for m in range(k - 1, max(low, k - 25) - 1, -1):
        if tokens.tag[m] == "(":
            return m
    return None


def _relative_before(tokens: Tokens, verb: int, low: int) -> int | None:
    """The relative pronoun whose clause holds the verb, when a noun stands before it."""
    for m in range(verb - 1, max(low, verb - 16) - 1, -1):
        tag = tokens.tag[m]
        if tag == "R" or tokens.low[m] in ("que", "that", "who", "which"):
            if m > low and tokens.tag[m - 1] in "wXN)P":
                return m if tokens.tag[m - 1] != "P" else m - 1
            return None
        if tag in (",", ".", ";", ":", "<", ">", "-"):
            return None
    return None


def _clause_start(tokens: Tokens, low: int, before: int) -> int:
    """The place after the mark, or the subordinator, that precedes token `before`."""
    for m in range(before - 1, low - 1, -1):
        if tokens.tag[m] in (",", ".", ";", ":", "<", "-", "S"):
            return m + 1
    return low


def _has_verb(tokens: Tokens, first: int, last: int) -> bool:
    return any(tokens.tag[m] in "VQ" for m in range(first, last))


def _without_opening(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> int:
    """Drop what introduces the clause: "In Caracas", "But", "However"."""
    for k in range(start + 1, min(end - 1, start + 5)):
        if tokens.low[k] in ("earlier", "later", "ago", "antes", "después") and tokens.tag[k + 1] in "DXN":
            start = k + 1
    while start < end:
        tag, low = tokens.tag[start], tokens.low[start]
        dated = after_date(tokens, start, end, lexicon) or _after_time(tokens, start, end)
        if dated is not None:
            start = dated
        elif tag in "CAGSO" or low in lexicon.lists["opening"]:
            start += 1
        elif tag == "P":
            start = _after_prepositional(tokens, start, end)
        elif tag in "VqQ" or (tag == "T" and end - start > 1 and tokens.tag[start + 1] in "DXN"):
            start += 1
        else:
            break
    return start


def _after_time(tokens: Tokens, start: int, end: int) -> int | None:
    """Past "the second time", «el domingo pasado», where a noun phrase with an article or a name follows."""
    if tokens.tag[start] != "D" or tokens.low[start] in _OF:
        return None
    for k in range(start + 1, min(end - 1, start + 4)):
        if tokens.tag[k] == "T" or tokens.low[k] in _TIMES:
            m = k + 1
            while m < end - 1 and (tokens.tag[m] == "T" or tokens.low[m] in _PAST):
                m += 1
            return m if tokens.tag[m] in "DpXN" else None
        if tokens.tag[k] not in "wT#":
            return None
    return None


def _after_prepositional(tokens: Tokens, start: int, end: int) -> int:
    """Where a new noun phrase begins after a prepositional one: "In Caracas | the minister"; `end` if nowhere."""
    seen_noun = False
    for k in range(start + 1, end):
        tag = tokens.tag[k]
        if seen_noun and (tag == "N" or (tag in "Dp" and tokens.tag[k - 1] not in "PCDp")):
            return k
        if tag == ",":
            return k + 1
        seen_noun = seen_noun or tag in "wX#TN"
    return end


def _names_somebody(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether some noun, name or pronoun stands there that is no word of time."""
    if end - start == 1 and tokens.low[start] in (
        "another",
        "otro",
        "otra",
        "otros",
        "otras",
        "some",
        "many",
        "several",
        "una",
        "unas",
        "unos",
        "ambos",
        "ambas",
    ):
        return True
    if end - start == 1 and tokens.low[start] in _NOBODY:
        return False
    if tokens.low[end - 1] in SPANS and all(
        tokens.low[k] in _NUMERALS or tokens.tag[k] in "#D" for k in range(start, end - 1)
    ):
        return False  # «Dos meses»
    if end - start == 2 and tokens.tag[start] == "D" and tokens.low[start + 1] in _OTHERS:
        return True
    return any(
        (tokens.tag[k] in "wXNR%" and tokens.low[k] not in _PLACES)
        or tokens.low[k].endswith(("-old", "-olds"))
        or (tokens.tag[k] == "D" and end - start == 1 and lexicon.has("subject", tokens.low[k]))
        or tokens.tag[k] == ">"
        or (tokens.tag[k] == "#" and (end - start == 1 or tokens.low[k].endswith("-old")))
        for k in range(start, end)
    ) and not all(tokens.tag[k] in "TDPA," for k in range(start, end))


_OTHERS = frozenset(["otros", "otras", "otro", "otra", "demás", "mismos", "muchos", "pocos", "dos", "tres", "cuatro"])
_NOBODY = frozenset(["nadie", "nobody", "ninguno", "ninguna"])
_PLACES = frozenset(["donde", "where"])
_NUMERALS = number_starts("es")


def is_plural(tokens: Tokens, source: Span) -> bool | None:
    """Whether a Spanish noun phrase is several, as far as its first word and an "and" tell; None where they do not."""
    first, last = source
    end = next((k for k in range(first, last) if tokens.tag[k] in ",R" or tokens.low[k] == "que"), last)
    if any(tokens.tag[k] == "C" for k in range(first, end)):
        return None
    low = tokens.low[first]
    return False if low in _SINGULAR else True if low in _PLURAL else None


_SINGULAR = frozenset(
    ["el", "la", "un", "una", "este", "esta", "ese", "esa", "su", "mi", "esto", "eso", "él", "ella", "yo"]
)
_PLURAL = frozenset(["los", "las", "unos", "unas", "estos", "estas", "esos", "esas", "sus", "ellos", "ellas", "ambos"])


def source_after(tokens: Tokens, first: int, last: int, lexicon: Lexicon, *, relative: bool = True) -> Span | None:
    """The noun phrase that begins right after a verb, before token `last`; None where there is none.

    `relative` tells whether a clause such as ", que visitó el penal" belongs to it.
    """
    start = _skip_forward(tokens, first, last, lexicon)
    if start is None or start >= last:
        return None
    end = _end_of_phrase(tokens, start, min(last, start + FARTHEST), lexicon, relative)
    if end <= start or not _names_somebody(tokens, start, end, lexicon):
        return None
    return start, end


def _skip_forward(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> int | None:
    """Past adverbs, times and an addressee ("el lunes", "a EFE"), to where a noun phrase may begin."""
    k = first
    if k + 1 < last and tokens.tag[k] == "," and tokens.tag[k + 1] == "P" and lexicon.language == "es":
        k = _past_aside(tokens, k, last)
    while k < last:
        tag, low = tokens.tag[k], tokens.low[k]
        if (again := max(_past_again(tokens, k, last), past_ago(tokens, k))) > k:
            k = again
        elif (
            (tag in "AO" and low not in ("uno", "una"))
            or (tag == "," and k + 1 < last and tokens.tag[k + 1] in "TPA" and k > first)
            or (tag == "," and k > first and tokens.tag[k - 1] in "T#" and k + 1 < last and tokens.tag[k + 1] in "DX")
        ):
            k += 1
        elif tag == "T" or (
            k + 1 < last
            and tokens.tag[k + 1] == "T"
            and (low in _THIS or (tag == "D" and low not in ("un", "una", "a")))
        ):
            k += 1
            while k < last and tokens.tag[k] in "T#":
                k += 1
        elif tag == "P" and low not in ("de", "del", "of"):
            after = _after_phrase(tokens, k, last)
            if after is None:
                return None
            k = after
        else:
            return k if tag in "DXNwp#<" or low in ("quien", "quienes") else None
    return None


def _past_again(tokens: Tokens, k: int, last: int) -> int:
    """Past «una y otra vez», «una vez más», «otra vez»: how often, and not who."""
    for phrase in _AGAIN:
        if k + len(phrase) <= last and tokens.low[k] == phrase[0] and tuple(tokens.low[k : k + len(phrase)]) == phrase:
            return k + len(phrase)
    return k


_AGAIN = tuple(
    tuple(words.split())
    for words in ("una y otra vez", "una vez más", "otra vez", "más de una vez", "varias veces", "muchas veces")
)


def _past_aside(tokens: Tokens, comma: int, last: int) -> int:
    """Past «, en rueda de prensa,» right after the verb; `comma` where no comma closes it before a noun phrase."""
    for k in range(comma + 2, min(last - 1, comma + 14)):
        if tokens.tag[k] == ",":
            return k + 1 if tokens.tag[k + 1] in "DXp" else comma
        if tokens.tag[k] in "VQ.;:<>":
            break
    return comma


def _after_phrase(tokens: Tokens, k: int, last: int) -> int | None:
    """Past one short prepositional phrase, when a new noun phrase follows it at once."""
    if tokens.low[k] in ("a", "to", "al") and k + 2 < last and tokens.word[k + 1].lower() in _AGENCIES:
        return k + 2
    seen_noun = False
    for m in range(k + 1, min(last, k + 14)):
        tag = tokens.tag[m]
        counted = tag == "#" or tokens.low[m] in _COUNTED
        if (
            seen_noun
            and tokens.tag[m - 1] not in "PCD"
            and (tag in "DN" or counted or (tag == "X" and tokens.tag[m - 1] in "wT"))
        ):
            return m
        if tag not in "DpwX#PTC" and tokens.low[m] not in _THIS:
            return m + 1 if tag == "," and seen_noun and m + 1 < last and tokens.tag[m + 1] in "DXN" else None
        seen_noun = seen_noun or tag in "wX#T"
    return None


_PARTICIPLES = words_of("irregular_participles")
_BEFORE_WHICH = frozenset(["in", "by", "from", "of", "with", "en", "por", "con"])
_THIS = frozenset(["este", "esta", "ese", "esa"])
_COUNTED = frozenset(["dos", "tres", "cuatro", "cinco", "two", "three", "four", "five"])
_ASKED_ABOUT = words_of("asked_about")
_SAME = frozenset(["mismo", "misma", "mismos", "mismas", "propio", "propia", "same", "very"])
_ALONE = words_of("alone_speakers")
_AGENCIES = words_of("agencies")


def _end_of_phrase(tokens: Tokens, start: int, last: int, lexicon: Lexicon, relative: bool) -> int:
    k, apposed = start, False
    while k < last:
        tag, low = tokens.tag[k], tokens.low[k]
        if (
            tag in "wX#%pN"
            or (low in _SAME and k > start and tokens.tag[k - 1] == "D")
            or (tag == "q" and k > start and tokens.tag[k - 1] in "wXD")
        ):
            k += 1
        elif tag == "D":
            if (k > start and tokens.tag[k - 1] not in "PCD,") or (
                k + 1 < last and tokens.tag[k + 1] == "T" and k > start
            ):
                break
            k += 1
        elif lexicon.language == "es" and _is_inside_name(tokens, k, start, last):
            k += 1
        elif tag == "T" and tokens.word[k][0].isupper() and k > start + 1 and tokens.low[k - 1] == "de":
            k += 1  # «Asociación Once de Abril»
        elif tag == "P" and k > start and _opens_relative(tokens, k, last):
            k = _end_of_relative(tokens, k, last)
        elif tag == "P" and low in ("in", "on", "at") and k + 1 < last and tokens.low[k + 1] in ("a", "an"):
            break
        elif _goes_on_after(tokens, k, start, last, lexicon):
            k += 1
        elif tag == "C" and k + 1 < last and tokens.low[k + 1] in ("cuyo", "cuya", "cuyos", "cuyas"):
            k = _end_of_relative(tokens, k + 1, last)
        elif tag == "(":
            closing = next((m for m in range(k + 1, min(last, k + 25)) if tokens.tag[m] == ")"), None)
            if closing is None:
                break
            k = closing + 1
        elif tag == "<" and tokens.partner[k] - k <= 8 and tokens.partner[k] < last and k > start:
            k = tokens.partner[k] + 1
        elif tag == "," and k > start and not relative and k + 1 < last and tokens.low[k + 1] in ("que", "which"):
            break
        elif tag == "," and k > start:
            after = _after_apposition(tokens, k, last, lexicon)
            if after is None or (
                apposed and tokens.tag[k + 1] in "Dp" and tokens.low[k + 1] not in ("su", "un", "una", "a")
            ):
                break
            k, apposed = after, True
        elif tag == "O" and k > start and low in ("them", "us") and tokens.low[k - 1] == "of":
            k += 1
        elif (tag == "R" or hides_name(tokens, k, last)) and k > start and tokens.tag[k - 1] in "wX":
            after = _end_of_relative(tokens, k, last)
            k = after
        else:
            break
    while k > start and tokens.tag[k - 1] in "P,CDp":
        k -= 1
    return k


def _goes_on_after(tokens: Tokens, k: int, start: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a preposition or an "and" goes on with a noun phrase: "director | of X", "the union | and the board"."""
    if tokens.tag[k] == "P" and k > start:
        return tokens.low[k] in lexicon.lists["nounlink"] or _is_participle(tokens, k - 1, start, lexicon)
    if tokens.tag[k] != "C" or not lexicon.has("and", tokens.low[k]) or k + 1 >= last:
        return False
    return tokens.tag[k + 1] in "DXwp" and not _has_verb(tokens, k + 1, min(last, k + 8))


def _opens_relative(tokens: Tokens, k: int, last: int) -> bool:
    """Whether a preposition opens a relative clause: «al que tuvo acceso este diario», "to whom the court gave"."""
    at = k + 1 + (k + 1 < last and tokens.low[k + 1] in ("el", "la", "los", "las", "lo"))
    if at >= last:
        return False
    contracted = tokens.low[k] in ("al", "del") or at > k + 1
    return tokens.low[at] in _WHOM or (contracted and tokens.low[at] == "que")


def _is_participle(tokens: Tokens, k: int, start: int, lexicon: Lexicon) -> bool:
    """Whether an English participle after its noun has more to follow: "a notice pinned | to the gate"."""
    past = tokens.low[k].endswith("ed") or (tokens.low[k] in _PARTICIPLES and tokens.tag[k] in "wqQ")
    return lexicon.language == "en" and k > start and tokens.tag[k - 1] in "wX" and past


def _is_inside_name(tokens: Tokens, k: int, start: int, last: int) -> bool:
    """The «Al» of «Mohamed Al Gahs», and the full stop of «Francisco S., de 30 años»."""
    if k <= start or k + 1 >= last or tokens.tag[k - 1] != "X":
        return False
    if tokens.tag[k] == ".":
        initial = tokens.word[k - 1]
        return len(initial) == 1 and initial.isupper() and tokens.tag[k + 1] == ","
    return tokens.tag[k] == "P" and tokens.word[k][0].isupper() and tokens.tag[k + 1] == "X"


def _after_apposition(tokens: Tokens, comma: int, last: int, lexicon: Lexicon) -> int | None:
    """Past ", director of the prison" or ", who visited it": None where what follows the comma is something else."""
    begin = comma + 1
    if begin >= last:
        return None
    tag, low = tokens.tag[begin], tokens.low[begin]
    if tag == "R" or low in ("que", "quien", "quienes", "who", "cuyo", "cuya"):
        return _end_of_relative(tokens, begin, last)
    if tag == "P" and _opens_relative(tokens, begin, last):
        return _end_of_relative(tokens, begin, last)
    if tag == "#" and begin + 2 < last and tokens.tag[begin + 1] == "," and tokens.tag[begin + 2] in "DXw":
        return _after_apposition(tokens, begin + 1, last, lexicon)
    if tag == "#" and tokens.low[begin + 1 : begin + 2] == ["años"]:
        return next((m for m in range(begin, last) if tokens.tag[m] in ",.;:<-"), last)
    participle = tag == "q" and lexicon.language == "es" and low.endswith(("ado", "ada", "ados", "adas", "ido", "ida"))
    of = tag == "P" and low in ("de", "del", "of") and tokens.low[begin + 1 : begin + 2] not in (["un"], ["una"])
    one = low == "uno" and tokens.low[begin + 1 : begin + 2] == ["de"]
    if tag not in "DXwp" and not participle and not of and not one:
        return None
    for m in range(begin, last):
        here = tokens.tag[m]
        if (
            lexicon.language == "es"
            and tokens.low[m] == "que"
            and m > begin
            and tokens.tag[m - 1] in "wXp"
            and tokens.low[m - 1] != "vez"
        ):
            return _end_of_relative(tokens, m, last)
        if here == "R" and m > begin and tokens.tag[m - 1] in "wX" and lexicon.language == "en":
            return _end_of_relative(tokens, m, last)
        if here in ",.;:<-":
            return m
        if (here in "VQSONq" and not (one and m == begin)) or (here == "C" and not lexicon.has("and", tokens.low[m])):
            return None
    return last


def _end_of_relative(tokens: Tokens, begin: int, last: int) -> int:
    for m in range(begin, last):
        if tokens.depth[m] > tokens.depth[begin]:
            continue
        if tokens.tag[m] in ".;:-":
            return m
        if tokens.tag[m] == "," and m - begin > 2 and not (m + 1 < last and tokens.tag[m + 1] in "DXRw"):
            return m
    return last
