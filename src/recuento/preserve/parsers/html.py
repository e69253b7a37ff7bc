"""Web pages: the main text and what the page declares about itself, by trafilatura; else all its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import trafilatura

from recuento.preserve.outcome import Outcome, Remark
from recuento.preserve.parsers.characters import Characters, declared_in_markup, decoded
from recuento.preserve.parsers.found import Found, Unreadable, language_code
from recuento.preserve.parsers.markup_text import text_of_markup
from recuento.preserve.parsers.page_chrome import without_chrome
from recuento.preserve.parsers.page_data import text_in_data
from recuento.preserve.parsers.page_told import dated, headline_and_outlet, signed
from recuento.preserve.versions import version_of

_SHELL_WORDS_MAX = 40
"""A page that shows fewer words than this may be a shell for a script."""
# Only dates that the page declares: a date found somewhere in the running text is not its own.
_DATES = {"original_date": True, "extensive_search": False}
_LANGUAGE = re.compile(r"""<html\b[^>]{0,2000}?\blang\s*=\s*["']?([A-Za-z_-]{2,20})""", re.I)


def read_html(data: bytes) -> Found:
    """The main text of a page, or all of it where no main text is found; raise Unreadable where there is none.

    Where the page is an empty shell, the story is taken out of the data it brings for its scripts, and that is said.
    """
    characters = decoded(data, declared_in_markup(data))
    tree = trafilatura.load_html(characters.text)
    about = None if tree is None else _about(tree)
    text = "" if tree is None else _main_text(tree)
    if len(text.split()) < _SHELL_WORDS_MAX:
        story = text_in_data(characters.text)
        if story is not None and len(story) > 2 * len(text):
            return _found(about, story, characters, "html-data", version_of("html-data"), Remark.PAGE_DATA)
    if text.strip():
        return _found(about, text, characters, "html", version_of("html"))
    text = text_of_markup(characters.text)
    if not text:
        raise Unreadable(Outcome.NO_TEXT)
    return _found(about, text, characters, "html-whole", version_of("html-whole"), Remark.WHOLE_PAGE)


@dataclass(frozen=True, slots=True)
class _About:
    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    url: str | None


def _about(tree: Any) -> _About | None:
    """What the page tells of itself, before anything is taken out of it."""
    told = trafilatura.extract_metadata(tree, date_config=dict(_DATES))
    if told is None:
        return None
    is_declared = tree.find(".//meta[@property='og:title']") is not None
    title, outlet = headline_and_outlet(tree, told.title, told.sitename, is_declared)
    return _About(title, outlet, signed(tree, told.author), told.date or dated(tree, title), told.url)


def _main_text(tree: Any) -> str:
    without_chrome(tree)
    page: Any = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    return (page.text or "") if page is not None else ""


def _found(
    about: _About | None, text: str, characters: Characters, extractor: str, version: str, *remarks: Remark
) -> Found:
    language = _LANGUAGE.search(characters.text[:8192])
    return Found(
        extractor=extractor,
        version=version,
        text=text,
        title=about.title if about else None,
        outlet=about.outlet if about else None,
        author=about.author if about else None,
        published=about.published if about else None,
        language=language_code(language[1] if language else None),
        url=about.url if about else None,
        charset=characters.charset,
        remarks=(*characters.remarks, *remarks),
    )
