"""The page of one demand: what was asked, what came of it, and the statement that answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from recuento.casefile.events.answers import SETTABLE, Settlement, answered_by, candidates
from recuento.casefile.events.answers import settle as note_settlement
from recuento.casefile.events.gathering import Gathered
from recuento.casefile.events.inside import account_of, inside_view
from recuento.casefile.review.correcting import Hand
from recuento.errors import InvalidValue, RecuentoError
from recuento.model.demand import Demand, DemandState
from recuento.publish.build import addresses_of
from recuento.store import decisions
from recuento.workbench.bench_links import BenchLinks
from recuento.workbench.event_sheet import shared_parts
from recuento.workbench.history import names_of, told
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, language_of, page
from recuento.workbench.records import decisions_concerning
from recuento.workbench.speech import Speech
from recuento.workbench.typed import day_typed, number_typed
from recuento.workbench.urls_of import demand_url
from recuento.workbench.views.common import see_other
from recuento.workbench.views.event import event_or_404, events_of_casefile

_OFFERED = 12


def show(request: Any, event: str, demand: str) -> Any:
    """The demand. `q` looks among the statements of the event for the one that answers."""
    _, mine = _found(request, event, demand)
    return _draw(request, event, demand) if mine.id == demand else see_other(demand_url(event, mine.id))


def find(request: Any, demand: str) -> Any:
    """The page of a demand whose event the address does not name, or what was decided on one that nobody makes."""
    desk = desk_of(request)
    for event in events_of_casefile(request):
        found = next((one for one in desk.studies.of(event, desk.day())[0].demands if demand in one.ids), None)
        if found is not None:
            return see_other(demand_url(event.id, found.id))
    with desk.casefile.database.reading() as connection:
        made = decisions_concerning(connection, "demand", demand)
    if not made:
        raise Http404
    return page(request, "demand_gone.html", 404, id=demand, told=told(reversed(made), made, names_of(request)))


def settle(request: Any, event: str, demand: str) -> Any:
    """Note what came of the demand; what is wrong is shown with the form, and nothing is written."""
    desk = desk_of(request)
    found, mine = _found(request, event, demand)
    sent = request.POST
    try:
        settlement = Settlement(_state(sent.get("state", "")), day_typed(sent.get("on", "")), sent.get("answer", ""))
        why = " ".join(sent.get("why", "").split())
        hand = Hand(member_of(request).name, desk.now(), number_typed(sent.get("seen", "")), why)
        note_settlement(desk.casefile, found, mine, settlement, hand)
    except InvalidValue as error:
        return _draw(request, event, demand, error)
    return see_other(f"{demand_url(event, mine.id)}#state")


def _draw(request: Any, event: str, demand: str, error: RecuentoError | None = None) -> Any:
    desk, speech = desk_of(request), Speech(language_of(request))
    found, mine = _found(request, event, demand)
    cast = desk.casefile.settings.cast
    view = inside_view(desk.casefile.settings, desk.day(), [account_of(found)], found.documents)
    addresses = addresses_of(view)
    with desk.casefile.database.reading() as connection:
        made = decisions.on(connection, f"demand:{mine.id}")
        concerning = decisions_concerning(connection, "demand", *mine.ids)
    wanted = request.GET.get("q") or request.POST.get("q", "")
    offered = candidates(mine, found, cast, wanted)
    return page(
        request,
        "demand.html",
        400 if error else 200,
        **shared_parts(view, addresses, speech),
        to=BenchLinks(view, event, addresses),
        event=view.events[0],
        demand=next(one for one in view.events[0].demands if one.id == mine.id),
        anchor=mine.anchor,
        answer=answered_by(mine, found, cast),
        has_answer=bool(mine.answer),
        put_right=bool(mine.earlier),
        offered=offered[:_OFFERED],
        more=max(0, len(offered) - _OFFERED),
        wanted=wanted,
        states=[state.value for state in SETTABLE],
        sent=request.POST.dict(),
        told=told(reversed(concerning), concerning, names_of(request)),
        seen=made[-1].id if made else 0,
        today=desk.day(),
        overdue_days=desk.casefile.settings.answer_days,
        error=error.text(language_of(request)) if error else None,
    )


def _found(request: Any, event: str, id: str) -> tuple[Gathered, Demand]:
    desk = desk_of(request)
    found, _ = desk.studies.of(event_or_404(request, event), desk.day())
    demand = next((one for one in found.demands if id in one.ids), None)
    if demand is None:
        raise Http404
    return found, demand


def _state(words: str) -> DemandState:
    try:
        return DemandState(words)
    except ValueError:
        raise InvalidValue("choose what came of it", "elija qué fue de ella") from None
