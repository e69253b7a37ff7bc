"""What newspapers of many countries count and how they bound it, and their numbers that count nothing.

Every sentence is invented; the forms were learned from running text of real newspapers.
"""

from __future__ import annotations

import pytest

from recuento.model.statement import Figure
from recuento.read import read_figures
from recuento.values.quantity import Number

BEFORE = {
    "en": "This is what the paper of the town says of the prison and of those who live in it.\n\n",
    "es": "Esto es lo que dice el diario de la ciudad sobre la cárcel y los que viven en ella.\n\n",
}
"""A first paragraph that tells the language, as an article has one."""


def figures_of(language: str, text: str) -> list[Figure]:
    """The figures of a sentence that is not the first of its article."""
    return read_figures(BEFORE[language] + text)


def told(language: str, text: str) -> list[tuple[str, str, Number | None, Number | None]]:
    """Words, comparison and range of each figure."""
    return [(f.anchor.quote, f.quantity.comparison.value, f.quantity.low, f.quantity.high) for f in
            figures_of(language, text)]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Last week, at least 76 people were killed.", ("at least 76", "ge", 76, None)),
        ("en", "The average is nearer 70.", ("nearer 70", "approx", 63, 77)),
        ("en", "Close to a hundred women queued.", ("Close to a hundred", "approx", 75, 125)),
        ("en", "Just under 50 beds are free.", ("Just under 50", "lt", 0, 49)),
        ("en", "Almost a third of those held are ill.", ("Almost a third", "nearly", 29.33, 33.33)),
        ("en", "A small number of guards stayed.", ("A small number", "vague", 2, None)),
        ("en", "Quite a few guards stayed.", ("Quite a few", "vague", 3, None)),
        ("en", "There were 40 or so.", ("40 or so", "approx", 35, 45)),
        ("en", "The toll could be approaching 300.", ("300", "nearly", 250, 299)),
        ("es", "La cifra no baja de 30 muertos.", ("30", "ge", 30, None)),
        ("es", "La población sobrepasará los 900 internos.", ("900", "gt", 901, None)),
        ("es", "Los reclusos bordean los 900.", ("900", "approx", 810, 990)),
        ("es", "Hubo requisas al menos en 12 cárceles.", ("al menos en 12", "ge", 12, None)),
        ("es", "La ocupación es superior al 180 %.", ("superior al 180 %", "gt", 181, None)),
        ("es", "Una abstención cercana al 50 por ciento.", ("cercana al 50 por ciento", "approx", 45, 55)),
        ("es", "Hay como mucho 40 camas.", ("como mucho 40", "le", 0, 40)),
    ],
)
def test_bounds_are_read_in_every_tense_and_on_both_sides(
    language: str, text: str, expected: tuple[object, ...]
) -> None:
    """What bounds a number belongs to its words unless it is a verb, and gives its range."""
    ((words, comparison, low, high),) = told(language, text)
    assert (words, comparison) == expected[:2]
    assert [None if n is None else float(n) for n in (low, high)] == pytest.approx(list(expected[2:]))


@pytest.mark.parametrize(
    ("language", "text", "words", "low", "high"),
    [
        ("en", "Two to three hundred people came.", "Two to three hundred", 200, 300),
        ("en", "Between eight and nine thousand meals are wasted.", "Between eight and nine thousand", 8000, 9000),
        ("en", "Two or three dozen men came.", "Two or three dozen", 24, 36),
        ("en", "Between 1.5 and 2 million people came.", "Between 1.5 and 2 million", 1_500_000, 2_000_000),
        ("en", "Between 60% and 70% of inmates are ill.", "Between 60% and 70%", 60, 70),
        ("en", "Some 250-300 convicts were moved.", "Some 250-300", 250, 300),
        ("es", "Entre el 60% y el 70% de los presos enfermó.", "Entre el 60% y el 70%", 60, 70),
        ("es", "El 50% o 60% de los presos enfermó.", "50% o 60%", 50, 60),
        ("es", "Entre 5.000 y 6.000 personas llegaron.", "Entre 5.000 y 6.000", 5000, 6000),
        ("es", "Entre cinco y seis mil personas llegaron.", "Entre cinco y seis mil", 5000, 6000),
        ("es", "Murieron 11 ó 12 internos.", "11 ó 12", 11, 12),
        ("es", "Revisaron del 90 al 95 % de las celdas.", "del 90 al 95 %", 90, 95),
    ],
)
def test_a_range_has_one_scale_and_one_unit(language: str, text: str, words: str, low: float, high: float) -> None:
    """The scale and the sign of per cent that stand with one end are meant of both."""
    assert told(language, text) == [(words, "range", low, high)]


