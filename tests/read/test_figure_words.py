"""Which words are figures, how they compare and what they count, in plain sentences of both languages."""

from __future__ import annotations

import pytest

from recuento.model.statement import Figure
from recuento.read import read_figures
from recuento.values.quantity import Comparison, Number


def only(text: str) -> tuple[str, str, Number | None, Number | None, str | None]:
    """The one figure of a text: words, comparison, low, high, counted noun."""
    (figure,) = read_figures(text)
    return (
        figure.anchor.quote,
        figure.quantity.comparison.value,
        figure.quantity.low,
        figure.quantity.high,
        counted(figure),
    )


def counted(figure: Figure) -> str | None:
    """The noun a figure counts."""
    return figure.counted.quote if figure.counted else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("En abril llegaron 1 250 colchones.", ("1 250", "eq", 1250, 1250, "colchones")),
        ("Se perdieron de 30 a 35 llaves.", ("de 30 a 35", "range", 30, 35, "llaves")),
        ("Hay un par de docenas de camas.", ("un par de docenas", "approx", 21, 27, "camas")),
        ("They brought a couple of dozen chairs.", ("a couple of dozen", "approx", 21, 27, "chairs")),
        ("They brought several hundred chairs.", ("several hundred", "vague", 200, None, "chairs")),
        ("Four or more doors were open.", ("Four or more", "ge", 4, None, "doors")),
        ("Tres de cada cuatro celdas tienen ventana.", ("Tres de cada cuatro", "eq", 75, 75, "celdas")),
        ("One in five cells has a window.", ("One in five", "eq", 20, 20, "cells")),
        ("More than half of the beds are broken.", ("More than half", "gt", 51, None, "beds")),
        ("A soldier was killed.", ("A soldier", "eq", 1, 1, "soldier")),
        ("Ayer murió un guardia.", ("un guardia", "eq", 1, 1, "guardia")),
        ("Al menos una persona murió.", ("Al menos una", "ge", 1, None, "persona")),
        ("Escapes soared past 80.", ("80", "gt", 81, None, None)),
        ("Half a million people left.", ("Half a million", "eq", 500000, 500000, "people")),
        ("Veintitantos presos esperan.", ("Veintitantos", "gt", 21, None, "presos")),
        ("Algunos enfermos esperan.", ("Algunos", "vague", 2, None, "enfermos")),
        ("Ninguna de las celdas tiene ventana.", ("Ninguna", "none", 0, 0, "celdas")),
        ("Las celdas superan las 250.", ("250", "gt", 251, None, None)),
        ("Los muertos son quince.", ("quince", "eq", 15, 15, "muertos")),
        ("The warden put the dead at seven.", ("seven", "eq", 7, 7, "dead")),
        ("One guard slept.", ("One", "eq", 1, 1, "guard")),
        ("The armoury held two grenade launchers.", ("two", "eq", 2, 2, "launchers")),
        ("El túnel mide setenta metros.", ("setenta", "eq", 70, 70, "metros")),
    ],
)
def test_words_of_quantity_give_their_span_range_and_noun(text: str, expected: tuple[object, ...]) -> None:
    """The words of a figure are those that bound it and no more, and the noun is the head of what is counted."""
    found = only(text)
    assert (found[0], *found[2:]) == (expected[0], *expected[2:])
    assert found[1] == expected[1]


@pytest.mark.parametrize(
    "text",
    [
        "Las visitas duran una hora o dos.",
        "Volverá en dos o tres días.",
        "Pasó dos inviernos y un verano en el penal.",
        "Llegó hace un par de días.",
        "The widows, aged 34 and 61, waited.",
        "Los incisos 2 y 3 lo permiten.",
        "ALCOR, 14 feb (EFN).– La cárcel cumple años.",
        "Calls cost nine crowns.",
        "Pidió 14 millones de coronas.",
        "It happened to a widow of 82.",
        "Those who are over 70 may leave.",
        "Salieron a las cinco de la mañana.",
        "Cell block 3 was closed.",
        "The men in cells 4 to 9 were moved.",
        "Los módulos 4 y 6 fueron evacuados; el 9, no.",
        "The gang is known as the 18.",
        "Está detenido alias El Siete.",
        "It began at around 7 and nobody knows why.",
        "Pasó tres inviernos allí, y la vieron cada dos domingos.",
        "It happened between 2 and 9 October.",
        "Nobody has explained it.",
        "There was no resistance.",
        "No one was there.",
        "La cantidad de visitantes fue buena.",
    ],
)
def test_ages_durations_money_and_idioms_are_no_figures(text: str) -> None:
    """What counts nobody and nothing is left out."""
    assert read_figures(text) == []


def test_a_change_is_two_figures_and_a_range_is_one() -> None:
    """«Pasó de 30 a 35» tells two numbers; «de 30 a 35» one range; a falling pair is never a range."""
    quotes = [[f.anchor.quote for f in read_figures(text)] for text in (
        "La lista pasó de 30 a 35 nombres.",
        "La lista tiene de 30 a 35 nombres.",
        "Las plazas quedan de 1.100 a 960.",
    )]  # fmt: skip
    assert quotes == [["30", "35"], ["de 30 a 35"], ["1.100", "960"]]


@pytest.mark.parametrize(
    ("text", "ones"),
    [
        ("Hubo un muerto y tres heridos.", 1),
        ("Pidieron dos mesas y una radio.", 1),
        ("Pidieron una mesa y una radio.", 0),
        ("Esperaron dos días y una noche.", 0),
        ("The yard has 27 trucks and no ambulance.", 0),
    ],
)
def test_an_article_is_a_number_only_beside_another(text: str, ones: int) -> None:
    """«Un» counts where it adds up or contrasts with a number; beside a duration or another article it does not."""
    assert sum(f.quantity.low == 1 and f.quantity.is_exact for f in read_figures(text)) == ones


def test_a_thing_no_list_knows_has_no_measure() -> None:
    """What is counted beside people in one sentence does not take their measure."""
    found = {f.anchor.quote: f.measure for f in read_figures("1.650 internos fueron trasladados en 44 autobuses.")}
    assert found == {"1.650": "transferred", "44": None}


def test_zero_beside_a_number_counts_what_is_missing() -> None:
    """ "27 trucks and no ambulance" says none; comparison none is zero and never silence."""
    (_, none) = read_figures("The convoy had 27 trucks and no ambulance.")
    assert none.quantity.comparison is Comparison.NONE
    assert counted(none) == "ambulance"
