"""Import claims: show what a file would change, then write it in one transaction or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from recuento.casefile.casefile import Casefile
from recuento.casefile.claims.claims_csv import read_claims
from recuento.errors import Fault, FaultsFound
from recuento.model.claim import Claim
from recuento.store import claims as stored_claims

Change = Literal["added", "changed", "same"]


@dataclass(frozen=True, slots=True)
class PlannedClaim:
    """One row that is taken, and what it does to the casefile."""

    row: int
    claim: Claim
    change: Change


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What importing a file would do. `refused` rows have a fault each; `remarks` concern rows that are taken."""

    file: str
    rows: tuple[PlannedClaim, ...]
    refused: tuple[Fault, ...]
    remarks: tuple[Fault, ...]

    def of(self, change: Change) -> tuple[PlannedClaim, ...]:
        """The rows that make this change."""
        return tuple(row for row in self.rows if row.change == change)


def plan_import(casefile: Casefile, path: Path) -> ImportPlan:
    """Read the claims file and compare it with the casefile; nothing is written.

    Raises FaultsFound where the file cannot be read as a table of claims.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FaultsFound(str(path), [Fault(path.name, str(error), str(error))]) from error
    file = read_claims(data, path.name, casefile.settings)
    with casefile.database.reading() as connection:
        known = {claim.id: claim for claim in stored_claims.all(connection)}
    rows = tuple(PlannedClaim(row, claim, _change(known.get(claim.id), claim)) for row, claim in file.claims)
    return ImportPlan(path.name, rows, tuple(file.faults), tuple(file.remarks))


def _change(known: Claim | None, claim: Claim) -> Change:
    if known is None:
        return "added"
    return "same" if known == claim else "changed"


def apply_import(casefile: Casefile, plan: ImportPlan, *, by: str, at: datetime) -> None:
    """Write the added and changed rows of the plan, all or none; earlier versions stay in the history."""
    changed = [row.claim for row in plan.rows if row.change != "same"]
    if not changed:
        return
    with casefile.database.writing() as connection:
        for claim in changed:
            stored_claims.upsert(connection, claim, by=by, at=at)
