"""Given names that are months, too."""

from __future__ import annotations

import pytest

from recuento.read import read


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("El director de Prisiones, Julio Peña, dijo que todo sigue igual.", "Julio Peña"),
        ("El vocero de la Policía, comisario Julio Peña, informó que hubo 12 heridos.", "Julio Peña"),
        ("June Reed, the warden, said on Monday that none had escaped.", "June Reed"),
        ("In July, President Mora said that it was over.", "Mora"),
        ("In May, Brown Prison was closed, the ministry said.", "ministry"),
        ("La Coordinadora Nacional de Derechos Humanos denunció que hubo 12 heridos.",
         "Coordinadora Nacional de Derechos Humanos"),
    ],
)  # fmt: skip
def test_a_month_before_a_name_is_a_given_name(text: str, speaker: str) -> None:
    """With a capital before another word with one, and nothing before it that dates."""
    assert read(text)[0].speaker.name == speaker
