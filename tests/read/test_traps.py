"""Texts that mislead readers, each by name: marks, layout, verbs that are nouns, numbers that count nobody."""

from __future__ import annotations

import unicodedata

import pytest

from recuento.model.statement import Form, Mode, SpeakerKind, Statement
from recuento.read import read, read_figures


def said(text: str) -> list[tuple[str, str]]:
    """Speaker and first content of every statement."""
    return [(s.speaker.name, s.content[0].quote) for s in read(text)]


def numbers(text: str) -> list[tuple[str, object, object]]:
    """Words and range of every figure."""
    return [(f.anchor.quote, f.quantity.low, f.quantity.high) for f in read_figures(text)]


def one(text: str) -> Statement:
    """The first statement."""
    return read(text)[0]


# Marks of quotation.


@pytest.mark.parametrize(
    "text",
    [
        "“No hubo muertos en el penal”, dijo el ministro Pérez.",
        '"No hubo muertos en el penal", dijo el ministro Pérez.',
        "«No hubo muertos en el penal», dijo el ministro Pérez.",
        "—No hubo muertos en el penal —dijo el ministro Pérez.",
    ],
)
def test_every_kind_of_mark_is_read(text: str) -> None:
    """Curly, straight and angular marks and the raya hold the same statement."""
    (statement,) = read(text)
    assert statement.speaker.name == "Pérez"
    assert "No hubo muertos en el penal" in statement.content[0].quote


def test_marks_of_several_kinds_in_one_article() -> None:
    """One paragraph with curly marks and one with straight ones are both read."""
    text = '“The gates were open,” said Ana Rojas.\n\n"Nobody told us anything," said Luis Mora.'
    assert [name for name, _ in said(text)] == ["Ana Rojas", "Luis Mora"]


def test_an_unbalanced_mark_swallows_no_other_paragraph() -> None:
    """A mark that is never closed holds no further than its paragraph."""
    text = "“The prison is empty, the minister said.\n\nThe observatory said that 40 inmates are missing."
    assert ("observatory", "that 40 inmates are missing") in said(text)


def test_a_quotation_inside_a_quotation() -> None:
    """Single marks inside double ones open no statement of their own and close none."""
    (statement,) = read("“He told us ‘leave now’ and we left,” said Marta Gil in an interview.")[:1]
    assert statement.speaker.name == "Marta Gil"
    assert statement.content[0].quote == "“He told us ‘leave now’ and we left,”"


def test_a_verb_of_saying_inside_a_quotation_belongs_to_it() -> None:
    """The outer speaker holds the whole quotation; what is said inside is nested."""
    outer, inner = read("“The guards said that nobody was hurt,” the coordinator told reporters.")[:2]
    assert outer.speaker.name == "coordinator"
    assert inner.parent == outer.id
    assert inner.speaker.name == "guards"


def test_scare_quotes_are_no_statement() -> None:
    """Quoted words that nobody says are not attributed."""
    assert read("The “negotiated” takeover of the prison lasted six hours.") == []


def test_a_title_in_marks_is_no_statement() -> None:
    """The name of a song or a film is not something said."""
    assert read("La orquesta tocó “Noche de ronda” en el patio del penal.") == []


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    """Paragraphs that each open with a mark and close only at the end are one statement."""
    (statement,) = read("“They took everybody out at dawn.\n\n“We have no list,” said Rosa Lima.")
    assert len(statement.content) == 2
    assert statement.speaker.name == "Rosa Lima"


def test_a_quotation_goes_on_after_its_speaker() -> None:
    """A second quotation after "said X." is a statement of its own, of the same speaker, which is concluded."""
    first, second = read("“Los sacaron de noche”, dijo Rosa Lima. “No nos dieron ninguna lista”.")
    assert second.speaker.name == first.speaker.name == "Rosa Lima"
    assert second.speaker.inferred and second.source is None and second.cue is None


def test_a_name_and_a_colon() -> None:
    """ "Name: “...”" is a statement without a verb."""
    (statement,) = read("Rosa Lima: “No nos dieron ninguna lista”.")
    assert statement.speaker.name == "Rosa Lima"
    assert statement.cue is None
    assert statement.form is Form.DIRECT


