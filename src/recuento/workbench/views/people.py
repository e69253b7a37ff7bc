"""Pairs of entries to judge: one person, two, or not to be told. Shows names: only keepers of names come here."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from recuento.casefile.people.lists import lists_of
from recuento.casefile.people.pair_decisions import answer, undo_answer
from recuento.casefile.people.pair_queue import PairsSeen, PairsState, pair_mark
from recuento.errors import InvalidValue, RecuentoError
from recuento.link.decisions import Answer
from recuento.workbench.importing import ONE_AT_A_TIME
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, language_of, page
from recuento.workbench.urls_of import pair_url
from recuento.workbench.views.common import see_other

_ANSWERS: dict[str, Answer] = {"yes": "yes", "no": "no", "unsure": "unsure"}
_ANSWERS_SHOWN = 30


def home(request: Any) -> Any:
    """The lists, how far the linkage is, and the answers that stand."""
    desk = desk_of(request)
    seen = desk.pairs.seen(desk.casefile)
    return page(
        request,
        "people.html",
        lists=lists_of(desk.casefile),
        seen=seen,
        mark=pair_mark(seen.waiting[0].left, seen.waiting[0].right) if seen.waiting else None,
        answers=[(decision, pair, _when(decision.at)) for decision, pair in seen.answers[:_ANSWERS_SHOWN]],
        error=seen.error.text(language_of(request)) if seen.error else None,
    )


def show(request: Any, pair: str) -> Any:
    """One pair: both entries as they were written, what each field tells, and what was answered before."""
    desk = desk_of(request)
    return _draw(request, desk.pairs.seen(desk.casefile), pair)


def decide(request: Any, pair: str) -> Any:
    """Note the answer and go on to the next pair; one that contradicts an earlier answer is shown why it may not."""
    desk = desk_of(request)
    seen = desk.pairs.seen(desk.casefile)
    one = _found(seen, pair)
    given = _ANSWERS.get(request.POST.get("answer", ""))
    if given is None:
        raise InvalidValue("answer yes, no or unsure", "responda sí, no o dudoso")
    try:
        answer(desk.casefile, one.left, one.right, given, by=member_of(request).name, at=desk.now())
    except RecuentoError as error:
        return _draw(request, seen, pair, error=error)
    return see_other(_after(seen, pair))


def undo(request: Any) -> Any:
    """Take back the answer that is named, or the last one of one's own, and go to its pair if it waits again."""
    desk = desk_of(request)
    asked = request.POST.get("decision", "")
    seen = desk.pairs.seen(desk.casefile)
    mine = next((decision.id for decision, _ in seen.answers if decision.by == member_of(request).name), None)
    number = int(asked) if asked.isdecimal() and len(asked) < 19 else mine if not asked else None
    if number is None:
        raise InvalidValue("there is nothing to undo", "no hay nada que deshacer")
    undone = next((given for decision, given in seen.answers if decision.id == number), None)
    undo_answer(desk.casefile, number, by=member_of(request).name, at=desk.now())
    again = pair_mark(*undone.pair) if undone else ""
    waits = {pair_mark(one.left, one.right) for one in desk.pairs.seen(desk.casefile).waiting}
    return see_other(pair_url(again) if again in waits else "/people/#pairs")


def link(request: Any) -> Any:
    """Link again, in the background."""
    desk = desk_of(request)
    desk.pairs.link_again(desk.now())
    return see_other("/people/#pairs")


def _draw(request: Any, seen: PairsSeen, mark: str, *, error: RecuentoError | None = None) -> Any:
    with ONE_AT_A_TIME:
        from recuento.link.reasons import SLIGHT, bits_words
        from recuento.link.reasons_chart import waterfall_svg

    if seen.state is not PairsState.READY:
        return see_other("/people/")
    one = _found(seen, mark)
    language = language_of(request)
    place = seen.waiting.index(one)
    others = (seen.waiting[place + 1 : place + 2], seen.waiting[max(place - 1, 0) : place])
    behind, before = (pair_mark(found[0].left, found[0].right) if found else None for found in others)
    return page(
        request,
        "pair.html",
        400 if error else 200,
        pair=one,
        mark=mark,
        chart=waterfall_svg(one.reasons, language),
        bits={row.field: bits_words(row.bits, language) if abs(row.bits) >= SLIGHT else "—" for row in one.rows},
        waiting=len(seen.waiting),
        behind=behind,
        before=before,
        undoable=any(decision.by == member_of(request).name for decision, _ in seen.answers),
        error=error.text(language) if error else None,
    )


def _after(seen: PairsSeen, mark: str) -> str:
    marks = [pair_mark(one.left, one.right) for one in seen.waiting]
    here = marks.index(mark)
    following = [*marks[here + 1 :], *marks[:here]]
    return pair_url(following[0]) if following else "/people/"


def _found(seen: PairsSeen, mark: str) -> Any:
    one = next((one for one in seen.waiting if pair_mark(one.left, one.right) == mark), None)
    if one is None:
        raise Http404
    return one


def _when(moment: Any) -> str:
    return str(moment.astimezone().strftime("%Y-%m-%d %H:%M"))
