"""The review of one statement: its text, its fields, and one form for whatever is decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import Http404

from recuento.casefile.events.too_much import TooMuch
from recuento.casefile.review.controls import Control
from recuento.casefile.review.correcting import Hand, before_and_after, correct, decide_on
from recuento.casefile.review.decided_meanwhile import DecidedMeanwhile
from recuento.casefile.review.document_queue import Item
from recuento.compare.speakers import actor_for
from recuento.errors import RecuentoError
from recuento.model.decision import Act, Decision
from recuento.model.document import Sureness, unsure_in
from recuento.model.statement import SpeakerKind, Statement
from recuento.model.statement_key import spans_text
from recuento.store import decisions
from recuento.values.names import key_words
from recuento.workbench import controls
from recuento.workbench.fields.every import fields_of
from recuento.workbench.form.demands import leaves_open_what_is_asked
from recuento.workbench.form.span import nudged
from recuento.workbench.form.statement import as_far_as_it_goes, statement_from
from recuento.workbench.history import Names, told
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, language_of, page
from recuento.workbench.scenes import Sheet, sheet_of
from recuento.workbench.text_view import is_cut, paragraphs_of
from recuento.workbench.urls_of import key_from, review_url, who_url
from recuento.workbench.views.common import see_other

if TYPE_CHECKING:
    from recuento.casefile.events.effects import Effect

ACTS = {"reject": Act.REJECT, "refer": Act.REFER}


def start(request: Any) -> Any:
    """Go to the first statement that waits; say so where none does."""
    desk = desk_of(request)
    with desk.lock, desk.queue.reading_once():
        desk.queue.refresh()
        first = desk.queue.next_waiting(None)
        after = after_of(request)
    if first is None:
        told = controls.graded(request)
        return page(request, "done.html", after=after, graded=told, watch=controls.watch(request))
    return see_other(review_url(first.key))


def show(request: Any, document: str, spans: str) -> Any:
    """The page of a statement."""
    desk = desk_of(request)
    desk.prepare_effects()
    with desk.lock, desk.queue.reading_once():
        desk.queue.refresh()
        item, sheet = _found(request, key_from(document, spans))
        control = controls.shown(request, item.key, sheet)
        now = control.shown if control else sheet.standing[item.key].statement
        return draw(request, item, sheet, now, now, control=control)


def decide(request: Any, document: str, spans: str) -> Any:
    """Write down what was decided and go on to the next statement that waits."""
    desk = desk_of(request)
    with desk.lock:
        with desk.queue.reading_once():
            desk.queue.refresh()
            item, sheet = _found(request, key_from(document, spans))
            control = controls.shown(request, item.key, sheet)
        before = control.shown if control else sheet.standing[item.key].statement
        try:
            if control is not None:
                refused = request.POST.get("action", "confirm") in ACTS
                controls.grade(request, item.key, control, None if refused else _filled_in(request, before, sheet))
                following = desk.queue.next_waiting(item)
                return see_other(review_url(following.key) if following else "/review/")
            if request.POST.get("action") not in ACTS and leaves_open_what_is_asked(request.POST, before):
                return draw(request, item, sheet, before, _filled_in(request, before, sheet), asking=True)
            made = _decide(request, item, sheet, before)
        except DecidedMeanwhile as error:
            return _shown_anew(request, item.key, error)
        except RecuentoError as error:
            now = as_far_as_it_goes(request.POST, before, sheet.scene)
            return draw(request, item, sheet, before, now, error=error, status=400, control=control)
        desk.queue.take(made)
        following = controls.instead_of_next(request, item) or desk.queue.next_waiting(item)
    return see_other(review_url(following.key, made.id) if following else f"/review/?after={made.id}")


def _shown_anew(request: Any, key: str, error: DecidedMeanwhile) -> Any:
    """The page with what somebody else decided a moment ago: whoever sends this one has seen it."""
    desk = desk_of(request)
    with desk.queue.reading_once():
        desk.queue.refresh()
        item, sheet = _found(request, key)
        now = sheet.standing[key].statement
        return draw(request, item, sheet, now, now, error=error, status=409)


def redraw(request: Any, document: str, spans: str) -> Any:
    """The same page with the words of the statement shrunk or grown by one, and everything else as it was filled in."""
    desk = desk_of(request)
    with desk.lock, desk.queue.reading_once():
        desk.queue.refresh()
        item, sheet = _found(request, key_from(document, spans))
        control = controls.shown(request, item.key, sheet)
        before = control.shown if control else sheet.standing[item.key].statement
        try:
            now = _filled_in(request, before, sheet)
        except RecuentoError as error:
            now = as_far_as_it_goes(request.POST, before, sheet.scene)
            return draw(request, item, sheet, before, now, error=error, status=400, control=control)
        content = nudged(now.content, request.POST.get("nudge", ""), sheet.text)
        form = {**request.POST.dict(), "span": spans_text(content)}
        return draw(request, item, sheet, before, statement_from(form, before, sheet.scene), control=control)


def effect(request: Any, number: str) -> Any:
    """What a decision changed in the balance, asked for once it stands."""
    desk = desk_of(request)
    too_much = None
    found: tuple[Effect, ...] | None = ()
    try:
        found = desk.effects(int(number))
    except TooMuch as error:
        # Nothing is wrong with what was asked: the decision stands, and the page says how to learn of its effect.
        too_much = error.text(language_of(request))
    if found is None:
        raise Http404
    vocabulary = desk.casefile.settings.vocabulary
    return page(request, "effect.html", effects=found, too_much=too_much, vocabulary=vocabulary)


def draw(
    request: Any,
    item: Item,
    sheet: Sheet,
    before: Statement,
    now: Statement,
    *,
    error: RecuentoError | None = None,
    status: int = 200,
    control: Control | None = None,
    asking: bool = False,
) -> Any:
    """The page of a statement, with the form as `now` says; `before` is what the form is compared with.

    `asking` says that nothing was decided, because nobody has seen yet what the statement asks for.
    A control looks like any statement that waits: nothing that was decided on it is shown.
    """
    desk = desk_of(request)
    fields = fields_of(before, now, sheet.scene)
    others = {key: one.statement for key, one in sheet.standing.items() if key != item.key and not one.rejected}
    mine = () if control else sheet.decided(item.key)
    settings = desk.casefile.settings
    names = Names(settings.cast, settings.vocabulary, sheet.scene.speech)
    queue = desk.queue
    stands = None if control else queue.standing(item)
    return page(
        request,
        "review.html",
        status,
        item=item,
        document=sheet.document,
        statement=now,
        fields=fields,
        paragraphs=paragraphs_of(sheet.text, now, fields, others, whole="whole" in request.GET),
        cut=is_cut(sheet.text, now) and "whole" not in request.GET,
        span=spans_text(now.content),
        decided=stands,
        falls=queue.falls_with_parent(item),
        unsure=_unsure(sheet.text, now, sheet.sureness),
        history=told(reversed(mine), mine, names),
        stranger=_stranger(now, sheet, item),
        seen=request.POST.get("seen", "0") if asking else queue.last_seen(item),
        before=queue.beside(item, -1),
        behind=queue.beside(item, 1),
        nearby=_nearby(sheet, desk, item, hidden=control is not None),
        waiting=queue.waiting(),
        size=queue.size(),
        here_waiting=queue.waiting_in(item.document),
        after=after_of(request, sheet.decisions),
        graded=controls.graded(request),
        watch=controls.watch(request),
        asking=asking,
        error=error.text(language_of(request)) if error else None,
    )


def _stranger(now: Statement, sheet: Sheet, item: Item) -> str | None:
    """Where to tell who speaks, the name filled in; None where the casefile knows, or nobody in particular does."""
    speaker = now.speaker
    nobody = speaker.kind is SpeakerKind.RUMOUR or not speaker.name.strip()
    if nobody or actor_for(speaker, sheet.scene.cast) is not None:
        return None
    person = {SpeakerKind.PERSON: "yes", SpeakerKind.ORGANISATION: "no"}.get(speaker.kind, "")
    # An actor is found by its role too, so one such as "spokeswoman" alone would draw in whoever else is one.
    told = speaker.role if speaker.role and len(key_words(speaker.role)) > 1 else ""
    role = {f"role_{now.language}": told}
    return who_url({"name": speaker.name, **role, "person": person, "from": review_url(item.key)})


def _unsure(text: str, statement: Statement, sureness: tuple[Sureness, ...]) -> list[str]:
    """The words under the anchors of a statement that whoever read them from a picture was not sure of."""
    spans = [(anchor.start, anchor.end) for anchor in statement.anchors()]
    return [text[a:b] for a, b in unsure_in(sureness) if any(start < b and a < end for start, end in spans)]


def after_of(request: Any, known: Sequence[Decision] = ()) -> Decision | None:
    """The decision that led to this page, so that the page can say what was done; mostly it is one of those `known`."""
    number = request.GET.get("after", "")
    if not number.isdecimal() or len(number) > 18:
        return None
    found = next((one for one in known if one.id == int(number)), None)
    if found is not None:
        return found
    with desk_of(request).queue.reading_once() as connection:
        return decisions.numbered(connection, int(number))


def _decide(request: Any, item: Item, sheet: Sheet, before: Statement) -> Decision:
    desk = desk_of(request)
    seen = request.POST.get("seen", "0")
    hand = Hand(member_of(request).name, desk.now(), int(seen) if seen.isdecimal() else 0)
    act = ACTS.get(request.POST.get("action", "confirm"))
    if act is not None:
        return decide_on(desk.casefile, item.key, act, hand)
    after = _filled_in(request, before, sheet)
    if after != before:
        return correct(desk.casefile, item.key, before, after, hand)
    stands = desk.queue.standing(item)
    corrected = next(
        (one for one in sheet.decisions if stands and stands.act is Act.CORRECT and one.id == stands.id), None
    )
    earlier = before_and_after(corrected)[0] if corrected is not None else None
    if earlier is not None and earlier != before:
        # Confirming what stands corrected must not bring back what the machine read.
        return correct(desk.casefile, item.key, earlier, before, hand)
    return decide_on(desk.casefile, item.key, Act.CONFIRM, hand)


def _filled_in(request: Any, before: Statement, sheet: Sheet) -> Statement:
    return statement_from(request.POST, before, sheet.scene)


def _found(request: Any, key: str) -> tuple[Item, Sheet]:
    desk = desk_of(request)
    item = desk.queue.find(key)
    sheet = sheet_of(request, desk, item.document) if item else None
    if item is None or sheet is None or key not in sheet.standing:
        raise Http404
    return item, sheet


def _nearby(sheet: Sheet, desk: Any, item: Item, *, hidden: bool) -> list[tuple[str, str, str]]:
    """The statements of the document around this one: key, words, and how each was decided."""
    mine = list(desk.queue.of_document(item.document))
    here = mine.index(item)
    shown = mine[max(0, here - 6) : here + 12]
    found = []
    for one in shown:
        standing = sheet.standing.get(one.key)
        if standing is not None:
            decision = None if hidden and one == item else desk.queue.standing(one)
            words = standing.statement.content[0].quote
            found.append((one.key, words, decision.act.value if decision else ""))
    return found
