"""Handing documents in: files and pasted texts, what is on its way, and what became of each."""

from __future__ import annotations

from typing import Any

from recuento.casefile.documents.capture_session import VISITS_ARE_SEEN, batches_left, note_told, was_told
from recuento.casefile.documents.capturing import list_addresses
from recuento.casefile.reading.incoming import Stage, arrivals, clear, receive
from recuento.errors import Fault, FaultsFound, InvalidValue
from recuento.model.document import Description
from recuento.model.words import CAPTURE_OUTCOMES
from recuento.preserve.limits import Limits
from recuento.preserve.web.addresses import web_address
from recuento.store import capture_jobs, captures
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, language_of, page
from recuento.workbench.speech import Speech
from recuento.workbench.views.common import see_other

_QUEUE = "/capture/#queue"
_SHOWN = 200
_CAPTURES_SHOWN = 50
_SOURCE = Bilingual(es="mesa de trabajo", en="workbench")
_LARGEST = Limits().document_bytes_max


def home(request: Any) -> Any:
    """The forms, and what was handed in, the last first. Goes on with what an earlier run left."""
    desk = desk_of(request)
    with desk.casefile.database.reading() as connection:
        asked = capture_jobs.open_jobs(connection)
        captured = captures.last(connection, _CAPTURES_SHOWN)
    every = arrivals(desk.casefile)
    done = sum(one.stage is Stage.DONE for one in every)
    left = done < len(every) or bool(batches_left(desk.casefile, desk.now()))
    if left and not desk.incoming.is_at_work and desk.incoming.error is None:
        desk.take_in()
    error = desk.incoming.error
    return page(
        request,
        "capture.html",
        arrivals=every[:_SHOWN],
        more=max(0, len(every) - _SHOWN),
        done=done,
        size=len(every),
        left=left,
        asked=asked,
        captured=[(one, CAPTURE_OUTCOMES[one.outcome]) for one in captured],
        told=was_told(desk.casefile),
        seen_by_sites=VISITS_ARE_SEEN,
        error=error.text(language_of(request)) if error else None,
    )


def files(request: Any) -> Any:
    """Take in the files that were dropped or chosen; all or none, so that a fault can be mended and sent again."""
    desk, told = desk_of(request), _told(request)
    given = request.FILES.getlist("files")
    if not given:
        raise InvalidValue("no file was chosen", "no se eligió ningún archivo")
    faults = [
        Fault(one.name, f"is larger than {_LARGEST >> 20} MB", f"pasa de {_LARGEST >> 20} MB")
        for one in given
        if one.size > _LARGEST
    ]
    if faults:
        raise FaultsFound(Speech(language_of(request)).t("the_form"), faults)
    for one in given:
        receive(
            desk.casefile,
            one.read(),
            name=one.name,
            where=told.url or one.name,
            told=told if len(given) == 1 else Description(outlet=told.outlet, published=told.published),
            by=member_of(request).name,
            at=desk.now(),
        )
    desk.take_in()
    return see_other(_QUEUE)


def text(request: Any) -> Any:
    """Take in a text that was pasted."""
    desk, told = desk_of(request), _told(request)
    pasted = request.POST.get("text", "").replace("\r\n", "\n")
    if not pasted.strip():
        raise InvalidValue("the text is empty", "el texto está vacío")
    who = member_of(request).name
    receive(
        desk.casefile,
        (pasted if pasted.endswith("\n") else pasted + "\n").encode("utf-8", "replace"),
        name=f"{told.title or Speech(language_of(request)).t('capture_pasted')}.txt".replace("/", "-")[:120],
        where=told.url or Speech(language_of(request)).t("capture_pasted"),
        told=told,
        by=who,
        at=desk.now(),
    )
    desk.take_in()
    return see_other(_QUEUE)


def addresses(request: Any) -> Any:
    """Put web addresses on the list, all or none, and capture them in the background."""
    desk, who = desk_of(request), member_of(request).name
    lines = [line.strip() for line in request.POST.get("addresses", "").splitlines() if line.strip()]
    faults = [fault for line in lines if (fault := _fault_of(line)) is not None]
    if faults:
        raise FaultsFound(Speech(language_of(request)).t("the_form"), faults)
    if not lines:
        raise InvalidValue("no address was given", "no se dio ninguna dirección")
    if not was_told(desk.casefile):
        if request.POST.get("told") != "yes":
            raise InvalidValue(VISITS_ARE_SEEN.en, VISITS_ARE_SEEN.es)
        note_told(desk.casefile, by=who, at=desk.now())
    list_addresses(desk.casefile, lines, _SOURCE, by=who, at=desk.now())
    desk.take_in()
    return see_other(_QUEUE)


def clear_done(request: Any) -> Any:
    """Take what has arrived off the list."""
    clear(desk_of(request).casefile)
    return see_other(_QUEUE)


def _fault_of(line: str) -> Fault | None:
    try:
        web_address(line)
    except InvalidValue as error:
        return Fault(line, error.en, error.es)
    return None


def _told(request: Any) -> Description:
    """What is told of the documents. Raises FaultsFound naming every field that cannot be."""
    say = Speech(language_of(request)).t
    given = {name: request.POST.get(name, "").strip() or None for name in ("title", "outlet", "url", "published")}
    faults, published = [], None
    if given["published"]:
        try:
            published = PartialDate.parse(given["published"])
        except InvalidValue as error:
            faults.append(Fault(say("capture_published"), error.en, error.es))
    if given["url"] and not given["url"].startswith(("http://", "https://")):
        faults.append(Fault(say("capture_url"), "begins with http:// or https://", "empieza por http:// o https://"))
    if faults:
        raise FaultsFound(say("the_form"), faults)
    return Description(title=given["title"], outlet=given["outlet"], url=given["url"], published=published)
