"""The page of an event: its accounts in the world that somebody chooses to believe."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404

from recuento.model.casting import Event
from recuento.model.demand import DemandState
from recuento.publish.render import first_printed
from recuento.workbench.event_sheet import Asked
from recuento.workbench.pages import desk_of, language_of, page
from recuento.workbench.speech import Speech
from recuento.workbench.urls_of import event_url
from recuento.workbench.views.common import see_other

_SEARCHED = 50


def show(request: Any, event: str) -> Any:
    """The event in the world that the address names, so that what somebody looks at can be sent to somebody else."""
    wanted = event_or_404(request, event)
    ticked = request.GET.getlist("c")
    if "by" in request.GET:
        chosen = {"claims": ",".join(ticked)} if ticked else {"hand": "1"}
        return see_other(f"{event_url(event)}?{urlencode(chosen, safe=',')}")
    speech = Speech(language_of(request))
    claims = tuple(id for id in request.GET.get("claims", "").split(",") if id)
    asked = Asked(request.GET.get("world", ""), claims, request.GET.get("ask", ""))
    desk = desk_of(request)
    laid_out = desk.laid_out.of(wanted, desk.day(), asked, speech)
    return page(
        request,
        "event.html",
        **laid_out.shown,
        fresh=first_printed(),
        choices=laid_out.choices,
        speakers=laid_out.speakers,
        hand="hand" in request.GET or bool(claims),
        asked=asked,
        query=_query,
    )


def brief(request: Any, event: str) -> Any:
    """What waits in an event, in one line: clashes, demands without an answer, statements nobody has reviewed."""
    desk = desk_of(request)
    found, study = desk.studies.of(event_or_404(request, event), desk.day())
    states = [demand.state for demand in found.demands]
    return page(
        request,
        "brief.html",
        event=found.event,
        clashes=len(study.conflicts()),
        waiting=states.count(DemandState.OPEN) + states.count(DemandState.OVERDUE),
        overdue=states.count(DemandState.OVERDUE),
        to_review=sum(len(one.statements) - len(one.reviewed) for one in found.documents),
    )


def event_or_404(request: Any, id: str) -> Event:
    """The event of that id."""
    found = desk_of(request).casefile.settings.cast.event(id)
    if found is None:
        raise Http404
    return found


def events_of_casefile(request: Any) -> tuple[Event, ...]:
    """The events among which a record is looked for; of a large casefile only so many, or it would take minutes."""
    return desk_of(request).casefile.settings.cast.events[:_SEARCHED]


def _query(asked: Asked, **changed: str) -> str:
    """The part of the address that says what is asked for, with something changed."""
    parts = {"world": asked.world, "claims": ",".join(asked.claims), "ask": asked.ask} | changed
    if changed.get("world"):
        parts["claims"] = ""
    return "?" + urlencode({name: value for name, value in parts.items() if value}, safe=",:")
