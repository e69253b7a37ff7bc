"""What people decided to take out of what is public: claims, documents, demands, estimates, events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from recuento.casefile.casefile import Casefile
from recuento.casefile.publishing.subjects import names_of, subject_named
from recuento.casefile.review.reviewing import decide
from recuento.errors import InvalidValue
from recuento.model.decision import Act, Decision, undone_in
from recuento.model.dossier import PublishedDocument, PublishRules
from recuento.model.edition import Withdrawn
from recuento.store import decisions
from recuento.values.partial_date import PartialDate

KINDS = ("claim", "document", "demand", "estimate", "event")
_PREFIX = "public:"


@dataclass(frozen=True, slots=True)
class Retraction:
    """One thing that is not published: its kind and id, and the decision that says so."""

    kind: str
    id: str
    decision: Decision

    @property
    def event(self) -> str:
        """The event it stood in, as it was when it was retracted; empty for a document."""
        return dict(self.decision.details).get("event", "")

    @property
    def now(self) -> str:
        """The id under which it was retracted, where it was under others that it had before as well."""
        return dict(self.decision.details).get("now", "")

    @property
    def month(self) -> PartialDate:
        """The month in which it was retracted: no day is ever told."""
        return PartialDate(self.decision.at.year, self.decision.at.month)


def retract(casefile: Casefile, subject: str, *, by: str, at: datetime, why: str = "") -> Retraction:
    """Take "claim:ID", "document:SHA256", "demand:ID", "estimate:ID" or "event:ID" out of every edition from now on.

    Nothing is erased from the casefile. Raises InvalidValue where there is no such thing or it is retracted already.
    """
    named = subject_named(casefile, subject)
    if named.kind not in KINDS:
        raise InvalidValue(
            f"a {named.kind} cannot be retracted by itself: hold it back",
            f"no se puede retirar solo: retenga {named.name}",
        )
    kind, id, event = named.kind, named.id, named.event
    if any(one.kind == kind and one.id in named.ids for one in retractions(casefile)):
        raise InvalidValue(f"{kind}:{id} is retracted already", f"{kind}:{id} ya está retirado")
    details = {"event": event} if event else {}
    # Earlier editions tell a demand under the id that it had then.
    details |= {"now": id} if named.earlier else {}
    subjects = [f"{_PREFIX}{kind}:{each}" for each in named.ids]
    done = decide(casefile, subjects, Act.RETRACT, by=by, at=at, details=details, why=why)
    return Retraction(kind, id, done[0])


def restore(casefile: Casefile, subject: str, *, by: str, at: datetime, why: str = "") -> Decision:
    """Take a retraction back: it is published again where the rules allow. Raises InvalidValue without one."""
    names = names_of(casefile, subject)
    found = next((one for one in retractions(casefile) if f"{one.kind}:{one.id}".startswith(names)), None)
    if found is None:
        raise InvalidValue(f"{subject} is not retracted", f"{subject} no está retirado")
    done = [
        decide(
            casefile,
            [one.decision.subject],
            Act.UNDO,
            by=by,
            at=at,
            details={"decision": str(one.decision.id)},
            why=why,
        )[0]
        for one in retractions(casefile)
        if one.decision.id == found.decision.id or (one.now and one.now == found.now)
    ]
    return done[0]


def retractions(casefile: Casefile) -> tuple[Retraction, ...]:
    """Everything that is retracted now, in the order of the decisions."""
    with casefile.database.reading() as connection:
        every = decisions.all(connection)
    undone = undone_in(every)
    found = []
    for decision in every:
        if decision.act is Act.RETRACT and decision.id not in undone:
            kind, id = decision.subject.removeprefix(_PREFIX).split(":", 1)
            found.append(Retraction(kind, id, decision))
    return tuple(found)


def publish_rules(casefile: Casefile, read: Sequence[PublishedDocument]) -> PublishRules:
    """What the settings and the retractions let out; with every event of which something was withdrawn."""
    found = retractions(casefile)
    events_of = {one.document.sha256: one.events for one in read}
    months: dict[str, PartialDate] = {}
    for one in found:
        for event in (one.event,) if one.event else events_of.get(one.id, ()):
            months[event] = one.month
    return PublishRules(
        texts=casefile.settings.texts,
        unreviewed=casefile.settings.unreviewed,
        testimony_dates=casefile.settings.testimony_dates,
        withdrawn=tuple(Withdrawn(one.kind, one.id, one.month) for one in found),
        blank=casefile.settings.blank_withdrawn,
        withheld_claims=_ids(found, "claim"),
        withheld_documents=_ids(found, "document"),
        withheld_demands=_ids(found, "demand"),
        withheld_estimations=_ids(found, "estimate"),
        withheld_events=_ids(found, "event"),
        retracted=tuple(sorted(months.items())),
    )


def _ids(found: Iterable[Retraction], kind: str) -> frozenset[str]:
    return frozenset(one.id for one in found if one.kind == kind)
