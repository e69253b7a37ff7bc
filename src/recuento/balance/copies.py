"""Copies: claims that rest on one source count once, however many repeat them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from recuento.model.claim import Claim
from recuento.model.ledger import Constraint
from recuento.values.names import fold


def one_source(
    claims: Iterable[Claim], constraints: Sequence[Constraint], sources: Mapping[str, str] | None = None
) -> tuple[tuple[str, ...], ...]:
    """Group the claims that rest on one source, the first said first; a claim of its own is a group of one.

    Two claims on one term rest on one source where one cites the other's speaker, where one speaker gives the same
    range again, or where they stand on the same statement, or where two outlets speak in copies of one document
    (`sources`: a document to the one that its family counts under), with ranges that have a number in common.
    """
    counted_under = sources or {}
    by_term: dict[str, list[Constraint]] = {}
    known = {claim.id: claim for claim in claims}
    for said in constraints:
        if said.claim in known:
            by_term.setdefault(said.term, []).append(said)
    leader = {id: id for id in known}
    for term in sorted(by_term):
        said_there = sorted(by_term[term], key=lambda said: said.claim)
        for place, one in enumerate(said_there):
            for other in said_there[place + 1 :]:
                if _overlap(one, other) and _share_source(
                    known[one.claim], known[other.claim], one, other, counted_under
                ):
                    _join(leader, one.claim, other.claim)
    groups: dict[str, list[str]] = {}
    for id in known:
        groups.setdefault(_leader(leader, id), []).append(id)
    in_order = [tuple(sorted(group, key=lambda id: (known[id].stated.first, id))) for group in groups.values()]
    return tuple(sorted(in_order))


def _share_source(one: Claim, other: Claim, said: Constraint, also: Constraint, sources: Mapping[str, str]) -> bool:
    if _cites(one, other) or _cites(other, one):
        return True
    same_speaker = (one.actor or fold(one.claimant)) == (other.actor or fold(other.claimant))
    if same_speaker and (said.low, said.high) == (also.low, also.high):
        return True
    copied = _own_source(one, sources)
    if copied is not None and copied == _own_source(other, sources):
        return True
    mine = {(g.document, g.statement) for g in one.grounds if g.document and g.statement}
    return bool(mine & {(g.document, g.statement) for g in other.grounds})


def _own_source(claim: Claim, sources: Mapping[str, str]) -> str | None:
    """The one source that an outlet's own claim is a copy of; None where it has several, or another speaks in it.

    Two people quoted in one wire are two sources; two outlets that print it as their own are one.
    """
    found = {sources.get(g.document, g.document) for g in claim.grounds if g.document}
    speaks = any(fold(claim.claimant) == fold(g.outlet) for g in claim.grounds if g.outlet)
    return found.pop() if sources and speaks and len(found) == 1 else None


def _cites(one: Claim, other: Claim) -> bool:
    return bool(one.cited_source) and fold(one.cited_source) == fold(other.claimant)


def _overlap(one: Constraint, other: Constraint) -> bool:
    low = max(one.low or 0, other.low or 0)
    return all(high is None or low <= high for high in (one.high, other.high))


def _leader(leader: Mapping[str, str], id: str) -> str:
    while leader[id] != id:
        id = leader[id]
    return id


def _join(leader: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_leader(leader, one), _leader(leader, other)))
    leader[second] = first
