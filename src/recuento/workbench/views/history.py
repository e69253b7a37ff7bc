"""Every decision on a statement, and taking one back."""

from __future__ import annotations

from typing import Any

from recuento.casefile.review.correcting import undo as take_back
from recuento.errors import InvalidValue
from recuento.model.decision import Act
from recuento.store import decisions
from recuento.workbench.desk import Desk
from recuento.workbench.history import names_of, told
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, page
from recuento.workbench.records import KINDS, decisions_concerning, kind_of, kinds_seen_by
from recuento.workbench.roles import Member, RoleMissing
from recuento.workbench.urls_of import key_from, review_url
from recuento.workbench.views.common import is_own, see_other

_PER_PAGE = 50


def every(request: Any) -> Any:
    """All decisions, or those on one kind of record, the last first (`before` is the number to go on from)."""
    asked = request.GET.get("before", "")
    limit = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    kind = request.GET.get("kind", "")
    kinds = kinds_seen_by(member_of(request))
    wanted = (kind,) if kind in kinds else kinds
    with desk_of(request).casefile.database.reading() as connection:
        shown = decisions.latest(connection, wanted, limit, _PER_PAGE + 1)
        found = [one for subject in {one.subject for one in shown} for one in decisions.on(connection, subject)]
    more = shown[_PER_PAGE - 1].id if len(shown) > _PER_PAGE else None
    return page(
        request,
        "history.html",
        told=told(shown[:_PER_PAGE], found, names_of(request)),
        more=more,
        key=None,
        kind=kind if kind in kinds else "",
        kinds=kinds,
    )


def one(request: Any, document: str, spans: str) -> Any:
    """The decisions on one statement, the last first."""
    key = key_from(document, spans)
    with desk_of(request).casefile.database.reading() as connection:
        found = decisions_concerning(connection, *key.split(":", 1))
    shown = told(reversed(found), found, names_of(request))
    return page(request, "history.html", told=shown, more=None, key=key, kind="", kinds=[])


def undo(request: Any) -> Any:
    """Take back the decision that is named, or the last one of one's own on a statement, and go to what it is about.

    Whoever takes back must be allowed to decide on such a record: who reviews does not let out what was held back.
    """
    desk, member = desk_of(request), member_of(request)
    asked = request.POST.get("decision", "")
    with desk.lock:
        desk.queue.refresh()
        last = desk.queue.undoable(member.name)
        number = int(asked) if asked.isdecimal() and len(asked) < 19 else last.id if last and not asked else None
        if number is None:
            raise InvalidValue("there is nothing to undo", "no hay nada que deshacer")
        _refuse_strangers(desk, member, number)
        made = take_back(desk.casefile, number, by=member.name, at=desk.now())
        desk.queue.refresh()
        item = desk.queue.find(made.subject)
    back = request.POST.get("back", "")
    if is_own(back):
        return see_other(back)
    if kind_of(made.subject) != "statement":
        return see_other("/history/")
    return see_other(review_url(made.subject, made.id) if item else f"/review/?after={made.id}")


def _refuse_strangers(desk: Desk, member: Member, number: int) -> None:
    with desk.casefile.database.reading() as connection:
        decision = decisions.numbered(connection, number)
    kind = kind_of(decision.subject) if decision is not None else "statement"
    role = KINDS.get(kind)
    if role is None or (decision is not None and decision.act is Act.APPROVE):
        raise InvalidValue(
            f"decision {number} is not taken back here", f"la decisión {number} no se deshace en esta página"
        )
    if not member.may(role):
        raise RoleMissing(role)
