"""The earlier text layers of a document, and the list of decisions that stayed with one."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.http import Http404

from recuento.casefile.review.orphans import WHAT_TO_DO, layered, orphans
from recuento.store import documents, layers
from recuento.workbench.history import names_of, told
from recuento.workbench.pages import desk_of, page


def every(request: Any) -> Any:
    """The orphans of the casefile: what was decided on words that the text of now does not have as they were."""
    found = orphans(desk_of(request).casefile)
    shown = [one.decision for one in found if one.decision is not None]
    return page(
        request,
        "orphans.html",
        orphans=list(zip(found, told(shown, shown, names_of(request)), strict=True)),
        why=WHAT_TO_DO,
    )


def show(request: Any, document: str, layer: str) -> Any:
    """One layer as it was made, with the words marked that only it has and somebody decided on."""
    casefile = desk_of(request).casefile
    with casefile.database.reading() as connection:
        about = documents.find(connection, document)
        found = layers.starting(connection, about.sha256, layer) if about is not None else None
        current = layers.current(connection, about.sha256) if about is not None else None
    if about is None or found is None:
        raise Http404
    stayed = [
        one
        for each in layered(casefile)
        if each.document.sha256 == about.sha256
        for one in each.orphans
        if one.earlier == found.sha256
    ]
    return page(
        request,
        "layer.html",
        document=about,
        layer=found,
        is_current=current is not None and current.sha256 == found.sha256,
        pieces=_pieces(found.text, [span for one in stayed for span in one.spans]),
        number=sum(one.decision is not None for one in stayed),
    )


def _pieces(text: str, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The text cut where a span begins or ends, each piece with whether it lies in one."""
    cuts = sorted({0, len(text), *(cut for span in spans for cut in span)})
    return [(text[a:b], any(start <= a and b <= end for start, end in spans)) for a, b in pairwise(cuts)]
