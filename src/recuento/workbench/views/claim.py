"""The page of one claim: what was said, on what it rests, who changed it, and whether its speaker took it back."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from recuento.casefile.events.event_study import EventStudy
from recuento.casefile.events.gathering import Gathered
from recuento.casefile.events.inside import account_of, inside_view
from recuento.casefile.review.reviewing import decide, standing
from recuento.errors import InvalidValue
from recuento.model.claim import Claim
from recuento.model.decision import Act, Decision
from recuento.publish.build import addresses_of
from recuento.store import claims as stored_claims
from recuento.store import decisions
from recuento.workbench.bench_links import BenchLinks
from recuento.workbench.claim_words import versions_told
from recuento.workbench.event_sheet import shared_parts, to_confirm
from recuento.workbench.history import names_of, told
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, language_of, page
from recuento.workbench.records import decisions_concerning
from recuento.workbench.speech import Speech
from recuento.workbench.typed import day_typed, number_typed
from recuento.workbench.urls_of import claim_url
from recuento.workbench.views.common import reason_in, see_other
from recuento.workbench.views.event import event_or_404, events_of_casefile


def show(request: Any, event: str, claim: str) -> Any:
    """The claim with every version and decision."""
    desk, speech = desk_of(request), Speech(language_of(request))
    found, study = desk.studies.of(event_or_404(request, event), desk.day())
    mine = _claim(found, claim)
    view = inside_view(desk.casefile.settings, desk.day(), [account_of(found)], found.documents)
    addresses = addresses_of(view)
    with desk.casefile.database.reading() as connection:
        versions = stored_claims.history(connection, claim)
        made = decisions.on(connection, f"claim:{claim}")
        concerning = decisions_concerning(connection, "claim", claim)
    names = names_of(request)
    return page(
        request,
        "claim.html",
        **shared_parts(view, addresses, speech),
        to=BenchLinks(view, event, addresses),
        event=view.events[0],
        claim=view.events[0].claim(claim),
        note=mine.note,
        grounds=mine.grounds,
        confirm=to_confirm(found).get(claim),
        clashes=_clashes(study, claim),
        versions=versions_told(versions, names),
        told=told(reversed(concerning), concerning, names),
        withdrawal=_withdrawal(made),
        seen=made[-1].id if made else 0,
        today=desk.day(),
    )


def find(request: Any, claim: str) -> Any:
    """The page of a claim whose event the address does not name."""
    desk = desk_of(request)
    with desk.casefile.database.reading() as connection:
        entered = stored_claims.find(connection, claim)
    if entered is not None:
        return see_other(claim_url(entered.event, claim))
    for event in events_of_casefile(request):
        if any(one.id == claim for one in desk.studies.of(event, desk.day())[0].claims):
            return see_other(claim_url(event.id, claim))
    raise Http404


def withdraw(request: Any, event: str, claim: str) -> Any:
    """Note that the speaker took the claim back. It stays beside the others, struck out, and bounds nothing."""
    desk = desk_of(request)
    found, _ = desk.studies.of(event_or_404(request, event), desk.day())
    _claim(found, claim)
    if claim in found.withdrawn:
        raise InvalidValue(f"{claim} is withdrawn already", f"{claim} ya está retirada")
    on = day_typed(request.POST.get("on", ""))
    decide(
        desk.casefile,
        [f"claim:{claim}"],
        Act.WITHDRAW,
        by=member_of(request).name,
        at=desk.now(),
        details={"event": event} | ({"on": str(on)} if on else {}),
        why=reason_in(request),
        after=number_typed(request.POST.get("seen", "")),
    )
    return see_other(f"{claim_url(event, claim)}#standing")


def _claim(found: Gathered, id: str) -> Claim:
    claim = next((one for one in found.claims if one.id == id), None)
    if claim is None:
        raise Http404
    return claim


def _clashes(study: EventStudy, claim: str) -> list[Any]:
    return [conflict for conflict in study.conflicts() if claim in conflict.claims]


def _withdrawal(made: list[Decision]) -> Decision | None:
    """The withdrawal that stands."""
    last = next(iter(standing(made).last.values()), None)
    return last if last is not None and last.act is Act.WITHDRAW else None
