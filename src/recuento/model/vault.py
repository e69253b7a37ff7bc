"""Nouns of what is sealed: keepers and their public keys, sources and the class they are known by, sealed parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from recuento.errors import InvalidValue
from recuento.values.bilingual import Bilingual

KEEPERS_MIN = 2
KEEPERS_MAX = 5
"""Of the names of one source: one key alone is lost one day, and each more is one more to be taken."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Keeper:
    """A person who keeps names: a short name, and the public half of a key whose private half is on their machine."""

    id: str
    public_key: str
    added_by: str
    month: str
    removed: bool = False

    def __post_init__(self) -> None:
        """Raise InvalidValue where the name is no short one."""
        if _NAME.fullmatch(self.id) is None:
            raise InvalidValue(
                f"{self.id!r} is no short name for a keeper: small letters, digits, - and _",
                f"{self.id!r} no sirve como nombre corto: use minúsculas, cifras, - y _",
            )


@dataclass(frozen=True, slots=True)
class Source:
    """A source whose identity is sealed: a random id, the party and class it is known by, the key to seal with.

    `month` is when it was made, such as 2031-04; nothing closer is kept. Of a destroyed one there is no key.
    """

    id: str
    party: str
    called: Bilingual
    public_key: str
    month: str

    @property
    def is_metadata(self) -> bool:
        """Whether it is no person, but what the metadata of documents are sealed under: it is of no party."""
        return not self.party

    @property
    def is_destroyed(self) -> bool:
        """Whether its key was destroyed, and with it all that was sealed."""
        return not self.public_key

    def destroyed(self) -> Source:
        """The same without a key."""
        return replace(self, public_key="")


@dataclass(frozen=True, slots=True)
class SealedPart:
    """Something sealed of a source: a random id, the envelope, and the file of the vault it names, if it is a file."""

    id: str
    source: str
    envelope: bytes
    file: str | None
    added_by: str
    month: str
