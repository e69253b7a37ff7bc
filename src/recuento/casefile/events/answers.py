"""What may answer a demand: the statements of its event, the likeliest first, and the noting of what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from recuento.casefile.casefile import Casefile
from recuento.casefile.events.gathering import Gathered
from recuento.casefile.review.correcting import Hand
from recuento.casefile.review.reviewing import decide
from recuento.compare.speakers import actor_for, actor_named
from recuento.errors import InvalidValue
from recuento.model.casting import Cast
from recuento.model.decision import Act, Decision
from recuento.model.demand import Demand, DemandState
from recuento.model.document import Document
from recuento.model.statement import Mode, Statement
from recuento.model.statement_key import statement_key
from recuento.values.names import fold, key_words
from recuento.values.partial_date import PartialDate

SETTABLE = (
    DemandState.OPEN,
    DemandState.ANSWERED,
    DemandState.PARTLY,
    DemandState.REFUSED,
    DemandState.CONTRADICTED,
)
"""What a person may note. Overdue is no note: it is what an open demand becomes with time."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may answer a demand. `claims` are those that rest on it."""

    key: str
    document: Document
    statement: Statement
    claims: tuple[str, ...]
    fits: int
    """How much speaks for it: who says it, what it counts, when, and in which words."""

    @property
    def answer(self) -> str:
        """What a settlement names: the claim that rests on it where it is just one, else the statement."""
        return self.claims[0] if len(self.claims) == 1 else self.key


def candidates(demand: Demand, found: Gathered, cast: Cast, wanted: str = "") -> tuple[Candidate, ...]:
    """The statements of the event that may answer `demand`, the likeliest first.

    With `wanted` those in whose words or speaker all of these words stand.
    """
    words = frozenset(fold(wanted).split())
    kept = [
        candidate
        for candidate in _every(demand, found, cast)
        if (words <= frozenset(fold(_text(candidate)).split()) if words else candidate.fits > 0)
    ]
    return tuple(sorted(kept, key=lambda one: (-one.fits, str(one.document.description.published), one.key)))


def answered_by(demand: Demand, found: Gathered, cast: Cast) -> Candidate | None:
    """The statement that is noted as the answer, where it is still there."""
    return next((one for one in _every(demand, found, cast) if demand.answer in (one.key, *one.claims)), None)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What came of a demand: its state, the day it came, and the statement that answers, by its key."""

    state: DemandState
    on: PartialDate | None = None
    answer: str = ""


def settle(
    casefile: Casefile, found: Gathered, demand: Demand, settlement: Settlement, hand: Hand
) -> tuple[Decision, ...]:
    """Append what came of a demand of the event `found`.

    Raises InvalidValue for a state that nobody can note or a statement that is not there; DecidedMeanwhile where
    somebody decided on the demand since `hand.seen`.
    """
    if settlement.state not in SETTABLE:
        raise InvalidValue(
            f"{settlement.state.value!r} is not noted by hand: an open demand becomes overdue with time",
            f"{settlement.state.value!r} no se anota a mano: una exigencia sin respuesta pasa de plazo con el tiempo",
        )
    details = {"event": found.event.id, "state": settlement.state.value}
    if settlement.on is not None and settlement.state is not DemandState.OPEN:
        details["on"] = str(settlement.on)
    if settlement.answer:
        details |= _answer(demand, found, casefile.settings.cast, settlement.answer)
    return decide(
        casefile,
        [f"demand:{demand.id}"],
        Act.SETTLE,
        by=hand.by,
        at=hand.at,
        details=details,
        why=hand.why,
        after=hand.seen,
    )


def _answer(demand: Demand, found: Gathered, cast: Cast, key: str) -> dict[str, str]:
    chosen = next((one for one in _every(demand, found, cast) if one.key == key), None)
    if chosen is None:
        raise InvalidValue(
            "the statement chosen as the answer is not in this event any more: choose another",
            "la declaración elegida como respuesta ya no está en este suceso: elija otra",
        )
    quote = " ".join(chosen.statement.content[0].quote.split())
    return {"answer": chosen.answer, "statement": key, "words": f"{chosen.statement.speaker.name}: «{quote[:120]}»"}


def _every(demand: Demand, found: Gathered, cast: Cast) -> Iterator[Candidate]:
    """Every statement of the event but the one that asks and those that ask themselves."""
    resting: dict[tuple[str, str], list[str]] = {}
    for claim in found.claims:
        for ground in claim.grounds:
            if ground.document is not None and ground.statement is not None:
                resting.setdefault((ground.document, ground.statement), []).append(claim.id)
    for one in found.documents:
        for statement in one.statements:
            own = (one.document.sha256, statement.id)
            if own == (demand.document, demand.statement) or statement.mode in (Mode.DEMANDS, Mode.ASKS):
                continue
            fits = _fits(demand, one.document, statement, cast)
            claims = tuple(dict.fromkeys(resting.get(own, ())))
            yield Candidate(statement_key(one.document, statement), one.document, statement, claims, fits)


def _fits(demand: Demand, document: Document, statement: Statement, cast: Cast) -> int:
    published = document.description.published
    if published is not None and published.last < demand.asked.first:
        return 0
    measures = {figure.measure for figure in statement.figures}
    shared = key_words(demand.item) & key_words(" ".join(anchor.quote for anchor in statement.content))
    same = demand.measure is not None and demand.measure in measures
    return 3 * same + 2 * _is_addressee(demand, statement, cast) + min(len(shared), 3)


def _is_addressee(demand: Demand, statement: Statement, cast: Cast) -> bool:
    """Whether the one who was asked speaks, or somebody of the same side."""
    asked = actor_named(demand.addressee or "", cast)
    speaker = actor_for(statement.speaker, cast)
    return asked is not None and speaker is not None and speaker.party == asked.party


def _text(candidate: Candidate) -> str:
    quotes = " ".join(anchor.quote for anchor in candidate.statement.content)
    description = candidate.document.description
    return f"{candidate.statement.speaker.name} {quotes} {description.title or ''} {description.outlet or ''}"
