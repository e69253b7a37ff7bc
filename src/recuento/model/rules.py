"""The accounting of people as data: templates of identities over measures, and the readings that switch them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from recuento.errors import Fault, FaultsFound
from recuento.model.ledger import Reading, Relation
from recuento.values.bilingual import Bilingual

SCHEMAS = ("event", "period")
DATINGS = ("before", "date", "event")
DAYS = ("", "as_of", "last", "before", "after")


@dataclass(frozen=True, slots=True)
class Template:
    """An identity over measures. `sum` holds (measure, day, coefficient); see vocabulary/identities.toml."""

    id: str
    sum: tuple[tuple[str, str, int], ...]
    words: Bilingual
    relation: Relation = Relation.EQ
    constant: int = 0
    needs: tuple[str, ...] = ()
    where_said: tuple[tuple[str, str, int], ...] = ()
    schema: str | None = None
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """All templates and readings, how measures are dated, and words for measures outside the vocabulary."""

    templates: tuple[Template, ...]
    readings: tuple[Reading, ...] = ()
    dating: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, Bilingual], ...] = ()
    days_before: int = 31

    def dating_of(self, measure: str) -> str:
        """How figures of the measure find their term."""
        return dict(self.dating).get(measure, "event")

    def extended(self, more: Rules) -> Rules:
        """These rules with `more`; a template, reading or dating of the same id replaces the one there."""
        templates = {t.id: t for t in (*self.templates, *more.templates)}
        readings = {r.id: r for r in (*self.readings, *more.readings)}
        return replace(
            self,
            templates=tuple(templates.values()),
            readings=tuple(readings.values()),
            dating=tuple({**dict(self.dating), **dict(more.dating)}.items()),
            words=tuple({**dict(self.words), **dict(more.words)}.items()),
        )

    def without(self, ids: Iterable[str]) -> Rules:
        """These rules without the identities of those ids."""
        off = frozenset(ids)
        return replace(self, templates=tuple(t for t in self.templates if t.id not in off))


@cache
def standard_rules() -> Rules:
    """The rules that come with the package."""
    text = files("recuento.model").joinpath("vocabulary/identities.toml").read_text(encoding="utf-8")
    return rules_from(tomllib.loads(text), "identities.toml")


def rules_from(table: Mapping[str, Any], file: str) -> Rules:
    """Read the tables identities, readings, dating and words; raise FaultsFound with every fault of them."""
    faults: list[Fault] = []
    templates = [_template(id, entry, faults) for id, entry in table.get("identities", {}).items()]
    readings = [_reading(id, entry, faults) for id, entry in table.get("readings", {}).items()]
    dating = table.get("dating", {})
    for measure, how in dating.items():
        if how not in DATINGS:
            faults.append(_one_of(f"[dating] {measure}", DATINGS))
    words = [(id, _words(f"[words.{id}]", entry, faults)) for id, entry in table.get("words", {}).items()]
    if faults:
        raise FaultsFound(file, faults)
    return Rules(
        templates=tuple(t for t in templates if t is not None),
        readings=tuple(r for r in readings if r is not None),
        dating=tuple(dating.items()),
        words=tuple(words),
        days_before=int(table.get("settings", {}).get("days_before", 31)),
    )


_TEMPLATE_KEYS = {"sum", "eq", "ge", "es", "en", "needs", "where_said", "schema", "reading"}
_READING_KEYS = {"es", "en", "default", "measures", "claims", "silences", "rounding", "plain_rates"}


def _template(id: str, entry: Any, faults: list[Fault]) -> Template | None:
    place = f"[identities.{id}]"
    if not isinstance(entry, dict) or not entry.get("sum") or ("eq" in entry) == ("ge" in entry):
        faults.append(Fault(place, "needs sum and one of eq, ge", "necesita sum y uno de eq, ge"))
        return None
    if not _keys_known(place, entry, _TEMPLATE_KEYS, faults):
        return None
    schema = entry.get("schema")
    if schema is not None and schema not in SCHEMAS:
        faults.append(_one_of(f"{place} schema", SCHEMAS))
        return None
    relation = Relation.EQ if "eq" in entry else Relation.GE
    return Template(
        id=id,
        sum=_cells(place, entry["sum"], faults),
        words=_words(place, entry, faults),
        relation=relation,
        constant=int(entry[relation.value]),
        needs=tuple(entry.get("needs", ())),
        where_said=_cells(place, entry.get("where_said", {}), faults),
        schema=schema,
        reading=entry.get("reading"),
    )


def _cells(place: str, sum: Mapping[str, Any], faults: list[Fault]) -> tuple[tuple[str, str, int], ...]:
    cells = []
    for name, coefficient in sum.items():
        measure, _, day = name.partition("@")
        if isinstance(coefficient, bool) or not isinstance(coefficient, int) or coefficient == 0:
            faults.append(
                Fault(
                    f"{place} {name}",
                    "the coefficient is a whole number, not zero",
                    "el coeficiente es un número entero distinto de cero",
                )
            )
        elif day not in DAYS:
            faults.append(_one_of(f"{place} {name}", tuple(f"@{d}" for d in DAYS if d)))
        else:
            cells.append((measure, day, coefficient))
    return tuple(cells)


def _reading(id: str, entry: Any, faults: list[Fault]) -> Reading | None:
    place = f"[readings.{id}]"
    if not isinstance(entry, dict):
        faults.append(Fault(place, "needs es and en", "necesita es y en"))
        return None
    if not _keys_known(place, entry, _READING_KEYS, faults):
        return None
    return Reading(
        id=id,
        words=_words(place, entry, faults),
        default=bool(entry.get("default", True)),
        measures=tuple(entry.get("measures", ())),
        claims=tuple(entry.get("claims", ())),
        silences=tuple(entry.get("silences", ())),
        rounding=bool(entry.get("rounding", False)),
        plain_rates=bool(entry.get("plain_rates", False)),
    )


def _words(place: str, entry: Any, faults: list[Fault]) -> Bilingual:
    if not isinstance(entry, dict) or not isinstance(entry.get("es"), str) or not isinstance(entry.get("en"), str):
        faults.append(Fault(place, "needs es and en", "necesita es y en"))
        return Bilingual.same("")
    return Bilingual(es=entry["es"], en=entry["en"])


def _keys_known(place: str, entry: Mapping[str, Any], keys: set[str], faults: list[Fault]) -> bool:
    unknown = sorted(entry.keys() - keys)
    if unknown:
        names = ", ".join(unknown)
        faults.append(Fault(place, f"unknown keys: {names}", f"claves desconocidas: {names}"))
    return not unknown


def _one_of(place: str, allowed: tuple[str, ...]) -> Fault:
    names = ", ".join(allowed)
    return Fault(place, f"is one of {names}", f"es uno de {names}")
