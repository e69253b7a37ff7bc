"""Lines of a text that list people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.link.text_list import COLUMNS, entries_in_text


@pytest.mark.parametrize(
    ("line", "name", "number", "age", "nickname"),
    [
        ("1. PEREZ GOMEZ, ANA MARIA V-12.345.678 34 años", "PEREZ GOMEZ, ANA MARIA", "V-12.345.678", "34", ""),
        (
            '2) José de la Cruz Rivas, C.I: 9.876.543, alias "El Cheo"',
            "José de la Cruz Rivas",
            "9.876.543",
            "",
            "El Cheo",
        ),
        ("- Luis Alberto Márquez (22 años)", "Luis Alberto Márquez", "", "22", ""),
        ("MARTINEZ\tCARLOS\t45123456", "MARTINEZ CARLOS", "45123456", "", ""),
    ],
)
def test_the_parts_of_a_line_are_told_apart(line: str, name: str, number: str, age: str, nickname: str) -> None:
    """Name, document number, age and nickname are found in the order people write them."""
    (entry,) = entries_in_text(line)
    assert (entry.name, entry.document_number, entry.age, entry.nickname) == (name, number, age, nickname)
    assert entry.line == line.strip()


@pytest.mark.parametrize(
    "line",
    ["El ministro dijo que fueron trasladados 30 internos.", "Total: 4", "", "Ana", "a" * 500, "https://x.example/A B"],
)
def test_prose_is_no_entry(line: str) -> None:
    """Sentences, totals and single words are left out."""
    assert entries_in_text(line) == []


@given(st.text())
def test_any_text_gives_lines_of_that_text(text: str) -> None:
    """Nothing raises, and what is found stands in the text."""
    lines = text.split("\n")
    for entry in entries_in_text(text):
        assert entry.line == lines[entry.number - 1].strip()
        assert all(isinstance(entry.cell(column), str) for column in COLUMNS)