@pytest.mark.parametrize(
    ("language", "text", "words", "value"),
    [
        ("en", "There are three lakh undertrials in the country.", "three lakh", 300_000),
        ("en", "Twenty-two hundred men were counted.", "Twenty-two hundred", 2200),
        ("en", "In China 1.2m people are held.", "1.2m", 1_200_000),
        ("en", "The dead number 27.", "27", 27),
        ("en", "The kitchen can feed 300.", "300", 300),
        ("en", "The site has two night guards.", "two", 2),
        ("en", "Deaths were down a third on 2019.", "a third", 33.33),
        ("es", "A las 18.00: 4 muertos.", "4", 4),
        ("es", "Dos tercios no tienen condena.", "Dos tercios", 66.67),
    ],
)
def test_how_papers_write_what_they_count(language: str, text: str, words: str, value: float) -> None:
    """Scales of South Asia, letters for scales, verbs that count, and a number after a colon are counts."""
    ((said, comparison, low, high),) = told(language, text)
    assert (said, comparison) == (words, "eq")
    assert low is not None and high is not None
    assert [float(low), float(high)] == pytest.approx([value, value])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He was given a 10- to 15-year sentence."),
        ("en", "They waited two full days."),
        ("en", "It cost 300 Kenyan shillings."),
        ("en", "The boy, who is 16, sat outside."),
        ("en", "“I'm 34,” she said."),
        ("en", "She has read since she was sixteen, walking home."),
        ("en", "He earns 900 a month."),
        ("en", "Rice sells at 40 a kilo."),
        ("en", "The state owes the firm 12 million."),
        ("en", "The prison holds four times its capacity."),
        ("en", "The Group of 77 met."),
        ("en", "The iPhone 6 was banned."),
        ("en", "Section 9 of Act 22 of 1998 applies."),
        ("en", "They were jailed for seven, nine and 12 years respectively."),
        ("en", "She wept for a lot of the last five months."),
        ("es", "Los seis primeros meses fueron tranquilos."),
        ("es", "Este 50 aniversario no habrá actos."),
        ("es", "Quedó vacía la casilla 58 de la hoja."),
        ("es", "En el ala 3 y en el patio no hay luz."),
        ("es", "Entre las tres y las cinco de la tarde hubo ruido."),
        ("es", "El acto empezó a las 10.00 (21.00 GMT)."),
        ("es", "Habrá talleres del 2 al 28 de abril."),
        ("es", "En los 70, el penal era un cuartel."),
        ("es", "Sandro Ruiz, de 33, también salió."),
        ("es", "En Feira, los Quince callaron."),
        ("es", "Pidió un crédito de 1.000 millones de pesetas."),
        ("es", "Se invirtieron 80 millones en la obra."),
        ("es", "Pasó preso la mitad de su vida."),
    ],
)
def test_numbers_that_tell_when_how_long_how_much_or_which_count_nothing(language: str, text: str) -> None:
    """Hours, dates, decades, ages, durations, prices, wages, ratios, ordinals and names are no figures."""
    assert [f.anchor.quote for f in figures_of(language, text)] == []


def test_a_change_is_no_bound() -> None:
    """«Pasaron de 12 a 19» tells two numbers and bounds neither; «no pasan de 20» bounds one."""
    assert [f[:2] for f in told("es", "Las fugas pasaron de 12 a 19.")] == [("12", "eq"), ("19", "eq")]
    assert [f[:2] for f in told("es", "Las fugas no pasan de 20.")] == [("20", "le")]


def test_people_without_a_noun_are_counted() -> None:
    """«Varios» and "scores" stand for people where a verb or a place follows."""
    assert [f[:2] for f in told("es", "Había varios en el suelo.")] == [("varios", "vague")]
    assert [f[:2] for f in told("en", "Scores were barefoot.")] == [("Scores", "vague")]


