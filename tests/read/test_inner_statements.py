"""Statements inside statements, and where the words and the speakers of both begin and end."""

from __future__ import annotations

import pytest

from recuento.model.statement import Statement
from recuento.read import read


def _inner(text: str) -> list[tuple[str, str]]:
    """Source and words of the statements that stand in another."""
    return [_told(statement) for statement in read(text) if statement.parent is not None]


def _told(statement: Statement) -> tuple[str, str]:
    source = statement.source.quote if statement.source else ""
    return source, " | ".join(span.quote for span in statement.content)


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (
            "La abogada contó que dos presos le dijeron que no hay agua, y que el alcaide respondió que es mentira.",
            [("dos presos", "que no hay agua"), ("el alcaide", "que es mentira")],
        ),
        (
            "Pidió la lista de los aislados, que según sus cuentas pasan de 60.",
            [("sus cuentas", "pasan de 60")],
        ),
        (
            "Acusa a la fiscal de filtrar una carta que, asegura, nunca se firmó.",
            [("", "nunca se firmó")],
        ),
        (
            "El ministro rechazó las versiones según las cuales murieron 15 internos.",
            [("las cuales", "murieron 15 internos")],
        ),
        (
            "El sindicato criticó que el ministerio niegue las 60 vacantes.",
            [("el ministerio", "las 60 vacantes")],
        ),
        (
            "El alcaide dijo que hay calma, luego de que un informe concluyera que hubo tres muertos.",
            [("un informe", "que hubo tres muertos")],
        ),
        (
            "El canciller calificó de «falso» el informe que cifra en 1.900 las detenciones.",
            [("que", "en 1.900 las detenciones")],
        ),
        (
            "“The guard told us that they were fine, and three of them were dead,” said Ana Roca.",
            [("The guard", "that they were fine")],
        ),
        (
            "She said a study that puts arrests at 1,900 was wrong.",
            [("that", "arrests at 1,900")],
        ),
        (
            "“We asked for one thing,” said Ana Roca.",
            [("We", "for one thing,")],
        ),
    ],
)
def test_what_is_said_within_what_is_said_has_its_own_speaker_and_end(text: str, inner: list[tuple[str, str]]) -> None:
    """Inner statements are read by the same rules, each up to where the clause of the outer one goes on."""
    assert _inner(text) == inner


