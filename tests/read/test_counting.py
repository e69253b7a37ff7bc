"""What is counted, in plain sentences of both languages: the measure and the range of the first figure that has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from recuento.read import read_figures

HERE = Path(__file__).parent


def cases(name: str) -> list[tuple[str, str, int, int | None]]:
    """The sentences of a table: sentence, measure, low, high ("-" for open)."""
    rows = [line.split(" | ") for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    return [(words, measure, int(low), None if high == "-" else int(high)) for words, measure, low, high in rows]


@pytest.mark.parametrize(("words", "measure", "low", "high"), [*cases("measures_es.txt"), *cases("measures_en.txt")])
def test_the_measure_is_told_by_who_and_what_happened(words: str, measure: str, low: int, high: int | None) -> None:
    """Whatever the order of subject, verb and number, the measure and the range are found."""
    found = [(f.measure, f.quantity.low, f.quantity.high) for f in read_figures(words)]
    assert (measure, low, high) in found


@pytest.mark.parametrize(
    ("words", "measures"),
    [
        ("The gang fight killed at least 68 inmates and wounded 25.", ["died_inmates", "injured_inmates"]),
        ("An inmate was killed in a riot that left five officers hurt.", ["died_inmates", "injured_security"]),
        ("Inmates took two guards hostage, but both were freed by night.", [None]),
        ("Two hostages were killed and six freed.", ["died", "released"]),
        ("Riot at Harrow Prison Leaves 11 Dead", ["died"]),
        ("Five of the fleeing inmates have been recaptured.", ["recaptured"]),
        ("Five out of the 12 escaped prisoners were recaptured.", ["recaptured", "escaped"]),
        ("Seven inmates have yet to be recaptured.", ["at_large"]),
        ("Three escaped prisoners remain at large.", ["at_large"]),
        ("At least 24 or 25 inmates died.", ["died_inmates"]),
        ("Doce internos fugados siguen prófugos.", ["at_large"]),
        ("Ocho presos heridos fueron trasladados a otra cárcel.", ["transferred"]),
        ("Mantienen a catorce guardias como rehenes.", [None]),
        ("Quince internos y nueve guardias de la prisión perdieron la vida.", ["died_inmates", "died_security"]),
        ("El país tiene 419 centros penitenciarios con capacidad para 188.167.", ["prisons_in_country", "capacity"]),
        ("El penal tiene una capacidad para 1.200 internos.", ["capacity"]),
        ("Los reclusos suman 237.580.", ["population"]),
        ("Security forces killed two protesters and wounded 35 others.", ["died", "injured"]),
        ("The names were not released but it is known that two inmates were killed.", ["died_inmates"]),
        ("The prison, which can hold 1,450 inmates, is full.", ["capacity"]),
        ("La cárcel, que puede albergar 450 reclusos, está llena.", ["capacity"]),
        ("Those accused of killing two guards are on the run.", ["died_security"]),
        ("A prisoner attacked four officers.", [None]),
        ("Los patios fueron construidos para albergar a 900 internos.", ["capacity"]),
        ("Hay diez cuya capacidad no basta.", [None]),
        ("A dormitory built for 80 was holding 131.", ["capacity", "population"]),
        ("Solo 11 custodios vigilaban a 640 hombres.", ["agents_deployed", "population"]),
        ("Vivimos en un lugar para 40.", ["capacity"]),
    ],
)
def test_what_became_of_those_counted(words: str, measures: list[str | None]) -> None:
    """Their own verb tells it: not the next verb, what is told by the way, nor the word that only describes them."""
    assert [f.measure for f in read_figures(words)] == measures