def test_none_counts_after_a_verb_that_is_denied() -> None:
    """«No se registra ningún homicidio» tells of none, whether or not the vocabulary counts it."""
    assert [f[:2] for f in told("es", "No se abrió ninguna ventanilla.")] == [("ninguna", "none")]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "One report said that the cells were wet.", ["One"]),
        ("en", "One retired judge chairs the panel.", ["One"]),
        ("en", "There is one “ghost” guard on the books.", ["one"]),
        ("en", "It was a break-out in which one guard was hurt.", ["one"]),
        ("en", "Only one escaped.", ["one"]),
        ("en", "Three men were shot. One died.", ["Three", "One"]),
        ("en", "Two guards were held and one, a woman, was let go.", ["Two", "one"]),
        ("en", "There is one for every ninety men.", ["one", "ninety"]),
        ("en", "Visits fell from three a week to one.", ["three", "one"]),
        ("en", "Both men were stabbed, one of them badly.", ["one"]),
        ("en", "Which one was it? That one is dead, and one wonders why.", []),
        ("en", "One-third of the men left.", ["One-third"]),
        ("es", "Hay una enfermera y ningún médico.", ["una", "ningún"]),
        ("es", "Reciben una comida al día y dos litros de agua.", ["una", "dos"]),
        ("es", "Tres fueron baleados; uno murió.", ["Tres", "uno"]),
        ("es", "Faltan «uno o dos» internos.", ["uno o dos"]),
        ("es", "Uno se pregunta por qué.", []),
    ],
)
def test_where_one_is_a_number(language: str, text: str, words: list[str]) -> None:
    """ "One" before a noun counts, and alone where others are told of; the pronoun does not."""
    assert [f.anchor.quote for f in figures_of(language, text)] == words


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Two died on the way and a third in surgery."),
        ("en", "Witness 9 saw nothing."),
        ("en", "A carton goes for 60."),
        ("es", "Llamó al 911 de noche."),
        ("es", "El próximo 5 vence el plazo."),
        ("es", "A sus 72 sigue preso."),
        ("es", "Robaron 3 millones."),
        ("es", "No hay ninguna novedad."),
        ("es", "Los sacaron de dos en dos."),
        ("es", "Costó S/ 42 300 en total."),
        ("en", "They were led out two by two."),
        ("en", "The cook, who weighed 14 stone, fell ill."),
        ("en", "The men lost more than ten kilos."),
    ],
)
def test_more_numbers_that_count_nothing(language: str, text: str) -> None:
    """Ordinals, labels of people, prices, telephones, ages, money, weights, groups and nothing new."""
    assert [f.anchor.quote for f in figures_of(language, text) if f.anchor.quote != "Two"] == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Just shy of 40 men were moved.", ("Just shy of 40", "lt", 0, 39)),
        ("en", "North of 200 people came.", ("North of 200", "gt", 201, None)),
        ("en", "The best part of a hundred men came.", ("The best part of a hundred", "nearly", 75, 99)),
        ("en", "Today 30-plus women came.", ("30-plus", "ge", 30, None)),
        ("en", "Roughly two in three inmates are ill.", ("Roughly two in three", "approx", 59.67, 73.67)),
        ("en", "Nine-tenths of the inmates are ill.", ("Nine-tenths", "eq", 90, 90)),
        ("en", "A million and a half people left.", ("A million and a half", "eq", 1_500_000, 1_500_000)),
        ("en", "A quarter of a million people left.", ("A quarter of a million", "eq", 250_000, 250_000)),
        ("en", "No complaints were received.", ("No", "none", 0, 0)),
        ("es", "Funcionaban a lo mucho diez cámaras.", ("a lo mucho diez", "le", 0, 10)),
        ("es", "El penal tenía mil 269 reos.", ("mil 269", "eq", 1_269, 1_269)),
        ("es", "Sobran mil 44 internas.", ("mil 44", "eq", 1_044, 1_044)),
        ("en", "At least 24 or 25 inmates came.", ("At least 24 or 25", "ge", 24, None)),
        ("es", "Algo así como 40 internos salieron.", ("Algo así como 40", "approx", 35, 45)),
        ("es", "Tres séptimas partes de los presos votan.", ("Tres séptimas partes", "eq", 42.86, 42.86)),
        ("en", "The riot was begun by two or three men.", ("two or three", "range", 2, 3)),
        ("en", "The wing held just short of 40 women.", ("just short of 40", "nearly", 35, 39)),
        ("en", "One-eighth of the inmates vote.", ("One-eighth", "eq", 12.5, 12.5)),
    ],
)
def test_rarer_words_for_how_many(language: str, text: str, expected: tuple[object, ...]) -> None:
    """Further bounds, fractions of every denominator, halves of millions, and none received."""
    ((words, comparison, low, high),) = told(language, text)
    assert (words, comparison) == expected[:2]
    assert [None if n is None else float(n) for n in (low, high)] == pytest.approx(list(expected[2:]))


@pytest.mark.parametrize("head", ["Deaths by year:", "Muertes por año:"])
def test_a_dash_that_opens_a_line_joins_no_range(head: str) -> None:
    """ "- 2016: 173\n- 2017: 143" is a list, and no range from 173 to 2017."""
    found = read_figures(f"{head}\n- 2016: 173\n- 2017: 143\n- 2018: 291\nTotal: 607")
    assert [figure.anchor.quote for figure in found] == ["173", "143", "291", "607"]


@pytest.mark.parametrize("text", ["Contact: +963 11 555 0142", "Be back by two or three in the afternoon."])
def test_a_number_abroad_and_hours_that_waver_count_nothing(text: str) -> None:
    """The groups after a plus are one telephone number."""
    assert read_figures(text) == []
