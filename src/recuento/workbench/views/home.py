"""The first page: what waits, document by document; and the two settings of a reader."""

from __future__ import annotations

from typing import Any

from recuento.casefile.keeping.last_verified import last_verified
from recuento.casefile.publishing.asked_for import asked_for
from recuento.casefile.publishing.since_published import since_published
from recuento.casefile.review.orphans import orphans
from recuento.store import documents
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, page
from recuento.workbench.roles import Role
from recuento.workbench.views.common import is_own, see_other

_SHOWN = 50
_EVENTS = 40
_TOLD_AT_ONCE = 6
"""Of how many events the page asks what waits in them as soon as it is shown; the others tell it when opened."""


def home(request: Any) -> Any:
    """What waits for review, hardest documents first."""
    desk = desk_of(request)
    with desk.lock, desk.queue.reading_once() as connection:
        desk.queue.refresh()
        waiting = desk.queue.waiting_documents()
        firsts = desk.queue.first_of(waiting[:_SHOWN])
        rows = [(sha, desk.queue.waiting_in(sha), first) for sha, first in firsts.items()]
        counts = (desk.queue.waiting(), desk.queue.size())
        referred = tuple(desk.queue.referred(_SHOWN))
        found = documents.some(connection, list(firsts))
    verified = last_verified(desk.casefile)
    cast = desk.file.settings.cast
    missing = [kind for kind in ("actors", "facilities", "events") if not getattr(cast, kind)]
    events = sorted(desk.casefile.settings.cast.events, key=lambda event: str(event.starts), reverse=True)
    return page(
        request,
        "home.html",
        documents=[(found[sha], left, first) for sha, left, first in rows if sha in found],
        waiting=counts[0],
        size=counts[1],
        more=len(waiting) - len(rows),
        referred=referred,
        missing=missing if member_of(request).may(Role.DOCUMENTATION) else [],
        settings_wrong=desk.file.error is not None,
        events=events[:_EVENTS],
        more_events=max(0, len(events) - _EVENTS),
        told_at_once=_TOLD_AT_ONCE,
        published=since_published(desk.casefile),
        asked=asked_for(desk.casefile),
        orphans=len(orphans(desk.casefile)),
        verified=verified,
        verify_again=verified is not None and (verified.faults > 0 or verified.is_old(desk.now())),
    )


def settings(request: Any) -> Any:
    """Change the language or the keys, and go back to where one was."""
    language, keys = request.POST.get("language"), request.POST.get("keys")
    if language in ("es", "en"):
        request.session["language"] = language
    if keys in ("on", "off"):
        request.session["keys"] = keys == "on"
    back = request.POST.get("back", "/")
    back = back if is_own(back) else "/"
    # Whoever stood nowhere in particular stands at the button again that was pressed.
    return see_other(back if "#" in back else f"{back}#{'language' if language else 'keys'}")
