"""What changed from one edition to the next, said so that no difference points at one person or at what was withdrawn.

Only what stands in both editions, or is new, is told by name. What is gone is never named nor counted, and of an event
from which something was withdrawn nothing else is told in that edition: a bound that moves would give it away.
Testimonies are told together, never one by one: the day of an edition is closer than the month they are told with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from recuento.model.demand import DemandState
from recuento.model.edition import Change, ChangeKind, Contents, Edition, EventChanges, HeldEvent, ToldEvent, Withdrawn
from recuento.publish.telling import in_both
from recuento.publish.tongue import phrases
from recuento.values.bilingual import Bilingual


def changes_between(
    before: Sequence[ToldEvent] | None, after: Sequence[ToldEvent], retracted: frozenset[str]
) -> tuple[EventChanges, ...]:
    """The changes of each event that has any. `retracted` are events of which something was withdrawn in between.

    Without an edition before, every event is new and nothing else is said of it.
    """
    known = {event.id: event for event in before or ()}
    found = []
    for event in after:
        changes = tuple(_of_event(known.get(event.id), event, event.id in retracted))
        if changes:
            found.append(EventChanges(event.id, event.name, changes))
    return tuple(found)


def retracted_since(earlier: Sequence[Edition], withdrawn: Iterable[Withdrawn]) -> frozenset[str]:
    """The events that the last edition told and of which something it held is withdrawn now."""
    return frozenset(months_hit(earlier[-1].contents, withdrawn)) if earlier else frozenset()


def months_hit(contents: Contents, withdrawn: Iterable[Withdrawn]) -> dict[str, Withdrawn]:
    """The events of an edition that told something withdrawn since, each with the last such withdrawal."""
    found: dict[str, Withdrawn] = {}
    for one in withdrawn:
        for event in _events_of(one, contents):
            if event not in found or str(found[event].month) < str(one.month):
                found[event] = one
    return found


def past_changes(earlier: Sequence[Edition], withdrawn: Sequence[Withdrawn]) -> tuple[Edition, ...]:
    """The earlier editions with nothing in their changes that was withdrawn since: only that something was."""
    found = []
    for edition in earlier:
        hit = months_hit(edition.contents, withdrawn)
        gone = {one.id for one in withdrawn if one.kind == "event"}
        changes = tuple(
            replace(one, changes=(_that_something_was_withdrawn(),)) if one.event in hit else one
            for one in edition.changes
            if one.event not in gone
        )
        found.append(replace(edition, changes=changes))
    return tuple(found)


def tellable(changes: Sequence[EventChanges], tells: Callable[[str], bool]) -> tuple[EventChanges, ...]:
    """The changes without those in whose words something private stands (`tells`): a name may have become so since."""
    found = []
    for one in changes:
        kept = tuple(change for change in one.changes if not any(tells(text) for text in _texts(change)))
        if kept:
            found.append(replace(one, changes=kept))
    return tuple(found)


def _texts(change: Change) -> Iterator[str]:
    for words in (change.words, change.before, change.after):
        if words is not None:
            yield from (words.es, words.en)


def _events_of(one: Withdrawn, contents: Contents) -> Iterator[str]:
    match one.kind:
        case "event":
            yield from (event.id for event in contents.events if event.id == one.id)
        case "claim" | "demand":
            yield from (event.id for event in contents.events if one.id in _ids(event, one.kind))
        case "estimate":
            yield from (estimate.event for estimate in contents.estimates if estimate.id == one.id)
        case "document":
            yield from (id for document in contents.documents if document.sha256 == one.id for id in document.events)


def _ids(event: HeldEvent, kind: str) -> tuple[str, ...]:
    return event.claims if kind == "claim" else event.demands


def _that_something_was_withdrawn() -> Change:
    return Change(ChangeKind.RETRACTED, phrases()["change_retracted"])


def _of_event(before: ToldEvent | None, after: ToldEvent, retracted: bool) -> Iterator[Change]:
    if before is None:
        yield Change(ChangeKind.EVENT_NEW, after.name)
        return
    if retracted:
        yield _that_something_was_withdrawn()
        return
    yield from _figures(before, after)
    gone = {figure.id for figure in before.figures} - {figure.id for figure in after.figures}
    if not gone:
        # A bound or a clash that changes because a figure left would tell which figure it was.
        yield from _bounds(before, after)
        yield from _clashes(before, after)
    yield from _demands(before, after)
    yield from _estimates(before, after)
    if after.documents > before.documents:
        yield Change(ChangeKind.DOCUMENTS_NEW, phrases()["change_documents"])


def _figures(before: ToldEvent, after: ToldEvent) -> Iterator[Change]:
    known = {figure.id: figure for figure in before.figures}
    moved = [figure for figure in after.figures if figure.id not in known or known[figure.id].mark != figure.mark]
    for figure in moved:
        earlier = known.get(figure.id)
        if figure.testimony or (earlier is not None and earlier.testimony):
            continue
        if earlier is None:
            yield Change(ChangeKind.FIGURE_NEW, figure.words, claim=figure.id)
        else:
            yield Change(ChangeKind.FIGURE_CHANGED, figure.words, earlier.words, figure.words, figure.id)
    if any(figure.testimony for figure in moved):
        yield Change(ChangeKind.TESTIMONIES, phrases()["change_testimonies"])
    if known.keys() - {figure.id for figure in after.figures}:
        yield Change(ChangeKind.FIGURES_GONE, phrases()["change_gone"])


def _bounds(before: ToldEvent, after: ToldEvent) -> Iterator[Change]:
    known = {bound.measure: bound for bound in before.bounds}
    for bound in after.bounds:
        earlier = known.get(bound.measure)
        ends = (bound.low, bound.high)
        if earlier is not None and (earlier.low, earlier.high) != ends:
            yield Change(ChangeKind.BOUND_MOVED, bound.words, _range(earlier.low, earlier.high), _range(*ends))


def _range(low: int, high: int | None) -> Bilingual:
    return in_both(lambda tongue: tongue.range(low, high))


def _clashes(before: ToldEvent, after: ToldEvent) -> Iterator[Change]:
    testimonies = {figure.id for figure in (*before.figures, *after.figures) if figure.testimony}
    then, now = ({clash.claims: clash for clash in told.clashes} for told in (before, after))
    for claims, clash in now.items():
        if claims not in then and not testimonies & set(claims):
            yield Change(ChangeKind.CLASH_NEW, clash.words)
    for claims, clash in then.items():
        if claims not in now and not testimonies & set(claims):
            yield Change(ChangeKind.CLASH_SOLVED, clash.words)


def _demands(before: ToldEvent, after: ToldEvent) -> Iterator[Change]:
    known = {demand.id: demand for demand in before.demands}
    for demand in after.demands:
        earlier = known.get(demand.id)
        if earlier is None:
            if not demand.testimony:
                yield Change(ChangeKind.DEMAND_NEW, demand.words)
        elif earlier.state is not demand.state:
            yield Change(ChangeKind.DEMAND_STATE, demand.words, _state(earlier.state), _state(demand.state))


def _state(state: DemandState) -> Bilingual:
    words = phrases()[f"demand_{state.value}"]
    return Bilingual(es=words.es[:1].lower() + words.es[1:], en=words.en[:1].lower() + words.en[1:])


def _estimates(before: ToldEvent, after: ToldEvent) -> Iterator[Change]:
    known = {one.id: one.mark for one in before.estimates}
    for one in after.estimates:
        if one.id not in known:
            yield Change(ChangeKind.ESTIMATE_NEW, one.question)
        elif known[one.id] != one.mark:
            yield Change(ChangeKind.ESTIMATE_ANEW, one.question)
