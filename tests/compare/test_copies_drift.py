"""What drifted between copies: figures and verbs, with anchors in both texts."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from recuento.compare.copy_drift import drift
from recuento.compare.copy_text import CopyText
from recuento.model.family import Difference, DriftKind

SPANISH = """\
Unos 60 presos se fugaron el sábado por un túnel de 80 metros y once ya han sido identificados, informó la Policía.

«Es una obra de meses», admitió el comisario Eladio Funes, que no descartó la complicidad de los 24 custodios."""
ENGLISH = """\
Some 60 prisoners escaped on Saturday through an 80-meter tunnel and eleven have been identified, the police reported.

“This is the work of months,” admitted chief Eladio Funes, who did not rule out complicity by the 24 guards."""


def shown(found: tuple[Difference, ...]) -> list[tuple[DriftKind, str, str]]:
    """Kind and words of each difference."""
    return [(difference.kind, difference.here.quote, difference.there.quote) for difference in found]


def changed(text: str, **words: str) -> str:
    """The text with each word replaced, underscores standing for spaces."""
    for old, new in words.items():
        assert old.strip("_") in text
        text = text.replace(old.strip("_"), new)
    return text


def copy(text: str, name: str = "b", language: str = "es") -> CopyText:
    """A document of that text."""
    return CopyText(name, text, language=language)


ONE = CopyText("a", SPANISH, language="es")


def test_a_figure_and_a_verb_that_drifted_are_shown() -> None:
    """60 that became 80 and "identified" that became "recaptured" are found, with anchors that stand on both texts."""
    other = copy(changed(SPANISH, _60="80", identificados="recapturados"))
    found = drift(ONE, other)
    assert shown(found) == [
        (DriftKind.FIGURE, "60", "80"),
        (DriftKind.VERB, "identificados", "recapturados"),
    ]
    for difference in found:
        assert difference.here.stands_on(ONE.text) and difference.there.stands_on(other.text)
        assert difference.here_in.covers(difference.here) and difference.there_in.covers(difference.there)


def test_the_same_figure_written_otherwise_is_no_drift() -> None:
    """Sixty in words or digits is the same, and so is another form of the same verb."""
    assert drift(ONE, copy(changed(SPANISH, _60="sesenta", once="11", informó="informaba"))) == ()


def test_a_reporting_verb_that_drifted_is_shown() -> None:
    """What was admitted in one copy and denounced in the other is a difference."""
    assert shown(drift(ONE, copy(changed(SPANISH, admitió="denunció")))) == [(DriftKind.VERB, "admitió", "denunció")]


def test_drift_is_found_across_languages() -> None:
    """A figure and a verb that became another in translation are found; a faithful translation has none."""
    assert drift(ONE, copy(ENGLISH, language="en")) == ()
    other = copy(changed(ENGLISH, _60="80", identified="recaptured", _24="34"), language="en")
    assert shown(drift(ONE, other)) == [
        (DriftKind.FIGURE, "60", "80"),
        (DriftKind.VERB, "identificados", "recaptured"),
        (DriftKind.FIGURE, "24", "34"),
    ]


def test_a_trimmed_copy_with_a_new_lead_has_only_its_drift() -> None:
    """Sentences that only one text has are no differences."""
    trimmed = "Nadie lo vio venir y 900 agentes buscan ahora.\n\n" + SPANISH.split("\n\n")[1].replace("24", "34")
    assert shown(drift(ONE, copy(trimmed))) == [(DriftKind.FIGURE, "24", "34")]


def test_a_third_language_is_left_alone() -> None:
    """What is neither Spanish nor English is not compared."""
    assert drift(ONE, replace(ONE, document="b", language="pt")) == ()


@given(st.integers(2, 99_999), st.integers(2, 99_999))
def test_any_figure_that_changes_is_shown_both_ways(figure: int, other: int) -> None:
    """A changed figure is shown whatever it is, and the same from either side."""
    one, two = (copy(changed(SPANISH, _24=str(value)), name) for value, name in ((figure, "a"), (other, "b")))
    expected = [] if figure == other else [(DriftKind.FIGURE, str(figure), str(other))]
    assert shown(drift(one, two)) == expected
    assert [(kind, there, here) for kind, here, there in shown(drift(two, one))] == expected
