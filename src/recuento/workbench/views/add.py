"""A statement that no reader found: its words are chosen in the text, its fields filled in as in any review."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404

from recuento.casefile.review.correcting import PERSON, Hand, add
from recuento.errors import RecuentoError
from recuento.model.anchor import Anchor
from recuento.model.statement import Form, Speaker, SpeakerKind, Statement
from recuento.model.statement_key import spans_text
from recuento.read import read_figures
from recuento.workbench.fields.every import fields_of
from recuento.workbench.form.demands import is_of_new_item, leaves_open_what_is_asked
from recuento.workbench.form.span import content_from, nudged
from recuento.workbench.form.statement import as_far_as_it_goes, statement_from
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, language_of, page
from recuento.workbench.scenes import Sheet, sheet_of
from recuento.workbench.text_view import is_cut, paragraphs_of
from recuento.workbench.urls_of import review_url
from recuento.workbench.views.common import see_other

_SENTENCES = ("next", "last")
_SENTENCE = re.compile(r"[^\s.!?…](?:[^\n.!?…]|\n(?!\s*\n)|[.!?…](?!\s|$))*")
"""Up to the mark that ends it or to an empty line; a line may break inside."""


def show(request: Any, document: str) -> Any:
    """The form, for the words that `span` names, else for the first sentence from `near` that no statement covers."""
    desk = desk_of(request)
    with desk.lock:
        desk.queue.refresh()
        sheet = _sheet(request, document)
        spans = request.GET.get("span", "")
        content = content_from(spans, sheet.text) if spans else _free_sentence(sheet, request.GET.get("near", "0"))
        before = draft(sheet, content)
        return _draw(request, sheet, before, before)


def redraw(request: Any, document: str) -> Any:
    """The same form with the words moved to the next or the last sentence, or shrunk or grown by one word."""
    desk = desk_of(request)
    with desk.lock:
        desk.queue.refresh()
        sheet = _sheet(request, document)
        content = content_from(request.POST.get("span", ""), sheet.text)
        how = request.POST.get("nudge", "")
        moved = _sentence_beside(sheet.text, content, how) if how in _SENTENCES else nudged(content, how, sheet.text)
        before = draft(sheet, moved)
        kept = {name: sent for name, sent in request.POST.items() if not (how in _SENTENCES and is_of_new_item(name))}
        form = {**kept, "span": spans_text(moved)}
        try:
            return _draw(request, sheet, before, statement_from(form, before, sheet.scene))
        except RecuentoError:
            # What was typed so far need not be right before the words are chosen.
            return _draw(request, sheet, before, as_far_as_it_goes(form, before, sheet.scene))


def decide(request: Any, document: str) -> Any:
    """Add the statement and go to its page."""
    desk = desk_of(request)
    with desk.lock:
        desk.queue.refresh()
        sheet = _sheet(request, document)
        before = draft(sheet, content_from(request.POST.get("span", ""), sheet.text))
        try:
            statement = statement_from(request.POST, before, sheet.scene)
            if leaves_open_what_is_asked(request.POST, before):
                return _draw(request, sheet, before, statement, asking=True)
            made = add(desk.casefile, sheet.document, sheet.text, statement, Hand(member_of(request).name, desk.now()))
        except RecuentoError as error:
            return _draw(request, sheet, before, as_far_as_it_goes(request.POST, before, sheet.scene), error=error)
    return see_other(review_url(made.subject, made.id))


def draft(sheet: Sheet, content: tuple[Anchor, ...]) -> Statement:
    """A statement of these words with the figures that stand in them, and nobody who speaks yet."""
    settings = sheet.scene
    first, last = content[0].start, content[-1].end
    figures = []
    for figure in read_figures(
        sheet.text,
        published=sheet.document.description.published,
        vocabulary=settings.vocabulary,
        facilities=settings.cast.facilities,
    ):
        if first <= figure.anchor.start and figure.anchor.end <= last:
            figures.append(figure)
    return Statement(
        id="m",
        speaker=Speaker("", SpeakerKind.PERSON),
        content=content,
        form=Form.INDIRECT,
        figures=tuple(figures),
        language=sheet.document.description.language or "es",
        reader=PERSON,
    )


def _draw(
    request: Any,
    sheet: Sheet,
    before: Statement,
    now: Statement,
    *,
    error: RecuentoError | None = None,
    asking: bool = False,
) -> Any:
    fields = fields_of(before, now, sheet.scene)
    others = {key: one.statement for key, one in sheet.standing.items() if not one.rejected}
    return page(
        request,
        "add.html",
        400 if error else 200,
        document=sheet.document,
        statement=now,
        fields=fields,
        paragraphs=paragraphs_of(sheet.text, now, fields, others, whole="whole" in request.GET),
        cut=is_cut(sheet.text, now) and "whole" not in request.GET,
        span=spans_text(now.content),
        back=request.GET.get("from") or request.POST.get("from", ""),
        asking=asking,
        error=error.text(language_of(request)) if error else None,
    )


def _sheet(request: Any, document: str) -> Sheet:
    desk = desk_of(request)
    sha256 = desk.queue.document_starting(document)
    sheet = sheet_of(request, desk, sha256) if sha256 else None
    if sheet is None:
        raise Http404
    return sheet


def _free_sentence(sheet: Sheet, near: str) -> tuple[Anchor, ...]:
    """The first sentence from `near` that shares no character with a statement; the first of the text otherwise."""
    start = int(near) if near.isdecimal() and len(near) < 10 else 0
    taken = [anchor for one in sheet.standing.values() for anchor in one.statement.anchors()]
    every = _sentences(sheet.text)
    free = [s for s in every if not any(s.start < other.end and other.start < s.end for other in taken)]
    found = next((s for s in free if s.start >= start), None) or next(iter(free or every), None)
    if found is None:
        raise Http404
    return (found,)


def _sentence_beside(text: str, content: tuple[Anchor, ...], how: str) -> tuple[Anchor, ...]:
    every = _sentences(text)
    if how == "next":
        found = next((s for s in every if s.start >= content[-1].end), None)
    else:
        found = next((s for s in reversed(every) if s.end <= content[0].start), None)
    return (found,) if found else content


def _sentences(text: str) -> list[Anchor]:
    spans = [(m.start(), m.start() + len(m[0].rstrip())) for m in _SENTENCE.finditer(text)]
    return [Anchor.of(text, start, end) for start, end in spans if end > start]
