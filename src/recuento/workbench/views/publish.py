"""The page on which a dossier is published: what would change, what stays back, a second look, and what was written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from recuento.casefile.casefile import Casefile
from recuento.casefile.publishing.asked_for import asked_for
from recuento.casefile.publishing.holding import KINDS as HELD_KINDS
from recuento.casefile.publishing.holding import hold as hold_back
from recuento.casefile.publishing.public_difference import KINDS, Difference, Item, difference, state_mark
from recuento.casefile.publishing.publication import ask_for, build_confirmed, changed_since, confirmed_unbuilt
from recuento.casefile.publishing.publication import confirm as confirm_asked
from recuento.casefile.publishing.publish_desk import (
    keep_difference,
    keep_error,
    keep_written,
    kept_difference,
    kept_error,
    kept_written,
)
from recuento.casefile.review.correcting import Hand
from recuento.casefile.running import default_dossier
from recuento.casefile.sealing.keepers import keeper_of, keepers_of
from recuento.casefile.sealing.sealed_search import SealedSearch
from recuento.casefile.sealing.vault import holds_sealed_values
from recuento.errors import CasefileUnusable, InvalidValue, RecuentoError
from recuento.store import documents
from recuento.workbench.desk import Desk
from recuento.workbench.importing import brought_in
from recuento.workbench.keeper_key import KEY_BYTES_MAX, keeper_key
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, language_of, page
from recuento.workbench.views.common import reason_in, see_other

_HERE = "/publish/"
_SHOWN = 200


def show(request: Any) -> Any:
    """The difference as it was last worked out, where it still holds; what was asked for; what was written."""
    desk, member = desk_of(request), member_of(request)
    # Asked first: what ends while this page is being made is on it.
    waiting, sealed = desk.publishing.is_at_work, holds_sealed_values(desk.casefile)
    mark = state_mark(desk.casefile, desk.day())
    kept = kept_difference(desk.casefile)
    found = kept if kept is not None and kept.mark == mark else None
    asked = asked_for(desk.casefile)
    # What the disk refuses or is a fault of our own is kept nowhere, and told in the process where it happened.
    error = kept_error(desk.casefile) or desk.publishing.error
    return page(
        request,
        "publish.html",
        found=found,
        groups=_groups(desk, found) if found is not None else (),
        waiting=waiting,
        error=error.text(language_of(request)) if error else None,
        asked=asked,
        holds=asked is not None and asked.mark == mark and (found is None or found.digest == asked.digest),
        alone=desk.owner is not None,
        mine=asked is not None and asked.by == member.name,
        written=kept_written(desk.casefile),
        refused=found.refused.text(language_of(request)) if found is not None and found.refused is not None else None,
        held_kinds=HELD_KINDS,
        sealed=sealed,
        unbuilt=confirmed_unbuilt(desk.casefile) if sealed and desk.owner is None else None,
        key_bytes_max=KEY_BYTES_MAX,
        folder=default_dossier(desk.casefile),
        estimates=desk.casefile.settings.estimates,
    )


def compare(request: Any) -> Any:
    """Begin to work out the difference; the page looks again by itself until it is there."""
    day = desk_of(request).day()

    def work(casefile: Casefile) -> None:
        keep_difference(casefile, difference(casefile, default_dossier(casefile), day))

    return _begin(request, work, "difference")


def hold(request: Any) -> Any:
    """Hold back the ticked items: each is a decision, taken back from the same page."""
    desk = desk_of(request)
    found = kept_difference(desk.casefile)
    ticked = set(request.POST.getlist("item"))
    if found is None:
        raise changed_since()
    wanted = [
        (item.kind, item.id, item.words.text(language_of(request)))
        for item in (*found.new, *found.changed)
        if item.kind in HELD_KINDS and f"{item.kind}:{item.id}" in ticked
    ]
    if not wanted:
        raise InvalidValue("tick what is to be held back", "marque lo que se retiene")
    why = reason_in(request)
    hold_back(desk.casefile, wanted, Hand(member_of(request).name, desk.now(), why=why))
    return compare(request)


def ask(request: Any) -> Any:
    """Ask for the publication of what was looked at."""
    desk = desk_of(request)
    found = kept_difference(desk.casefile)
    if found is None or (found.mark, found.digest) != (request.POST.get("mark"), request.POST.get("digest")):
        raise changed_since()
    ask_for(desk.casefile, found, Hand(member_of(request).name, desk.now()))
    return see_other(f"{_HERE}#asked")


def confirm(request: Any) -> Any:
    """Confirm what was asked for, as a second person or, alone at a laptop, on a second look; then build it."""
    desk, by, at = desk_of(request), member_of(request).name, desk_of(request).now()
    asked = asked_for(desk.casefile)
    looked_at = (request.POST.get("asked"), request.POST.get("digest"))
    if asked is None or (str(asked.decision.id), asked.digest) != looked_at:
        raise changed_since()
    if request.POST.get("looked") != "yes":
        raise InvalidValue(
            "say that you have looked at what would become public", "diga que ha mirado lo que se haría público"
        )
    sealed, alone = holds_sealed_values(desk.casefile), desk.owner is not None
    if desk.publishing.is_at_work:
        raise CasefileUnusable("a publication is being worked on", "ya se está trabajando en una publicación")
    search = _search(request) if sealed and alone else None
    confirm_asked(desk.casefile, asked, by=by, at=at, alone=alone)
    if sealed and not alone:
        # The server cannot look for sealed values: it is confirmed here and written with a keeper's key elsewhere.
        return see_other(f"{_HERE}#unbuilt")

    def work(casefile: Casefile) -> None:
        made = build_confirmed(casefile, default_dossier(casefile), asked, by=by, at=at, search=search)
        keep_written(casefile, made)
        keep_difference(casefile, difference(casefile, default_dossier(casefile), asked.edition))

    return _begin(request, work, "written")


def _begin(request: Any, work: Callable[[Casefile], None], place: str) -> Any:
    """Begin a piece of work, let every process tell how it ended, and go to the `place` where its result will be."""

    def told(casefile: Casefile) -> None:
        if casefile.settings.estimates:  # Which publishing brings in by itself, in this thread, beside the pages.
            brought_in("recuento.casefile.people.uncounted")
        keep_error(casefile, None)
        try:
            work(casefile)
        except RecuentoError as error:
            keep_error(casefile, error)
            raise

    desk_of(request).publishing.start(told)
    return see_other(f"{_HERE}#{place}")


def _search(request: Any) -> SealedSearch:
    """The search with the key that was chosen; raises InvalidValue where it is of no keeper of this casefile."""
    with keeper_key(request) as key:
        keeper_of(keepers_of(desk_of(request).casefile), key)
        return SealedSearch(key)


def _groups(desk: Desk, found: Difference) -> list[tuple[str, str, list[tuple[Item, str]], int]]:
    """What would be new, change and go, by kind: the words of each item, and how many are not shown."""
    groups = []
    with desk.casefile.database.reading() as connection:
        titles = {one.sha256: one.description.title or one.name for one in documents.all(connection)}
    for state, items in (("new", found.new), ("changed", found.changed), ("gone", found.gone)):
        for kind in KINDS:
            mine = [item for item in items if item.kind == kind]
            if mine:
                shown = [(item, titles.get(item.id, "") if kind == "document" else "") for item in mine[:_SHOWN]]
                groups.append((state, kind, shown, max(0, len(mine) - _SHOWN)))
    return groups
