"""Numbers of ordinary news sentences that count, beside those that tell a time, an age, a price or a name."""

from __future__ import annotations

import pytest

from recuento.read import read_figures


def words(text: str) -> list[str]:
    """The words of every figure, in order."""
    return [figure.anchor.quote for figure in read_figures(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Under the 1984 Police Act, the accused must see a doctor.",
        "The 2006 regulations were repealed.",
        "The court cut the sentence from 12 years to nine.",
        "La Cámara redujo la pena de veinte a doce años.",
        "They were given ten years, five of them suspended.",
        "She was sentenced to 15.",
        "The ministry's number two resigned.",
        "The lockdown began shortly after six and ended around ten.",
        "At a quarter to nine they left.",
        "El encierro terminó pasadas las nueve.",
        "The count is at 2100.",
        "The protest began on June 3 and 4.",
        "The girl was only 14.",
        "The boys, aged between 14 and 17, wait.",
        "The judge, now 70, declined.",
        "The fine was 300 dinars.",
        "Section 12(3) was cited.",
        "Paragraphs 4, 5 and 6 were redacted.",
        "Sections 8 to 10 apply.",
        "The man nicknamed “Two Fingers” was moved.",
        "Operation Forty ended on Friday.",
        "The Committee of Fifteen met.",
        "A quarter of a century later the file is closed.",
        "A dozen years ago the wing was closed.",
        "None of it was true.",
        "He is second to none.",
        "No prisoner may be kept there for more than 15 days.",
        "He was held without a single visit.",
        "At one stage the roof burned.",
        "Some kind of agreement was reached.",
        "The phone number is 0800 555 321.",
        "Relatives still had no news.",
        "She has no plans to resign.",
        "He ran a fever of 39.",
        "The 2.7 million set aside for the roof is gone.",
        "Espera desde hace tres martes.",
        "Ocurrió entre el 3 y el 11 de este mes.",
        "Habló el jefe de la zona 6, que no dio cifras.",
        "El acusado, identificado como Luis Mora Paz (41), calló.",
        "La sirena sonó a las nueve y veinte.",
        "Tiene 47 años y pasó once en la cárcel.",
        "Ninguna autoridad ha respondido.",
    ],
)
def test_what_tells_a_time_an_age_a_price_or_a_name_is_no_figure(text: str) -> None:
    """Spans of time, hours, ages, money, labels, titles and rules give no figure."""
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So far this year 27 inmates have died.", ["27"]),
        ("She pressed the bell 12 times over three hours.", ["12"]),
        ("One cell in five is damp.", ["One cell in five"]),
        ("Those caught were seven, eight at the most.", ["seven", "eight at the most"]),
        ("No hay un solo herido.", ["un solo"]),
        ("Esperan cuarenta, cincuenta personas.", ["cuarenta, cincuenta"]),
        ("Ese día 14 presos huyeron.", ["14"]),
        ("Many people believe it.", ["Many"]),
        ("Numerosas denuncias fueron archivadas.", ["Numerosas"]),
        ("He was one of four brothers.", ["one", "four"]),
        ("One or two prisoners complained.", ["One or two"]),
        ("The number of prisoners rose by 1,200 to 9,400.", ["1,200", "9,400"]),
        ("The fire left five wounded, one of them badly.", ["five", "one"]),
        ("Hubo tres muertos, entre ellos una mujer.", ["tres", "una"]),
        ("La bomba hirió a un custodio y a dos visitantes.", ["un", "dos"]),
        ("La riña dejó un muerto y una docena de heridos.", ["un", "una docena"]),
        ("Hallaron una pistola, dos granadas y 40 cartuchos.", ["una", "dos", "40"]),
        ("Cuatro presos escaparon; uno fue recapturado.", ["Cuatro", "uno"]),
        ("Nadie resultó herido.", ["Nadie"]),
        ("Dos terceras partes de los presos son jóvenes.", ["Dos terceras partes"]),
        ("El uno por ciento de los presos estudia.", ["uno por ciento"]),
        ("El gasto pasó del 8,9 al 20,4 %.", ["8,9", "20,4 %"]),
        ("The officers found the 2,500 rounds.", ["2,500"]),
        ("Riot Leaves Four Dead", ["Four"]),
        ("RIOT IN HARROW\nSix were hurt.", ["Six"]),
        ("Fire Kills Four Inmates", ["Four"]),
        ("The 12 prisoners were moved to Block 5.", ["12"]),
    ],
)
def test_what_counts_is_read_whole(text: str, expected: list[str]) -> None:
    """Numbers that look like labels, articles or pronouns are figures where they count."""
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Son tres quintas partes de los presos.", 60),
        ("Two-fifths of the cells are dark.", 40),
        ("Un quinto de los presos estudia.", 20),
    ],
)
def test_fifths_are_read_as_per_cent(text: str, expected: int) -> None:
    """A fraction in words is a share, in per cent."""
    (figure,) = read_figures(text)
    assert (figure.quantity.low, figure.quantity.high, figure.unit) == (expected, expected, "percent")
