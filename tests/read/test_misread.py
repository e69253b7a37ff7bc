"""Ways of reporting that were once misread or missed, each by its class."""

from __future__ import annotations

import pytest

from recuento.model.statement import Certainty
from recuento.read import read


@pytest.mark.parametrize(
    ("text", "speaker", "measure", "low"),
    [
        ("El ministerio informó de 11 presos muertos.", "ministerio", "died_inmates", 11),
        ("El Heraldo tituló que al menos 40 reclusos escaparon.", "El Heraldo", "escaped", 40),
        ("The ministry put the number of recaptured prisoners at 87.", "ministry", "recaptured", 87),
        ("El ministerio cifró en 12 los presos muertos.", "ministerio", "died_inmates", 12),
        ("Medios locales hablan de 14 personas lesionadas.", "medios locales", "injured", 14),
        ("The writer says the prison holds 35% more than its capacity.", "writer", "overcrowding_rate", 35),
        ("The union expects around 400 inmates to be transferred.", "union", "transferred", 350),
    ],
)
def test_who_tells_a_number(text: str, speaker: str, measure: str, low: int) -> None:
    """Verbs that take a number as their object are statements with that figure."""
    (statement,) = read(text)
    assert statement.speaker.name == speaker
    assert [(f.measure, f.quantity.low) for f in statement.figures] == [(measure, low)]


def test_a_number_attributed_to_another_is_theirs() -> None:
    """«X atribuye a Y una población»: the figure is what Y said to X."""
    outer, inner = read("Radio Sur atribuye ese día al observatorio una población de unos 2.500 presos.")
    assert (outer.speaker.name, inner.speaker.name) == ("Radio Sur", "observatorio")
    assert inner.parent == outer.id
    assert not outer.figures
    assert inner.figures[0].measure == "population"


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("El Heraldo publicó, sin confirmación oficial, que los muertos son 12.", Certainty.UNOFFICIAL),
        ("El Heraldo publicó, sin confirmación oficial, que los muertos podrían ser 12.", Certainty.ALLEGED),
        ("The director said that 300 prisoners were to be sent to Lara.", Certainty.EXPECTED),
        ("La directora informó que 300 presos serán trasladados.", Certainty.EXPECTED),
        ("La directora informó que 300 presos fueron trasladados.", Certainty.ASSERTED),
    ],
)
def test_what_is_not_confirmed_or_still_to_come(text: str, certainty: Certainty) -> None:
    """A figure is no surer than the words around it."""
    assert [f.certainty for s in read(text) for f in s.figures] == [certainty]


def test_a_further_demand_is_made_of_the_same_addressee() -> None:
    """«También exigió»: of those who were asked just before."""
    text = "La ONG pidió al Gobierno la lista de muertos. También exigió que se publique el número real de presos."
    assert [ask.addressee for s in read(text) for ask in s.asks] == ["Gobierno", "Gobierno"]


def test_a_rumour_has_no_speaker() -> None:
    """Nobody in particular says what is going round."""
    (statement,) = read("By evening a rumour was going round that several leaders had fled.")
    assert statement.certainty is Certainty.RUMOURED
    assert statement.source is None


def test_the_role_of_a_name_with_two_appositions() -> None:
    """A relative clause after the name does not cut off the role before it."""
    (statement,) = read("El ministro de Interior, Elio Paz, quien viajó con el gobernador, afirmó que no hubo muertos.")
    assert (statement.speaker.name, statement.speaker.role) == ("Elio Paz", "ministro")