@pytest.mark.parametrize(
    "text",
    [
        "El preso narra que en la celda contaban a los vivos y que no comían.",
        "Pidió que el ministro explique por qué no hay agua.",
        "She said that the cells had been shut, conceding that the keys were lost.",
    ],
)
def test_what_goes_on_with_the_outer_speaker_is_no_inner_statement(text: str) -> None:
    """A second "that" goes on with the outer verb, what is asked was not said, and cells concede nothing."""
    assert _inner(text) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Una vez el alcaide me dijo una vez que no había agua.", "el alcaide"),
        ("El domingo pasado este diario dijo que no falta nada.", "este diario"),
        ("The second time an officer said that complaints get lost.", "an officer"),
        ("More than half of the prisoners told inspectors it was easy.", "More than half of the prisoners"),
        ("Of the men, 14% said they had been beaten.", "14%"),
        ("“Mend the pump,” begins a letter signed by 140 women.", "a letter signed by 140 women"),
        (
            "«No hay agua», dijo el abogado, al que la corte encargó el caso.",
            "el abogado, al que la corte encargó el caso",
        ),
        (
            "Un hombre que se presentó como tío de un recluso dijo que no.",
            "Un hombre que se presentó como tío de un recluso",
        ),
        (
            "El director, que vive a 40 kilómetros, en una granja, afirmó que no.",
            "El director, que vive a 40 kilómetros",
        ),
        (
            "Tres de los heridos que comparten sala con él dijeron que no.",
            "Tres de los heridos que comparten sala con él",
        ),
    ],
)
def test_the_speaker_is_the_whole_noun_phrase_and_no_more(text: str, source: str) -> None:
    """Times before it are left out; relative clauses, participles and shares belong to it."""
    (statement,) = read(text)
    assert statement.source is not None
    assert statement.source.quote == source


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("El ministro volvió a negar que haya un pacto.", ["volvió a negar"]),
        ("La alcaldesa se limitó a decir que no sabe.", ["se limitó a decir"]),
        ("El vocero ha vuelto a pedir que los liberen.", ["ha vuelto a pedir"]),
        ("It goes on to say the men were beaten.", ["say"]),
        ("She kept telling the guards that he was ill.", ["telling"]),
        ("La Sala confirmó la condena, tras concluir que hubo tortura.", ["concluir"]),
        ("El juez habló en la radio de «una masacre».", ["habló"]),
        ("Rechazó la acusación: sostuvo que las llaves las tenía otro.", ["Rechazó", "sostuvo"]),
    ],
)
def test_verbs_are_read_with_their_auxiliaries(text: str, cues: list[str]) -> None:
    """An auxiliary that only colours a verb of saying makes it no less said."""
    assert [statement.cue.quote for statement in read(text) if statement.cue] == cues


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The jail holds 688, and a third of those, the report notes, have been waiting.",
            ("the report", "a third of those | have been waiting"),
        ),
        (
            "The shooting, an officer who was off duty told the Courier, began in the canteen.",
            ("an officer who was off duty", "The shooting | began in the canteen"),
        ),
        ("Asked by counsel whether he knew, he left.", ("counsel", "whether he knew")),
        ("Preguntado por si hay heridos, se fue.", ("", "por si hay heridos")),
        ("Tras negar que hubiera enfermos, la Dirección cedió.", ("la Dirección", "que hubiera enfermos")),
        ("He denied this, and left.", ("He", "this")),
        ("None was true, Sheriff Roe told reporters at 6 p.m. Two men were hurt.", ("Sheriff Roe", "None was true")),
        ("Mabel Roe was told at the window that he was gone.", ("", "that he was gone")),
        ("A woman from the prison rang to say he was fine.", ("A woman from the prison", "he was fine")),
        ("Two inmates have given sworn statements that he was beaten.", ("Two inmates", "that he was beaten")),
        (
            "Hubo 12 muertos, según consta en el acta que vio este diario.",
            ("el acta que vio este diario", "Hubo 12 muertos"),
        ),
    ],
)
def test_who_says_it_may_stand_inside_or_beside_the_words(text: str, told: tuple[str, str]) -> None:
    """Interrupted clauses are whole, and participles and infinitives have the subject that they share."""
    (statement,) = read(text)
    assert _told(statement) == told


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("The warden, she said, told her the works would end.", [("The warden", "the works would end")]),
        (
            "The nurses accused the ministry of neglect, citing a doctor.",
            [("a doctor", "of neglect")],
        ),
        ("She said she had been told there was no van.", [("", "there was no van")]),
        ("—No hay agua —cuenta Ana—. Yo le dije que era grave.", [("Yo", "que era grave")]),
    ],
)
def test_inner_statements_have_the_subject_that_stands_before_an_interruption(
    text: str, inner: list[tuple[str, str]]
) -> None:
    """What interrupts the words parts neither the inner statement from its speaker nor dialogue from who tells it."""
    assert _inner(text) == inner


def test_a_clause_may_leave_out_the_verb_of_the_one_before() -> None:
    """After a semicolon a speaker with "that" says what the verb before tells."""
    statements = read("El sindicato dice que son 300; el director, que son menos.")
    assert [_told(statement) for statement in statements] == [
        ("El sindicato", "que son 300"),
        ("el director", "que son menos"),
    ]


def test_questions_and_answers_may_stand_in_one_paragraph() -> None:
    """An answer ends where the next question begins."""
    answers = read("Q: How many? A: Eleven men. They said thirteen. Q: Did anyone complain? A: One did.")
    assert [a.content[0].quote for a in answers if a.parent is None] == ["Eleven men. They said thirteen", "One did"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("La directora anunció la construcción de un patio.", ("La directora", "la construcción de un patio")),
        ("She attributed the outbreak to the food.", ("She", "the outbreak to the food")),
        ("La fiscalía opina lo contrario.", ("La fiscalía", "lo contrario")),
        ("La Defensoría considera homicidios las dos muertes.", ("La Defensoría", "homicidios las dos muertes")),
        ("Ana Paz cree improbable que sean suyos.", ("Ana Paz", "improbable que sean suyos")),
        ("Los bomberos contaron once cuerpos.", ("Los bomberos", "once cuerpos")),
        ("Lo único que piden es que los oigan.", ("", "que los oigan")),
    ],
)
def test_noun_phrases_and_judgements_are_said_by_verbs_that_do_nothing_else(text: str, told: tuple[str, str]) -> None:
    """What is announced, attributed, held or counted is what somebody says of it."""
    (statement,) = read(text)
    assert _told(statement) == told


