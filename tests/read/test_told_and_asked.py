"""Commands, communiqués, posts and rumours: who asks whom for what, and who speaks, in shapes of their own."""

from __future__ import annotations

import pytest

from recuento.model.statement import Certainty, Form, Mode
from recuento.read import read, read_figures


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("«Cierren el pozo y traigan agua», gritó Elvira Sanz.", ["Cierren el pozo", "traigan agua"]),
        ("«Que alguien revise las duchas», pidió una madre.", ["alguien revise las duchas"]),
        ("“Repair the roof and count the beds,” said Ines Moll.", ["Repair the roof", "count the beds"]),
        ("El alcaide dijo que salieran del patio.", ["salieran del patio"]),
    ],
)
def test_commands_are_demands(text: str, items: list[str]) -> None:
    """A command in a quotation, or told with «que», demands each thing it names."""
    statement = read(text)[0]
    assert statement.mode is Mode.DEMANDS
    assert [ask.item.quote for ask in statement.asks] == items


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("COMUNICADO. Informamos que se reabre el comedor.", "que se reabre el comedor"),
        ("STATEMENT. We report that the kitchen is open.", "that the kitchen is open"),
    ],
)
def test_issuers_of_a_communique_speak(text: str, first: str) -> None:
    """In a communiqué "we" are those who issue it; in an article they are the outlet and say nothing."""
    assert read(text)[0].content[0].quote == first
    assert read(text.split(". ", 1)[1]) == []


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Exigimos al Ministerio la lista de los trasladados.", "la lista de los trasladados"),
        ("We demand that the kitchen reopen.", "the kitchen reopen"),
    ],
)
def test_we_demand_is_a_demand_of_those_who_write(text: str, item: str) -> None:
    """Who writes "we demand" demands by it: a letter or an appeal, whatever it is headed."""
    (statement,) = read(text)
    assert statement.mode is Mode.DEMANDS
    assert [ask.item.quote for ask in statement.asks] == [item]


def test_a_post_belongs_to_its_handle() -> None:
    """What follows "@handle:" is said by it."""
    statement = read("@patio_seis: Hoy no hubo agua en todo el pabellón.")[0]
    assert statement.speaker.name == "patio_seis"
    assert statement.content[0].quote == "Hoy no hubo agua en todo el pabellón"


@pytest.mark.parametrize(
    ("text", "name", "nested"),
    [
        (
            "Interview with Mary Hale\n\nQ: How was it?\nA: Cold. A guard told me that the pump was broken.\n"
            "Q: And now?\nA: Mend the pump.\n",
            "Mary Hale",
            "that the pump was broken",
        ),
        (
            "Pregunta. ¿Cómo era?\nRespuesta. Fría. Un guardia me dijo que la bomba estaba rota.\n"
            "P. ¿Y ahora?\nR. Arreglen la bomba.\n",
            "(unnamed)",
            "que la bomba estaba rota",
        ),
    ],
)
def test_answers_of_an_interview_are_said(text: str, name: str, nested: str) -> None:
    """After a line of question, a line of answer is said by whoever is interviewed; a command in it demands."""
    answer, told, last = read(text)
    assert [answer.speaker.name, last.speaker.name] == [name, name]
    assert (told.parent, told.content[0].quote) == (answer.id, nested)
    assert (answer.mode, last.mode) == (Mode.ASSERTS, Mode.DEMANDS)
    assert read("R. Cold. It was cold.\n") == []


_INTERVIEW = """El exdirector de la cárcel de Los Almendros, Ramiro Quesnel, respondió a tres preguntas.

—¿Cuántos custodios había?
—Nueve. El ministerio me prometió treinta.
—La ministra sostiene que eran cuarenta.
—La ministra no estuvo —respondió.
—¿Qué pide?
—Que publiquen la lista.
"""


def test_every_second_line_of_an_interview_with_rayas_answers() -> None:
    """Whoever alone was named in full answers; a line that tells its speaker itself is left to the other rules."""
    answers = [one for one in read(_INTERVIEW) if one.rule == "es.answer"]
    assert [one.content[0].quote for one in answers] == [
        "Nueve. El ministerio me prometió treinta",
        "Que publiquen la lista",
    ]
    assert {one.speaker.name for one in answers} == {"Ramiro Quesnel"}
    assert {one.form for one in answers} == {Form.DIRECT}
    told = next(one for one in read(_INTERVIEW) if one.parent == answers[0].id)
    assert (told.speaker.name, told.content[0].quote) == ("ministerio", "treinta")


@pytest.mark.parametrize(
    "text",
    [
        "—No había agua.\n—Había nueve guardias.\n—Nadie vino.\n",
        "El ministerio anunció:\n— la lista;\n— una visita.\n",
        "Hablaron Ramiro Quesnel y Olga Titán.\n\n—¿Y el agua?\n\nNo la había.\n\n—Cerraron.\n",
    ],
)
def test_lines_with_rayas_that_answer_no_question_say_nothing(text: str) -> None:
    """A list, or lines in which nobody asks, are no interview."""
    assert [one for one in read(text) if one.rule == "es.answer"] == []


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Trascendió que dos presos huyeron.", Certainty.RUMOURED),
        ("Se comenta que dos presos huyeron.", Certainty.RUMOURED),
        ("Un comisario, bajo condición de anonimato, dijo que dos presos huyeron.", Certainty.UNOFFICIAL),
    ],
)
def test_certainty_of_the_unnamed(text: str, certainty: Certainty) -> None:
    """What nobody says is a rumour; what somebody says off the record is unofficial."""
    assert read(text)[0].certainty is certainty


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1. Publiquen la lista.\n2. Abran el patio.", []),
        ("Eran mil y pico presos.", ["mil y pico"]),
        ("There were thirty-odd guards.", ["thirty-odd"]),
        ("Hay dos cuadernos, no uno.", ["dos", "uno"]),
        ("Hubo ocho heridos y uno fue operado.", ["ocho", "uno"]),
        ("The dead now number 14.", ["14"]),
        ("Bajaron de a cinco.", []),
        ("El fallo se leerá el 28.", []),
        ("Casi un 30 % de los presos enfermó.", ["Casi un 30 %"]),
        ("Two thirds are children.", ["Two thirds"]),
    ],
)
def test_shapes_of_numbers(text: str, words: list[str]) -> None:
    """Numbers of lines, dates and shares by turns count nothing; "and more", "not one" and parts do."""
    assert [figure.anchor.quote for figure in read_figures(text)] == words
