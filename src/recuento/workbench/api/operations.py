"""What can be asked: each operation with its address and the role it needs. One without a role cannot be made."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Annotated, Any, TypeVar

from ninja import Query

from recuento.casefile.events.balancing import Accounting, account_for, with_words
from recuento.casefile.events.gathering import Gathered, event_named
from recuento.casefile.review.correcting import Standing, statements_standing
from recuento.casefile.review.reviewing import standing
from recuento.errors import InvalidValue
from recuento.model.demand import DemandState
from recuento.model.document import Document
from recuento.store import decisions, documents, layers
from recuento.workbench.api import schemas as s
from recuento.workbench.api import shapes
from recuento.workbench.api.event_figures import gathered
from recuento.workbench.desk import Desk
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of
from recuento.workbench.roles import Role

T = TypeVar("T")
Limit = Annotated[int, Query(50, ge=1, le=200, description="how many at most")]
Cursor = Annotated[str, Query("", max_length=300, description="where to go on: `next` of the page before")]
EventId = Annotated[str, Query("", max_length=200, description="id of an event; all of them if left out")]
_SHOWN = ("statement:", "claim:", "demand:", "copies:")
"""Subjects of decisions that are told; what is decided about persons is not."""


class Unknown(Exception):
    """There is nothing of that name."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What is asked for at an address, by whoever holds the role, and the form of the answer."""

    address: str
    role: Role
    ask: Callable[..., Any]
    answer: type[Any]

    def __post_init__(self) -> None:
        if not isinstance(self.role, Role):
            raise TypeError(f"{self.address}: {self.role!r} is no role")

    @property
    def questions(self) -> frozenset[str]:
        """The names of the values that may stand in the address after the question mark."""
        return frozenset(
            name for name in signature(self.ask).parameters if name != "request" and f"{{{name}}}" not in self.address
        )


def list_documents(request: Any, limit: Limit, cursor: Cursor) -> s.Documents:
    """Documents, by SHA-256."""
    with desk_of(request).casefile.database.reading() as connection:
        found = documents.page(connection, _after(cursor), limit + 1)
    eyes = _eyes(request)
    return s.Documents(
        items=[shapes.document(one, eyes) for one in found[:limit]],
        next=_cursor(found[limit - 1].sha256) if len(found) > limit else None,
    )


def one_document(request: Any, sha256: str) -> s.DocumentWithText:
    """A document with its text."""
    with desk_of(request).casefile.database.reading() as connection:
        found = documents.find(connection, sha256) if len(sha256) >= 16 else None
        layer = layers.current(connection, found.sha256) if found else None
    if found is None:
        raise Unknown
    return shapes.document_with_text(found, layer, _eyes(request))


def statements_of(request: Any, sha256: str) -> s.Statements:
    """Every statement of a document, in reading order."""
    desk = desk_of(request)
    with desk.lock, desk.queue.reading_once():
        desk.queue.refresh()
        found = _standing(desk, sha256)
    if found is None:
        raise Unknown
    return s.Statements(items=shapes.statements(*found, _eyes(request)), next=None)


def list_statements(request: Any, limit: Limit, cursor: Cursor) -> s.Statements:
    """Statements, document by document: a page ends with a document, so that it may hold more than `limit`."""
    desk, after, eyes = desk_of(request), _after(cursor), _eyes(request)
    items: list[s.StatementOut] = []
    last = ""
    with desk.lock, desk.queue.reading_once():
        desk.queue.refresh()
        following = sorted(sha256 for sha256 in desk.queue.documents() if sha256 > after)
        for last in following:
            found = _standing(desk, last)
            items += shapes.statements(*found, eyes) if found else []
            if len(items) >= limit:
                break
    return s.Statements(items=items, next=_cursor(last) if following and last != following[-1] else None)


def list_claims(request: Any, limit: Limit, cursor: Cursor, event: EventId = "") -> s.Claims:
    """Claims of an event, or of all events, by id."""
    every = [claim for one in _events(request, event) for claim in one.claims]
    shown, following = _paged(sorted(every, key=lambda one: one.id), lambda one: one.id, cursor, limit)
    eyes = _eyes(request)
    return s.Claims(items=[shapes.claim(one, eyes) for one in shown], next=following)


def list_events(request: Any, limit: Limit, cursor: Cursor) -> s.Events:
    """Events, by id."""
    every = sorted(desk_of(request).casefile.settings.cast.events, key=lambda one: one.id)
    shown, following = _paged(every, lambda one: one.id, cursor, limit)
    return s.Events(items=[shapes.event(one) for one in shown], next=following)


