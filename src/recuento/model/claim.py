"""Claims: a quantity of a measure, for a subset, at a facility, at or over a time, said by somebody."""

from __future__ import annotations

from dataclasses import dataclass, field

from recuento.model.anchor import Anchor
from recuento.model.statement import Certainty
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a claim stands on: words in a document, a row of an imported file, or a page somebody cited."""

    document: str | None = None
    """SHA-256 of the document."""
    statement: str | None = None
    anchor: Anchor | None = None
    file: str | None = None
    row: int | None = None
    url: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of one speaker. `reviewed` is false while only a machine has read it."""

    id: str
    event: str
    facility: str
    claimant: str
    party: str
    measure: str
    quantity: Quantity
    stated: PartialDate
    """The day the figure was said or published."""
    as_of: PartialDate
    """The day the figure refers to."""
    subset: str = ""
    unit: str = "people"
    claimant_role: str = ""
    actor: str | None = None
    """Id of the actor in the casefile, where the claimant was matched."""
    cited_source: str = ""
    certainty: Certainty = Certainty.ASSERTED
    note: str = ""
    grounds: tuple[Grounds, ...] = field(default=())
    reviewed: bool = True

    @property
    def speaker(self) -> str:
        """What identifies who made it: the matched actor, or the claimant's name."""
        return self.actor or self.claimant
