"""Whether a noun phrase can speak at all, and whether it is several."""

from __future__ import annotations

from recuento.read.sources.subjects import SPANS
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Span, Tokens
from recuento.values.number_words import number_starts

_ALONE = words_of("alone_speakers")
_OTHERS = frozenset(["otros", "otras", "otro", "otra", "demás", "mismos", "muchos", "pocos", "dos", "tres", "cuatro"])
_NOBODY = frozenset(["nadie", "nobody", "ninguno", "ninguna"])
_PLACES = frozenset(["donde", "where"])
_INDOORS = frozenset([("puertas", "adentro"), ("puertas", "afuera")])
"""«Puertas adentro admiten que»: nobody is named."""
_NUMERALS = number_starts("es")
_SINGULAR = frozenset(
    ["el", "la", "un", "una", "este", "esta", "ese", "esa", "su", "mi", "esto", "eso", "él", "ella", "yo"]
)
_PLURAL = frozenset(["los", "las", "unos", "unas", "estos", "estas", "esos", "esas", "sus", "ellos", "ellas", "ambos"])


def names_somebody(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether some noun, name or pronoun stands there that is no word of time."""
    if end - start == 1 and tokens.low[start] in _ALONE:
        return True
    if (end - start == 1 and tokens.low[start] in _NOBODY) or tuple(tokens.low[start:end]) in _INDOORS:
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


def is_plural(tokens: Tokens, source: Span) -> bool | None:
    """Whether a Spanish noun phrase is several, as far as its first word and an "and" tell; None where they do not."""
    first, last = source
    end = next((k for k in range(first, last) if tokens.tag[k] in ",R" or tokens.low[k] == "que"), last)
    if any(tokens.tag[k] == "C" for k in range(first, end)):
        return None
    low = tokens.low[first]
    return False if low in _SINGULAR else True if low in _PLURAL else None
