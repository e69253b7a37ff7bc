"""Spanish statements of newspapers: pronouns for what is said, bare things asked for, whose a verb is."""

from __future__ import annotations

import pytest

from outlines import found_in
from recuento.read import read


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


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Consultado por qué se apagó la luz, dijo que no sabía.", "", "que no sabía"),
        ("Los cocineros hablan de un cortocircuito.", "Los cocineros", "de un cortocircuito"),
        ("Los cocineros hablan de al menos 30 quemados.", "Los cocineros", "de al menos 30 quemados"),
        ("El estudio recoge quejas de cobros por el baño.", "El estudio", "quejas de cobros por el baño"),
        (
            "Un hombre que se identificó como jefe prometió una lista.",
            "Un hombre que se identificó como jefe",
            "una lista",
        ),
        ("La edil había dicho, sobre la base de lo que oyó, que pagaron.", "La edil", "que pagaron"),
        ("Presas que pidieron el anonimato denunciaron golpizas.", "Presas que pidieron el anonimato", "golpizas"),
        ("Faltan 40 camas, según el registro, que nadie discute.", "el registro, que nadie discute", "Faltan 40 camas"),
        (
            "De 8 a 9 subió, según la morgue, el número de muertos.",
            "la morgue",
            "De 8 a 9 subió | el número de muertos",
        ),
        ("«Es falso», dijo Ruiz; a su juicio, la reja cedió sola.", "", "la reja cedió sola"),
    ],
)
def test_words_that_are_told_without_a_plain_verb(text: str, source: str, content: str) -> None:
    """What is spoken of as something new, what is cited, what somebody holds, and who is left out after a question."""
    assert (source, content) in [(s, c) for s, _, c in found_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "La directora habló de la requisa.",
        "La comisión recogió testimonios en cuatro penales.",
        "El alcaide habla de lo ocurrido.",
        "La Sala Segunda confirmó la condena del exdirector.",
    ],
)
def test_a_topic_or_what_was_gathered_is_no_statement(text: str) -> None:
    """Who speaks of what all know, and who gathers what others say, has told nothing."""
    assert read(text) == []


def test_clauses_after_a_semicolon_may_leave_out_the_verb() -> None:
    """Each has its speaker, with a name beside or without, and what is said in it is read once."""
    told = found_in(
        "La Guardia sostiene que hubo permiso; la empresa, Rutas Sur, que le contaron 30; y dos de sus choferes, "
        "que el jefe les pidió el cargo."
    )
    assert [source for source, cue, _ in told if not cue] == ["la empresa, Rutas Sur", "dos de sus choferes"]
    assert [source for source, cue, _ in told if "pidió" in cue] == ["el jefe"]


def test_a_headline_in_quotation_marks_holds_what_is_said_in_it() -> None:
    """Nobody is named in it; whoever told them is quoted inside."""
    text = "«Nos dijeron que no había ninguna lista de visitas»\n\nPUERTO SECO. Elvira Sanz llega a las cinco."
    told = found_in(text)
    assert told[0] == ("", "", "«Nos dijeron que no había ninguna lista de visitas»")
    assert told[1] == ("", "Nos dijeron", "que no había ninguna lista de visitas")


