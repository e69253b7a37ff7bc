"""What decisions are about: the kind of record behind a subject, what it is called, and its page."""

from __future__ import annotations

from dataclasses import dataclass

from recuento.casefile.review.correcting import details
from recuento.model.decision import Decision
from recuento.store.layer_moves import ORPHAN, is_orphan
from recuento.workbench import urls_of
from recuento.workbench.roles import Role
from recuento.workbench.speech import Speech

KINDS: dict[str, Role] = {
    "statement": Role.DOCUMENTATION,
    "claim": Role.ANALYST,
    "demand": Role.DOCUMENTATION,
    "hold": Role.PUBLISHER,
    "publication": Role.PUBLISHER,
}
"""The kinds of records whose history everybody may see who sees the record, and who may decide on one."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record by its kind, with its words and the address of its page."""

    kind: str
    words: str
    address: str


def kind_of(subject: str) -> str:
    """The kind of a subject: "statement", "claim", "demand" ..."""
    return subject.partition(":")[0]


def record_of(decision: Decision, speech: Speech) -> Record | None:
    """The record a decision is about; None for a kind that has no page."""
    kind, _, rest = decision.subject.partition(":")
    words = speech.t(f"record_{kind}", id=rest) if kind in KINDS else ""
    if is_orphan(decision.subject):
        document, _, layer = rest.partition(ORPHAN)
        address = urls_of.layer_url(document, layer) if kind == "statement" else "/orphans/"
        return Record(kind, speech.t("to_layer"), address)
    if kind == "statement":
        return Record(kind, speech.t("to_statement"), urls_of.review_url(decision.subject))
    if kind in ("claim", "demand"):
        return Record(kind, words, urls_of.record_url(kind, rest))
    if kind in ("hold", "publication"):
        return Record(kind, speech.t(f"record_{kind}", id=details(decision).get("words", rest)), "/publish/")
    return None
