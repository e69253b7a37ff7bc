"""Controls in the review of one person: when one comes up, and what the session remembers until it was answered."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from recuento.casefile.review.controls import Altered, Control, Watch, control_of, is_caught, note_control, watch_of
from recuento.casefile.review.document_queue import Item
from recuento.model.statement import Statement
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of

if TYPE_CHECKING:
    from recuento.workbench.scenes import Sheet

_AT_HAND = "control"
_GRADED = "graded"
_TRIED_MAX = 20


@dataclass(frozen=True, slots=True)
class Graded:
    """How the last control ended, told once."""

    key: str
    altered: Altered
    caught: bool


def instead_of_next(request: Any, item: Item) -> Item | None:
    """A control to show now in the place of the next statement, by chance; None most of the time.

    It is a statement that was confirmed, corrected or added, never the one just decided.
    """
    desk = desk_of(request)
    every = desk.casefile.settings.controls_every
    if every < 1 or secrets.randbelow(every):
        return None
    chosen = desk.queue.known(secrets.randbelow, item)
    if chosen is None:
        return None
    request.session[_AT_HAND] = {"key": chosen.key, "seed": secrets.randbelow(1 << 30)}
    return chosen


def shown(request: Any, key: str, sheet: Sheet) -> Control | None:
    """The control that this page is, where the statement asked for is the one at hand."""
    at_hand = request.session.get(_AT_HAND)
    standing = sheet.standing.get(key)
    if not at_hand or at_hand["key"] != key or standing is None:
        return None
    others = [one.statement for one in sheet.standing.values()]
    chance = Random(at_hand["seed"])
    for _ in range(_TRIED_MAX):
        found = control_of(standing.statement, others, sheet.scene.vocabulary, chance.randrange(1 << 30))
        if found is not None:
            return found
    del request.session[_AT_HAND]
    return None


def grade(request: Any, key: str, control: Control, answer: Statement | None) -> None:
    """Note how the control ended, and keep it for the next page to tell."""
    desk = desk_of(request)
    caught = is_caught(control, answer)
    note_control(desk.casefile, key, control.altered, caught, by=member_of(request).name, at=desk.now())
    del request.session[_AT_HAND]
    request.session[_GRADED] = {"key": key, "altered": control.altered.value, "caught": caught}


def graded(request: Any) -> Graded | None:
    """How the last control ended, once."""
    found = request.session.pop(_GRADED, None)
    return Graded(found["key"], Altered(found["altered"]), found["caught"]) if found else None


def watch(request: Any) -> Watch | None:
    """How this person did with all controls; None where the casefile has none."""
    desk = desk_of(request)
    if desk.casefile.settings.controls_every < 1:
        return None
    return watch_of(desk.casefile, member_of(request).name)