@pytest.mark.parametrize(
    ("text", "addressee", "items"),
    [
        ("La ministra pidió la renuncia al jefe del penal.", "jefe del penal", ["la renuncia"]),
        ("El cura pidió paciencia a los parientes, que esperan.", "parientes", ["paciencia"]),
        ("Los presos exigen acceso a los abogados.", None, ["acceso a los abogados"]),
        ("El juez pidió el traslado a la comisión.", None, ["el traslado a la comisión"]),
    ],
)
def test_of_whom_a_thing_is_asked_may_follow_it(text: str, addressee: str | None, items: list[str]) -> None:
    """Where the noun governs no «a» itself, who follows it is asked and no part of what is asked."""
    (statement,) = read(text)
    assert [ask.item.quote for ask in statement.asks] == items
    assert {ask.addressee for ask in statement.asks} == {addressee}


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Ruiz, que denunció haber recibido golpes, pidió agua.", "que", "haber recibido golpes"),
        ("Desde Interior aseguran que no hay heridos.", "Interior", "que no hay heridos"),
        ("Las madres cuestionan la cifra: aseguran que faltan diez.", "Las madres", "que faltan diez"),
        ("El edil confirmó el acuerdo pero aclaró que falta la firma.", "El edil", "el acuerdo"),
        ("La jefa acusó al cabo y reclamó más rejas: de noche quedan dos.", "La jefa", "más rejas"),
        ("Oficiosamente, en el Ministerio admiten que hubo tres citas.", "el Ministerio", "que hubo tres citas"),
        (
            "Cuando llamó al penal, un celador le leyó el acta y le explicó que era tarde.",
            "un celador",
            "que era tarde",
        ),
        ("Vino un hombre que la saludó y le dijo que esperara.", "que", "que esperara"),
        ("Reunió 19 casos, 16 de los cuales coinciden en que hubo golpes.", "16 de los cuales", "en que hubo golpes"),
        ("«Me escribió», contó Elvira Sanz con la carta en la mano.", "Elvira Sanz", "«Me escribió»"),
        ("Hubo golpes. Así lo contó Elvira Sanz, quien asegura haber avisado.", "quien", "haber avisado"),
        ("Abrieron la sala. ¿Hubo muertos? «Estamos en ello».", "", "«Estamos en ello»"),
        ("Murieron siete hombres y no tres, como sostenía la jefatura.", "la jefatura", "tres"),
        ("No había luz, como sostenía la jefatura.", "la jefatura", "No había luz"),
    ],
)
def test_whose_a_verb_is_and_what_it_holds(text: str, source: str, content: str) -> None:
    """Verbs joined in a relative clause, after an opening clause, behind a body; what is set against the truth."""
    assert (source, content) in [(s, c) for s, _, c in found_in(text)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("En la junta lo consideran tardío: Paz dijo que mentían.", "la junta", "Paz dijo que mentían"),
        ("Las que, según el censo, esperan desde mayo la visita, votaron.", "la visita", "Las que, según el censo"),
        ("¿Quién se lo informó?", "Quién", "lo"),
        ("Faltan dos guardias: según la junta, sobran tres.", "la junta", "Faltan dos guardias: | sobran tres"),
    ],
)
def test_what_only_looks_like_a_statement(text: str, source: str, content: str) -> None:
    """What is thought of a thing is no clause after the colon; who waits, and who is asked about, tell nothing."""
    assert (source, content) not in [(s, c) for s, _, c in found_in(text)]


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("La jueza instó a la prensa a no publicar «material ajeno».", "prensa"),
        ("El comandante pidió al jurista «presentar las pruebas».", "jurista"),
        ("El cabo ordenó a los presos limpiar el patio.", "presos"),
    ],
)
def test_who_is_asked_stands_before_an_infinitive_or_a_quotation(text: str, addressee: str) -> None:
    """What is asked may be negated, or stand in quotation marks."""
    assert {ask.addressee for ask in read(text)[0].asks} == {addressee}


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("La edil culpó al jefe, Raúl Paz, de mentir.", "La edil", "al jefe, Raúl Paz, de mentir"),
        ("La edil calificó ayer la gira de «teatro».", "La edil", "la gira de «teatro»"),
        ("La edil calificó de «teatro» la gira.", "La edil", "de «teatro» la gira"),
        ("Los presos lo acusaron de mentir.", "Los presos", "de mentir"),
        ("Las madres hablan de golpes.", "Las madres", "de golpes"),
        ("Los peritos determinaron que el fuego vino de afuera.", "Los peritos", "que el fuego vino de afuera"),
        ("Tal como denunció la junta, nadie barre el patio.", "la junta", "nadie barre el patio"),
        ("Nadie barre el patio, tal y como denunció la junta.", "la junta", "Nadie barre el patio"),
    ],
)
def test_whom_one_accuses_belongs_to_what_is_said(text: str, source: str, content: str) -> None:
    """So does what is called something; «de» opens what is spoken of, and «tal como» is no part of what was said."""
    assert (source, content) in [(s, c) for s, _, c in found_in(text)]


@pytest.mark.parametrize(
    ("text", "addressee", "items"),
    [
        ("«Que venga y me lo diga aquí», respondió Elvira.", None, ["venga", "me lo diga aquí"]),
        ("«Que salga alguien y nos hable», pidió Elvira.", None, ["salga alguien", "nos hable"]),
        ("«Pedimos a las jefas que traigan pan y que abran», dijo Elvira.", "jefas", ["traigan pan", "abran"]),
        ("El obispo pidió calma a la población.", "población", ["calma"]),
    ],
)
def test_what_is_wished_in_own_words_is_cut_behind_whom_it_is_asked_of(
    text: str, addressee: str | None, items: list[str]
) -> None:
    """«Que» opens each wish, and whom «pedimos» asks is none of them."""
    asks = read(text)[0].asks
    assert [ask.item.quote for ask in asks] == items
    assert {ask.addressee for ask in asks} == {addressee}


def test_one_of_two_who_spoke_together_is_asked_alone() -> None:
    """«Gobierno» is not «Sindicato y Gobierno»."""
    told = read("Sindicato y Gobierno se culpan por la fuga. La comisión llamó al Gobierno a no torturar a nadie.")
    assert told[-1].asks[0].addressee == "Gobierno"
