"""Where speaker and words end in the long sentences of Spanish newspapers; every sentence here is invented."""

from __future__ import annotations

import pytest

from recuento.read import read


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "En el acto habló el alcaide, quien, según dos guardias, podría dejar el penal.",
            "dos guardias",
            ["quien", "podría dejar el penal"],
        ),
        (
            "Según Olga Paz, que asistió al acto, el penal cerrará en mayo.",
            "Olga Paz, que asistió al acto",
            ["el penal cerrará en mayo"],
        ),
        (
            "«No hay agua», explica Samir Al Amri, director de la cocina.",
            "Samir Al Amri, director de la cocina",
            ["«No hay agua»"],
        ),
        (
            "«No hay agua», afirmó Rita Sol, una médica joven que visitó el penal.",
            "Rita Sol, una médica joven que visitó el penal",
            ["«No hay agua»"],
        ),
        (
            "La ministra avisó: «No nos callarán», en respuesta al portavoz del sindicato.",
            "La ministra",
            ["«No nos callarán»"],
        ),
        (
            "Rita Sol, a quien los guardias temen, insistió en que no hay agua.",
            "Rita Sol, a quien los guardias temen",
            ["en que no hay agua"],
        ),
        (
            "Sol consideró que la queja es grave, pero, aun así, dijo que la firmará.",
            "Sol",
            ["que la queja es grave"],
        ),
        ("Yo dormía en el patio y yo le decía que no había agua.", "yo", ["que no había agua"]),
    ],
)
def test_speaker_and_words_end_where_they_should(text: str, source: str, content: list[str]) -> None:
    """An interrupted relative clause, an apposition and an aside neither swallow what is said nor are cut."""
    found = [(s.source.quote if s.source else None, [a.quote for a in s.content]) for s in read(text)]
    assert (source, content) in found


@pytest.mark.parametrize(
    "text",
    [
        "Los guardias explicaron un sistema de turnos que nadie cumple.",
        "También se refirió a la tregua que se firmó en mayo.",
    ],
)
def test_a_clause_that_describes_a_thing_is_not_said(text: str) -> None:
    """«Que» after the object of the verb describes it."""
    assert read(text) == []
