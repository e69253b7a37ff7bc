"""Sources, told by their ids and classes; opening one with a keeper's key; who opened which, when and what for.

On a laptop the key file is chosen for the one request. A server is shown no key: it hands out a packet, still
encrypted, once the opening is in the log, and the keeper opens that on a machine of their own.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse

from recuento.casefile.sealing.metadata_values import METADATA, lines_of
from recuento.casefile.sealing.openings import openings
from recuento.casefile.sealing.packets import SUFFIX, make_packet
from recuento.casefile.sealing.vault import FILE, SourceSummary, sources_of
from recuento.casefile.sealing.vault_opening import OpenedPart, OpenedSource, open_source
from recuento.errors import InvalidValue
from recuento.seal.sealed import Sealed, opened
from recuento.workbench.keeper_key import KEY_BYTES_MAX, keeper_key
from recuento.workbench.members import member_of
from recuento.workbench.pages import desk_of, page
from recuento.workbench.views.common import reason_in

SHOWN_MAX = 200_000
"""Characters of values that a page shows: a larger answer would wait for the browser in a file of the server's."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class _Shown:
    """A part as the page shows it. `text` is the open value: it lives as long as the page is being made."""

    kind: str
    month: str
    text: str
    size_bytes: int | None = None


def home(request: Any) -> Any:
    """Every source as far as it may be told without a key, and the log of openings."""
    casefile = desk_of(request).casefile
    return page(request, "unseal.html", sources=sources_of(casefile), openings=openings(casefile))


def show(request: Any, source: str) -> Any:
    """The form with which one source is opened, and who opened it before."""
    return _page_of(request, _source(request, source), None)


def open_here(request: Any, source: str) -> Any:
    """Open a source on a laptop and show it, once; that it was opened is in the log before."""
    desk, found = desk_of(request), _source(request, source)
    with keeper_key(request) as key:
        told = open_source(
            desk.casefile, source, key, purpose=reason_in(request), by=member_of(request).name, at=desk.now()
        )
    with ExitStack() as values:
        return _page_of(request, found, _shown(told, values))


def packet(request: Any, source: str) -> Any:
    """Hand out what is sealed of a source, still encrypted; that it was is in the log before."""
    desk = desk_of(request)
    _source(request, source)
    data = make_packet(
        desk.casefile,
        source,
        request.POST.get("keeper", ""),
        purpose=reason_in(request),
        by=member_of(request).name,
        at=desk.now(),
    )
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{source}{SUFFIX}"'
    return answer


def _page_of(request: Any, found: SourceSummary, shown: list[_Shown] | None) -> Any:
    made = openings(desk_of(request).casefile, 10_000)
    return page(
        request,
        "unseal_source.html",
        found=found,
        openings=[one for one in made if one.source == found.source.id],
        shown=shown,
        key_bytes_max=KEY_BYTES_MAX,
    )


def _source(request: Any, id: str) -> SourceSummary:
    found = next((one for one in sources_of(desk_of(request).casefile) if one.source.id == id), None)
    if found is None:
        raise Http404
    return found


def _shown(found: OpenedSource, values: ExitStack) -> list[_Shown]:
    """The parts in clear, until `values` closes; raises InvalidValue where they are too long for a page."""
    shown = [_one(part, values) for part in found.parts]
    if sum(len(one.text) for one in shown) > SHOWN_MAX:
        raise InvalidValue(
            "what is sealed is too long for a page: recuento seal open",
            "lo sellado no cabe en una página: recuento seal open",
        )
    order = {kind: at for at, kind in enumerate(("name", "contact", "place", "notes", FILE, METADATA))}
    return sorted(shown, key=lambda one: (order.get(one.kind, 9), one.month))


def _one(part: OpenedPart, values: ExitStack) -> _Shown:
    text = _text(part.name or part.value, values)
    text = "\n".join(lines_of(text)) if part.kind == METADATA else text
    size = int(_text(part.value, values)) if part.kind == FILE else None
    return _Shown(part.kind, part.month, text, size)


def _text(value: Sealed, values: ExitStack) -> str:
    return values.enter_context(opened(value)).text
