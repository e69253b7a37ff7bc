"""What was decided since the dossier was last published. The first page asks, so this builds no dossier to tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from recuento.casefile.casefile import Casefile
from recuento.store import decisions, log

COUNTED = ("statement", "claim", "demand", "hold", "copies", "public")
"""Decisions that change what would be published."""


@dataclass(frozen=True, slots=True)
class SincePublished:
    """When the dossier was last published, and how many decisions of the team it does not hold yet."""

    at: datetime | None
    decisions: int


def since_published(casefile: Casefile) -> SincePublished:
    """What was decided since the dossier was last published; everything where it never was."""
    with casefile.database.reading() as connection:
        at = log.last_done(connection, log.Act.PUBLISHED)
        made = decisions.made_since(connection, COUNTED, at or "")
    return SincePublished(datetime.fromisoformat(at) if at else None, made)
