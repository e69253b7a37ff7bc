"""What is wrong with the values of a question, in both languages: pydantic says it in English alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from recuento.values.bilingual import Bilingual

_WORDS = {
    "missing": Bilingual(es="falta", en="is missing"),
    "int_parsing": Bilingual(es="no es un número entero", en="is no whole number"),
    "int_parsing_size": Bilingual(es="es un número demasiado largo", en="is too long a number"),
    "greater_than_equal": Bilingual(es="ha de ser {ge} o más", en="must be {ge} or more"),
    "less_than_equal": Bilingual(es="ha de ser {le} o menos", en="must be {le} or less"),
    "less_than": Bilingual(es="ha de ser menor que {lt}", en="must be less than {lt}"),
    "string_too_long": Bilingual(es="pasa de {max_length} caracteres", en="is longer than {max_length} characters"),
    "enum": Bilingual(es="no es ninguno de {expected}", en="is none of {expected}"),
    "string_type": Bilingual(es="no es un texto", en="is no text"),
}
"""By pydantic's name of the fault; what stands in braces is what it tells of it."""
_SHOWN_CHARACTERS = 60
_OTHER = Bilingual(es="no se entiende", en="is not understood")


def faults_told(errors: Iterable[Mapping[str, Any]]) -> Bilingual:
    """Every fault with the name of its value; one that we have no words for is told as not understood."""
    found = [(str(one["loc"][-1]), _told(one)) for one in errors]
    es, en = ("; ".join(f"{name}: {words.text(language)}" for name, words in found) for language in ("es", "en"))
    return Bilingual(es=es, en=en)


def unknown_told(names: Iterable[str], known: Iterable[str]) -> Bilingual:
    """That nothing bears these names, and which do."""
    asked, there = "; ".join(name[:_SHOWN_CHARACTERS] for name in names), ", ".join(sorted(known))
    return Bilingual(
        es=f"{asked}: nada se llama así; puede preguntar {there or 'sin nada más'}",
        en=f"{asked}: nothing bears that name; you may ask {there or 'for nothing more'}",
    )


def _told(error: Mapping[str, Any]) -> Bilingual:
    words = _WORDS.get(error["type"], _OTHER)
    told = {name: str(value).replace("' or '", "', '") for name, value in error.get("ctx", {}).items()}
    return Bilingual(es=words.es.format(**told), en=words.en.format(**told))
