"""What stands between a Spanish verb and «que» when it tells to whom, where or when something is said."""

from __future__ import annotations

import pytest

from recuento.read import read


@pytest.mark.parametrize(
    "aside",
    [
        "a los diputados",
        "ante los jueces",
        "ayer ante los diputados",
        "frente a los concejales",
        "durante la visita",
        "junto al alcaide",
        "al salir de la audiencia",
    ],
)
def test_what_is_said_follows_to_whom_when_and_where(aside: str) -> None:
    """«Dijo a los diputados | que faltan camas»: the verb lacks what is said, which is no relative clause."""
    (statement,) = read(f"El ministro Fausto Rincón dijo {aside} que faltan camas.")
    assert (statement.speaker.name, statement.content[0].quote) == ("Fausto Rincón", "que faltan camas")


@pytest.mark.parametrize(
    "text",
    [
        "El ministro contestó a los familiares que esperaban en la puerta.",
        "El ministro recordó a los presos que murieron en el incendio.",
        "El ministro mencionó a los presos que faltan.",
        "La ministra identificó a los presos que huyeron.",
        "El alcalde agradeció a los bomberos que apagaron el fuego.",
        "Esta cifra se añadirá a los 2.000 millones que tiene previsto ingresar el ministerio.",
    ],
)
def test_people_are_described_where_the_verb_needs_nothing_more(text: str) -> None:
    """What may be done to people themselves, or without telling what, keeps the relative clause with them."""
    assert read(text) == []


def test_what_was_said_before_the_verb_is_not_said_after_it() -> None:
    """«No hay agua, dijo al público que esperaba»."""
    (statement,) = read("No hay agua en el penal, dijo el alcaide al público que esperaba en la puerta.")
    assert statement.content[0].quote == "No hay agua en el penal"
