"""Events as they were laid out last, kept while nothing of them changes.

Laying out an event works out the account of every world that may be chosen: 100 ms of CPU for 71 claims. Whoever reads
comes back to the same few worlds, so they are kept; a decision, a claim or a reading makes a new event of it, which is
told by the event not being the very same object any more.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from recuento.casefile.events.event_study import EventStudies
from recuento.model.balance import World
from recuento.model.casting import Event
from recuento.workbench.event_sheet import Asked, EventSheet, WorldChoice
from recuento.workbench.speech import Speech

_KEPT_MAX = 24
"""Worlds kept, in one language each."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """An event in one world and one language: what the template asks for, and the worlds that may be chosen."""

    sheet: EventSheet
    shown: Mapping[str, Any]
    choices: tuple[WorldChoice, ...]
    speakers: tuple[World, ...]


class LaidOutEvents:
    """The events laid out last. Any thread may ask."""

    def __init__(self, studies: EventStudies) -> None:
        self._studies = studies
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, Asked, str], LaidOut] = {}

    def of(self, event: Event, day: date, asked: Asked, speech: Speech) -> LaidOut:
        """The event as it stands, its demands counted to `day`. Raises InvalidValue where there is no such world."""
        now, _ = self._studies.of(event, day)
        place = (event.id, asked, speech.language)
        with self._lock:
            kept = self._kept.pop(place, None)
            if kept is not None and kept.sheet.found is now:
                self._kept[place] = kept
                return kept
        sheet = EventSheet.of(self._studies, event, day, asked)
        made = LaidOut(sheet, sheet.shown(speech), sheet.choices(speech), sheet.speakers())
        with self._lock:
            self._kept[place] = made
            while len(self._kept) > _KEPT_MAX:
                del self._kept[next(iter(self._kept))]
        return made
