"""Handing documents in: files and pasted texts, what is on its way, and what became of each."""

from __future__ import annotations

from typing import Any

from recuento.casefile.incoming import Stage, are_left, arrivals, clear, receive
from recuento.errors import Fault, FaultsFound, InvalidValue
from recuento.model.document import Description
from recuento.preserve.limits import Limits
from recuento.values.partial_date import PartialDate
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, language_of, page
from recuento.workbench.speech import Speech
from recuento.workbench.views.common import see_other

_SHOWN = 200
_LARGEST = Limits().document_bytes_max


def home(request: Any) -> Any:
    """The forms, and what was handed in, the last first. Goes on with what an earlier run left."""
    desk = desk_of(request)
    left = are_left(desk.casefile)
    if left and not desk.incoming.is_at_work and desk.incoming.error is None:
        desk.take_in()
    every = arrivals(desk.casefile)
    error = desk.incoming.error
    return page(
        request,
        "capture.html",
        arrivals=every[:_SHOWN],
        more=max(0, len(every) - _SHOWN),
        done=sum(one.stage is Stage.DONE for one in every),
        size=len(every),
        left=left,
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
    return see_other("/capture/")


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
    return see_other("/capture/")


def clear_done(request: Any) -> Any:
    """Take what has arrived off the list."""
    clear(desk_of(request).casefile)
    return see_other("/capture/")


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
