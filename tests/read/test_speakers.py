"""Who speaks, by name: ranks, roles and kinds left aside, documents given back to whoever issued them."""

from __future__ import annotations

import pytest

from recuento.model.statement import SpeakerKind
from recuento.read import read


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("El congresista Rubén Olave dijo que hubo dos muertos.", "Rubén Olave", "congresista"),
        ("La relatora, Inés Etxaniz, dijo que hubo dos muertos.", "Inés Etxaniz", "relatora"),
        ("La comisionada del Comité Austral, Flor Ibarra, dijo que mienten.", "Flor Ibarra", "comisionada"),
        ("El exdirector Abel Farías dijo que mienten.", "Abel Farías", "exdirector"),
        ("Beatriz Osuna, del Observatorio Rejas, dijo que mienten.", "Beatriz Osuna", None),
        ("Opposition senator Devon Marlow said the list was false.", "Devon Marlow", "Opposition senator"),
        ("Prison service spokeswoman Edda Moran said that two had died.", "Edda Moran", "Prison service spokeswoman"),
        ("Defence Minister Ramon Castle said that two had died.", "Ramon Castle", "Defence Minister"),
        ("The Justice Secretary, Fiona Kerr, said that two had died.", "Fiona Kerr", "Justice Secretary"),
        ("Fr Aidan Tully said that two had died.", "Aidan Tully", None),
        ("Oliver Tench KC said that two had died.", "Oliver Tench", None),
        ("President George W. Tench said that two had died.", "George W. Tench", "President"),
        ("Bellmoor's governor, Rhys Morton, said that two had died.", "Rhys Morton", "Bellmoor's governor"),
    ],
)
def test_a_person_is_named_without_rank_or_role(text: str, name: str, role: str | None) -> None:
    """Whatever stands before a name, or beside it, tells what the person is and no part of who it is."""
    (statement,) = read(text)
    speaker = statement.speaker
    assert (speaker.name, speaker.role, speaker.kind, speaker.inferred) == (name, role, SpeakerKind.PERSON, False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("La ONG Cuna Franca dijo que hubo dos muertos.", "Cuna Franca"),
        ("El diario La Ribera dijo que hubo dos muertos.", "La Ribera"),
        ("The charity Second Gate said that two had died.", "Second Gate"),
        ("Free Lamp, a charity, said that two had died.", "Free Lamp"),
        ("La Policía Federal dijo que hubo dos muertos.", "Policía Federal"),
    ],
)
def test_a_body_is_named_without_its_kind(text: str, name: str) -> None:
    """«La ONG X» is X; a name that holds its kind keeps it."""
    (statement,) = read(text)
    assert (statement.speaker.name, statement.speaker.kind) == (name, SpeakerKind.ORGANISATION)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Según el anuario de la Red Andina, hubo dos muertos.", "Red Andina"),
        ("El informe, que presentó la Universidad de Lares, dice que hubo dos muertos.", "Universidad de Lares"),
        ("The ombudsman's report said that two had died.", "ombudsman"),
        ("According to letters smuggled out by prisoners, two men have died.", "prisoners"),
        ("The ministry's own bulletin said that two had died.", "ministry"),
        ("Según un informe, hubo dos muertos.", "informe"),
    ],
)
def test_a_document_speaks_for_whoever_issued_it(text: str, name: str) -> None:
    """The issuer is the speaker where the words say who it is; else the document."""
    (statement,) = read(text)
    assert statement.speaker.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Un custodio que vio la requisa dijo que hubo dos muertos.", "custodio que vio la requisa"),
        ("One prisoner, reached by telephone, said that two had died.", "one prisoner"),
        ("Dos presos dijeron que hubo dos muertos.", "dos presos"),
    ],
)
def test_people_without_a_name_are_called_by_the_words_of_the_text(text: str, name: str) -> None:
    """The clause that tells them apart stays; what a comma sets aside does not, nor the capital of a sentence."""
    (statement,) = read(text)
    assert statement.speaker.name == name