# Layout.


def test_a_headline_without_a_verb_says_nothing() -> None:
    """A headline is no statement."""
    assert read("Overcrowding in the country's prisons") == []


def test_bylines_and_datelines_are_no_part_of_the_source() -> None:
    """«CARACAS (EFE).–» stands before the sentence, "By ..." is nobody speaking."""
    text = "Por Ana Rojas\n\nCARACAS (EFE).– El Observatorio dijo que faltan 40 presos."
    (statement,) = read(text)
    assert statement.source is not None
    assert statement.source.quote == "El Observatorio"


def test_list_items_are_read_one_by_one() -> None:
    """Each item of a list keeps its own speaker."""
    text = "- The ministry said that 40 inmates escaped.\n- The observatory said that 400 inmates escaped."
    assert [name for name, _ in said(text)] == ["ministry", "observatory"]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\u2028"])
def test_every_end_of_line_is_one(end: str) -> None:
    """Carriage returns and line separators part paragraphs and stay out of the anchors."""
    text = f"El ministro dijo que no hubo muertos.{end}{end}El juez dijo que hubo dos muertos."
    assert [name for name, _ in said(text)] == ["ministro", "juez"]
    assert not any(end in anchor.quote for s in read(text) for anchor in s.anchors())


def test_a_line_that_breaks_inside_a_sentence_goes_on() -> None:
    """Hard-wrapped text is read as if the lines were joined."""
    assert said("El ministro dijo que los presos\nestán en otro penal.")[0][1] == "que los presos\nestán en otro penal"


def test_an_abbreviation_ends_no_sentence() -> None:
    """ "U.S.", "Sr." and "Gen." are inside a name."""
    assert said("The U.S. Embassy said that two citizens were freed.")[0][0] == "U.S. Embassy"
    assert said("El Sr. Ramos dijo que faltan 40 presos.")[0][0] == "Ramos"


def test_an_ellipsis_ends_no_quotation() -> None:
    """Dots inside a quotation leave it whole."""
    assert one("“No sabemos... nadie nos dice nada”, dijo Rosa Lima.").content[0].quote.startswith("“No sabemos...")


def test_an_embedded_post_is_a_statement_of_its_author() -> None:
    """The author of a post speaks it, and is not "he" in the next paragraph."""
    text = (
        "Luis Mora, director of the observatory, said that the gates were open.\n\n"
        "The tunnel is under the kitchen. pic.twitter.com/abc — Ana Rojas (@anarojas) September 20, 2023\n\n"
        "“We have no list,” he said."
    )
    statements = read(text)
    assert [s.speaker.name for s in statements] == ["Luis Mora", "Ana Rojas", "Luis Mora"]
    assert statements[1].form is Form.POST


# Characters.


def test_emoji_move_no_offset() -> None:
    """Offsets are code points, so what stands outside the basic plane counts one."""
    text = "🔥🔥 El ministro dijo que no hubo muertos 👍🏽."
    assert all(anchor.stands_on(text) for s in read(text) for anchor in s.anchors())


def test_combining_accents_are_read_as_letters() -> None:
    """Text with decomposed accents is read like composed text, on its own offsets."""
    text = unicodedata.normalize("NFD", "Según el director, murió un preso y se fugaron 40 más.")
    assert [s.speaker.name for s in read(text)] == ["director"]
    assert all(anchor.stands_on(text) for s in read(text) for anchor in s.anchors())


def test_a_space_that_does_not_break_is_a_space() -> None:
    """No-break spaces stand between words, and inside numbers."""
    assert said("El ministro\u00a0dijo\u00a0que no hubo muertos.")[0][0] == "ministro"
    assert numbers("Trasladaron a 11\u202f000 presos.")[0][1] == 11_000


def test_spanish_text_that_quotes_english() -> None:
    """The language is told by paragraph, and the words quoted are kept as they are."""
    statement = one("El portavoz dijo: “We have no list of prisoners”.")
    assert statement.language == "es"
    assert statement.content[0].quote == "“We have no list of prisoners”"


