"""A statement set in its document, loaded for a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from recuento.casefile.review.correcting import Standing, statements_standing
from recuento.casefile.review.reviewing import standing
from recuento.model.decision import Decision
from recuento.model.document import Document, Sureness
from recuento.workbench.desk import Desk
from recuento.workbench.fields.field import Scene
from recuento.workbench.pages import language_of
from recuento.workbench.speech import Speech


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document with its statements as they stand, by key."""

    document: Document
    text: str
    standing: dict[str, Standing]
    scene: Scene
    decisions: tuple[Decision, ...]
    """All that was decided on any of them, the first first."""
    sureness: tuple[Sureness, ...]

    def decided(self, key: str) -> tuple[Decision, ...]:
        """What was decided on the statement with that key, the first first."""
        return tuple(decision for decision in self.decisions if decision.subject == key)


def sheet_of(request: Any, desk: Desk, sha256: str) -> Sheet | None:
    """The document with its statements; None where it is not there or has no text."""
    opened = desk.queue.open(sha256)
    if opened is None:
        return None
    # What stands in this document alone: reading every decision would cost more with each one.
    found = statements_standing(opened.document, opened.text, opened.statements, standing(opened.decisions))
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
    return Sheet(opened.document, opened.text, by_key, scene, opened.decisions, opened.sureness)
