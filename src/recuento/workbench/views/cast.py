"""The cast: which actors, facilities and events recuento.toml names, and the forms to add one or another name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from recuento.casefile.cast.adding import FileChanged, add_alias, add_record
from recuento.casefile.review.correcting import Hand, details
from recuento.errors import InvalidValue, RecuentoError
from recuento.model.casting import Actor
from recuento.model.decision import Act, Decision
from recuento.store import decisions
from recuento.values.names import fold, key_words
from recuento.workbench.cast_form import HEADLINES, actor_from, event_from, facility_from
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, language_of, page
from recuento.workbench.records import CAST, kind_of
from recuento.workbench.speech import Speech
from recuento.workbench.typed import number_typed
from recuento.workbench.views.common import is_own, reason_in, see_other

_HERE = "/cast/"
_SHOWN = 200
_LIKELY = 6
_REVIEW = re.compile(r"/review/[0-9a-f]{16}/\d+-\d+(?:,\d+-\d+)*/")


def home(request: Any) -> Any:
    """All that recuento.toml names; `q` looks for a name, `added` is the decision that led here."""
    desk, wanted = desk_of(request), fold(request.GET.get("q", ""))
    cast = desk.file.settings.cast
    actors = [one for one in cast.actors if wanted in fold(" ".join((one.name, *one.aliases)))]
    facilities = [one for one in cast.facilities if wanted in fold(" ".join((one.name, *one.aliases)))]
    events = [one for one in cast.events if wanted in fold(" ".join((one.name.es, one.name.en, *one.aliases)))]
    return page(
        request,
        "cast.html",
        cast=cast,
        actors=sorted(actors, key=lambda one: fold(one.name))[:_SHOWN],
        facilities=sorted(facilities, key=lambda one: fold(one.name))[:_SHOWN],
        events=sorted(events, key=lambda one: str(one.starts), reverse=True)[:_SHOWN],
        counts={"actors": len(actors), "facilities": len(facilities), "events": len(events)},
        shown_max=_SHOWN,
        wanted=request.GET.get("q", ""),
        added=_added(request),
        error=desk.file.error.text(language_of(request)) if desk.file.error else None,
    )


def actor(request: Any) -> Any:
    """The forms for another name of an actor and for a new one, filled in as the address says."""
    return _actor(request, request.GET)


def add_actor(request: Any) -> Any:
    """Add an actor and go back to where one came from."""
    desk, speech = desk_of(request), Speech(language_of(request))

    def add() -> Decision:
        made = actor_from(request.POST, desk.file.settings, speech)
        return add_record(desk.casefile, made, _hand(request), seen=_seen(request))

    return _tried(request, add, _actor)


def add_name(request: Any) -> Any:
    """Add another name to an actor that is there, and go back to where one came from."""
    desk = desk_of(request)

    def add() -> Decision:
        sent = request.POST
        if not sent.get("actor"):
            raise InvalidValue("choose the actor whose name it is", "elija el actor de quien es el nombre")
        return add_alias(desk.casefile, sent["actor"], sent.get("name", ""), _hand(request), seen=_seen(request))

    return _tried(request, add, _actor)


def facility(request: Any) -> Any:
    """The form for a new facility."""
    return _facility(request, request.GET)


def add_facility(request: Any) -> Any:
    """Add a facility, and read in the background what was read without it."""
    desk, speech = desk_of(request), Speech(language_of(request))

    def add() -> Decision:
        made = facility_from(request.POST, desk.file.settings, speech)
        decision = add_record(desk.casefile, made, _hand(request), seen=_seen(request))
        desk.read_again()
        return decision

    return _tried(request, add, _facility)


def event(request: Any) -> Any:
    """The form for a new event."""
    return _event(request, request.GET)


def add_event(request: Any) -> Any:
    """Add an event."""
    desk, speech = desk_of(request), Speech(language_of(request))

    def add() -> Decision:
        made = event_from(request.POST, request.POST.getlist("facilities"), desk.file.settings, speech)
        return add_record(desk.casefile, made, _hand(request), seen=_seen(request))

    return _tried(request, add, _event)


def _tried(request: Any, add: Callable[[], Decision], draw: Callable[..., Any]) -> Any:
    """What was added is told where one came from; what is wrong, with the form as it was sent."""
    try:
        made = add()
    except FileChanged as error:
        # Drawn with the file as it is now, so that whoever sends the form again has seen that one.
        desk_of(request).follow_settings()
        return draw(request, request.POST, error, 409)
    except RecuentoError as error:
        return draw(request, request.POST, error, 400)
    back = _back(request.POST)
    if not back:
        return see_other(f"{_HERE}?added={made.id}#added")
    return see_other(f"{back}?after={made.id}" if _REVIEW.fullmatch(back) else back)


def _actor(request: Any, sent: Any, error: RecuentoError | None = None, status: int = 200) -> Any:
    cast = desk_of(request).file.settings.cast
    likely = _likely(sent.get("name", ""), cast.actors)
    rest = [one for one in cast.actors if one not in likely]
    return _draw(
        request,
        "cast_actor.html",
        sent,
        error,
        status,
        parties=cast.parties,
        likely=likely,
        others=sorted(rest, key=lambda one: fold(one.name)),
        organisations=sorted((one for one in cast.actors if not one.person), key=lambda one: fold(one.name)),
        told=sent.get("from", "") != "",
    )


def _facility(request: Any, sent: Any, error: RecuentoError | None = None, status: int = 200) -> Any:
    return _draw(request, "cast_facility.html", sent, error, status)


def _event(request: Any, sent: Any, error: RecuentoError | None = None, status: int = 200) -> Any:
    settings, speech = desk_of(request).file.settings, Speech(language_of(request))
    return _draw(
        request,
        "cast_event.html",
        sent,
        error,
        status,
        facilities=sorted(settings.cast.facilities, key=lambda one: fold(one.name)),
        ticked=sent.getlist("facilities"),
        measures=sorted(settings.vocabulary.measures, key=lambda one: fold(speech.say(one.name))),
        headlines=range(HEADLINES),
    )


def _draw(request: Any, template: str, sent: Any, error: RecuentoError | None, status: int, /, **shown: Any) -> Any:
    file = desk_of(request).file
    wrong = error or file.error
    return page(
        request,
        template,
        status,
        sent=sent,
        seen=file.sha256,
        back=_back(sent),
        error=wrong.text(language_of(request)) if wrong else None,
        **shown,
    )


def _likely(name: str, actors: Sequence[Actor]) -> list[Actor]:
    """The actors whose names or roles share a telling word with this one, those that share most first."""
    wanted = key_words(name)

    def shared(one: Actor) -> int:
        told = (one.name, *one.aliases, *(words for role in one.roles for words in (role.es, role.en)))
        return max(len(wanted & key_words(words)) for words in told)

    found = [(shared(one), one) for one in actors] if wanted else []
    return [one for number, one in sorted(found, key=lambda pair: -pair[0]) if number][:_LIKELY]


def _added(request: Any) -> tuple[str, str, str] | None:
    """Kind, act and name of what the decision `added` put in; None where it is no such decision."""
    number = number_typed(request.GET.get("added", ""))
    with desk_of(request).casefile.database.reading() as connection:
        made = decisions.numbered(connection, number) if number else None
    if made is None or made.act not in (Act.ENTER, Act.NAME) or kind_of(made.subject) not in CAST:
        return None
    return kind_of(made.subject), made.act.value, details(made).get("name", "")


def _hand(request: Any) -> Hand:
    return Hand(member_of(request).name, desk_of(request).now(), why=reason_in(request))


def _seen(request: Any) -> str:
    return str(request.POST.get("seen", ""))


def _back(sent: Any) -> str:
    """Where one came from, an address of ours or none."""
    back = str(sent.get("from", ""))
    return back if is_own(back) else ""
