"""Read a case in the shared form (claims.csv, ledger.json, expected.json) into the nouns of the model."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from recuento.balance import ImportedLedger, import_ledger
from recuento.model.claim import Claim
from recuento.model.ledger import Constraint
from recuento.model.statement import Certainty
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, Number, Quantity, quantity_from

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "cases" / "tocoron"


@dataclass(frozen=True)
class SharedCase:
    """Claims, ledger and findings of a shared case."""

    claims: tuple[Claim, ...]
    imported: ImportedLedger
    findings: tuple[dict[str, Any], ...]

    def constraints(self) -> tuple[Constraint, ...]:
        """What each usable claim says of the terms of the case's own ledger."""
        return tuple(c for claim in self.claims if (c := self._constraint(claim)) is not None)

    def _constraint(self, claim: Claim) -> Constraint | None:
        term = self.imported.term_for(claim.measure, str(claim.as_of))
        low, high = claim.quantity.low, claim.quantity.high
        if term is None or (low is None and high is None):
            return None
        return Constraint(claim.id, term, None if low is None else int(low), None if high is None else int(high))


def read_case(folder: Path) -> SharedCase:
    """The case in that folder."""
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        claims = tuple(claim_from(row) for row in csv.DictReader(file))
    imported = import_ledger(json.loads((folder / "ledger.json").read_text(encoding="utf-8")))
    findings = tuple(json.loads((folder / "expected.json").read_text(encoding="utf-8")))
    return SharedCase(claims, imported, findings)


def claim_from(row: dict[str, str]) -> Claim:
    """One row of claims.csv as a claim. The importer of casefiles does this with its checks."""
    return Claim(
        id=row["claim_id"],
        event=row["event"],
        facility=row["facility"],
        claimant=row["claimant"],
        party=row["party"],
        measure=row["measure"],
        quantity=quantity_of(row),
        stated=PartialDate.parse(row["date_stated"]),
        as_of=PartialDate.parse(row["as_of"]),
        subset=row["subset"],
        unit=row["unit"],
        claimant_role=row["claimant_role"],
        cited_source=row["cited_source"],
        certainty=Certainty(row["certainty"]),
        note=row["note"],
    )


def quantity_of(row: dict[str, str]) -> Quantity:
    """The quantity of a row: the one number it has, two for a range, none for a vague word ("muchos" is 3 upward)."""
    comparison = Comparison(row["comparison"])
    low, high = (_number(row[key]) for key in ("value_low", "value_high"))
    stated: tuple[Number, ...]
    if comparison is Comparison.RANGE:
        stated = tuple(n for n in (low, high) if n is not None)
    elif comparison in (Comparison.LE, Comparison.LT, Comparison.UPTO):
        stated = (high if high is not None else low or 0,)
    elif comparison is Comparison.VAGUE:
        stated = (3,) if "muchos" in row["quantity_words"] else ()
    elif comparison in (Comparison.UNKNOWN, Comparison.NONE):
        stated = ()
    else:
        stated = (low if low is not None else high or 0,)
    return quantity_from(comparison, stated, row["quantity_words"])


def _number(text: str) -> Number | None:
    if not text:
        return None
    return int(text) if text.lstrip("-").isdigit() else Decimal(text)
