"""Lay the accounts of the parties side by side: rows are questions, columns are parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from recuento.model.accounts import AccountTable, Agreement, Cell, Row, Said, Standing
from recuento.model.casting import Cast, Event
from recuento.model.claim import Claim
from recuento.model.measure import MeasureKind, Vocabulary
from recuento.values.names import key_words
from recuento.values.partial_date import PartialDate

_WHOLE = key_words(
    "prisoners prisoner inmates people persons cumulative total all in "
    "presos reclusos internos personas acumulado todos"
)
"""Words of a subset that do not narrow it."""


def side_by_side(
    event: Event,
    claims: Iterable[Claim],
    cast: Cast,
    vocabulary: Vocabulary,
    *,
    withdrawn: frozenset[str] = frozenset(),
) -> AccountTable:
    """Give the table of the claims of `event`, the same whatever their order.

    A row is a measure; stocks, rates and running counts have a row a date, since 87 on one day and 88 on the
    next is no disagreement. A later figure of the same speaker on the same row leaves the earlier one beside
    it as revised or repeated. Claims whose id is in `withdrawn` stay, marked. Measures that `event.headline`
    names come first, then those of the vocabulary in its order, then the rest by id.
    """
    mine = sorted((claim for claim in claims if claim.event == event.id), key=_said_order)
    parties = _parties_of(mine, cast)
    rows: dict[tuple[str, PartialDate | None], list[Claim]] = defaultdict(list)
    for claim in mine:
        rows[_question_of(claim, vocabulary)].append(claim)
    order = _measure_order(event, vocabulary)
    questions = sorted(rows, key=lambda q: (order.get(q[0], len(order)), q[0], str(q[1] or "")))
    return AccountTable(
        event=event.id,
        parties=parties,
        rows=tuple(_row(question, rows[question], parties, withdrawn) for question in questions),
    )


def _said_order(claim: Claim) -> tuple[object, ...]:
    return (claim.stated.first, claim.id)


def _parties_of(claims: Sequence[Claim], cast: Cast) -> tuple[str, ...]:
    present = {claim.party for claim in claims}
    known = [party.id for party in cast.parties if party.id in present]
    return (*known, *sorted(present.difference(known)))


def _question_of(claim: Claim, vocabulary: Vocabulary) -> tuple[str, PartialDate | None]:
    measure = vocabulary.find(claim.measure)
    dated = measure is not None and measure.kind is not MeasureKind.FLOW and measure.id != "capacity"
    return (measure.id if measure else claim.measure), (claim.as_of if dated else None)


def _measure_order(event: Event, vocabulary: Vocabulary) -> dict[str, int]:
    order: dict[str, int] = {}
    for id in (*event.headline, *(measure.id for measure in vocabulary.measures)):
        order.setdefault(id, len(order))
    return order


def _row(
    question: tuple[str, PartialDate | None], claims: Sequence[Claim], parties: Sequence[str], withdrawn: frozenset[str]
) -> Row:
    said = _with_standing(claims, withdrawn)
    cells = tuple(Cell(party, tuple(s for s in said if s.claim.party == party)) for party in parties)
    subsets = {claim.subset for claim in claims}
    return Row(
        measure=question[0],
        subset=subsets.pop() if len(subsets) == 1 else "",
        as_of=question[1],
        cells=cells,
        agreement=_agreement(said),
    )


def _with_standing(claims: Sequence[Claim], withdrawn: frozenset[str]) -> list[Said]:
    """Mark each claim, given in the order of saying, by what the same speaker said later of the same subset."""
    said = []
    for place, claim in enumerate(claims):
        later = [c for c in claims[place + 1 :] if _same_speaker_later(claim, c)]
        if claim.id in withdrawn:
            said.append(Said(claim, Standing.WITHDRAWN))
        elif not later:
            said.append(Said(claim))
        elif _same_range(claim, later[-1]):
            said.append(Said(claim, Standing.REPEATED, later[-1].id))
        else:
            said.append(Said(claim, Standing.REVISED, later[-1].id))
    return said


def _same_speaker_later(one: Claim, other: Claim) -> bool:
    return (
        one.speaker == other.speaker
        and one.stated.last < other.stated.first
        and narrowing(one) == narrowing(other)
        and not other.quantity.is_silence
    )


def narrowing(claim: Claim) -> frozenset[str]:
    """The words of the claim's subset that narrow it; none for "prisoners, cumulative"."""
    return key_words(claim.subset) - _WHOLE


def _same_range(one: Claim, other: Claim) -> bool:
    return (one.quantity.low, one.quantity.high) == (other.quantity.low, other.quantity.high)


def _agreement(said: Sequence[Said]) -> Agreement:
    """How the standing figures agree; figures of different subsets are not held against each other."""
    current = [s.claim for s in said if s.standing is Standing.CURRENT and not s.claim.quantity.is_silence]
    if not current:
        return Agreement.SILENT
    pairs = [pair for pair in combinations(current, 2) if _comparable(*pair)]
    if any(not one.quantity.overlaps(other.quantity) for one, other in pairs):
        return Agreement.DIFFER
    if len({claim.party for claim in current}) == 1:
        return Agreement.ALONE
    if not pairs:
        return Agreement.APART
    return Agreement.AGREE if all(_same_range(*pair) for pair in pairs) else Agreement.COMPATIBLE


def _comparable(one: Claim, other: Claim) -> bool:
    mine, theirs = narrowing(one), narrowing(other)
    return not mine or not theirs or mine == theirs
