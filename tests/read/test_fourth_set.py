"""Shapes that the fourth development set of gold showed the reader not to know."""

from __future__ import annotations

import pytest

from recuento.model.statement import Certainty, Mode
from recuento.read import read, read_figures


def _levels(text: str) -> list[tuple[str | None, str | None, str]]:
    """Source, verb and words of every statement, outer ones first; one word for several spans."""
    return [
        (s.source.quote if s.source else None, s.cue.quote if s.cue else None, s.content[0].quote) for s in read(text)
    ]


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        (
            "The ministry denied claims by the union that men had died.",
            ("The ministry", "denied", "claims by the union that men had died"),
            ("the union", "claims", "that men had died"),
        ),
        (
            "The army rejected the chaplain's repeated claim that cells were in use.",
            ("The army", "rejected", "the chaplain's repeated claim that cells were in use"),
            ("the chaplain's", "claim", "that cells were in use"),
        ),
        (
            "The mayor cited a police report saying the tunnel had been dug from outside.",
            ("The mayor", "cited", "a police report saying the tunnel had been dug from outside"),
            ("a police report", "saying", "the tunnel had been dug from outside"),
        ),
        (
            "A guard said he was ordered to leave the gate unlocked.",
            ("A guard", "said", "he was ordered to leave the gate unlocked"),
            (None, "was ordered", "to leave the gate unlocked"),
        ),
        (
            "A body was found, the radio reported, quoting a fireman.",
            ("the radio", "reported", "A body was found"),
            ("a fireman", "quoting", "A body was found"),
        ),
        (
            "El ministerio desmintió las denuncias de la unión de que murieron presos.",
            ("El ministerio", "desmintió", "las denuncias de la unión de que murieron presos"),
            ("la unión", "denuncias", "de que murieron presos"),
        ),
        (
            "La alcaldesa citó un informe que asegura que el túnel se cavó desde afuera.",
            ("La alcaldesa", "citó", "un informe que asegura que el túnel se cavó desde afuera"),
            ("que", "asegura", "que el túnel se cavó desde afuera"),
        ),
    ],
)
def test_both_levels_of_what_is_told_at_second_hand(text: str, outer: tuple[str, ...], inner: tuple[str, ...]) -> None:
    """What somebody says that others said is read on both levels, each with its own speaker and words."""
    assert _levels(text) == [outer, inner]


def test_the_words_of_a_claim_end_before_the_verb_of_its_sentence() -> None:
    """The noun's own clause is what is said, not what became of the warning."""
    text = "The inspectorate's warning that the boilers were unsafe went unheeded for a year."
    assert _levels(text) == [("The inspectorate's", "warning", "that the boilers were unsafe")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The women, one of whom was ill, slept on the floor.", []),
        ("The oldest player was 63.", []),
        ("A man of about 45 climbed down.", []),
        ("Inmate 4471 sleeps in bunk 3 of row 2.", []),
        ("Call 0800 555 019 for news.", []),
        ("It happened around 11 at night.", []),
        ("They spent 1.3 billion, 4.5 million of it on food; a kilo of rice costs 1.20.", []),
        ("They found 220 rounds of 7.62 ammunition and three 9 mm pistols.", ["220", "three"]),
        ("Los tres hombres, de 19, 24 y 31 años, siguen allí.", ["tres"]),
        ("Se han sumado 35 mujeres desde el lunes 2.", ["35"]),
        ("Habrá un mínimo de 60 camas y un máximo de 90.", ["un mínimo de 60", "un máximo de 90"]),
        ("Hundreds of others never came.", ["Hundreds"]),
    ],
)
def test_what_is_labelled_measured_dialled_or_aged_is_no_count(text: str, words: list[str]) -> None:
    """Ages, numbers of beds and telephones, hours, prices and calibres are no figures; what stands beside them is."""
    assert [figure.quantity.words for figure in read_figures(text)] == words


def test_her_officers_speak_for_nobody() -> None:
    """ "Her" before a noun is a possessive, and the clause after "said" is what she said."""
    assert _levels("Vera Holt said her officers had not fired.") == [
        ("Vera Holt", "said", "her officers had not fired")
    ]


def test_who_adds_is_who_spoke() -> None:
    """ ", adding that" ends what was said before and has the same speaker."""
    found = _levels("The warden told reporters at the gate the situation was calm, adding that visits would resume.")
    assert found == [
        ("The warden", "told", "the situation was calm"),
        ("The warden", "adding", "that visits would resume"),
    ]


def test_insisting_that_something_be_done_demands_it() -> None:
    """A bare "be" after "insisted that" asks for it; an announcement of an act promises it."""
    insisted, announced = read("She insisted that detainees be given water."), read("The police announced an inquiry.")
    assert [s.mode for s in insisted] == [Mode.DEMANDS]
    assert [(s.mode, s.certainty) for s in announced] == [(Mode.PROMISES, Certainty.EXPECTED)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "“The doors were locked,” Tomas Reed, a survivor, told the inquiry.",
            [("Tomas Reed, a survivor", "told", "“The doors were locked,”")],
        ),
        ("“It was hell,” said Omar, 24, who was released on Monday.", [
            ("Omar, 24, who was released on Monday", "said", "“It was hell,”"),
        ]),
        (
            "The riot was put down, officials said, but relatives say shots were heard.",
            [("officials", "said", "The riot was put down"), ("relatives", "say", "shots were heard")],
        ),
        ("The network demanded that officials say where they are.", [
            ("The network", "demanded", "that officials say where they are"),
        ]),
        ("“We have nothing to hide,” the director said when asked about it.", [
            ("the director", "said", "“We have nothing to hide,”"),
        ]),
    ],
)  # fmt: skip
def test_who_speaks_after_a_quotation_and_what_is_only_asked_for(text: str, said: list[tuple[str, ...]]) -> None:
    """Names with an age or an apposition speak; somebody else's words end a content; what is demanded is not said."""
    assert _levels(text) == said
