"""PDF: the text of every page by PDFium; by pypdf as a second opinion where PDFium fails or finds nothing.

Pages are parted by a form feed on a line of its own, so that the page of a quotation can be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2

from recuento.preserve.outcome import Outcome, Remark
from recuento.preserve.parsers.found import Found, Unreadable
from recuento.preserve.versions import version_of

PAGE_BREAK = "\n\f\n"
Box = tuple[float, float, float, float]
"""Left, bottom, right and top of a character on its page."""
_AT_A_DIGIT = re.compile(r"(?<=\w)\B(?=\d)|(?<=\d)\B(?=\w)")


def read_pdf(data: bytes, *, text_characters_max: int) -> Found:
    """The text of the pages; raise Unreadable where it is encrypted, damaged or has none."""
    try:
        found = _by_pdfium(data, text_characters_max)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(Outcome.ENCRYPTED) from None
        return read_pdf_again(data, text_characters_max=text_characters_max)
    return found if found.text.strip() else read_pdf_again(data, text_characters_max=text_characters_max)


def read_pdf_again(data: bytes, *, text_characters_max: int) -> Found:
    """The second opinion alone, as after a crash of the first."""
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(Outcome.ENCRYPTED)
        text = PAGE_BREAK.join(_bounded((page.extract_text() for page in reader.pages), text_characters_max))
        about = reader.metadata
    except pypdf.errors.PyPdfError as error:
        raise Unreadable(Outcome.DAMAGED, type(error).__name__) from None
    if not text.strip():
        raise Unreadable(Outcome.NO_TEXT)
    return Found(
        extractor="pdf-second",
        version=version_of("pdf-second"),
        text=text,
        title=_told(about.title if about else None),
        author=_told(about.author if about else None),
        remarks=(Remark.SECOND_READER,),
    )


def _by_pdfium(data: bytes, text_characters_max: int) -> Found:
    document = pypdfium2.PdfDocument(data)
    try:
        pages = (_page_text(document, number) for number in range(len(document)))
        text = PAGE_BREAK.join(_bounded(pages, text_characters_max))
        about = document.get_metadata_dict()
    finally:
        document.close()
    return Found(
        extractor="pdf",
        version=version_of("pdf"),
        text=text,
        title=_told(about.get("Title")),
        author=_told(about.get("Author")),
    )


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        text_page = page.get_textpage()
        text = _with_numbers_apart(text_page, text_page.get_text_range())
        text_page.close()
        # PDFium marks a word broken at the end of a line with U+FFFE and joins its halves.
        return text.replace("\ufffe", "")
    finally:
        page.close()


def _with_numbers_apart(text_page: Any, text: str) -> str:
    """The text, with a break between digits that stand in different lines or at different heights.

    PDFium runs a line of one character on to the line before: a column of 20 and 3 comes out as 203, and a figure of
    300 with the mark of footnote 1 as 3001. Both would be numbers that nobody wrote.
    """
    if text_page.count_chars() != len(text):
        # Places in the text and on the page do not correspond (characters beyond U+FFFF): take them one by one.
        codes = (pypdfium2.raw.FPDFText_GetUnicode(text_page, place) for place in range(text_page.count_chars()))
        text = "".join(chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "�" for code in codes)
    pieces = []
    start = 0
    for match in _AT_A_DIGIT.finditer(text):
        place = match.start()
        parting = _parting(text_page.get_charbox(place - 1, loose=True), text_page.get_charbox(place, loose=True))
        if parting:
            pieces += [text[start:place], parting]
            start = place
    return "".join([*pieces, text[start:]])


def _parting(one: Box, other: Box) -> str:
    """What belongs between two neighbours: a line feed, a space before a raised or lowered character, or nothing."""
    (_, one_bottom, _, one_top), (_, other_bottom, _, other_top) = one, other
    if one_top <= one_bottom or other_top <= other_bottom:
        return ""
    height, other_height = one_top - one_bottom, other_top - other_bottom
    if abs((other_bottom + other_top) - (one_bottom + one_top)) > max(height, other_height):
        # Their middles are more than half a line apart.
        return "\n"
    is_smaller = min(height, other_height) < 0.85 * max(height, other_height)
    is_shifted = abs(other_bottom - one_bottom) > 0.15 * max(height, other_height)
    return " " if is_smaller and is_shifted else ""


def _bounded(pages: Iterator[str], text_characters_max: int) -> Iterator[str]:
    seen = 0
    for page in pages:
        seen += len(page)
        if seen > text_characters_max:
            raise Unreadable(Outcome.TOO_LONG)
        yield page


def _told(words: str | None) -> str | None:
    return (words or "").strip() or None
