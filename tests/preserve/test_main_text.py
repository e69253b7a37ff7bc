"""The main text of news pages, and what they tell of themselves, on the invented gold set (one story a layout here)."""

from __future__ import annotations

import pytest

from news_pages import development, held_out
from news_pages.page import Layout, Page
from news_pages.scoring import mean, score
from news_pages.story import story
from recuento.preserve.extract import Extractor
from recuento.preserve.outcome import REMARKS, Remark


def page_of(layout: Layout, number: int = 0) -> Page:
    """A page in that layout."""
    return layout(story(f"{layout.__name__}-{number}"))


@pytest.mark.parametrize("layouts", [development.LAYOUTS, held_out.LAYOUTS], ids=["development", "held out"])
def test_the_main_text_is_found(extractor: Extractor, layouts: tuple[Layout, ...]) -> None:
    """Over all layouts the text is near the gold: F of .92 at least. (The whole set: benchmarks/preserve.py.)"""
    pages = [page_of(layout) for layout in layouts]
    scores = [score(one, extractor.extract(one.html.encode(), "a.html").text or "") for one in pages]
    assert mean(scores).f >= 0.92


def test_the_score_can_be_low() -> None:
    """Half of the paragraphs, or all of the page, is not the main text."""
    one = page_of(development.wordpress_classic)
    assert score(one, "\n".join(one.text)).f == 1
    assert score(one, "\n".join(one.text[: len(one.text) // 2])).recall < 0.7
    assert score(one, one.html).precision < 0.8


def test_links_to_other_stories_do_not_become_sentences(extractor: Extractor) -> None:
    """Lines such as "Lea también" stand between the paragraphs of a page and in none of its text."""
    one = page_of(development.related_inside)
    text = extractor.extract(one.html.encode(), "a.html").text or ""
    assert "Lea también" in one.html and "Lea también" not in text and "Telegram" not in text


def test_a_sentence_that_begins_like_a_link_stays(extractor: Extractor) -> None:
    """What has no link in it, or is long, is a sentence of the story."""
    sentence = "Vea también el conteo oficial: la fiscalía habla de 40 heridos."
    linked = (
        "Más información pidió la comisión, que el martes entregó <a href='/x'>su informe</a> sobre los 40 "
        "heridos y los 12 trasladados a las autoridades, sin que hasta el jueves hubiera respuesta alguna."
    )
    one = page_of(development.drupal)
    html = one.html.replace(
        '</div><div class="field field--name-field-tags"',
        f'<p>{sentence}</p><p>{linked}</p></div><div class="field field--name-field-tags"',
    )
    text = extractor.extract(html.encode(), "a.html").text or ""
    assert sentence in text and "sin que hasta el jueves" in text


def test_a_story_in_data_alone_is_read_and_said(extractor: Extractor) -> None:
    """A page that shows nothing without scripts gives the story of its data, with a remark; others do not."""
    shell = extractor.extract(page_of(development.next_payload).html.encode(), "a.html")
    assert shell.extractor == "html-data" and REMARKS[Remark.PAGE_DATA] in shell.remarks
    assert extractor.extract(page_of(development.next_rendered).html.encode(), "a.html").extractor == "html"


def test_a_page_tells_who_when_and_where(extractor: Extractor) -> None:
    """Title, outlet, author without "Por" and a date that is only written out, of layouts that declare them badly."""
    for layout in (development.blogger, development.drupal, development.tables_2000s):
        one = page_of(layout)
        told = extractor.extract(one.html.encode(), "a.html").description
        assert (told.title, told.outlet, str(told.published)) == (one.title, one.outlet, one.published), layout.__name__
        assert told.author in (one.author, None)


def test_a_date_in_a_sentence_is_not_the_date_of_the_page(extractor: Extractor) -> None:
    """The day of an event that a paragraph names is no date of publication."""
    page = "<html lang=es><head><title>Nota</title></head><body><h1>Nota larga</h1>" + (
        "<p>El 20 de septiembre de 2023 hubo un operativo en el penal, dijo la comisión de familiares este martes.</p>"
        * 5
    )
    assert extractor.extract(page.encode(), "a.html").description.published is None
