"""Ledgers as files: read and write the shared ledger.json."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recuento.balance.refusals import ledger_faults
from recuento.errors import Fault, FaultsFound
from recuento.model.ledger import Identity, Ledger, Reading, Relation, Term
from recuento.values.bilingual import Bilingual

TermOf = Mapping[str, Mapping[str, str]]
"""From a measure to its terms: by the day the figure refers to (ISO), "*" for any other day."""


@dataclass(frozen=True, slots=True)
class ImportedLedger:
    """A ledger read from a file, with the map from measures to its terms."""

    event: str
    ledger: Ledger
    term_of: TermOf
    unit: str = "people"

    def term_for(self, measure: str, as_of: str) -> str | None:
        """The term that a figure of `measure` as of that day speaks of, None where the ledger has none."""
        days = self.term_of.get(measure, {})
        return days.get(as_of, days.get("*"))


def import_ledger(data: Mapping[str, Any], *, file: str = "ledger.json") -> ImportedLedger:
    """Read the shared form: terms, identities, measure_to_term, readings. Raise FaultsFound with every fault."""
    faults = [
        Fault(key, f"the key {key!r} is missing", f"falta la clave {key!r}")
        for key in ("terms", "identities")
        if key not in data
    ]
    if faults:
        raise FaultsFound(file, faults)
    term_of = {m: dict(days) for m, days in data.get("measure_to_term", {}).items()}
    terms = tuple(_term(id, words, term_of) for id, words in data["terms"].items())
    identities = tuple(_identity(row, entry, faults) for row, entry in enumerate(data["identities"], start=1))
    readings = tuple(_reading(id, entry) for id, entry in data.get("readings", {}).items())
    ledger = Ledger(terms, tuple(i for i in identities if i is not None), readings, data.get("upper"))
    known = {term.id for term in terms}
    faults += [
        Fault(f"measure_to_term {measure}", f"there is no term {id!r}", f"no existe el término {id!r}")
        for measure, days in term_of.items()
        for id in days.values()
        if id not in known
    ]
    faults += ledger_faults(ledger)
    if faults:
        raise FaultsFound(file, faults)
    return ImportedLedger(str(data.get("event", "")), ledger, term_of, str(data.get("unit", "people")))


def export_ledger(imported: ImportedLedger) -> dict[str, Any]:
    """The shared form of a ledger, ready for `json.dumps`. Reading it again gives the same ledger."""
    ledger = imported.ledger
    return {
        "event": imported.event,
        "unit": imported.unit,
        "upper": ledger.upper,
        "terms": {term.id: _words(term.words) for term in ledger.terms},
        "identities": [_identity_entry(identity) for identity in ledger.identities],
        "measure_to_term": {measure: dict(days) for measure, days in imported.term_of.items()},
        "readings": {reading.id: _reading_entry(reading) for reading in ledger.readings},
    }


def _term(id: str, words: Any, term_of: TermOf) -> Term:
    measure = next((measure for measure, days in term_of.items() if id in days.values()), None)
    return Term(id, _bilingual(words), measure=measure)


def _bilingual(words: Any) -> Bilingual:
    if isinstance(words, dict):
        return Bilingual(es=str(words.get("es", "")), en=str(words.get("en", "")))
    return Bilingual.same(str(words))


def _words(words: Bilingual) -> Any:
    return words.en if words.es == words.en else {"es": words.es, "en": words.en}


def _identity(row: int, entry: Any, faults: list[Fault]) -> Identity | None:
    place = f"identity {entry.get('id', '')} (row {row})" if isinstance(entry, dict) else f"identity (row {row})"
    if not isinstance(entry, dict) or not {"id", "sum"} <= entry.keys() or ("eq" in entry) == ("ge" in entry):
        faults.append(Fault(place, "needs id, sum and one of eq, ge", "necesita id, sum y uno de eq, ge"))
        return None
    relation = Relation.EQ if "eq" in entry else Relation.GE
    return Identity(
        id=str(entry["id"]),
        coefficients=tuple(entry["sum"].items()),
        words=_bilingual(entry.get("words", "")),
        relation=relation,
        constant=entry[relation.value],
        reading=entry.get("reading"),
    )


def _identity_entry(identity: Identity) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": identity.id,
        "sum": dict(identity.coefficients),
        identity.relation.value: identity.constant,
        "words": _words(identity.words),
    }
    if identity.reading is not None:
        entry["reading"] = identity.reading
    return entry


def _reading(id: str, entry: Any) -> Reading:
    if isinstance(entry, dict):
        return Reading(id, _bilingual(entry.get("words", "")), default=bool(entry.get("default", True)))
    return Reading(id, _bilingual(entry))


def _reading_entry(reading: Reading) -> Any:
    if reading.default:
        return _words(reading.words)
    return {"words": _words(reading.words), "default": False}
