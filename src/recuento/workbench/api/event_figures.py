"""The claims and demands of an event for the API, and the mark by which a program knows that nothing changed."""

from __future__ import annotations

import hashlib

from recuento.casefile.casefile import SETTINGS
from recuento.casefile.events.gathering import Gathered
from recuento.model.casting import Event
from recuento.store import log
from recuento.workbench.desk import Desk


def state_mark(desk: Desk) -> str:
    """Changes whenever the casefile does: with every act of the log, with recuento.toml, and with the day."""
    with desk.casefile.database.reading() as connection:
        numbers = [log.last_number(connection, tree) for tree in ("public", "sealed")]
    settings = hashlib.sha256((desk.casefile.folder / SETTINGS).read_bytes()).hexdigest()[:16]
    return f"{numbers[0]}.{numbers[1]}.{settings}.{desk.day().isoformat()}"


def gathered(desk: Desk, event: Event) -> Gathered:
    """The event as it stands now."""
    return desk.studies.of(event, desk.day())[0]
