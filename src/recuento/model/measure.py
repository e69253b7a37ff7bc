"""Measures: what is counted. The vocabulary is data (vocabulary/*.toml), which a casefile can extend."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from recuento.errors import Fault, FaultsFound
from recuento.values.bilingual import Bilingual


class MeasureKind(StrEnum):
    """How a measure relates to time."""

    STOCK = "stock"
    """People (or things) at a date."""
    FLOW = "flow"
    """People over a span: died, released."""
    CUMULATIVE = "cumulative"
    """A flow counted since the start of the event, as of a date: recaptured so far."""
    RATE = "rate"
    """A ratio of two measures, in per cent."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted, with its words in both languages.

    `terms` are the words a reader looks for (singular or plural, lower case), by language. `part_of` names
    the measure this one is a subset of. `numerator` and `denominator` define a rate; `excess` is true where
    the rate is what exceeds 100 %. `conserved` is false for what plays no part in the accounting of people.
    """

    id: str
    name: Bilingual
    kind: MeasureKind
    unit: str = "people"
    question: Bilingual | None = None
    part_of: str | None = None
    aliases: tuple[str, ...] = ()
    terms_es: tuple[str, ...] = ()
    terms_en: tuple[str, ...] = ()
    numerator: str | None = None
    denominator: str | None = None
    excess: bool = False

    def asked(self) -> Bilingual:
        """The measure as a question; its name where the vocabulary gives none."""
        return self.question or self.name


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The measures a casefile knows, found by id or alias, in a stable order."""

    measures: tuple[Measure, ...]
    _by_name: dict[str, Measure] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index by id and alias."""
        for measure in self.measures:
            for name in (measure.id, *measure.aliases):
                self._by_name.setdefault(name, measure)

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def find(self, name: str) -> Measure | None:
        """The measure with this id or alias, or None."""
        return self._by_name.get(name)

    def canonical(self, name: str) -> str:
        """The id behind an alias; the name itself where it is not known."""
        measure = self._by_name.get(name)
        return measure.id if measure else name

    def names(self) -> tuple[str, ...]:
        """All ids and aliases, for suggestions."""
        return tuple(self._by_name)

    def extended(self, more: Iterable[Measure]) -> Vocabulary:
        """This vocabulary with `more`; a measure of the same id replaces the one there."""
        merged = {measure.id: measure for measure in self.measures}
        merged.update((measure.id, measure) for measure in more)
        return Vocabulary(tuple(merged.values()))


@cache
def standard_vocabulary() -> Vocabulary:
    """The vocabulary that comes with the package."""
    text = files("recuento.model").joinpath("vocabulary/measures.toml").read_text(encoding="utf-8")
    return Vocabulary(measures_from(tomllib.loads(text).get("measures", {}), "measures.toml"))


def measures_from(table: Mapping[str, Any], file: str) -> tuple[Measure, ...]:
    """Read the `[measures.ID]` tables of a vocabulary file; raise FaultsFound with every fault of it."""
    faults: list[Fault] = []
    measures = [_measure(id, entry, faults) for id, entry in table.items()]
    if faults:
        raise FaultsFound(file, faults)
    return tuple(measure for measure in measures if measure is not None)


def _measure(id: str, entry: Any, faults: list[Fault]) -> Measure | None:
    place = f"[measures.{id}]"
    if not isinstance(entry, dict) or not {"es", "en", "kind"} <= entry.keys():
        faults.append(Fault(place, "needs es, en and kind", "necesita es, en y kind"))
        return None
    unknown = sorted(entry.keys() - _KEYS)
    if unknown:
        faults.append(Fault(place, f"unknown keys: {', '.join(unknown)}", f"claves desconocidas: {', '.join(unknown)}"))
        return None
    if entry["kind"] not in MeasureKind.__members__.values():
        known = ", ".join(kind.value for kind in MeasureKind)
        faults.append(Fault(place, f"kind is one of {known}", f"kind es uno de {known}"))
        return None
    question = entry.get("question")
    return Measure(
        id=id,
        name=Bilingual(es=entry["es"], en=entry["en"]),
        kind=MeasureKind(entry["kind"]),
        unit=entry.get("unit", "people"),
        question=Bilingual(es=question["es"], en=question["en"]) if question else None,
        part_of=entry.get("part_of"),
        aliases=tuple(entry.get("aliases", ())),
        terms_es=tuple(entry.get("terms_es", ())),
        terms_en=tuple(entry.get("terms_en", ())),
        numerator=entry.get("numerator"),
        denominator=entry.get("denominator"),
        excess=bool(entry.get("excess", False)),
    )


_KEYS = {
    "es", "en", "kind", "unit", "question", "part_of", "aliases", "terms_es", "terms_en",
    "numerator", "denominator", "excess",
}  # fmt: skip
