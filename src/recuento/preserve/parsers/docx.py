"""Word documents: the text by mammoth, which keeps tables, footnotes and comments that paragraphs alone lose."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import mammoth

from recuento.preserve.outcome import Outcome
from recuento.preserve.parsers.archives import check_archive
from recuento.preserve.parsers.found import Found, Unreadable, language_code
from recuento.preserve.parsers.markup_text import text_of_markup
from recuento.preserve.versions import version_of

_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(data: bytes) -> Found:
    """The text of the document; raise Unreadable where it is damaged, encrypted, a bomb or has none."""
    check_archive(data)
    without_images = mammoth.images.img_element(lambda image: {})
    html = mammoth.convert_to_html(BytesIO(data), convert_image=without_images).value
    text = text_of_markup(html)
    if not text:
        raise Unreadable(Outcome.NO_TEXT)
    about = _part(data, "docProps/core.xml")
    return Found(
        extractor="docx",
        version=version_of("docx"),
        text=text,
        title=_words(about, f"{_DUBLIN}title"),
        author=_words(about, f"{_DUBLIN}creator"),
        language=language_code(_words(about, f"{_DUBLIN}language") or _language_of_styles(data)),
    )


def _language_of_styles(data: bytes) -> str | None:
    styles = _part(data, "word/styles.xml")
    language = None if styles is None else styles.find(f"{_WORD}docDefaults/{_WORD}rPrDefault/{_WORD}rPr/{_WORD}lang")
    return None if language is None else language.get(f"{_WORD}val")


def _part(data: bytes, name: str) -> ElementTree.Element | None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        try:
            return ElementTree.fromstring(archive.read(name))
        except (KeyError, ElementTree.ParseError):
            return None


def _words(about: ElementTree.Element | None, tag: str) -> str | None:
    words = None if about is None else about.findtext(tag)
    return (words or "").strip() or None
