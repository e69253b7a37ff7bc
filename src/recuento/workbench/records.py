"""What decisions are about: the kind of record behind a subject, what it is called, and its page."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from recuento.casefile.review.correcting import details
from recuento.model.decision import Decision
from recuento.store import decisions
from recuento.store.layer_moves import ORPHAN, is_orphan
from recuento.workbench import urls_of
from recuento.workbench.roles import Member, Role
from recuento.workbench.speech import Speech

KINDS: dict[str, Role] = {
    "statement": Role.DOCUMENTATION,
    "claim": Role.ANALYST,
    "demand": Role.DOCUMENTATION,
    "hold": Role.PUBLISHER,
    "public": Role.PUBLISHER,
    "publication": Role.PUBLISHER,
}
"""The kinds of records whose history everybody may see who sees the record, and who may decide on one."""

CAST = ("actor", "facility", "event")
"""What recuento.toml names, added by decisions that are not taken back: what stands there is changed by hand."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record by its kind, with its words and the address of its page."""

    kind: str
    words: str
    address: str


def kind_of(subject: str) -> str:
    """The kind of a subject: "statement", "claim", "demand" ..."""
    return subject.partition(":")[0]


def kinds_seen_by(member: Member) -> tuple[str, ...]:
    """The kinds whose decisions the history tells this member: those on the cast where the cast may be seen."""
    return (*KINDS, *(CAST if member.may(Role.DOCUMENTATION) else ()))


def address_of(kind: str, id: str) -> str:
    """The page of a record by its kind and id; empty for a kind that has none."""
    if kind == "statement":
        return urls_of.review_url(f"statement:{id}")
    if kind in ("claim", "demand"):
        return urls_of.record_url(kind, id)
    if kind == "document":
        return urls_of.document_url(id)
    return urls_of.event_url(id) if kind == "event" else ""


def decisions_concerning(connection: Connection, kind: str, *ids: str) -> list[Decision]:
    """Every decision on a record (under any of its `ids`), and on whether it is public, the first first."""
    subjects = (f"{about}{kind}:{id}" for id in ids for about in ("", "hold:", "public:"))
    return sorted((one for each in subjects for one in decisions.on(connection, each)), key=lambda one: one.id)


def record_of(decision: Decision, speech: Speech) -> Record | None:
    """The record a decision is about; None for a kind that has no page."""
    kind, _, rest = decision.subject.partition(":")
    if is_orphan(decision.subject):
        document, _, layer = rest.partition(ORPHAN)
        address = urls_of.layer_url(document, layer) if kind == "statement" else "/orphans/"
        return Record(kind, speech.t("to_layer"), address)
    if kind == "publication":
        return Record(kind, details(decision).get("words", rest), "/publish/")
    if kind in ("hold", "public"):
        of, _, id = rest.partition(":")
        words = details(decision).get("words") or speech.t("record_public", kind=speech.t(f"one_{of}"), id=id[:24])
        return Record(kind, words, address_of(of, id) or "/publish/")
    if kind in CAST:
        return Record(kind, speech.t(f"record_{kind}", id=rest), urls_of.cast_url(kind, rest))
    if kind == "statement":
        return Record(kind, speech.t("to_statement"), address_of(kind, rest))
    return Record(kind, speech.t(f"record_{kind}", id=rest), address_of(kind, rest)) if kind in KINDS else None
