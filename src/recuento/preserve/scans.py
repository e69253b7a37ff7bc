"""Documents that are pictures: scanned pages and photographs, read by Tesseract where it is installed."""

from __future__ import annotations

from dataclasses import replace

from recuento.model.document import Sureness
from recuento.preserve import media_types
from recuento.preserve.drawn import DrawnPage
from recuento.preserve.extract import Extraction, Extractor, shared_extractor
from recuento.preserve.limits import Limits
from recuento.preserve.outcome import REMARKS, Outcome, Remark
from recuento.preserve.tesseract import Engine, PageRead, engine
from recuento.preserve.versions import version_of

PAGES_MAX = 300
"""How many pages of one document are read; those beyond stay pictures, which is said."""
EMPTY_IN_A_ROW_MAX = 100
"""After so many pages of one colour no more are drawn: a file of thousands of empty pages takes seconds."""
LETTERS_MIN = 16
"""A page of a PDF with fewer letters and digits than this is taken for a picture."""
_PAGE_BREAK = "\n\f\n"
_DRAWING = Limits(cpu_seconds_max=8, wall_seconds_max=30.0)
READING = Limits(cpu_seconds_max=60, wall_seconds_max=120.0, memory_bytes_max=950 << 20)
"""Of one page."""


def read_document(data: bytes, name: str, *, extractor: Extractor | None = None) -> Extraction:
    """As `extract`, and where a page or a picture has no text its characters are read, if Tesseract is installed."""
    jail = extractor or shared_extractor()
    found = jail.extract(data, name)
    ocr = engine()
    if ocr is None:
        return found
    if media_types.is_image(found.media_type) and found.outcome is Outcome.IMAGE:
        return _read(jail, data, found, ocr, None)
    if found.media_type == media_types.PDF and found.outcome in (Outcome.READ, Outcome.NO_TEXT):
        pages = found.text.split(_PAGE_BREAK) if found.text is not None else None
        if pages is None or any(_is_bare(page) for page in pages):
            return _read(jail, data, found, ocr, pages)
    return found


def _is_bare(page: str) -> bool:
    return sum(map(str.isalnum, page)) < LETTERS_MIN


def _is_of_one_colour(drawn: DrawnPage) -> bool:
    """Whether nothing is on the page that could be read."""
    return drawn.pixels == drawn.pixels[:1] * len(drawn.pixels)


def _read(jail: Extractor, data: bytes, found: Extraction, ocr: Engine, pages: list[str] | None) -> Extraction:
    """The text of every page that is a picture in its place among the others; `found` as it was where there is none."""
    texts: list[str] = []
    words: list[Sureness] = []
    number, total, at, empty, left_out = 0, 1, 0, 0, False
    while number < total:
        page: PageRead | None = None
        if pages is None or number >= len(pages) or _is_bare(pages[number]):
            if number < PAGES_MAX and empty < EMPTY_IN_A_ROW_MAX:
                drawn = jail.page(data, number, limits=_DRAWING)
                total = max(total, drawn.pages if drawn is not None else 0, len(pages or ()))
                if drawn is not None and _is_of_one_colour(drawn):
                    empty, page = empty + 1, PageRead("", ())
                elif drawn is not None:
                    empty, page = 0, jail.characters(drawn, ocr, limits=READING)
                left_out = left_out or page is None
            else:
                left_out = True
        elif pages is not None:
            total = max(total, len(pages))
        own = pages[number] if pages is not None and number < len(pages) else ""
        text = page.text if page is not None and page.text else own
        if page is not None and page.text:
            words += [Sureness(one.start + at, one.end + at, one.percent) for one in page.words]
        texts.append(text)
        at += len(text) + len(_PAGE_BREAK)
        number += 1
    whole = _PAGE_BREAK.join(texts)
    if not words:
        return found
    remarks = (REMARKS[Remark.READ_FROM_PICTURES], *((REMARKS[Remark.PAGES_LEFT_OUT],) if left_out else ()))
    return replace(
        found,
        outcome=Outcome.READ,
        text=whole,
        extractor="ocr",
        version=version_of("ocr"),
        unreadable=None,
        remarks=(*found.remarks, *remarks),
        sureness=tuple(words),
    )
