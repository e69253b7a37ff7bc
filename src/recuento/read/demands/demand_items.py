"""The items of a demand: where a list of things asked is cut, and what is trimmed from each."""

from __future__ import annotations

from recuento.read.demands.commands import is_imperative
from recuento.read.figures.counting import Counter
from recuento.read.text.count_words import count_words
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Span, Tokens

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
_INFINITIVES = ("ar", "er", "ir", "arlo", "arla", "arlos", "arlas", "arle", "arles", "erlos", "irle", "irles")
_LISTS = words_of("lists_of")
_BEFORE_VERBS = frozenset(["se", "le", "les", "lo", "los", "la", "las", "nos", "no"])
_DATIVES = _BEFORE_VERBS | {"me", "te", "os"}
_COMING = frozenset(["come", "go", "try", "wait"])
_NAMED = 5
"""Tokens of whoever else is asked."""
_CLAUSAL = frozenset(["que", "that", "to"])


def items_of(tokens: Tokens, first: int, last: int, counter: Counter, lexicon: Lexicon) -> list[Span]:
    """Cut a list of things asked where each part concerns something of its own, or is a thing to do of its own."""
    numbered = _numbered(tokens, first, last)
    if numbered:
        return numbered
    cuts, series = [first], _is_series(tokens, first, last)
    before_another: dict[int, int] = {}
    for k in range(first + 1, last):
        length = _joins(tokens, k, last)
        if not length or _is_one_thing(tokens, cuts[-1], k, last):
            continue
        if (other := _past_another(tokens, first, k, last, lexicon)) is not None:
            cuts.append(other)
            before_another[other] = k
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
    return [(start, before_another.get(end, end)) for start, end in zip(cuts, [*cuts[1:], last], strict=True)]


def _is_one_thing(tokens: Tokens, begin: int, k: int, last: int) -> bool:
    """Whether "and" joins no two things: "between 12 and 35 years", "come and hear them"."""
    if tokens.low[k] != "and" or k + 1 >= last:
        return False
    numbers = tokens.tag[k - 1] == "#" == tokens.tag[k + 1]
    return numbers or (tokens.low[k - 1] in _COMING and k - 2 <= begin + 1)


def _past_another(tokens: Tokens, first: int, k: int, last: int, lexicon: Lexicon) -> int | None:
    """The verb of what another is asked beside: "urged the court to issue rules and Parliament | to scrap bail"."""
    if lexicon.language != "en" or tokens.low[first] != "to" or tokens.low[k] != "and":
        return None
    m = k + 1
    while m < last - 1 and m - k < _NAMED and tokens.tag[m] in "DXwp":
        m += 1
    named = m > k + 1 and m + 2 < last and tokens.low[m] == "to"
    acts = named and tokens.tag[m + 1] in "wqQV" and not tokens.low[m + 1].endswith("s")
    return m + 1 if acts and tokens.tag[m + 2] in "DpXw#O" else None


def before_purpose(tokens: Tokens, first: int, last: int) -> int:
    """The item ends where its purpose begins: "in order to give peace of mind"."""
    for k in range(first + 2, last):
        for words in _PURPOSE:
            if (
                tokens.low[k] == words[0]
                and tuple(tokens.low[k : k + len(words)]) == words
                and tokens.tag[k - 1] != "C"
            ):
                return k
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
            or tokens.low[start] in ("to", "that", "que", "as", "well", "así", "como", "for", "por")
            or (tokens.low[start] == "a" and tokens.tag[start] != "D")
        )
    ):
        start += 1
    while (
        end > start
        and not holds(end - 1)
        and (tokens.tag[end - 1] in ",-;:C.SA>" or tokens.low[end - 1] in ("as", "well", "así", "como"))
        and tokens.tag[end - 1] != "A"
        and tokens.low[end - 1] != "so"
    ):
        end -= 1
    return start, end


