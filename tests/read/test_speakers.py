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