@pytest.mark.parametrize("text", ["There are 60 suspected cases.", "La víctima se considera inocente."])
def test_suspected_cases_and_what_one_takes_oneself_for_are_nobodys_words(text: str) -> None:
    """A number before a form counts the noun after it; with «se» nobody considers anything."""
    assert read(text) == []


def test_what_somebody_was_told_belongs_to_what_they_say() -> None:
    """«Según le contaron los presos» tells whom the speaker has it from; the demand after it is not theirs."""
    text = "La abogada sostiene que al menos 25 huyeron, según le contaron los presos, y exigió al Gobierno la lista."
    outer, inner, demand = read(text)
    assert (outer.speaker.name, inner.speaker.name, inner.parent) == ("abogada", "presos", outer.id)
    assert (demand.speaker.name, demand.parent, demand.content[0].quote) == ("abogada", None, "la lista")


@pytest.mark.parametrize(
    "text",
    [
        "Fuentes cercanas al operativo, que pidieron no ser identificadas, hablaron de siete muertos.",
        "Un guardia que pidió no ser citado dijo que hubo seis heridos.",
        "Dos custodios, quienes solicitan mantener su nombre en reserva, dijeron que hubo seis heridos.",
        "Two officials, who requested anonymity, said that six inmates were hurt.",
    ],
)
def test_the_wish_not_to_be_named_is_no_demand(text: str) -> None:
    """It belongs to who speaks."""
    (only,) = read(text)
    assert only.source is not None and text.startswith(only.source.quote)


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (
            "La ONG aseguró que la toma fue pactada, según vecinos del penal.",
            [("vecinos del penal", "que la toma fue pactada")],
        ),
        ("El ministro dijo que habrá cambios, según El Correo.", [("El ministro", "que habrá cambios")]),
        ("El ministro dijo que habrá cambios, según fuentes oficiales.", [("El ministro", "que habrá cambios")]),
    ],
)
def test_people_at_the_end_are_whom_the_speaker_cites(text: str, inner: list[tuple[str, str]]) -> None:
    """A paper, or its sources, tell what somebody said; people without a name are whom that somebody has it from."""
    assert _inner(text) == inner


def test_an_infinitive_is_not_continued_by_a_finite_verb() -> None:
    """What the speaker did besides is no part of what was said."""
    (only,) = read("El alcalde dijo desconocer el paradero de los 43 detenidos y remitió las preguntas a la fiscalía.")
    assert only.content[0].quote == "desconocer el paradero de los 43 detenidos"


def test_a_source_that_opens_the_sentence_ends_before_what_it_says() -> None:
    """Also where a relative clause tells whom it cites."""
    outer = read("Según la Defensoría, que citó a médicos del hospital, los fallecidos son 17.")[0]
    assert (outer.source is not None) and outer.source.quote == "la Defensoría, que citó a médicos del hospital"
    assert outer.content[0].quote == "los fallecidos son 17"


def test_who_denies_a_claim_is_not_the_claim() -> None:
    """ "X reported that A, a claim his lawyer denied": the lawyer denies it."""
    outer = read("State television reported that the ringleader had been captured, a claim his lawyer later denied.")[0]
    assert outer.source is not None and (outer.source.quote, outer.mode.value) == ("his lawyer", "denies")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Fuentes policiales confirmaron a este diario la muerte de tres reclusos.",
            [("Fuentes policiales", "la muerte de tres reclusos")],
        ),
        ("Circula un video que mostraría a reos celebrando en el patio, algo que la dirección desmiente.", []),
        (
            "The mayor insisted it had been a success, even as videos showed men climbing over the wall.",
            [("The mayor", "it had been a success, even as videos showed men climbing over the wall")],
        ),
    ],
)
def test_nobody_is_made_to_speak(text: str, told: list[tuple[str, str]]) -> None:
    """Whom one tells, whom a video shows, what happens meanwhile."""
    assert [_told(statement) for statement in read(text)] == told


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (
            "El ministro negó que haya un asalto, como sostiene la oposición.",
            [("la oposición", "que haya un asalto")],
        ),
        (
            "“They told us he was fine, but we knew,” she said.",
            [("They", "he was fine")],
        ),
        (
            "The families maintain that the young man, a cellmate told them, died in March.",
            [("a cellmate", "that the young man | died in March")],
        ),
        (
            "Two jurors remember the officer telling them that he was dead.",
            [("the officer", "that he was dead")],
        ),
        (
            "El comité tuiteó: «El ministro dice que no hay enfermos y su directora admite 26 casos».",
            [("El ministro", "que no hay enfermos"), ("su directora", "26 casos")],
        ),
    ],
)
def test_what_another_says_ends_what_the_first_says(text: str, inner: list[tuple[str, str]]) -> None:
    """ "As X says" after "that" belongs to that clause, and of two in a quotation each has words of their own."""
    assert _inner(text) == inner


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "A letter smuggled out of the wing and read aloud at a vigil says that ten are ill.",
            ("A letter smuggled out of the wing and read aloud at a vigil", "that ten are ill"),
        ),
        ("Del pan, calcula, le quitarán dos.", ("", "Del pan | le quitarán dos")),
    ],
)
def test_long_subjects_and_nobody_beside_the_verb(text: str, told: tuple[str, str]) -> None:
    """Participles belong to the subject; a Spanish verb between commas needs none."""
    (statement,) = read(text)
    assert _told(statement) == told


