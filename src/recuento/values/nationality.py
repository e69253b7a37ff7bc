"""The nationality written on a list, as V (Venezuelan), E (foreign), or the folded country."""

from __future__ import annotations

from recuento.values.names import fold

_HERE = frozenset(["v", "ven", "vzla", "venezolano", "venezolana", "venezuela", "venezuelan", "venezolano", "a"])
_ELSEWHERE = frozenset(["e", "ext", "extranjero", "extranjera", "foreign", "foreigner"])
_COUNTRIES = {
    "colombiano": "colombia", "colombiana": "colombia", "colombian": "colombia", "peruano": "peru", "peruana": "peru",
    "ecuatoriano": "ecuador", "ecuatoriana": "ecuador", "espanol": "espana", "espanola": "espana",
    "portugues": "portugal", "portuguesa": "portugal", "chileno": "chile", "chilena": "chile", "cubano": "cuba",
    "cubana": "cuba", "argentino": "argentina", "brasileno": "brasil", "haitiano": "haiti", "italiano": "italia",
    "estadounidense": "estados unidos", "american": "estados unidos",
}  # fmt: skip


def nationality(text: str) -> str | None:
    """ "V", "E" where only foreign is said, or the country; None where nothing is said."""
    word = fold(text)
    if not word:
        return None
    if word in _HERE:
        return "V"
    if word in _ELSEWHERE:
        return "E"
    return _COUNTRIES.get(word, word)
