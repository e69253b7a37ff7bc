"""Spanish statements of newspapers: pronouns for what is said, bare things asked for, whose a verb is."""

from __future__ import annotations

import pytest

from recuento.read import read


def found_in(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each statement, as words."""
    return [
        (
            s.source.quote if s.source else "",
            s.cue.quote if s.cue else "",
            " | ".join(anchor.quote for anchor in s.content),
        )
        for s in read(text)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("La contratista lo desmintió horas después: la bomba funciona.", "La contratista", "desmintió", "lo"),
        ("El juez de turno lo niega y emplaza al fiscal a que pruebe el hecho.", "El juez de turno", "niega", "lo"),
        ("El alcaide renunció, dijo Ruiz. Así lo confirmó este lunes la ministra.", "la ministra", "confirmó", "lo"),
        ("La vocera afirma que hubo gritos y que así lo declaró un cocinero.", "un cocinero", "declaró", "lo"),
        ("El cabo sostiene que se lo dijo la empresa.", "la empresa", "dijo", "lo"),
        ("El jefe dijo que la reja está rota y que así se lo notificó al alcaide.", "", "notificó", "lo"),
        ("La jefatura asegura que hubo agua, extremo que las presas niegan.", "las presas", "niegan", "extremo"),
        ("Se rumorea que hay más heridos, cosa que Peralta descarta.", "Peralta", "descarta", "cosa"),
    ],
)
def test_a_pronoun_stands_for_what_was_said(text: str, source: str, cue: str, content: str) -> None:
    """«Lo», and «cosa que», are what is denied, confirmed or told again, whoever it is that speaks."""
    assert (source, cue, content) in found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "La jefatura no lo confirmó ni lo desmintió.",
        "Nadie lo confirma.",
        "Si la ministra lo confirma, habrá renuncias.",
        "El guardia lo confirmó culpable.",
        "Un testigo lo reconoció por la cicatriz.",
        "Una vecina lo contó entre los heridos.",
    ],
)
def test_a_pronoun_for_somebody_or_for_nothing_said_is_none(text: str) -> None:
    """What is not confirmed has not been said, and «lo» may be a man."""
    assert read(text) == []


def test_what_was_said_ends_before_the_noun_that_stands_for_it() -> None:
    """Whoever denies it said no part of it, nor did who is quoted against it."""
    told = found_in("La jefatura replica que hubo agua, extremo que las presas desmienten.")
    assert told[0] == ("La jefatura", "replica", "que hubo agua")
    told = found_in("El obispado respondió que nadie llamó, aunque, según un monaguillo, «sonó dos veces».")
    assert told[0] == ("El obispado", "respondió", "que nadie llamó")


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("La enfermera que lo atendió contó que no respiraba.", "La enfermera que lo atendió", "que no respiraba"),
        ("Uno de los cocineros contó que faltaba pan.", "Uno de los cocineros", "que faltaba pan"),
        ("Dos concejalas le preguntaron cuántas celdas hay.", "Dos concejalas", "cuántas celdas hay"),
        ("El ministro pidió ayer no alarmar.", "El ministro", "no alarmar"),
        ("No había luz, dijeron a esta radio vecinos del penal.", "vecinos del penal", "No había luz"),
        ("«Yo firmé sin leer», dice una.", "una", "«Yo firmé sin leer»"),
        ("En una nota breve alegó «razones de salud».", "", "«razones de salud»"),
        ("La junta reprochó a los guardias que llegan tarde.", "La junta", "que llegan tarde"),
    ],
)
def test_who_speaks_is_found_where_the_sentence_is_not_plain(text: str, source: str, content: str) -> None:
    """After a relative clause, as one of several, beside whom it is told, and before a question of how many."""
    assert (source, content) in [(s, c) for s, _, c in found_in(text)]


def test_a_question_ends_where_another_answers() -> None:
    """Who answers after "and" and a time speaks for herself."""
    text = "Dos concejales preguntaron cuántos murieron, y durante una hora la ministra contestó que no sabía."
    assert found_in(text)[0] == ("Dos concejales", "preguntaron", "cuántos murieron")


@pytest.mark.parametrize(
    ("text", "addressee", "item"),
    [
        ("La junta pidió al Ministerio explicaciones por todo.", "Ministerio", "explicaciones por todo"),
        ("El cura pidió a la guardia paciencia con las madres.", "guardia", "paciencia con las madres"),
    ],
)
def test_a_thing_without_an_article_is_asked_of_somebody(text: str, addressee: str, item: str) -> None:
    """The noun after whom it is asked of is what is asked."""
    (statement,) = read(text)
    assert [(ask.addressee, ask.item.quote) for ask in statement.asks] == [(addressee, item)]