def one_event(request: Any, event: str) -> s.EventWithAccounts:
    """An event with its accounts side by side, and the worlds one may believe."""
    (found,) = _events(request, event)
    accounting = _accounting(request, found)
    return shapes.event_with_accounts(found.event, found.table, [world.id for world in accounting.worlds])


def balance_of(
    request: Any, event: str, world: Annotated[str, Query("", max_length=200, description="id of a world")] = ""
) -> s.BalanceOut:
    """What follows in a world of an event, by default its first: bounds with their sums, or what clashes."""
    (found,) = _events(request, event)
    accounting = _accounting(request, found)
    chosen = accounting.world(world) if world else accounting.worlds[0]
    return shapes.balance(with_words(accounting.balanced(chosen), accounting, desk_of(request).casefile.settings))


def list_demands(
    request: Any, limit: Limit, cursor: Cursor, event: EventId = "", state: DemandState | None = None
) -> s.Demands:
    """Demands of an event, or of all events, by id; of one state alone, where `state` is given."""
    every = [demand for one in _events(request, event) for demand in one.demands if state in (None, demand.state)]
    shown, following = _paged(sorted(every, key=lambda one: one.id), lambda one: one.id, cursor, limit)
    eyes = _eyes(request)
    return s.Demands(items=[shapes.demand(one, eyes) for one in shown], next=following)


def changes_since(
    request: Any, limit: Limit, since: Annotated[int, Query(0, ge=0, lt=1 << 62, description="number of a decision")]
) -> s.Changes:
    """Decisions after the one of that number, in their order."""
    with desk_of(request).casefile.database.reading() as connection:
        every = decisions.since(connection, since)
    found = [one for one in every if one.subject.startswith(_SHOWN)]
    shown = found[:limit]
    last = shown[-1].id if len(found) > limit else every[-1].id if every else since
    return s.Changes(
        items=[shapes.change(one) for one in shown], last=last, next=str(last) if len(found) > limit else None
    )


OPERATIONS = (
    Operation("documents/", Role.READER, list_documents, s.Documents),
    Operation("documents/{sha256}/", Role.READER, one_document, s.DocumentWithText),
    Operation("documents/{sha256}/statements/", Role.READER, statements_of, s.Statements),
    Operation("statements/", Role.READER, list_statements, s.Statements),
    Operation("claims/", Role.READER, list_claims, s.Claims),
    Operation("events/", Role.READER, list_events, s.Events),
    Operation("events/{event}/", Role.READER, one_event, s.EventWithAccounts),
    Operation("events/{event}/balance/", Role.READER, balance_of, s.BalanceOut),
    Operation("demands/", Role.READER, list_demands, s.Demands),
    Operation("changes/", Role.READER, changes_since, s.Changes),
)


def _eyes(request: Any) -> shapes.Eyes:
    return shapes.Eyes(desk_of(request).casefile.settings.cast, member_of(request).may(Role.KEEPER_OF_NAMES))


def _standing(desk: Desk, sha256: str) -> tuple[Document, tuple[Standing, ...]] | None:
    opened = desk.queue.open(sha256) if len(sha256) == 64 else None
    if opened is None:
        return None
    decided = standing(opened.decisions)
    return opened.document, statements_standing(opened.document, opened.text, opened.statements, decided)


def _events(request: Any, id: str) -> Sequence[Gathered]:
    desk = desk_of(request)
    cast = desk.casefile.settings.cast
    if id and cast.event(id) is None:
        raise Unknown
    wanted = [event_named(desk.casefile, id)] if id else cast.events
    return [gathered(desk, event) for event in wanted]


def _accounting(request: Any, found: Gathered) -> Accounting:
    return account_for(desk_of(request).casefile.settings, found)


def _paged(every: Sequence[T], key: Callable[[T], str], cursor: str, limit: int) -> tuple[Sequence[T], str | None]:
    after = _after(cursor)
    rest = [one for one in every if key(one) > after]
    return rest[:limit], _cursor(key(rest[limit - 1])) if len(rest) > limit else None


def _cursor(last: str) -> str:
    return base64.urlsafe_b64encode(last.encode()).decode().rstrip("=")


def _after(cursor: str) -> str:
    try:
        after = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise InvalidValue("this is no cursor of ours", "este no es un cursor nuestro") from None
    if "\0" in after:
        raise InvalidValue("this is no cursor of ours", "este no es un cursor nuestro")
    return after
