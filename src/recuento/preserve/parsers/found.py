"""What a parser gives back: plain, bounded data that can cross the border of the jail."""

from __future__ import annotations

from dataclasses import dataclass

from recuento.preserve.outcome import Outcome, Remark


class Unreadable(Exception):
    """Why the bytes cannot be read, with a detail for the message."""

    def __init__(self, outcome: Outcome, detail: str = "") -> None:
        super().__init__(outcome, detail)
        self.outcome = outcome
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Found:
    """A text and what the file tells about itself. `published` is an ISO date."""

    extractor: str
    version: str
    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    charset: str | None = None
    remarks: tuple[Remark, ...] = ()
    attachments: tuple[str, ...] = ()


def language_code(declared: str | None) -> str | None:
    """The language of a tag such as "es-VE": "es"; None where nothing sensible is declared."""
    code = (declared or "").strip().replace("_", "-").split("-")[0].lower()
    return code if code.isascii() and code.isalpha() and 2 <= len(code) <= 3 else None
