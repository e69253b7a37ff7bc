"""Captures: what became of an address that was asked for, or of a record in a web archive made elsewhere.

A capture says what a court asks of one (Berkeley Protocol on Digital Open Source Investigations, 2022, §153-155, 167):
the address, where it was taken from, when, how, by whom, the hash of what came, every conversion, and the picture of
the whole page, or why there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from recuento.values.bilingual import Bilingual


class CaptureOutcome(StrEnum):
    """What became of an address. Only `captured` and `partial` make a document."""

    CAPTURED = "captured"
    PARTIAL = "partial"
    """Less came than the page is: the connection broke, or the page shows only a beginning."""
    ERROR_PAGE = "error_page"
    LOGIN_WALL = "login_wall"
    CONSENT_WALL = "consent_wall"
    BLOCKED = "blocked"
    """The site refuses us, or asks to prove that one is no program."""
    GONE = "gone"
    EMPTY = "empty"
    ROBOTS_REFUSED = "robots_refused"
    ADDRESS_REFUSED = "address_refused"
    """Not asked: it is no public address of the web."""
    TOO_LARGE = "too_large"
    TIMED_OUT = "timed_out"
    TLS_FAILURE = "tls_failure"
    UNREACHABLE = "unreachable"
    REDIRECT_LOOP = "redirect_loop"
    DAMAGED = "damaged"
    """What came cannot be taken apart."""
    OTHER_FILE = "other_file"
    """In an archive: a picture, a style, a script, a redirect. It stays in the archive and makes no document."""

    @property
    def is_kept_as_document(self) -> bool:
        """Whether a capture that ended so makes a document."""
        return self in (CaptureOutcome.CAPTURED, CaptureOutcome.PARTIAL)


@dataclass(frozen=True, slots=True)
class Clocks:
    """Every clock that had a say. Ours in UTC; the server's fields as it wrote them."""

    before: datetime
    after: datetime
    server_date: str | None = None
    last_modified: str | None = None
    age_seconds: str | None = None
    """How old the answer was when a cache on the way gave it."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """One step from an address to the next. `status` is None where the page itself sends its reader on."""

    url: str
    to: str
    status: int | None


@dataclass(frozen=True, slots=True)
class Security:
    """How the connection was secured. `fault` is what is wrong with the certificate, None where nothing is."""

    version: str | None = None
    cipher: str | None = None
    certificate_sha256: str | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class PagePart:
    """A picture or style that the page shows, and what became of it."""

    url: str
    outcome: CaptureOutcome
    reason: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Screenshot:
    """The picture of the whole page: its hash and how it was made, or why there is none."""

    sha256: str | None
    how: Bilingual


@dataclass(frozen=True, slots=True)
class Capture:
    """One address, what became of it, and everything that can be told about how.

    `id` is the WARC-Record-ID of the last answer where there is one. `source` says how we came to the address: the
    command line, a feed, a list, an archive. `warc` is the SHA-256 of the original that holds the bytes as they
    crossed the wire; `payload_sha256` that of the body without what the transfer put around it.
    """

    id: str
    url: str
    outcome: CaptureOutcome
    by: str
    source: Bilingual
    method: Bilingual
    clocks: Clocks
    final_url: str | None = None
    status: int | None = None
    reason: Bilingual | None = None
    media_type: str | None = None
    redirects: tuple[Redirect, ...] = ()
    ip: str | None = None
    security: Security | None = None
    payload_sha256: str | None = None
    payload_bytes: int | None = None
    title: str | None = None
    warc: str | None = None
    document: str | None = None
    conversions: tuple[Bilingual, ...] = ()
    screenshot: Screenshot | None = None
    parts: tuple[PagePart, ...] = ()
    remarks: tuple[Bilingual, ...] = ()
