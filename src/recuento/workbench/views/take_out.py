"""Taking one thing out of what is public: held back until somebody lets it out, or withdrawn, after a second look."""

from __future__ import annotations

from typing import Any

from recuento.casefile.publishing.holding import KINDS as HELD_KINDS
from recuento.casefile.publishing.holding import held_back, hold_named
from recuento.casefile.publishing.retracting import KINDS as RETRACTED_KINDS
from recuento.casefile.publishing.retracting import retract, retractions
from recuento.casefile.publishing.subjects import Subject, subject_named
from recuento.casefile.review.correcting import Hand
from recuento.errors import InvalidValue
from recuento.workbench.history import names_of, told
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, page
from recuento.workbench.records import address_of, decisions_concerning
from recuento.workbench.urls_of import take_out_url
from recuento.workbench.views.common import reason_in, see_other


def show(request: Any) -> Any:
    """What it is, whether it is held back or withdrawn, and both forms with what each does."""
    desk = desk_of(request)
    found = subject_named(desk.casefile, request.GET.get("subject", ""))
    with desk.casefile.database.reading() as connection:
        made = decisions_concerning(connection, found.kind, *found.ids)
    return page(
        request,
        "take_out.html",
        found=found,
        address=address_of(found.kind, found.id),
        held=_hold(request, found),
        withdrawn=_retraction(request, found),
        can_hold=found.kind in HELD_KINDS,
        can_withdraw=found.kind in RETRACTED_KINDS,
        told=told(reversed(made), made, names_of(request)),
    )


def hold(request: Any) -> Any:
    """Hold it back, with a reason."""
    made = hold_named(desk_of(request).casefile, _subject(request), _hand(request))
    return see_other(f"{take_out_url(made.subject.removeprefix('hold:'))}#hold")


def withdraw(request: Any) -> Any:
    """Withdraw it from every edition to come, once somebody said that they looked at what that means."""
    if request.POST.get("looked") != "yes":
        raise InvalidValue("say that you have read what withdrawing means", "diga que ha leído qué significa retirar")
    hand = _hand(request)
    done = retract(desk_of(request).casefile, _subject(request), by=hand.by, at=hand.at, why=hand.why)
    return see_other(f"{take_out_url(f'{done.kind}:{done.id}')}#withdraw")


def _subject(request: Any) -> str:
    return str(request.POST.get("subject", ""))


def _hand(request: Any) -> Hand:
    why = reason_in(request)
    if not why:
        raise InvalidValue("give the reason: it stays in the casefile", "diga el motivo: se queda en el caso")
    return Hand(member_of(request).name, desk_of(request).now(), why=why)


def _hold(request: Any, found: Subject) -> Any:
    if found.kind not in HELD_KINDS:
        return None
    held = held_back(desk_of(request).casefile)
    return next((held[found.kind, id] for id in found.ids if (found.kind, id) in held), None)


def _retraction(request: Any, found: Subject) -> Any:
    every = retractions(desk_of(request).casefile)
    return next((one.decision for one in every if one.kind == found.kind and one.id in found.ids), None)
