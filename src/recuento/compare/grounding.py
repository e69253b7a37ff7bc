"""Join the figures that were read to the claims that were entered, and make claims of the rest.

An entered claim that somebody's words in a document bear out gets those words as its grounds. A figure that no
entered claim covers becomes a claim of its own, marked as read by a machine until a person confirms it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from recuento.compare.speakers import actor_for
from recuento.model.casting import Actor, Cast, Event
from recuento.model.claim import Claim, Grounds
from recuento.model.document import Document
from recuento.model.measure import Vocabulary
from recuento.model.statement import Certainty, Figure, Mode, SpeakerKind, Statement
from recuento.model.statement_key import statement_key
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison

_DAYS_APART = 3
"""How far the day of a note and the day of an entered claim may lie apart and still be one saying."""


def grounded(
    event: Event,
    entered: Sequence[Claim],
    documents: Iterable[tuple[Document, Sequence[Statement]]],
    cast: Cast,
    vocabulary: Vocabulary,
    *,
    reviewed: frozenset[str] = frozenset(),
    rejected: frozenset[str] = frozenset(),
) -> tuple[Claim, ...]:
    """Give the claims of `event`: the entered ones with the words that bear them out, then those only read.

    A figure bears an entered claim out when actor and measure are the same, the numbers said are the same, and
    the document is dated within a few days of the claim. A figure of a speaker that is no actor of the casefile
    belongs to no account: it stays with its document. `reviewed` and `rejected` hold statement keys.
    """
    claims = {claim.id: claim for claim in entered if claim.event == event.id}
    read: dict[str, Claim] = {}
    for document, statements in documents:
        by_id = {statement.id: statement for statement in statements}
        for statement in statements:
            key = statement_key(document, statement)
            if key in rejected or statement.mode in (Mode.DEMANDS, Mode.ASKS):
                continue
            for figure in statement.figures:
                if figure.measure is None or not _is_said(statement, figure):
                    continue
                claim = _claim(event, document, statement, figure, by_id, cast, vocabulary, key in reviewed)
                if not claim.party:
                    continue
                known = _borne_out(claim, claims.values())
                if known is not None:
                    claims[known.id] = _with_grounds(known, claim.grounds)
                else:
                    read.setdefault(claim.id, claim)
    return (*(claims[id] for id in sorted(claims)), *(read[id] for id in sorted(read)))


def read_claim_id(document: str, start: int, measure: str | None) -> str:
    """The id of a claim that was read: the document (its SHA-256), where the figure begins, and what it counts."""
    return "R" + hashlib.sha256(f"{document}|{start}|{measure}".encode()).hexdigest()[:8]


def _is_said(statement: Statement, figure: Figure) -> bool:
    """Whether the speaker gives the figure: who denies any dead says none, who denies "400" says nothing."""
    return statement.mode is not Mode.DENIES or figure.quantity.comparison is Comparison.NONE


def _claim(
    event: Event,
    document: Document,
    statement: Statement,
    figure: Figure,
    by_id: dict[str, Statement],
    cast: Cast,
    vocabulary: Vocabulary,
    reviewed: bool,
) -> Claim:
    measure = vocabulary.find(figure.measure or "")
    speaker, cited = _who(statement, by_id, cast)
    stated = document.description.published or event.starts
    return Claim(
        id=read_claim_id(document.sha256, figure.anchor.start, figure.measure),
        event=event.id,
        facility=figure.facility or (event.facilities[0] if event.facilities else ""),
        claimant=speaker.name if speaker else statement.speaker.name,
        party=speaker.party if speaker else "",
        measure=measure.id if measure else (figure.measure or ""),
        quantity=figure.quantity,
        stated=stated,
        as_of=figure.as_of or stated,
        subset=figure.subset or "",
        unit=figure.unit or (measure.unit if measure else "people"),
        claimant_role=statement.speaker.role or "",
        actor=speaker.id if speaker else None,
        cited_source=cited,
        certainty=_weaker(statement.certainty, figure.certainty),
        grounds=(
            Grounds(
                document=document.sha256,
                statement=statement.id,
                anchor=figure.anchor,
                url=document.description.url,
                outlet=document.description.outlet,
            ),
        ),
        reviewed=reviewed,
    )


def _who(statement: Statement, by_id: dict[str, Statement], cast: Cast) -> tuple[Actor | None, str]:
    """The actor who answers for the figure, and whom that actor cites.

    What relatives say in the mouth of the observatory is the observatory's claim, citing relatives.
    """
    outer = statement
    while outer.parent in by_id:
        outer = by_id[outer.parent]
    actor = actor_for(outer.speaker, cast)
    if outer is statement:
        return actor, ""
    if actor is None:
        return actor_for(statement.speaker, cast), ""
    cited = statement.speaker
    return actor, "" if cited.kind is SpeakerKind.RUMOUR else cited.name


_ORDER = [Certainty.ASSERTED, Certainty.EXPECTED, Certainty.UNOFFICIAL, Certainty.ALLEGED, Certainty.RUMOURED]


def _weaker(one: Certainty, other: Certainty) -> Certainty:
    return max(one, other, key=_ORDER.index)


def _borne_out(read: Claim, entered: Iterable[Claim]) -> Claim | None:
    """The entered claim these words bear out; of several, the one said nearest to the document's day."""
    fitting = [claim for claim in entered if _same_saying(read, claim)]
    return min(fitting, key=lambda c: (_days_between(read.stated, c.stated), c.id), default=None)


def _same_saying(read: Claim, claim: Claim) -> bool:
    return (
        read.actor is not None
        and read.actor == claim.actor
        and read.measure == claim.measure
        and _same_numbers(read, claim)
        and _days_between(read.stated, claim.stated) <= _DAYS_APART
    )


def _same_numbers(read: Claim, claim: Claim) -> bool:
    if read.quantity.stated or claim.quantity.stated:
        return read.quantity.stated == claim.quantity.stated
    return read.quantity.low == claim.quantity.low and read.quantity.high == claim.quantity.high


def _days_between(one: PartialDate, other: PartialDate) -> int:
    if one.first <= other.last and other.first <= one.last:
        return 0
    return min(abs((one.first - other.last).days), abs((other.first - one.last).days))


def _with_grounds(claim: Claim, grounds: tuple[Grounds, ...]) -> Claim:
    fresh = tuple(ground for ground in grounds if ground not in claim.grounds)
    return replace(claim, grounds=(*claim.grounds, *fresh)) if fresh else claim
