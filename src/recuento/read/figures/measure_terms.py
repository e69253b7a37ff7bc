"""Which measure of the vocabulary fits: by what happened to whom, or by its own terms."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from recuento.model.measure import Vocabulary
from recuento.read.text.folding import fold
from recuento.values.bilingual import Language

_latest: dict[Language, tuple[Vocabulary, dict[str, tuple[tuple[tuple[str, ...], str], ...]]]] = {}
"""The terms of the vocabulary read with last: texts come by the thousand with one and the same."""


def measure_for(event: str | None, who: str | None, vocabulary: Vocabulary) -> str | None:
    """The measure of the table for what happened to whom, if the vocabulary has it."""
    for wanted_event, wanted_who, measure in _measure_table():
        if wanted_event == (event or "-") and wanted_who in ("*", who or "-"):
            return measure if measure in vocabulary else None
    return None


@cache
def _measure_table() -> tuple[tuple[str, str, str], ...]:
    text = files("recuento.read").joinpath("languages", "measures.txt").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((event, who, measure) for event, who, measure in rows)


def terms_of(vocabulary: Vocabulary, language: Language) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The terms of a vocabulary in one language, folded, longest first, by their first word."""
    kept = _latest.get(language)
    if kept is None or kept[0] is not vocabulary:
        own = tuple((m.id, m.terms_es if language == "es" else m.terms_en) for m in vocabulary.measures)
        kept = _latest[language] = (vocabulary, _terms(own))
    return kept[1]


@cache
def _terms(vocabulary: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for id, terms in vocabulary:
        for term in terms:
            words = tuple(fold(term).split())
            if words:
                found.setdefault(words[0], []).append((words, id))
    return {first: tuple(sorted(several, key=lambda t: -len(t[0]))) for first, several in found.items()}
