"""Shapes that the third development set of gold showed the reader not to know."""

from __future__ import annotations

import pytest

from recuento.read import read, read_figures


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Una decena larga de custodios fue retenida.", ["Una decena larga"]),
        ("Well over a hundred detainees left.", ["Well over a hundred"]),
        ("Entre el 15 y el 20 por ciento de los detenidos enfermó.", ["Entre el 15 y el 20 por ciento"]),
        ("There are 3,800 at most.", ["3,800 at most"]),
        ("Close to two and a half thousand relatives camped.", ["Close to two and a half thousand"]),
        ("Hay que avisar al 911, dijo el obispo de Tres Lomas.", []),
        ("The cameras, which cost 4 million, were off.", []),
        ("Exigimos: 1) la lista; 2) los cuerpos.", []),
        ("Mi hija pesa cuarenta kilos.", []),
    ],
)
def test_bounds_belong_to_a_number_and_what_counts_nothing_is_none(text: str, words: list[str]) -> None:
    """The words of a figure hold all that bounds it; names, prices, weights of people and list marks are no figures."""
    assert [figure.quantity.words for figure in read_figures(text)] == words


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("La mayoría —unos 340, dice la prefectura— quedó libre.", "la prefectura", "unos 340"),
        ("Así lo vi. Son doce, así lo confirmó el ministro.", "el ministro", "Son doce"),
        ("The NGO issued an urgent call for medicine.", "The NGO", "for medicine"),
        ("Piden los mediadores de la Iglesia una tregua.", "los mediadores de la Iglesia", "una tregua"),
        ("They asked for 214 beds and got forty.", "They", "214 beds"),
    ],
)
def test_speaker_and_words_are_parted_where_they_should_be(text: str, source: str, content: str) -> None:
    """Asides, verbs that point back, calls by noun and what was done next leave speaker and content whole."""
    found = [(s.source.quote if s.source else None, s.content[0].quote) for s in read(text)]
    assert (source, content) in found


def test_what_is_not_said_is_no_statement() -> None:
    """A verb of saying that is denied says nothing."""
    assert read("La policía no confirmó la fuga.") == []