def _names(text: str) -> list[tuple[str, bool]]:
    return [(statement.speaker.name, statement.speaker.inferred) for statement in read(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # Whoever acted in the sentence before, though nobody spoke in it.
        ("La comisionada Dora Valle atendió a la prensa. Dijo que hubo dos muertos.", "Dora Valle"),
        ("Al alcaide Porfirio Lama lo esperaban las cámaras. Él dijo que mienten.", "Porfirio Lama"),
        ("Marisa Cantor has visited her brother since 2019. She said that two had died.", "Marisa Cantor"),
        ("The widows arrived at eight. They said that two had died.", "widows"),
        # A letter and the news a body gives of itself.
        ("Señora directora:\n\nAfirmo que hubo dos muertos.\n\nLo saluda\nLeandro Icaza\nVilla Alta", "Leandro Icaza"),
    ],
)
def test_whoever_acted_may_speak_next(text: str, name: str) -> None:
    """A pronoun or a verb without a subject stands for the subject before, and is marked as concluded."""
    assert _names(text)[-1] == (name, True)


@pytest.mark.parametrize(
    "text",
    [
        "«Me dijeron que firmara», dijo Ana Paz.",
        "“They told me that he was dead,” said Ann Pace.",
        "Un custodio dijo que le ordenaron abrir el portón.",
        "Ana Paz llegó tarde. Dijeron que hubo dos muertos.",
        "Hugh Lane spoke for an hour. It said that two had died.",
    ],
)
def test_where_nobody_in_sight_fits_nobody_is_named(text: str) -> None:
    """A plural is not one person, "it" is none, and in somebody's own words another's are not theirs."""
    assert _names(text)[-1] == ("(unnamed)", True)


def test_he_and_she_are_told_apart_by_names_and_roles() -> None:
    """The last who spoke is passed over where the pronoun does not fit: by role, by Spanish ending, by given name."""
    text = "Attorney Renata Fuentes said that two had died. Sheriff Lyle Hutt said that it was calm. "
    assert _names(text + "She said that he lied.")[2] == ("Renata Fuentes", True)
    assert _names(text + "He said that she lied.")[2] == ("Lyle Hutt", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The same noun is read, a wider one concluded.
        ("La directora del penal, Ana Paz, dijo que no. La directora dijo que sí.", ("Ana Paz", False)),
        ("La directora del penal, Ana Paz, dijo que no. La funcionaria dijo que sí.", ("Ana Paz", True)),
        ("El gobernador Saúl Irala dijo que no. El mandatario dijo que sí.", ("Saúl Irala", True)),
        ("El obispo Luis Rey dijo que no. La religiosa dijo que sí.", ("religiosa", False)),
        ("El viceministro Luis Mora dijo que no. El ministro dijo que sí.", ("ministro", False)),
        ("La directora Ana Paz dijo que no. Una directora dijo que sí.", ("directora", False)),
        ("Lantern Rights said no one came. The group said that two had died.", ("Lantern Rights", True)),
        ("El Ministerio de Custodia dijo que no. El organismo dijo que sí.", ("Ministerio de Custodia", True)),
        ("El Servicio de Custodia dijo que no. El ministerio dijo que sí.", ("ministerio", False)),
        # Named without having spoken.
        (
            "The sheriff, Lyle Hutt, arrived. Ann Pace said no one came. Hutt said that two had died.",
            ("Lyle Hutt", False),
        ),
    ],
)
def test_a_noun_comes_back_to_whoever_bore_it(text: str, expected: tuple[str, bool]) -> None:
    """«La directora» is whoever was introduced so; with another noun only where the kind and the sex allow it."""
    assert _names(text)[-1] == expected


def test_a_report_comes_back_to_its_issuer() -> None:
    """«El informe» that the text has named with its issuer speaks for the issuer."""
    text = "Un informe de la Red Andina fue presentado ayer. El informe dice que hubo dos muertos."
    assert _names(text) == [("Red Andina", True)]


def test_a_headline_knows_the_name_that_comes_later() -> None:
    """The role in a headline or a lead is whom the text names by the same noun, if it names one alone."""
    text = "Fugitives live in hills, a priest said.\n\nFr Aidan Tully said that he met three."
    assert _names(text) == [("Aidan Tully", True), ("Aidan Tully", False)]
    two = text + " Fr Brendan Roe said that he met two."
    assert _names(two)[0] == ("priest", False)


