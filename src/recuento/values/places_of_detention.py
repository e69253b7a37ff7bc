"""Names of places of detention and of states as lists write them, reduced to what tells one from another."""

from __future__ import annotations

from recuento.values.names import fold

_KINDS = frozenset(
    [
        "centro",
        "penitenciario",
        "penitenciaria",
        "penitenciaro",
        "carcel",
        "internado",
        "judicial",
        "comandancia",
        "cp",
        "ij",
        "c",
        "p",
        "i",
        "j",
        "cicpc",
        "pnb",
        "gnb",
        "reten",
        "comisaria",
        "policia",
        "policial",
        "preventivo",
        "preventiva",
        "sede",
        "estacion",
        "cuerpo",
        "cuartel",
        "calabozo",
        "calabozos",
        "complejo",
        "comunidad",
        "penal",
        "anexo",
        "femenino",
        "masculino",
        "detencion",
        "detenciones",
        "general",
        "prision",
        "instituto",
        "unidad",
        "centros",
        "nacional",
        "estadal",
        "municipal",
        "coordinacion",
        "delegacion",
        "zona",
        "comando",
    ]
)
"""Words that say what kind of place it is. They are left out of one list and written on the next."""
_SMALL = frozenset(["el", "la", "los", "las", "de", "del", "y", "en"])
_STATE_WORDS = frozenset(["edo", "estado", "est"])


def facility_core(text: str) -> str | None:
    """The words that tell a facility from others: "C.P. El Samán II" and "Centro Penitenciario El Samán II" are alike.

    None where nothing is written; the folded words where all of them say only the kind.
    """
    words = fold(text).split()
    core = [word for word in words if word not in _KINDS and word not in _SMALL]
    return " ".join(core or words) or None


def state_core(text: str) -> str | None:
    """The folded name of a state without "estado"; "Distrito Capital", "Dtto. Capital" and "Caracas" are alike."""
    words = [word for word in fold(text).split() if word not in _STATE_WORDS]
    if "capital" in words or words == ["caracas"]:
        return "distrito capital"
    return " ".join(words) or None