def _is_series(tokens: Tokens, first: int, last: int) -> bool:
    """Whether commas part things of one row: the last of them is joined by "and"."""
    commas = [k for k in range(first, last) if tokens.tag[k] in ",;"]
    apart = 1 if len(commas) > 1 else 2
    return bool(commas) and any(
        tokens.low[k] in ("and", "y", "e") and k - commas[-1] >= apart for k in range(commas[-1], last)
    )


def _is_command_again(tokens: Tokens, first: int, k: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a comma parts two commands: "Come unannounced, bring a thermometer", «que digan A, que digan B»."""
    if k + 1 >= last:
        return False
    again = tokens.low[k + 1] == "que" and lexicon.language == "es"
    if tokens.low[first] == "to" and tokens.low[k + 1] in lexicon.commands and lexicon.language == "en":
        return tokens.tag[k + 2 : k + 3] != [] and tokens.tag[k + 2] in "DpXw#OP"
    return again or (is_imperative(tokens, first, last, lexicon) and is_imperative(tokens, k + 1, last, lexicon))


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
    closed = tokens.tag[after + 1] == "C" or (tokens.tag[after + 1] == "," and tokens.low[first] == "that")
    bare = lexicon.language == "en" and closed
    if is_imperative(tokens, after, last, lexicon) and not bare:
        return True
    joined = ("que", "a") if lexicon.language == "es" else ("to", "that", "for")
    if tokens.low[after] in joined and tokens.tag[after + 1] in "wqQVXOGSDpN":
        return (
            tokens.low[after] not in ("a", "that")
            or tokens.low[after] == tokens.low[first]
            or (tokens.low[after + 1] == "que")
        )
    things = (
        tokens.tag[start] == "w"
        and not is_imperative(tokens, start, last, lexicon)
        and tokens.low[first] not in _CLAUSAL
    )
    doing = lexicon.language == "es" and tokens.low[start].endswith(_INFINITIVES)
    if things and not doing and not tokens.low[start].endswith("ing"):
        numbered = tokens.tag[k] in ",;" and tokens.tag[after] == "#"
        return numbered or _is_bare_thing(tokens, k, after, lexicon) or _is_thing(tokens, after, lexicon)
    gerunds = tokens.low[start].endswith("ing") and tokens.low[after].endswith("ing")
    if gerunds:
        return True
    if lexicon.language == "en":
        return tokens.tag[after] in "wqQV" and (tokens.tag[after + 1] in "Dp" or _is_adverbial(tokens, after + 1, last))
    infinitive = tokens.low[first] not in ("que",) and tokens.low[after].endswith(_INFINITIVES)
    if _is_wished_again(tokens, first, k, last, lexicon):
        return True
    after += tokens.low[after] in _BEFORE_VERBS and after + 2 < last
    doing = tokens.tag[after] in "wqQVO" and tokens.low[after].endswith(("e", "a", "en", "an", "é"))
    return (infinitive or (doing and tokens.low[first] == "que")) and tokens.tag[after + 1] in "DpPXwqVQ#O"


def _is_wished_again(tokens: Tokens, first: int, k: int, last: int, lexicon: Lexicon) -> bool:
    """«Que | venga y me lo diga aquí»: another thing wished right after a verb that «que» opens."""
    after = k + 1
    while after < last and tokens.low[after] in _DATIVES:
        after += 1
    wished = first > 0 and tokens.low[first - 1] == "que" and tokens.low[first] in lexicon.commands
    return wished and k + 1 < after < last and tokens.low[after] in lexicon.commands


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
    if k + 1 >= len(tokens):
        return False
    noun = tokens.tag[k + 1] in "wX" or tokens.low[k] in ("the", "a", "an")
    if tokens.word[k] in "$£€" and tokens.tag[k + 1] == "#":
        return True
    if tokens.tag[k] not in "Dp#" or not noun:
        return False
    words = count_words(lexicon.language)
    happens = tokens.low[k + 1] in words.event and tokens.low[k + 2 : k + 3] != ["of"]  # "The release of".
    return tokens.low[k + 1] not in words.who and not happens


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