def test_she_who_talks_to_somebody_is_interviewed() -> None:
    """In "She talks to Pauline Ache" the name is the interviewer's."""
    text = (
        "Yusra Hamad served two years at Bell. She talks to Pauline Ache.\n\nQ: Did you sleep?\nA: I slept standing up."
    )
    assert {name for name, _ in _names(text)} == {"Yusra Hamad"}


def test_an_article_in_capitals_may_end_a_text() -> None:
    """A capital article with nothing behind it opens no name."""
    assert read("Dijo que vino según el diario La") is not None
    assert read("Nobody came, according to the daily The") is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Una mujer que se identificó solo como Mercedes dijo que hubo dos muertos.", "Mercedes"),
        ("Un portavoz, que se hace llamar Cuervo, dijo que hubo dos muertos.", "Cuervo"),
        ("A man who gave his name as Ambrose said that two had died.", "Ambrose"),
        ("A Tambora University report said that two had died.", "Tambora University"),
        ("A file seen by The Lanyard said that two had died.", "file seen by The Lanyard"),
        ("El propio alcalde en un recorrido con la prensa dijo que no.", "alcalde"),
    ],
)
def test_a_name_given_and_a_paper_seen(text: str, name: str) -> None:
    """Somebody is called as they say they are; whoever has seen a paper has not issued it."""
    assert _names(text)[0][0] == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("En su informe, la Defensoría dice que no. El documento dice que sí.", ("Defensoría", True)),
        (
            "In a report, the Prison Trust says that no one came. According to the report, two died.",
            ("Prison Trust", True),
        ),
        ("El gobernador Remo Choque dijo que no. La autoridad dijo que sí.", ("Remo Choque", True)),
        # A place, a spokeswoman and an agency are no association, director and newspaper.
        ("Lomas del Sur ardía. La asociación dijo que hubo dos muertos.", ("asociación", False)),
        ("Spokeswoman Edda Moran said no one came. The director said that two had died.", ("director", False)),
        ("La Agencia del Litoral dijo que no. El rotativo dijo que sí.", ("rotativo", False)),
        ("Fennimore Justice said no one came. The company said that two had died.", ("company", False)),
    ],
)
def test_what_comes_back_and_what_does_not(text: str, expected: tuple[str, bool]) -> None:
    """A report comes back to whoever told it, a wider noun to its bearer, and neither to a stranger."""
    assert _names(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«Nadie me ha explicado nada»\n\nDora Valle volvió ayer. «Nadie me ha explicado nada», repite.", "Dora Valle"),
        ("“You learn to sleep standing”\n\nAda Poole came home. “You learn to sleep standing,” she says.", "Ada Poole"),
    ],
)
def test_a_headline_quotes_whoever_says_the_same_again(text: str, expected: str) -> None:
    """A quotation alone at the head of a text is by whoever says its words further down."""
    assert _names(text) == [(expected, True)] * 2


