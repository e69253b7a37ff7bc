"""The page of a document: its frozen text with every figure marked, what was read in it, and its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from recuento.casefile.documents.describing import describe as told_now
from recuento.casefile.events.event_study import DocumentAsItStands
from recuento.casefile.events.inside import account_of, inside_view
from recuento.casefile.review.orphans import orphans
from recuento.errors import InvalidValue
from recuento.model.anchor import Anchor
from recuento.model.attachment import Attachment
from recuento.model.document import Description, Document, Origin, Sureness, TextLayer, unsure_in
from recuento.model.statement_key import statement_key
from recuento.publish.build import addresses_of
from recuento.store import attachments, documents, layers
from recuento.workbench.bench_links import BenchLinks
from recuento.workbench.desk import Desk
from recuento.workbench.document_text import parts_of
from recuento.workbench.event_sheet import shared_parts
from recuento.workbench.history import DOCUMENT_FIELDS, names_of, told
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, language_of, page
from recuento.workbench.records import decisions_concerning
from recuento.workbench.roles import Member, Role
from recuento.workbench.speech import Speech
from recuento.workbench.urls_of import document_url
from recuento.workbench.views.common import see_other


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where the bytes of a document came from, and the text layers that were made of them."""

    origins: tuple[Origin, ...]
    layers: tuple[TextLayer, ...]
    inside: tuple[Attachment, ...]
    """What came inside it."""
    came_in: tuple[tuple[Attachment, Document], ...]
    """As what it came, in which documents."""
    sureness: tuple[Sureness, ...]
    """How sure each word is, where the text was read from pictures."""

    @property
    def mean(self) -> int:
        """How sure the words are on the whole, of 100."""
        return round(sum(word.percent for word in self.sureness) / max(1, len(self.sureness)))

    @property
    def unsure(self) -> tuple[tuple[int, int], ...]:
        """Where the words stand that are not sure."""
        return unsure_in(self.sureness)


def show(request: Any, document: str) -> Any:
    """The document. The marks of its text are the addresses that figures on other pages lead to."""
    desk, speech = desk_of(request), Speech(language_of(request))
    found = desk.studies.document(document)
    if found is None:
        raise Http404
    events = [event for id in found.events if (event := desk.casefile.settings.cast.event(id)) is not None]
    accounts = [account_of(desk.studies.of(event, desk.day())[0]) for event in events]
    view = inside_view(desk.casefile.settings, desk.day(), accounts, [found.whole])
    addresses = addresses_of(view)
    shown = view.documents[0]
    kept = _kept(desk, found)
    with desk.casefile.database.reading() as connection:
        concerning = [*found.decisions, *decisions_concerning(connection, "document", found.whole.document.sha256)]
    concerning.sort(key=lambda one: one.id)
    return page(
        request,
        "document.html",
        **shared_parts(view, addresses, speech),
        to=BenchLinks(view, "", addresses, beside_text=True),
        document=shown,
        pieces=parts_of(shown, _figures(found), kept.unsure) if shown.text is not None else (),
        numbers={one.id: one.number for one in shown.statements},
        name=found.whole.document.name,
        description=found.whole.document.description,
        of_itself=_of_itself(found.whole.document.description, member_of(request)),
        statement_keys={one.id: statement_key(found.whole.document, one) for one in found.whole.statements},
        kept=kept,
        stayed=sum(one.document.sha256 == found.whole.document.sha256 for one in orphans(desk.casefile)),
        told=told(reversed(concerning), concerning, names_of(request)),
    )


def describe(request: Any, document: str) -> Any:
    """Confirm what the file says of itself, or put it right: one field, as a decision with who and when."""
    desk, name = desk_of(request), request.POST.get("field", "")
    with desk.casefile.database.reading() as connection:
        found = documents.find(connection, document)
    if found is None:
        raise Http404
    offered = {field: words for field, _, words in _of_itself(found.description, member_of(request))}
    typed = " ".join(request.POST.get("value", "").split())
    if name not in offered or request.POST.get("was") != offered[name]:
        raise InvalidValue("this has been told meanwhile: look at it again", "esto ya se dijo: mírelo de nuevo")
    confirmed, given = ((name,), {}) if typed == offered[name] else ((), {name: typed})
    told_now(desk.casefile, found.sha256, confirmed, given, by=member_of(request).name, at=desk.now())
    return see_other(f"{document_url(found.sha256)}#custody")


def _of_itself(told: Description, member: Member) -> list[tuple[str, str, str]]:
    """What a program found in the bytes and nobody vouched for: field, label, words as they are typed.

    Who wrote it is for those who may see names.
    """
    shown = [name for name in DOCUMENT_FIELDS if name in told.extracted and getattr(told, name) is not None]
    return [
        (name, DOCUMENT_FIELDS[name], str(getattr(told, name)))
        for name in shown
        if name != "author" or member.may(Role.KEEPER_OF_NAMES)
    ]


def _figures(found: DocumentAsItStands) -> tuple[Anchor, ...]:
    return tuple(figure.anchor for one in found.whole.statements for figure in one.figures)


def _kept(desk: Desk, found: DocumentAsItStands) -> _Kept:
    sha256 = found.whole.document.sha256
    with desk.casefile.database.reading() as connection:
        above = [(one, documents.find(connection, one.parent)) for one in attachments.containing(connection, sha256)]
        texts = layers.of(connection, sha256)
        return _Kept(
            tuple(documents.origins(connection, sha256)),
            tuple(texts),
            tuple(attachments.of(connection, sha256)),
            tuple((one, parent) for one, parent in above if parent is not None),
            layers.sureness(connection, texts[-1]) if texts else (),
        )
