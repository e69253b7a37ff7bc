"""Words of documents that are held back: which statements are gone with them, and which claims and demands.

A statement inside held words is not told at all, nor what is nested in it. One that shares words with them, such as
the sentence around it, is told without its own. A claim that rests on nothing else goes too; one that was entered by
a person or has other grounds stays without these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recuento.model.anchor import Anchor
from recuento.model.claim import Claim
from recuento.model.dossier import Dossier, PublishedDocument
from recuento.model.statement import Statement

Key = tuple[str, str]
"""The SHA-256 of a document and the id of a statement in it."""


@dataclass(frozen=True, slots=True)
class HeldWords:
    """The held words of a dossier by document, and the statements that are not told because of them."""

    spans: dict[str, tuple[tuple[int, int], ...]]
    statements: frozenset[Key]

    @classmethod
    def of(cls, dossier: Dossier) -> HeldWords:
        """Those of a dossier by its rules."""
        spans: dict[str, tuple[tuple[int, int], ...]] = {}
        for sha256, start, end in sorted(dossier.rules.withheld_words):
            spans[sha256] = (*spans.get(sha256, ()), (start, end))
        gone = frozenset(
            (one.document.sha256, id)
            for one in dossier.documents
            if one.document.sha256 in spans
            for id in _inside(one, spans[one.document.sha256])
        )
        return cls(spans, gone)

    def touches(self, sha256: str, content: Sequence[Anchor]) -> bool:
        """Whether any held word of the document stands in these words."""
        return any(one.start < end and start < one.end for one in content for start, end in self.spans.get(sha256, ()))

    def takes(self, dossier: Dossier, claim: Claim) -> bool:
        """Whether all that a claim rests on is held back: its statements, or whole documents."""
        return bool(claim.grounds) and all(
            (ground.document or "", ground.statement or "") in self.statements
            or (ground.statement is not None and ground.document in dossier.rules.withheld_documents)
            for ground in claim.grounds
        )


def without_held(dossier: Dossier, held: HeldWords) -> Dossier:
    """The dossier with the claims and demands withheld whose words are."""
    claims = {c.id for account in dossier.events for c in account.claims if held.takes(dossier, c)}
    demands = {
        demand.id
        for account in dossier.events
        for demand in account.demands
        if (demand.document or "", demand.statement or "") in held.statements
        or (demand.anchor is not None and held.touches(demand.document or "", [demand.anchor]))
    }
    rules = replace(
        dossier.rules,
        withheld_claims=dossier.rules.withheld_claims | claims,
        withheld_demands=dossier.rules.withheld_demands | demands,
    )
    return replace(dossier, rules=rules)


def _inside(read: PublishedDocument, spans: Sequence[tuple[int, int]]) -> set[str]:
    gone = {one.id for one in read.statements if all(_is_inside(anchor, spans) for anchor in one.content)}
    while more := {one.id for one in read.statements if one.parent in gone} - gone:
        gone |= more
    return gone


def _is_inside(anchor: Anchor, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= anchor.start and anchor.end <= end for start, end in spans)


def told_statements(read: PublishedDocument, held: HeldWords) -> tuple[Statement, ...]:
    """The statements of a document that are not held back."""
    return tuple(one for one in read.statements if (read.document.sha256, one.id) not in held.statements)
