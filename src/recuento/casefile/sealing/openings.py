"""Who opened which source, when and what for: the openings in the sealed tree of the log, told without any value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from recuento.casefile.casefile import Casefile
from recuento.store import log
from recuento.store.log import Act

PACKET = "packet"
"""What `how` says of an opening for which a packet was handed out, to be opened on the keeper's own machine."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening: of which source, with which keeper's key, by whom, when, and for which purpose."""

    number: int
    source: str
    keeper: str
    by: str
    at: datetime
    purpose: str
    how: str = ""


def openings(casefile: Casefile, limit: int = 200) -> tuple[Opening, ...]:
    """The last openings, the last first."""
    with casefile.database.reading() as connection:
        done = log.acts_done(connection, Act.OPENED, "sealed", limit)
    return tuple(
        Opening(
            number=one.number,
            source=one.details.get("source", ""),
            keeper=one.details.get("keeper", ""),
            by=one.by,
            at=datetime.fromisoformat(one.at),
            purpose=one.details.get("purpose", ""),
            how=one.details.get("how", ""),
        )
        for one in done
    )
