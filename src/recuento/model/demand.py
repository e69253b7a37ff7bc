"""Demands: what somebody asks an addressee to disclose or do, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from recuento.model.anchor import Anchor
from recuento.values.partial_date import PartialDate


class DemandState(StrEnum):
    """What came of a demand."""

    OPEN = "open"
    ANSWERED = "answered"
    PARTLY = "partly"
    REFUSED = "refused"
    CONTRADICTED = "contradicted"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Demand:
    """One item asked. `item` is in the words of the document; `asked` the day of the statement."""

    id: str
    event: str
    asker: str
    party: str
    item: str
    asked: PartialDate
    addressee: str | None = None
    measure: str | None = None
    actor: str | None = None
    state: DemandState = DemandState.OPEN
    settled: PartialDate | None = None
    """The day it stopped being open."""
    answer: str | None = None
    """Claim or statement id of the answer."""
    document: str | None = None
    statement: str | None = None
    anchor: Anchor | None = None
    reviewed: bool = False
    earlier: tuple[str, ...] = ()
    """Ids it had before its statement was put right: what was decided on those concerns it."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Its id, then those it had."""
        return (self.id, *self.earlier)

    def days_open(self, on: date) -> int:
        """Whole days from the asking to `on`, or to the day it was settled; 0 before it was asked."""
        until = min(on, self.settled.first) if self.settled is not None else on
        return max(0, (until - self.asked.first).days)
