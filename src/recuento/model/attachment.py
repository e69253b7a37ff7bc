"""Attachments: what came inside a document, each kept as a document of its own where it could be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from recuento.errors import InvalidValue
from recuento.values.bilingual import Bilingual


class Place(StrEnum):
    """How it came."""

    ATTACHED = "attached"
    INLINE = "inline"
    """Shown inside the text, such as a picture of a signature."""
    MESSAGE = "message"
    """A whole message inside the message."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """The attachment at `position` (from 1) of the document `parent`, as its container tells of it.

    `document` is the SHA-256 of its bytes, None where they were not kept; `why` says why not, or what was not done
    with them. The name is as it was sent and may be anything: it is shown, and never used as a path.
    """

    parent: str
    position: int
    name: str
    media_type: str
    place: Place = Place.ATTACHED
    document: str | None = None
    why: Bilingual | None = None

    def __post_init__(self) -> None:
        """Raise InvalidValue where it is neither kept nor told why not."""
        if self.document is None and self.why is None:
            raise InvalidValue(f"attachment {self.position} is lost", f"el adjunto {self.position} está perdido")
