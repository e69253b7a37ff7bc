"""A page as grey pixels, a byte a pixel: all that crosses from who draws a document to who reads its characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from recuento.preserve.border import BorderBroken

DOTS_PER_INCH = 300
PIXELS_MAX = 24_000_000
"""Of one page: two A4 pages at 300 dots an inch have 17 million."""
_PAGES_MAX = 100_000


@dataclass(frozen=True, slots=True, repr=False)
class DrawnPage:
    """One of `pages` pages; `pixels` has width times height bytes, row by row, 0 black."""

    pages: int
    width: int
    height: int
    pixels: bytes

    def as_pgm(self) -> bytes:
        """As a portable grey map, whose head is three numbers: no program can be led astray by it."""
        return b"P5\n%d %d\n255\n" % (self.width, self.height) + self.pixels


def drawn_from(header: dict[str, Any], body: bytes) -> DrawnPage | None:
    """The page that came over the border, None where there is none; raise BorderBroken for one of another size."""
    if "outcome" in header or "fault" in header:
        return None
    try:
        pages, width, height = int(header["pages"]), int(header["width"]), int(header["height"])
    except (KeyError, ValueError, TypeError):
        raise BorderBroken("not what a jail says") from None
    if not (0 < pages <= _PAGES_MAX and 0 < width * height <= PIXELS_MAX and width > 0 and len(body) == width * height):
        raise BorderBroken("not what a jail says")
    return DrawnPage(pages, width, height, body)
