"""The sex written on a list, as M or F."""

from __future__ import annotations

from recuento.values.names import fold

_MEN = frozenset(["m", "masc", "masculino", "hombre", "h", "male", "man", "varon", "v", "caballero"])
_WOMEN = frozenset(["f", "fem", "femenino", "mujer", "female", "woman", "hembra", "dama"])


def sex(text: str) -> str | None:
    """ "M", "F", or None where it is not known."""
    word = fold(text)
    if word in _MEN:
        return "M"
    return "F" if word in _WOMEN else None
