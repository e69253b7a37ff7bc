"""Where a noun phrase ends that begins after a verb: read to its last apposition or relative clause."""

from __future__ import annotations

from recuento.read.sources.clause_opening import has_verb
from recuento.read.sources.hidden_names import hides_name
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Tokens

_WHOM = frozenset(["quien", "quienes", "cual", "cuales", "cuyo", "cuya", "whom", "which"])
_PARTICIPLES = words_of("irregular_participles")
_SAME = frozenset(["mismo", "misma", "mismos", "mismas", "propio", "propia", "same", "very"])


def end_of_phrase(tokens: Tokens, start: int, last: int, lexicon: Lexicon, relative: bool) -> int:
    """Where the noun phrase ends that begins at `start`; `relative` tells whether ", que visitó el penal" is part."""
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
        elif tag == "P" and k > start and opens_relative(tokens, k, last):
            k = _end_of_relative(tokens, k, last)
        elif tag == "P" and low in ("in", "on", "at") and k + 1 < last and tokens.low[k + 1] in ("a", "an"):
            break
        elif low == "con" and tokens.tag[k - 1] == "X" and lexicon.language == "es" and k > start:
            break  # «..., contó Ana Paz | con el teléfono en la mano»
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


def opens_relative(tokens: Tokens, k: int, last: int) -> bool:
    """Whether a preposition opens a relative clause: «al que tuvo acceso este diario», "to whom the court gave"."""
    at = k + 1 + (k + 1 < last and tokens.low[k + 1] in ("el", "la", "los", "las", "lo"))
    if at >= last:
        return False
    contracted = tokens.low[k] in ("al", "del") or at > k + 1
    return tokens.low[at] in _WHOM or (contracted and tokens.low[at] == "que")


def _goes_on_after(tokens: Tokens, k: int, start: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a preposition or an "and" goes on with a noun phrase: "director | of X", "the union | and the board"."""
    if tokens.tag[k] == "P" and k > start:
        return tokens.low[k] in lexicon.lists["nounlink"] or _is_participle(tokens, k - 1, start, lexicon)
    if tokens.tag[k] != "C" or not lexicon.has("and", tokens.low[k]) or k + 1 >= last:
        return False
    return tokens.tag[k + 1] in "DXwp" and not has_verb(tokens, k + 1, min(last, k + 8))


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
    if tag == "P" and opens_relative(tokens, begin, last):
        return _end_of_relative(tokens, begin, last)
    if tag == "#" and begin + 2 < last and tokens.tag[begin + 1] == "," and _tells_more(tokens, begin + 2):
        return _after_apposition(tokens, begin + 1, last, lexicon)
    if tag == "#" and tokens.low[begin + 1 : begin + 2] == ["años"]:
        return next((m for m in range(begin, last) if tokens.tag[m] in ",.;:<-"), last)
    participle = tag == "q" and lexicon.language == "es" and low.endswith(("ado", "ada", "ados", "adas", "ido", "ida"))
    of = (
        tag == "P"
        and (low in ("de", "del", "of") or (low == "from" and tokens.tag[comma - 1] == "#"))
        and tokens.low[begin + 1 : begin + 2] not in (["un"], ["una"])
    )
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


def _tells_more(tokens: Tokens, k: int) -> bool:
    """Whether what follows an age goes on with the person: "Ana Roca, 61, | who was outside", "Sam, 24, | from Osk"."""
    return tokens.tag[k] in "DXw" or tokens.low[k] in ("who", "from")


def _end_of_relative(tokens: Tokens, begin: int, last: int) -> int:
    for m in range(begin, last):
        if tokens.depth[m] > tokens.depth[begin]:
            continue
        if tokens.tag[m] in ".;:-":
            return m
        if tokens.tag[m] == "," and m - begin > 2 and not (m + 1 < last and tokens.tag[m + 1] in "DXRw"):
            return m
    return last
