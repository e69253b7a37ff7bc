"""What of a testimony is told less exactly: when it was said, and where."""

from __future__ import annotations

from collections.abc import Iterable

from recuento.model.casting import Cast
from recuento.model.claim import Claim
from recuento.model.dossier import PublishRules
from recuento.publish.view import PublicDocument, PublicSource, PublicStatement, Voice
from recuento.values.partial_date import PartialDate


def is_testimony(voice: Voice, sources: Iterable[PublicSource], shelf: dict[str, PublicDocument]) -> bool:
    """Whether an unnamed voice says it, and no page that anybody can open: its day is then nobody's business."""
    if not voice.protected:
        return False
    return not any(source.url or _is_open(shelf.get(source.document or "")) for source in sources)


def holds_testimony(url: str | None, statements: Iterable[PublicStatement]) -> bool:
    """Whether a document that is on no public page holds the words of an unnamed voice."""
    return url is None and any(statement.voice.protected for statement in statements)


def region_of(claim: Claim, cast: Cast) -> str | None:
    """The state or region of the facility a claim is about, or that all facilities of its event lie in."""
    event = cast.event(claim.event)
    ids = (claim.facility,) if claim.facility else event.facilities if event is not None else ()
    regions = {facility.region if (facility := cast.facility(id)) is not None else None for id in ids}
    return regions.pop() if len(regions) == 1 else None


def coarsened(when: PartialDate, rules: PublishRules) -> PartialDate:
    """The date as exactly as a testimony's is told: its month unless the rules say otherwise."""
    if rules.testimony_dates == "year":
        return PartialDate(when.year)
    return PartialDate(when.year, when.month) if rules.testimony_dates == "month" else when


def _is_open(document: PublicDocument | None) -> bool:
    return document is not None and document.url is not None
