"""Numbers that are a part of another carry the words of the part and what the whole counts."""

from __future__ import annotations

import pytest

from recuento.read import read_figures


def parts(text: str) -> list[tuple[str, str | None, str | None]]:
    """Words, measure and subset of every figure."""
    return [(f.anchor.quote, f.measure, f.subset) for f in read_figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fueron trasladados 312 internos, 12 de ellos mujeres.", ("12", "transferred", "mujeres")),
        ("Trasladaron a 387 internos, de ellos 41 con sentencia firme.", ("41", "transferred", "con sentencia firme")),
        ("Se fugaron 400 reclusos, 30 de ellos.", ("30", "escaped", "de ellos")),
        ("They said 212 inmates had been transferred, 17 of them women.", ("17", "transferred", "women")),
        ("The fire killed 19 prisoners, six of whom were foreigners.", ("six", "died_inmates", "foreigners")),
        ("12 women were transferred on Monday.", ("12", "transferred", "women")),
    ],
)
def test_a_part_has_the_measure_of_the_whole(text: str, expected: tuple[str, str, str]) -> None:
    """A part is narrowed by its words, so that it is never taken for the whole."""
    assert expected in parts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Murieron 11 presos, de los cuales 4 fueron identificados.", ("4", "died_inmates_identified", None)),
        ("40 prisoners escaped, of whom 12 were recaptured.", ("12", "recaptured", None)),
        ("15 people, including two guards, were injured.", ("two", "injured_security", None)),
    ],
)
def test_a_part_with_a_measure_of_its_own_needs_no_subset(text: str, expected: tuple[str, str, None]) -> None:
    """Where the words of the part tell another measure, that is the measure."""
    assert expected in parts(text)


def test_several_parts_of_one_whole() -> None:
    """A second part after "and" belongs to the same whole."""
    found = parts("The service said that 212 inmates had been transferred, 17 of them women and 4 minors.")
    assert [(measure, subset) for _, measure, subset in found] == [
        ("transferred", None),
        ("transferred", "women"),
        ("transferred", "minors"),
    ]


def test_a_number_after_the_sentence_is_no_part() -> None:
    """Only words such as "of them" make a part."""
    assert parts("312 internos fueron trasladados. Murieron 12 presos.")[1] == ("12", "died_inmates", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Six of the 22 bodies remain unidentified.", [("died", "remain unidentified"), ("died", None)]),
        ("Only 19 of the 38 escapees had been recaptured.", [("recaptured", None), ("escaped", None)]),
        ("Solo 14 de las 90 celdas tienen luz.", [(None, "luz"), (None, None)]),
        (
            "De los 418 internos del penal, 37 están en aislamiento y 12 son mujeres.",
            [("population", None), ("population", "en aislamiento"), ("population", "mujeres")],
        ),
        (
            "Fueron trasladados 15 presos: 12 hombres y 3 mujeres.",
            [("transferred", None), ("transferred", "hombres"), ("transferred", "mujeres")],
        ),
    ],
)
def test_a_whole_that_is_named_makes_parts(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    """ "N of the M", a whole at the head of its sentence, and numbers that add up to the one before are parts of it."""
    assert [(measure, subset) for _, measure, subset in parts(text)] == expected


def test_numbers_that_do_not_add_up_are_no_parts() -> None:
    """A list after a colon is of parts only where the sum says so."""
    found = parts("Fueron trasladados 20 presos: 12 guardias y 9 enfermos miran.")
    assert [subset for _, _, subset in found] == [None, None, None]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("After the breakout, scores of soldiers combed the fields.", [None]),
        ("The ministry is recruiting an extra 90 officers for the prison.", [None]),
        ("The letter was written by 140 inmates in the women's wing.", [None]),
        ("Officials say 2,713 inmates, including 140 women, had been moved to three prisons.", ["transferred"]),
        ("The jail has 900 places, but nobody was released.", ["capacity"]),
    ],
)
def test_what_only_stands_near_a_number_is_not_what_it_counts(text: str, measures: list[str | None]) -> None:
    """The background of a sentence, people sought and words between commas give a number no measure."""
    assert [measure for _, measure, _ in parts(text)][: len(measures)] == measures


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Seven inmates and two guards died on Sunday.", ["died_inmates", "died_security"]),
        ("Siete internos y dos guardias fueron heridos.", ["injured_inmates", "injured_security"]),
        ("Seven inmates and two wounded guards wait outside.", [None, "injured_security"]),
    ],
)
def test_a_verb_of_two_subjects_is_of_both(text: str, measures: list[str | None]) -> None:
    """What happened to the second of two joined subjects happened to the first; what only describes one did not."""
    assert [measure for _, measure, _ in parts(text)] == measures
