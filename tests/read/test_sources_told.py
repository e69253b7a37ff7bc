"""Sources told in other ways: below a quotation, by "for X", behind an apostrophe, or without their name."""

from __future__ import annotations

import pytest

from recuento.read import read


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("“The keys were never in our hands.”\n\n— Ana Paz, former director", "Ana Paz, former director",
         "“The keys were never in our hands.”"),
        ("Para la directora, Ana Paz, son unas diez.", "la directora, Ana Paz", "son unas diez"),
        ("The relatives' committee said that the list is false.", "The relatives' committee", "that the list is false"),
        ("La lista es falsa, indicó un oficial que no dio su nombre.", "un oficial que no dio su nombre",
         "La lista es falsa"),
        ("Según pudo saber La Vereda, la lista es falsa.", "La Vereda", "la lista es falsa"),
        ("Según supo este diario de fuentes judiciales, la lista es falsa.", "fuentes judiciales", "la lista es falsa"),
        ("Free Cells Watch said that the list is false.", "Free Cells Watch", "that the list is false"),
        ("El penal negó haber recibido a 70 presas.", "El penal", "haber recibido a 70 presas"),
    ],
)  # fmt: skip
def test_the_whole_source_is_read_with_its_content(text: str, source: str, content: str) -> None:
    """Source and content are the words of the text, whichever way the source is told."""
    (statement,) = read(text)
    assert statement.source is not None
    assert (statement.source.quote, statement.content[0].quote) == (source, content)


@pytest.mark.parametrize(
    "text",
    ["The women stood according to height, seventeen a row.", "El turno cambia según avanza la fila.",
     "Para calmar los temores, la cárcel abrió.", "“A Long Night”\n\nIt was cold."],
)  # fmt: skip
def test_manners_purposes_and_titles_are_no_sources(text: str) -> None:
    """What looks like a source and names nobody is passed over."""
    assert read(text) == []
