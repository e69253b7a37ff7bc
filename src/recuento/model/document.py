"""Documents: original bytes known by their SHA-256, where they came from, and their frozen text layer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Origin:
    """How a document was obtained: the path or address given, by whom, when (UTC)."""

    where: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The text a named extractor made of an original, never changed afterwards."""

    document: str
    extractor: str
    version: str
    text: str
    sha256: str


SURE_MIN = 60
"""Words of which their reader is less sure than this, of 100, are shown as uncertain."""


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure a reader of characters was of the word at `start` to `end` of a layer: 0 to 100, as it says itself."""

    start: int
    end: int
    percent: int


def unsure_in(words: Iterable[Sureness]) -> tuple[tuple[int, int], ...]:
    """Where the words stand of which their reader was not sure."""
    return tuple((one.start, one.end) for one in words if one.percent < SURE_MIN)


@dataclass(frozen=True, slots=True)
class Description:
    """What can be told about a document: from its own bytes, or from whoever brought it in.

    `extracted` names the fields that a program found in the bytes and nobody vouched for: they may be wrong (of authors
    about every second one), and are shown as what the file says of itself, never as fact.
    """

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: PartialDate | None = None
    language: str | None = None
    url: str | None = None
    extracted: frozenset[str] = frozenset()

    def vouched_for(self, told: Mapping[str, Any]) -> Description:
        """With these fields as somebody told them, who thereby vouches for them."""
        return replace(self, **told, extracted=self.extracted - frozenset(told))


@dataclass(frozen=True, slots=True)
class Document:
    """One original: bytes kept under `sha256`, never changed. `unreadable` says why there is no text layer."""

    sha256: str
    size_bytes: int
    media_type: str
    name: str
    origin: Origin
    description: Description
    unreadable: Bilingual | None = None
