"""What a demand asks for: its items, the measure each concerns, and who is asked."""

from __future__ import annotations

import re

from recuento.model.anchor import Anchor
from recuento.model.statement import Ask
from recuento.read.count_words import count_words
from recuento.read.counting import Counter
from recuento.read.lexicon import Lexicon, words_of
from recuento.read.people_words import people_words
from recuento.read.readings import Reading, Span
from recuento.read.tokens import Tokens

_ALSO = (
    ("as", "well", "as"),
    ("así", "como"),
    ("al", "igual", "que"),
    ("along", "with"),
    ("junto", "con"),
    ("in", "addition", "to"),
    ("además", "de"),
)
_PURPOSE = (
    ("in", "order", "to"),
    ("so", "that"),
    ("para", "que"),
    ("con", "el", "fin"),
    ("a", "fin", "de"),
    ("to", "guarantee"),
)
_IMPERATIVES = words_of("imperatives")
_WE_ASK = words_of("we_ask")
_TOLD_TO_ACT = words_of("told_to_act")
_CLITICS = (
    "selos",
    "selas",
    "selo",
    "sela",
    "se",
    "noslos",
    "noslas",
    "nosla",
    "noslo",
    "nos",
    "les",
    "los",
    "las",
    "me",
    "le",
    "lo",
    "la",
)
_INFINITIVES = ("ar", "er", "ir", "arlo", "arla", "arlos", "arlas", "arle", "arles", "erlos", "irle", "irles")


def asks_of(
    tokens: Tokens, content: list[Span], addressee: str | None, counter: Counter, lexicon: Lexicon
) -> list[Ask]:
    """The items of a demand. A list of things asked gives one item each; otherwise the whole content is the item."""
    asks: list[Ask] = []
    lines = [line for first, last in content for line in _lines(tokens, first, last)]
    for first, last in lines or asked_in_quotation(tokens, content, lexicon) or content:
        first += tokens.low[first : first + 2] in (["en", "que"], ["de", "que"])
        last = _before_purpose(tokens, first, last)
        for start, end in [(first, last)] if lines else _items(tokens, first, last, counter, lexicon):
            start, end = trimmed(tokens, start, end)
            subject = _subject_to_act(tokens, first, start, end, lexicon) if start < end else None
            if subject is not None:
                addressee, start = addressee or tokens.slice(*subject), subject[1]
            if start < end:
                anchor = Anchor.of(tokens.text, tokens.start[start], tokens.end[end - 1])
                asks.append(Ask(anchor, addressee, counter.phrase(start, end)))
    return asks


def _lines(tokens: Tokens, first: int, last: int) -> list[Span]:
    """The lines of a list, without the marks before them and the stops after them: "1. That ...", "- free them;"."""
    starts = [k for k in range(first + 1, last) if "\n" in tokens.text[tokens.end[k - 1] : tokens.start[k]]]
    if not starts or not all(
        tokens.tag[k] in "-#*" or tokens.word[k] in "•*" or len(tokens.word[k]) == 1 for k in starts
    ):
        return []
    if starts[0] - first > 2:
        starts.insert(0, first)
    found: list[Span] = []
    for start, end in zip(starts, [*starts[1:], last], strict=True):
        start += start in starts and tokens.tag[start] in "-*"
        start += 2 * (tokens.tag[start] == "#" and tokens.word[start + 1 : start + 2] in (["."], [")"]))
        while end > start and tokens.tag[end - 1] in ".;,C":
            end -= 1
        if start < end:
            found.append((start, end))
    return found


