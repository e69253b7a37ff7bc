"""Decisions: what a person in the team decided, appended with who and when, never overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """What was decided."""

    CONFIRM = "confirm"
    """The statement is read rightly."""
    REJECT = "reject"
    """It is no statement, or read wrongly beyond use."""
    SETTLE = "settle"
    """A demand has the state in `details`."""
    WITHDRAW = "withdraw"
    """A claim is withdrawn by who said it: `details` says when."""
    UNDO = "undo"
    """The decision named in `details` is taken back."""
    JOIN = "join"
    """The two documents are copies of one source."""
    SPLIT = "split"
    """The two documents are no copies of one another."""
    SAME = "same"
    """The two entries are one person."""
    DIFFERENT = "different"
    """The two entries are two persons."""
    UNSURE = "unsure"
    """It cannot be told whether the two entries are one person."""
    CORRECT = "correct"
    """The statement is read rightly once it is changed: `details` holds it before ("from") and after ("to")."""
    ADD = "add"
    """A statement that no reader found: `details` holds its document and the statement ("to")."""
    RETRACT = "retract"
    """What the subject names ("public:claim:...") is no longer published, or never will be."""
    HOLD = "hold"
    """It is held back from the dossier; `details` says in which words it is known."""
    REQUEST = "request"
    """A publication is asked for: `details` says of what state of the casefile, and with which edition."""
    APPROVE = "approve"
    """The publication that was asked for is confirmed."""
    REFER = "refer"
    """A second reader shall decide."""
    ENTER = "enter"
    """An actor, a facility or an event was added to recuento.toml: `details` hold its table, and the SHA-256 of the
    file before and after."""
    NAME = "name"
    """An actor of recuento.toml goes by another name besides: `details` hold it, and the other names it had."""
    CATCH = "catch"
    """A control was seen to be wrong; `details` says which field was altered."""
    MISS = "miss"
    """A control was let pass."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about one subject ("statement:...", "claim:...", "demand:...", "copies:...:...", "pair:...:...",
    "control:...", "actor:...")."""

    id: int
    subject: str
    act: Act
    by: str
    at: datetime
    details: tuple[tuple[str, str], ...] = field(default=())
    why: str = ""


def undone_in(every: Iterable[Decision]) -> frozenset[int]:
    """The numbers of the decisions that these decisions take back."""
    named = (dict(decision.details).get("decision", "") for decision in every if decision.act is Act.UNDO)
    return frozenset(int(number) for number in named if number.isdigit())
