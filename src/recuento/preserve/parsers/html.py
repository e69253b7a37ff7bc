"""Web pages: the main text and what the page declares about itself, by trafilatura; else all its text."""

from __future__ import annotations

import re
from typing import Any

import trafilatura

from recuento.preserve.outcome import Outcome, Remark
from recuento.preserve.parsers.characters import Characters, declared_in_markup, decoded
from recuento.preserve.parsers.found import Found, Unreadable, language_code
from recuento.preserve.parsers.markup_text import text_of_markup
from recuento.preserve.versions import version_of

# Only dates that the page declares: a date found somewhere in the running text is not its own.
_DATES = {"original_date": True, "extensive_search": False}
_LANGUAGE = re.compile(r"""<html\b[^>]{0,2000}?\blang\s*=\s*["']?([A-Za-z_-]{2,20})""", re.I)


def read_html(data: bytes) -> Found:
    """The main text of a page, or all of it where no main text is found; raise Unreadable where there is none."""
    characters = decoded(data, declared_in_markup(data))
    page: Any = trafilatura.bare_extraction(
        characters.text, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATES)
    )
    if page is not None and (page.text or "").strip():
        return _found(page, page.text, characters, "html", version_of("html"), characters.remarks)
    text = text_of_markup(characters.text)
    if not text:
        raise Unreadable(Outcome.NO_TEXT)
    about = trafilatura.extract_metadata(characters.text, date_config=dict(_DATES))
    return _found(
        about, text, characters, "html-whole", version_of("html-whole"), (*characters.remarks, Remark.WHOLE_PAGE)
    )


def _found(
    about: Any, text: str, characters: Characters, extractor: str, version: str, remarks: tuple[Remark, ...]
) -> Found:
    language = _LANGUAGE.search(characters.text[:8192])
    return Found(
        extractor=extractor,
        version=version,
        text=text,
        title=getattr(about, "title", None),
        outlet=getattr(about, "sitename", None),
        author=getattr(about, "author", None),
        published=getattr(about, "date", None),
        language=language_code(language[1] if language else None),
        url=getattr(about, "url", None),
        charset=characters.charset,
        remarks=remarks,
    )
