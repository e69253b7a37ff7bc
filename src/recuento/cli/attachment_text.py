"""Attachments in words and as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recuento.cli.bilingual import language_of, say
from recuento.cli.output import line
from recuento.model.attachment import Attachment, Place
from recuento.values.bilingual import Bilingual

PLACES = {
    Place.ATTACHED: Bilingual(es="adjunto", en="attached"),
    Place.INLINE: Bilingual(es="dentro del texto", en="inside the text"),
    Place.MESSAGE: Bilingual(es="mensaje dentro del mensaje", en="message inside the message"),
}


def print_inside(inside: Sequence[Attachment]) -> None:
    """Each attachment on a line: place, name, type, hash, or why it is not kept."""
    language = language_of()
    for one in inside:
        name = one.name or say("(sin nombre)", "(without a name)")
        kept = one.document[:12] if one.document else say("no se guardó aparte", "not kept by itself")
        place = PLACES[one.place].text(language)
        line(f"{one.position}. {name} · {one.media_type} · {place} · {kept}", indent=4, hang=4)
        if one.why is not None:
            line(one.why.text(language), indent=7, hang=2)


def plain_inside(one: Attachment) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "position": one.position,
        "name": one.name,
        "media_type": one.media_type,
        "place": one.place.value,
        "sha256": one.document,
        "why": one.why and {"es": one.why.es, "en": one.why.en},
    }
