"""How sure a speaker is: the weakest word of the clause decides."""

from __future__ import annotations

import pytest

from recuento.model.statement import Certainty
from recuento.read import read


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("El director no descartó que haya muertos.", Certainty.ALLEGED),
        ("The minister did not rule out that prisoners had died.", Certainty.ALLEGED),
        ("Según fuentes del penal, tres presos podrían estar heridos.", Certainty.ALLEGED),
        ("Un funcionario que pidió no ser identificado dijo que nadie tiene la lista.", Certainty.UNOFFICIAL),
        ("Two officers said that the gate was open.", Certainty.UNOFFICIAL),
        ("Officer Ana Paz said that the gate was open.", Certainty.ASSERTED),
        ("La directora dijo que había humo en la lavandería.", Certainty.ASSERTED),
        ("Ana Paz contó que se rumorea una fuga.", Certainty.ASSERTED),
        ("«Vamos a liberar a los enfermos», anunció Ana Paz.", Certainty.EXPECTED),
        ("The deputy asked whether the men could simply be lost.", Certainty.ASSERTED),
        ("Se rumorea que hubo una fuga.", Certainty.RUMOURED),
    ],
)
def test_the_outer_statement_is_as_sure_as_its_words(text: str, certainty: Certainty) -> None:
    """A hedge on the claim, an unnamed official and a future each have their class; nouns and labels have none."""
    assert read(text)[0].certainty is certainty