# Words that look like what they are not.


@pytest.mark.parametrize(
    "text",
    [
        "Se hará según el caso.",
        "El reparto se hizo según la ley.",
        "La sobrepoblación, es decir, el hacinamiento, creció.",
        "The guard called for help and ran.",
        "The report on prisons was published in March.",
        "La denuncia fue archivada por el juez.",
        "Her claim was rejected.",
        "Mil gracias por venir.",
    ],
)
def test_cue_words_that_are_no_cue(text: str) -> None:
    """«según el caso», «es decir», "called for help" and verbs used as nouns open no statement."""
    assert [s for s in read(text) if s.mode is not Mode.DENIES] == []


def test_relatives_are_a_class_and_a_rumour_is_nobody() -> None:
    """Unnamed sources are published as their class; a rumour has no speaker."""
    assert one("Familiares de los presos dijeron que no saben dónde están.").speaker.kind is SpeakerKind.UNNAMED
    assert one("Se rumorea que varios pranes escaparon.").speaker.kind is SpeakerKind.RUMOUR
    assert one("It is rumoured that some leaders escaped.").speaker.kind is SpeakerKind.RUMOUR


def test_a_verb_without_a_subject_takes_the_last_speaker_and_says_so() -> None:
    """«Añadió que ...» is the last speaker's, marked as concluded, without a source anchor."""
    first, second = read("El director Luis Mora dijo que hay hacinamiento. Añadió que faltan 40 presos.")
    assert second.speaker.name == first.speaker.name == "Luis Mora"
    assert second.speaker.inferred and second.source is None


# Numbers.


@pytest.mark.parametrize(
    "text",
    [
        "El motín de 2023 fue largo.", "The riot of 2019 lasted two days.", "El artículo 25 protege a los presos.",
        "Ocurrió en la CP n.º 3.", "He is held in Unit 12.", "El recluso, de 34 años, habló.",
        "The 34-year-old inmate spoke.", "El 3 de enero hubo una protesta.", "It happened on January 3, 2021.",
        "One does not know what to say.", "Una mujer esperaba.", "Mil gracias por venir.",
        "La reunión fue a las 10:30.", "El túnel mide 200 metros.",
    ],
)  # fmt: skip
def test_numbers_that_count_nobody(text: str) -> None:
    """Years, ages, dates, hours, lengths, articles and prison numbers are not figures."""
    assert [f for f in read_figures(text) if f.measure is not None] == []
    assert not [f for f in read_figures(text) if f.quantity.stated and f.quantity.low in (1, 3, 12, 25, 34, 2019, 2023)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Hundreds of thousands of people protested; hundreds of inmates escaped.", 200, None),
        ("Ni uno de los presos escapó.", 0, 0),
        ("Escaparon 1.600 presos.", 1_600, 1_600),
        ("Escaparon 3,400 presos y otros 11,000 no.", 3_400, 3_400),
        ("More than 1.5 million people; 3,400 inmates escaped.", 3_400, 3_400),
        ("Escaparon mil quinientos presos.", 1_500, 1_500),
        ("Escaparon entre mil quinientos y tres mil presos.", 1_500, 3_000),
        ("Escaparon veintiún presos.", 21, 21),
        ("Escaparon 3 mil 500 presos.", 3_500, 3_500),
        ("Escaparon unos 300 presos.", 250, 350),
        ("Escaparon casi 300 presos.", 250, 299),
        ("Escaparon no menos de 30 presos.", 30, None),
        ("Escaparon no más de 30 presos.", 0, 30),
        ("Escaparon hasta 30 presos.", None, None),
        ("Escaparon 400 o 500 presos.", 400, 500),
        ("Escaparon de 400 a 500 presos.", 400, 500),
        ("Escapó media docena de presos.", 5, 7),
        ("A couple of inmates escaped.", 2, None),
    ],
)
def test_the_grammar_of_numbers(text: str, low: int | None, high: int | None) -> None:
    """Digits by either convention, words, bounds, ranges and vague words give their range."""
    assert (low, high) in [(f.quantity.low, f.quantity.high) for f in read_figures(text) if f.measure == "escaped"]