@pytest.mark.parametrize(
    "text",
    [
        # Neither where something is nor what a noun is of can speak, and a second verb has the subject of the first.
        "Sobre la tregua en el País Vasco dijo que mienten.",
        "Recordó que mataron a Luis Mora y observó que hubo dos muertos.",
    ],
)
def test_places_and_complements_do_not_speak(text: str) -> None:
    """Who stands inside another noun phrase is no subject of the verb behind it."""
    assert {name for name, _ in _names(text)} == {"(unnamed)"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Who is in what is said, or a driver met on the way, has not said it.
        ("Nobody told Ada Poole. She found out from a driver.\n\n“They are gone,” she said.", ("Ada Poole", True)),
        (
            "The ombudsman, Perpetua Lind, came. A mother wept on the stairs. “I have a table,” she said.",
            ("mother", True),
        ),
        ("La exdirectora del sistema Ingrid Monzón duda. Advierte que hubo dos muertos.", ("Ingrid Monzón", True)),
        ("La enfermera del penal, Luz Marina Otero, dijo que hubo dos muertos.", ("Luz Marina Otero", False)),
        ("El viceministro Luis Mora llegó tras leer Forensia. Dijo que hubo dos muertos.", ("Luis Mora", True)),
    ],
)
def test_whom_a_sentence_is_about_goes_on_to_speak(text: str, expected: tuple[str, bool]) -> None:
    """A pronoun that opens a sentence keeps its person in sight; a bare capital in passing does not come in."""
    assert _names(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Otra mujer dijo que hubo dos muertos.", "otra mujer"),
        ("Several women said that two had died.", "several women"),
        ("Un comisario que habló bajo reserva dijo que no.", "comisario que habló bajo reserva"),
        ("El hospital Santa Faz dijo que hubo dos muertos.", "hospital Santa Faz"),
        ("According to a letter signed by 140 women, two had died.", "140 women"),
        ("Dr. Nyirong said that two had died. Grace Nyirong is a doctor.", "Grace Nyirong"),
        ("Cedar Escort Services was fined. Cedar said that two had died.", "Cedar Escort Services"),
    ],
)
def test_the_fullest_name_and_the_words_that_tell_apart(text: str, name: str) -> None:
    """A speaker bears the fullest name of the document; "another" and "several" stay, articles do not."""
    assert _names(text)[0][0] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tom Devin and Mark Rath said that two had died.", "Tom Devin; Mark Rath"),
        ("La ministra Ana Paz y el juez Luis Mora dijeron que no.", "Ana Paz; Luis Mora"),
        ("El sindicato y el Gobierno dijeron que no.", "sindicato; Gobierno"),
        ("La organización Justicia y Memoria dijo que no.", "Justicia y Memoria"),
        ("El director del penal y la fiscalía dijo que no.", "director del penal y la fiscalía"),
    ],
)
def test_two_who_speak_together(text: str, name: str) -> None:
    """Two people, or two bodies, are both named; what a role is of, and a name with "and" in it, are one."""
    assert _names(text)[0][0] == name


def test_one_of_two_is_known_again() -> None:
    """A surname alone is one of the two who spoke together, and not both."""
    text = "Tom Devin and Mark Rath said that two had died. Rath said that it was calm."
    assert _names(text)[1] == ("Mark Rath", False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("COMUNICADO. Los presos de Alcor denunciamos que hubo dos muertos. Exigimos la lista.", "presos de Alcor"),
        (
            "COMUNICADO\n\nLa Asamblea de Alcor hace constar que hubo dos muertos. Culpamos al ministro Eguren. "
            "Nos aseguró que habría visitas.",
            "Eguren",
        ),
        ("«Comieron», dijo el alcaide Luis Mora. Preguntado por cuántos, contestó que todos comieron.", "Luis Mora"),
    ],
)
def test_we_and_whoever_told_us(text: str, name: str) -> None:
    """ "We" is who spoke so; whoever told "us" is another; who is asked and answers spoke before."""
    assert _names(text)[-1] == (name, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Controller of Corrections in town, Mr Eric Bass, said that two had died.", ("Eric Bass", False)),
        ("A charity, Prisoners' Voice, said that two had died.", ("Prisoners' Voice", False)),
        ("El director Homero Sandoya calla. Sandoya no vino. Dijo que hubo dos muertos.", ("Homero Sandoya", True)),
        ("La directora de la cárcel, Ana Paz, dijo que no. La directora del centro dijo que sí.", ("Ana Paz", True)),
        (
            "COMUNICADO PÚBLICO\n\nLa Asamblea de Alcor se dirige al país.\n\nRechazamos la versión oficial.",
            ("Asamblea de Alcor", True),
        ),
    ],
)
def test_titles_surnames_and_statements(text: str, expected: tuple[str, bool]) -> None:
    """A title leads the name; a surname is of neither sex; "we" of a statement is the body it names first."""
    assert _names(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Counsel Jonah Reed asked Mr Tittering how many he had seen. “None,” he replied.", ("Tittering", True)),
        ("I ask that somebody go in.\n\nThe men wait.\n\nConstance Oyel, Fairlea", ("Constance Oyel", True)),
    ],
)
def test_whoever_is_asked_answers_and_whoever_signs_asks(text: str, expected: tuple[str, bool]) -> None:
    """The one asked is whom the next pronoun means; a signature may bear a place."""
    assert _names(text)[-1] == expected
