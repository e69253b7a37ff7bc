"""The first page: what waits, document by document; and the two settings of a reader."""

from __future__ import annotations

from typing import Any

from recuento.store import documents
from recuento.workbench.pages import desk_of, page
from recuento.workbench.views.common import is_own, see_other

_SHOWN = 50


def home(request: Any) -> Any:
    """What waits for review, hardest documents first."""
    desk = desk_of(request)
    with desk.lock:
        desk.queue.refresh()
        waiting = [sha for sha in desk.queue.documents() if desk.queue.waiting_in(sha)]
        rows = [(sha, desk.queue.waiting_in(sha), desk.queue.of_document(sha)) for sha in waiting[:_SHOWN]]
        counts = (desk.queue.waiting(), desk.queue.size())
        referred = tuple(desk.queue.referred()[:_SHOWN])
    with desk.casefile.database.reading() as connection:
        listed = [(documents.find(connection, sha), left, next(item for item in items)) for sha, left, items in rows]
    return page(
        request,
        "home.html",
        documents=[(document, left, first) for document, left, first in listed if document is not None],
        waiting=counts[0],
        size=counts[1],
        more=len(waiting) - len(rows),
        referred=referred,
    )


def settings(request: Any) -> Any:
    """Change the language or the keys, and go back to where one was."""
    language, keys = request.POST.get("language"), request.POST.get("keys")
    if language in ("es", "en"):
        request.session["language"] = language
    if keys in ("on", "off"):
        request.session["keys"] = keys == "on"
    back = request.POST.get("back", "/")
    return see_other(back if is_own(back) else "/")
