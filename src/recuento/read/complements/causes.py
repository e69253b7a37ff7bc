"""The cause by which somebody explains a thing: «explica la fuga | por un descuido»."""

from __future__ import annotations

from recuento.read.readings import Complement
from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Tokens

CAUSES = {
    **dict.fromkeys(("atribuir", "achacar", "imputar"), frozenset(["a", "al"])),
    "explicar": frozenset(["por"]),
    "justificar": frozenset(["por", "con"]),
}
"""What follows each verb before the cause that it names."""
SET_AT = {
    **dict.fromkeys(("elevar", "rebajar"), frozenset(["a", "al"])),
    **dict.fromkeys(("cifrar", "situar", "estimar", "calcular"), frozenset(["en"])),
}
"""What follows each verb before the number at which it sets a count."""
_DEFINITE = frozenset(["el", "la", "los", "las", "un", "una", "su", "sus"])
_MEANS = words_of("means_of_telling")
REACH = 8
"""Tokens of the thing that is explained."""


def explained_by(tokens: Tokens, first: int, end: int, verb: str) -> Complement | None:
    """A thing with its cause, after a verb that explains; None where it is only told how, or when, it was explained."""
    if verb not in ("explicar", "justificar") or tokens.tag[first] not in "Dp":
        return None
    for k in range(first + 2, min(end - 1, first + REACH)):
        if tokens.low[k] in CAUSES[verb]:
            known = tokens.low[k + 1] in _DEFINITE and names_cause(tokens, k)
            return Complement("object", first) if known else None
        if tokens.tag[k] not in "wXDp#" and tokens.low[k] not in ("de", "del", "en"):
            return None
    return None


def names_cause(tokens: Tokens, k: int) -> bool:
    """Whether a cause follows the word at `k`, neither a time nor a means: «por | la mañana», «por | teléfono»."""
    near = range(k + 1, min(k + 3, len(tokens.low)))
    return not any(tokens.tag[m] == "T" or tokens.low[m] in _MEANS for m in near)