@pytest.mark.parametrize(
    "text",
    [
        "Ana dijo que el preso mostró «un desprecio total» por todos.",
        "He said that no se reportan policías muertos.",
        "The report said that when staff complained they were sent home.",
        "The men recalled to custody had left.",
    ],
)
def test_borrowed_words_and_clauses_of_time_are_no_inner_statement(text: str) -> None:
    """What is shown in borrowed words, what is not reported and what stands in "when ..." was not said."""
    assert _inner(text) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Uribe pidió el registro el lunes; asegura que le llegó una hoja.", "Uribe"),
        ("Llegó el abogado, Ana Paz, y les dijo que era tarde.", "el abogado, Ana Paz"),
        ("Los otros nos dijeron que no había nadie.", "Los otros"),
        ("Lo confirmó la Dirección, que en un escueto comunicado dijo que fue un suicidio.", "que"),
    ],
)
def test_a_spanish_subject_may_stand_before_a_semicolon_or_behind_an_earlier_verb(text: str, source: str) -> None:
    """A verb without a subject shares that of the clause before it, and a pronoun speaks over a phrase of place."""
    last = read(text)[-1]
    assert last.source is not None
    assert last.source.quote == source


def test_a_quotation_may_end_inside_another() -> None:
    """Straight marks side by side close both: 'I took them,'"."""
    assert _inner("\"He says to me, 'Lady, they're all on the coast now,'\" said Ana Paz.") == [
        ("He", "'Lady, they're all on the coast now,'")
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("La madre le preguntó por qué murió su hijo.", ("La madre", "por qué murió su hijo")),
        ("El fiscal le preguntó en qué celda estaba.", ("El fiscal", "en qué celda estaba")),
        ("El alcaide reconoció ante el juez haber cobrado.", ("El alcaide", "haber cobrado")),
    ],
)
def test_a_question_may_begin_with_a_preposition_and_a_confession_name_its_judge(
    text: str, told: tuple[str, str]
) -> None:
    """What is asked begins with its preposition; what one owns to follows whom one owns it to."""
    (statement,) = read(text)
    assert _told(statement) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Le contaron en la puerta que habían muerto dos.", ("", "que habían muerto dos")),
        ("El gobierno reconoció por primera vez que hay hacinamiento.", ("El gobierno", "que hay hacinamiento")),
        ("Quienes lo vieron dicen que lloraba.", ("Quienes lo vieron", "que lloraba")),
        ("Los que salieron cuentan que no había luz.", ("Los que salieron", "que no había luz")),
        ("Según ella, nadie le avisó.", ("ella", "nadie le avisó")),
        ("La Defensoría responsabilizó al Estado por las muertes.", ("La Defensoría", "al Estado por las muertes")),
        ("I asked for the list and they sent me the menus.", ("I", "the list")),
        ("The ministry had first denied holding the figures.", ("The ministry", "holding the figures")),
        ("Some who got out say there was no light.", ("Some who got out", "there was no light")),
        ("She described to this newspaper how they live.", ("She", "how they live")),
    ],
)
def test_plain_sentences_of_any_paper(text: str, told: tuple[str, str]) -> None:
    """Clauses that are subjects, places and times before «que», and whom one tells are in nobody's way."""
    (statement,) = read(text)
    assert _told(statement) == told


def test_whom_the_inner_speaker_quotes_parts_no_clause() -> None:
    """ "A guard, quoting the warden, told her": the guard speaks."""
    outer, inner = read("She said a guard, quoting the warden, told her to leave.")[:2]
    assert inner.source is not None and (inner.source.quote, inner.parent) == ("a guard", outer.id)
