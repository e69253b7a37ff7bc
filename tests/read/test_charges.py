"""Who is charged with a death has not died."""

from __future__ import annotations

import pytest

from recuento.read import read_figures


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("La fiscal dijo que imputarán a ocho custodios por homicidio.", ["officials_charged"]),
        ("Detuvieron a cinco policías por la muerte de tres reclusos.", ["officials_detained", "died_inmates"]),
        ("Prosecutors charged eight guards with murder.", ["officials_charged"]),
        ("Police held five guards over the deaths of two inmates.", [None, "died_inmates"]),
        ("Cuatro internos murieron por asfixia.", ["died_inmates"]),
        ("Hubo 14 homicidios en el penal.", ["died"]),
    ],
)
def test_a_charge_is_no_count_of_deaths(text: str, measures: list[str | None]) -> None:
    """«Ocho custodios por homicidio» counts those charged; what is said of the dead beside them counts the dead."""
    found = [figure.measure for figure in read_figures(text)]
    assert [one if wanted is not None else None for one, wanted in zip(found, measures, strict=True)] == measures
    assert "died_security" not in found
