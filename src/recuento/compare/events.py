"""Which events a document speaks of."""

from __future__ import annotations

from datetime import timedelta

from recuento.model.casting import Cast, Event
from recuento.model.document import Document
from recuento.values.names import fold, stands_in

_BEFORE = timedelta(days=31)
"""A document may speak of an event shortly before it starts: a warning, a plan."""


def events_of(document: Document, text: str, cast: Cast) -> tuple[str, ...]:
    """Give the ids of the events whose facility or name stands in the title or text, in the casefile's order.

    A document that was published more than a month before an event began does not speak of it.
    """
    words = f"{document.description.title or ''}\n{text}"
    folded = fold(words)
    return tuple(event.id for event in cast.events if _in_time(document, event) and _named(folded, event, cast))


def _in_time(document: Document, event: Event) -> bool:
    published = document.description.published
    return published is None or published.last >= event.starts.first - _BEFORE


def _named(folded: str, event: Event, cast: Cast) -> bool:
    names = [*event.aliases, event.name.es, event.name.en]
    for id in event.facilities:
        facility = cast.facility(id)
        if facility is not None:
            names += [facility.name, *facility.aliases]
    return any(stands_in(folded, name) for name in names)
