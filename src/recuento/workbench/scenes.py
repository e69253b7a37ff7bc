"""A statement set in its document, loaded for a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from recuento.casefile.review.correcting import Standing, statements_standing
from recuento.casefile.review.review_queue import Opened
from recuento.casefile.review.reviewing import Reviews, standing
from recuento.model.document import Document
from recuento.store import decisions
from recuento.workbench.desk import Desk
from recuento.workbench.fields import Scene
from recuento.workbench.pages import language_of
from recuento.workbench.speech import Speech


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document with its statements as they stand, by key."""

    document: Document
    text: str
    standing: dict[str, Standing]
    scene: Scene


def sheet_of(request: Any, desk: Desk, sha256: str) -> Sheet | None:
    """The document with its statements; None where it is not there or has no text."""
    opened = desk.queue.open(sha256)
    if opened is None:
        return None
    decided = decided_in(desk, opened)
    found = statements_standing(opened.document, opened.text, opened.statements, decided)
    by_key: dict[str, Standing] = {}
    for one in found:
        by_key.setdefault(one.key, one)
    settings = desk.casefile.settings
    scene = Scene(
        document=opened.document,
        text=opened.text,
        others=tuple(one.statement for one in by_key.values()),
        cast=settings.cast,
        vocabulary=settings.vocabulary,
        speech=Speech(language_of(request)),
        places=desk.places_in(opened.document, opened.text),
    )
    return Sheet(opened.document, opened.text, by_key, scene)


def decided_in(desk: Desk, opened: Opened) -> Reviews:
    """What stands in this document alone: reading every decision would cost more with each one."""
    with desk.queue.reading_once() as connection:
        keys = [item.key for item in desk.queue.of_document(opened.document.sha256)]
        mine = [d for key in keys if desk.queue.last_seen(key) for d in decisions.on(connection, key)]
    return standing(mine)
