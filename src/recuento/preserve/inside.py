"""What a jailed child found inside a document: attachments as it tells of them, checked, and why one is not kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from recuento.model.attachment import Place
from recuento.preserve.border import BorderBroken
from recuento.values.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Inside:
    """One attachment: its bytes, or why there are none."""

    name: str
    media_type: str
    place: Place
    data: bytes | None = None
    why: Bilingual | None = None


NOT_TOLD_APART = Bilingual(
    es="el mensaje tiene más partes de las que se abren, o están anidadas sin fin; lo demás queda en el original",
    en="the message has more parts than are opened, or nests them without end; the rest stays in the original",
)
FAILED = Bilingual(
    es="no se pudieron separar sus adjuntos; siguen en el original, que está guardado",
    en="its attachments could not be told apart; they stay in the original, which is kept",
)
TOO_DEEP = Bilingual(
    es="está dentro de demasiados mensajes: se guardó, pero no se abrió lo que trae",
    en="lies inside too many messages: it is kept, but what it holds was not opened",
)
_WHY = {
    "outlook": Bilingual(
        es="es un winmail.dat de Outlook, que no se abre: pida que lo reenvíen en formato HTML o texto",
        en="it is a winmail.dat of Outlook, which is not opened: ask for it to be sent again as HTML or plain text",
    ),
    "empty": Bilingual(es="no trae ni un byte", en="it has not one byte"),
    "too_big": Bilingual(
        es="pasa del límite de lo que se saca de un mensaje; sigue en el original: guárdelo aparte",
        en="it is beyond the limit of what is taken out of a message; it stays in the original: save it by itself",
    ),
    "too_many": Bilingual(
        es="el mensaje trae más de 200 adjuntos; los que siguen quedan en el original",
        en="the message has more than 200 attachments; those that follow stay in the original",
    ),
}


def inside_from(header: dict[str, Any], body: bytes) -> tuple[Inside, ...]:
    """What came over the border, dressed; raise BorderBroken for what no honest jail says."""
    if "outcome" in header or "fault" in header:
        return (Inside("", "", Place.ATTACHED, why=FAILED),)
    try:
        found = []
        at = 0
        for one in header["inside"]:
            size, why = int(one["size"]), str(one["why"])
            if not 0 <= size <= len(body) - at or (not why and size == 0):
                raise ValueError("size")
            data = None if why else body[at : at + size]
            at += size
            name, media_type = str(one["name"])[:1000], str(one["media_type"])[:100]
            found.append(Inside(name, media_type, Place(one["place"]), data, _WHY[why] if why else None))
        if header.get("broken"):
            found.append(Inside("", "", Place.ATTACHED, why=NOT_TOLD_APART))
        return tuple(found)
    except (KeyError, ValueError, TypeError):
        raise BorderBroken("not what a jail says") from None
