"""Every decision on a statement, and taking one back."""

from __future__ import annotations

from typing import Any

from recuento.casefile.correcting import undo as take_back
from recuento.errors import InvalidValue
from recuento.store import decisions
from recuento.workbench.history import Names, told
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, language_of, page
from recuento.workbench.speech import Speech
from recuento.workbench.urls_of import key_from, review_url
from recuento.workbench.views.common import see_other

_PER_PAGE = 50


def every(request: Any) -> Any:
    """All decisions on statements, the last first, a page at a time (`before` is the number to go on from)."""
    asked = request.GET.get("before", "")
    limit = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    with desk_of(request).casefile.database.reading() as connection:
        found = [d for d in decisions.all(connection) if d.subject.startswith("statement:")]
    shown = [decision for decision in reversed(found) if limit is None or decision.id < limit][: _PER_PAGE + 1]
    more = shown[_PER_PAGE - 1].id if len(shown) > _PER_PAGE else None
    return page(request, "history.html", told=told(shown[:_PER_PAGE], found, _names(request)), more=more, key=None)


def one(request: Any, document: str, spans: str) -> Any:
    """The decisions on one statement, the last first."""
    key = key_from(document, spans)
    with desk_of(request).casefile.database.reading() as connection:
        found = decisions.on(connection, key)
    return page(request, "history.html", told=told(reversed(found), found, _names(request)), more=None, key=key)


def undo(request: Any) -> Any:
    """Take back the decision that is named, or the last one of one's own, and go to its statement."""
    desk, by = desk_of(request), member_of(request).name
    asked = request.POST.get("decision", "")
    with desk.lock:
        desk.queue.refresh()
        last = desk.queue.undoable(by)
        number = int(asked) if asked.isdecimal() and len(asked) < 19 else last.id if last and not asked else None
        if number is None:
            raise InvalidValue("there is nothing to undo", "no hay nada que deshacer")
        made = take_back(desk.casefile, number, by=by, at=desk.now())
        desk.queue.refresh()
        item = desk.queue.find(made.subject)
    return see_other(review_url(made.subject, made.id) if item else f"/review/?after={made.id}")


def _names(request: Any) -> Names:
    settings = desk_of(request).casefile.settings
    return Names(settings.cast, settings.vocabulary, Speech(language_of(request)))