def _subject_to_act(tokens: Tokens, first: int, start: int, end: int, lexicon: Lexicon) -> Span | None:
    """Who must act, where the clause says so before its verb: "that | the ministry | publish the list"."""
    if tokens.low[first] not in ("that", "que") or start - first > 1 or tokens.tag[start] != "D":
        return None
    act = next((k for k in range(start + 2, end) if tokens.low[k] in lexicon.commands), None)
    acting = act is not None and all(tokens.tag[k] in "wXPDp#<" for k in range(start + 1, act))
    spanish = lexicon.language == "es"
    if act is not None and acting and (spanish or act == end - 1) and _can_act(tokens, start + 1, act, lexicon):
        return start + 1, act
    if spanish:
        return None
    k = start + 1
    while k < end and tokens.tag[k] in "wXqQ":
        k += 1
    if k < end and k - start > 2 and tokens.tag[k] in "DRSPpO<#A":
        return start + 1, k - 1
    return (start + 1, k) if k < end and k - start > 1 and tokens.low[k] == "not" else None


def _can_act(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a noun phrase names people or a body: "the ministry", and not "the kitchen"."""
    words, lists = people_words(lexicon.language), lexicon.lists
    return any(
        tokens.tag[k] == "X"
        or words.person(low) is not None
        or words.people_of(low) is not None
        or low in words.bodies
        or low in lists["organisation"]
        or low in lists["unnamed"]
        for k in range(first, last)
        for low in (tokens.low[k],)
    )


# Quotations that ask.


def asked_in_quotation(tokens: Tokens, content: list[Span], lexicon: Lexicon, *, quoted: bool = False) -> list[Span]:
    """What the sentences of a quotation ask in their own words: "Publish the list", «Que nos digan dónde están»."""
    found: list[Span] = []
    for first, last in content:
        opens = tokens.tag[first] == "<" or tokens.word[first] in "¡¿" or (first > 0 and tokens.tag[first - 1] == ":")
        if tokens.depth[first] > 0 or opens or quoted:
            found += [asked for span in _sentences(tokens, first, last) if (asked := _asked(tokens, *span, lexicon))]
    return found


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


_IMPERFECT_SUBJUNCTIVE = re.compile(r"\w{2,}(?:iera|ieran|iéramos|iese|iesen|ajeran)")
_WISHING = words_of("wishing")
_OUR_FUTURE = re.compile(r"\w+(?:[aei]|[bdn])r(?:emos|é)(?<!queremos)")
_FUTURE = re.compile(r"\w+(?:[aei]|[bdn])r(?:á|án)")


def _sentences(tokens: Tokens, first: int, last: int) -> list[Span]:
    ends = [k + 1 for k in range(first, last) if tokens.tag[k] == "." and tokens.word[k] != "…"]
    return [span for span in zip([first, *ends], [*ends, last], strict=True) if span[1] - span[0] > 1]


def _asked(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> Span | None:
    """The part of one sentence that asks somebody to do something; None where it asks nothing."""
    while first < last and (
        tokens.tag[first] in "<-,C¡¿" or tokens.word[first] in "¡¿" or tokens.low[first] in _PLEASE
    ):
        first += 1
    named = next((k for k in range(first, min(last, first + 5)) if tokens.tag[k] == ","), None)
    starts = [first] if named is None or any(tokens.tag[k] in "VQ" for k in range(first, named)) else [first, named + 1]
    starts += [k + 1 for k in range(first, last) if tokens.tag[k] == ":" or tokens.low[k : k + 2] in _THEN]
    for start in (start for start in starts if start < last):
        if _is_imperative(tokens, start, last, lexicon):
            return start, _before_new_clause(tokens, start, last)
        if tokens.low[start] == "que" and _is_asked_after_que(tokens, start + 1, last, lexicon):
            return start + 1, last
    for k in range(first, last - 1):
        ours = tokens.low[k] in ("we", "i") and tokens.low[k + 1] in _WE_ASK and k + 2 < last
        if ours:
            return _after_addressee(tokens, k + 2, last), last
        if (
            tokens.low[k] in _WE_ASK
            and lexicon.language == "es"
            and (k == first or tokens.low[k - 1] not in ("no", "not", "don't", "si"))
        ):
            return k + 1, last
        must = tokens.low[k] == "must" and tokens.tag[k + 1] in "wqQVX" and lexicon.language == "en"
        if must and tokens.low[k + 1] not in ("be", "have", "not") and tokens.depth[k] > 0:
            return k + 1, last
    return None


def _after_addressee(tokens: Tokens, start: int, last: int) -> int:
    """ "I ask | the president to | listen": where what is asked begins after whoever is asked."""
    for k in range(start + 1, min(last - 1, start + 8)):
        if tokens.low[k] == "to":
            return k + 1 if tokens.tag[k + 1] in "wqV" and tokens.tag[start] in "DXpON" else start
        if tokens.tag[k] not in "DXwpP":
            break
    return start


def _before_new_clause(tokens: Tokens, start: int, last: int) -> int:
    """What is asked ends where the consequence is told: "Publish the list | and the argument is over"."""
    for k in range(start + 1, last - 2):
        if tokens.low[k] in ("o", "or") and tokens.tag[k + 1] in "NG":
            return k
        if tokens.tag[k] == "C" and tokens.tag[k + 1] in "DN":
            stop = next((m for m in range(k + 2, min(last, k + 8)) if tokens.tag[m] in "V,.CRS"), None)
            if stop is not None and tokens.tag[stop] == "V":
                return k
    return last


_PLEASE = frozenset(["please", "just", "so", "now", "then", "por", "favor", "entonces", "ahora", "simplemente"])
_THEN = ([",", "que"], [",", "let"])


def _is_asked_after_que(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a subjunctive follows «que» with nothing but its subject before it: «Que alguien nos explique»."""
    for k in range(first, min(last, first + 7)):
        if tokens.low[k] in lexicon.commands:
            return True
        if tokens.tag[k] in "VQ.,;:<>":
            return False
    return False


def _is_imperative(tokens: Tokens, k: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a command begins at `k`: its form, and no verb after it, which would make of it a subject."""
    low = tokens.low[k]
    if low == "no" and k + 2 < last and lexicon.language == "es":
        return any(tokens.low[m] in lexicon.commands for m in range(k + 1, min(last, k + 2)))
    if low in lexicon.commands or low in _IMPERATIVES:
        if lexicon.language == "es":
            return tokens.low[k + 1 : k + 2] != ["que"] or low not in ("sea", "haya")
        following = tokens.tag[k + 1] if k + 1 < last else "."
        return not (following in "VQ" and tokens.low[k + 1] not in lexicon.commands) and (
            following in "DpXOPwS#<RTACNqQ,." or tokens.low[k + 1] in ("where", "how", "to", "not")
        )
    if lexicon.language == "en":
        return False
    stem = low.translate(_PLAIN)
    return any(
        stem.endswith(end) and (stem[: -len(end)] in lexicon.commands or stem[: -len(end)] in _IMPERATIVES)
        for end in _CLITICS
    )


_PLAIN = str.maketrans("áéíóú", "aeiou")


# Items.


def _before_purpose(tokens: Tokens, first: int, last: int) -> int:
    """The item ends where its purpose begins: "in order to give peace of mind"."""
    for k in range(first + 2, last):
        for words in _PURPOSE:
            if tokens.low[k] == words[0] and tuple(tokens.low[k : k + len(words)]) == words:
                return k
    return last


def _items(tokens: Tokens, first: int, last: int, counter: Counter, lexicon: Lexicon) -> list[Span]:
    """Cut a list of things asked where each part concerns something of its own, or is a thing to do of its own."""
    numbered = _numbered(tokens, first, last)
    if numbered:
        return numbered
    cuts, series = [first], _is_series(tokens, first, last)
    for k in range(first + 1, last):
        length = _joins(tokens, k, last)
        if not length:
            continue
        left, right = (cuts[-1], k), (k + length, _next_join(tokens, k + length, last))
        differ = (
            counter.phrase(*left) is not None
            and counter.phrase(*right) is not None
            and counter.phrase(*left) != counter.phrase(*right)
        )
        coordinated = tokens.tag[k] == "C" and tokens.low[k] not in ("o", "or")
        listed = tokens.tag[k] in ",;" and (series or _is_command_again(tokens, first, k, last, lexicon))
        if differ or ((coordinated or listed) and _is_alike(tokens, first, k, last, lexicon)):
            cuts.append(k + length)
    return [(start, end) for start, end in zip(cuts, [*cuts[1:], last], strict=True)]


def _is_series(tokens: Tokens, first: int, last: int) -> bool:
    """Whether commas part things of one row: the last of them is joined by "and"."""
    commas = [k for k in range(first, last) if tokens.tag[k] in ",;"]
    return bool(commas) and any(
        tokens.low[k] in ("and", "y", "e") and k - commas[-1] > 1 for k in range(commas[-1], last)
    )


def _is_command_again(tokens: Tokens, first: int, k: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a comma parts two commands: "Come unannounced, bring a thermometer", «que digan A, que digan B»."""
    if k + 1 >= last:
        return False
    again = tokens.low[k + 1] == "que" and lexicon.language == "es"
    return again or (_is_imperative(tokens, first, last, lexicon) and _is_imperative(tokens, k + 1, last, lexicon))


def _numbered(tokens: Tokens, first: int, last: int) -> list[Span]:
    """The items of a numbered list in one sentence: "1) the bodies; 2) access", «a) ...; b) ...»."""
    marks = [
        k
        for k in range(first, last - 1)
        if tokens.word[k + 1] == ")" and tokens.end[k] == tokens.start[k + 1] and len(tokens.word[k]) <= 2
    ]
    if len(marks) < 2 or marks[0] - first > 2:
        return []
    return [(k + 2, end) for k, end in zip(marks, [*marks[1:], last], strict=True)]


def _is_alike(tokens: Tokens, first: int, k: int, last: int, lexicon: Lexicon) -> bool:
    """Whether what follows "and" is built like the first item: another thing to do, or another thing."""
    start = next((m for m in range(first, k) if not _is_opening(tokens, m)), k)
    after = k + 1
    if after + 1 >= last or start >= k:
        return False
    if (
        tokens.tag[start] in "Dp#"
        and tokens.low[first] not in ("que", "that")
        and tokens.low[after] not in ("que", "that")
    ):
        after += tokens.low[after] == "for"
        return (
            _is_thing(tokens, after, lexicon) or _is_bare_thing(tokens, k, after, lexicon)
        ) and not _is_thing_within(tokens, start, k, lexicon)
    if _is_imperative(tokens, after, last, lexicon) and not (lexicon.language == "en" and tokens.tag[after + 1] == "C"):
        return True
    joined = ("que", "a") if lexicon.language == "es" else ("to", "that", "for")
    if tokens.low[after] in joined and tokens.tag[after + 1] in "wqQVXOGSDp":
        return (
            tokens.low[after] not in ("a", "that")
            or tokens.low[after] == tokens.low[first]
            or (tokens.low[after + 1] == "que")
        )
    things = (
        tokens.tag[start] == "w"
        and not _is_imperative(tokens, start, last, lexicon)
        and tokens.low[first] not in _CLAUSAL
    )
    if things and not tokens.low[start].endswith(_INFINITIVES) and not tokens.low[start].endswith("ing"):
        numbered = tokens.tag[k] in ",;" and tokens.tag[after] == "#"
        return numbered or _is_bare_thing(tokens, k, after, lexicon) or _is_thing(tokens, after, lexicon)
    gerunds = tokens.low[start].endswith("ing") and tokens.low[after].endswith("ing")
    if gerunds:
        return True
    if lexicon.language == "en":
        return tokens.tag[after] in "wqQV" and (tokens.tag[after + 1] in "Dp" or _is_adverbial(tokens, after + 1, last))
    infinitive = tokens.low[first] not in ("que",) and tokens.low[after].endswith(_INFINITIVES)
    after += tokens.low[after] in _BEFORE_VERBS and after + 2 < last
    doing = tokens.tag[after] in "wqQVO" and tokens.low[after].endswith(("e", "a", "en", "an", "é"))
    return (infinitive or (doing and tokens.low[first] == "que")) and tokens.tag[after + 1] in "DpPXwqVQ#O"


_LISTS = words_of("lists_of")
_BEFORE_VERBS = frozenset(["se", "le", "les", "lo", "los", "la", "las", "nos", "no"])
_CLAUSAL = frozenset(["que", "that", "to"])


def _is_bare_thing(tokens: Tokens, k: int, after: int, lexicon: Lexicon) -> bool:
    """Whether a noun without an article is a thing of its own: "an inquiry and redress", not "a list of A and B"."""
    if tokens.tag[after] != "w" or tokens.low[after].endswith("ly"):
        return False
    words = count_words(lexicon.language)
    near = tokens.low[max(0, k - 4) : k]
    listing = any(low in _LISTS for low in tokens.low[max(0, k - 8) : k])
    if tokens.tag[k] in ",;" or not listing:
        near = []
    return not ({"de", "of", "del", "entre", "between"} & set(near)) and not (
        tokens.low[after] in words.who or tokens.low[after] in words.event
    )


def _is_opening(tokens: Tokens, m: int) -> bool:
    return tokens.tag[m] in "<,-SCA" or tokens.low[m] in ("to", "for", "of", "a", "que", "that")


def _is_adverbial(tokens: Tokens, k: int, last: int) -> bool:
    """ "Hand | over any clothing", "hand over | the clothing"."""
    return k + 1 < last and tokens.tag[k] in "PA" and tokens.tag[k + 1] in "Dp"


def _is_thing(tokens: Tokens, k: int, lexicon: Lexicon) -> bool:
    """Whether a noun phrase of its own begins at `k` that names no people."""
    if tokens.tag[k] not in "Dp#" or tokens.tag[k + 1] not in "wX":
        return False
    words = count_words(lexicon.language)
    return tokens.low[k + 1] not in words.who and tokens.low[k + 1] not in words.event


def _is_thing_within(tokens: Tokens, start: int, k: int, lexicon: Lexicon) -> bool:
    """Whether "and" joins what an item is about: "a list of the dead and the wounded"."""
    between = any(tokens.low[m] in ("entre", "between") for m in range(start, k))
    begin = next((m + 1 for m in range(k - 1, start, -1) if tokens.tag[m] in ",;"), start)
    row = tokens.tag[k] in ",;"
    verb = any(tokens.tag[m] in ("R" if row else "VR") for m in range(begin, k))
    return between or verb


def _joins(tokens: Tokens, k: int, last: int) -> int:
    """How many tokens of a word that joins items stand at `k`: "and", "as well as", a comma."""
    for words in _ALSO:
        if tuple(tokens.low[k : k + len(words)]) == words:
            return len(words)
    if tokens.low[k] in ("and", "y", "e", "or", "o") or tokens.tag[k] in ",;":
        return 1
    return 0


def _next_join(tokens: Tokens, k: int, last: int) -> int:
    for m in range(k + 1, last):
        if _joins(tokens, m, last):
            return m
    return last


def trimmed(tokens: Tokens, start: int, end: int) -> Span:
    """The item between two tokens without joining words, commas and quotation marks at its ends."""

    def holds(k: int) -> bool:
        """Whether a quotation mark has its other one inside the item."""
        return k in tokens.partner and start <= tokens.partner[k] < end and {k, tokens.partner[k]} != {start, end - 1}

    while (
        start < end
        and not holds(start)
        and (
            tokens.tag[start] in ",-C;:SA<>"
            or tokens.word[start] in "¡¿"
            or tokens.low[start] in ("to", "that", "que", "a", "as", "well", "así", "como", "for", "por")
        )
    ):
        start += 1
    while (
        end > start
        and not holds(end - 1)
        and (tokens.tag[end - 1] in ",-;:C.SA>" or tokens.low[end - 1] in ("as", "well", "así", "como"))
        and tokens.tag[end - 1] != "A"
    ):
        end -= 1
    return start, end
