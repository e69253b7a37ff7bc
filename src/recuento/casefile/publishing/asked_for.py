"""The publication that somebody asked for and nobody has confirmed yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from recuento.casefile.casefile import Casefile
from recuento.casefile.review.correcting import details
from recuento.model.decision import Act, Decision, undone_in
from recuento.store import decisions

KIND = "publication"


@dataclass(frozen=True, slots=True)
class Asked:
    """A publication that somebody asked for and nobody has confirmed.

    `mark` is that of the casefile it was asked for in, `digest` that of the difference which was looked at.
    """

    decision: Decision
    mark: str
    edition: date
    digest: str = ""

    @property
    def by(self) -> str:
        """Who asked."""
        return self.decision.by


def asked_for(casefile: Casefile) -> Asked | None:
    """The last publication asked for, where it was neither confirmed nor taken back."""
    with casefile.database.reading() as connection:
        every = decisions.latest(connection, (KIND,), None, 200)
    undone = undone_in(every)
    for decision in every:
        if decision.id in undone or decision.act is Act.UNDO:
            continue
        if decision.act is Act.APPROVE:
            return None
        told = details(decision)
        return Asked(decision, told["mark"], date.fromisoformat(told["edition"]), told.get("digest", ""))
    return None
