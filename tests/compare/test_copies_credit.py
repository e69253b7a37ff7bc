"""Credit lines of agencies."""

from __future__ import annotations

import pytest

from recuento.compare.copy_credit import agencies_of, is_agency


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("Caracas, 20 sep (EFE).- Una operación militar comenzó hoy.", ("EFE",)),
        ("CARACAS (AP) — A military operation began on Wednesday.", ("AP",)),
        ("EFE.- Una operación militar comenzó hoy.", ("EFE",)),
        ("LIMA, May 3 (Reuters) - Prisoners took a wing.", ("Reuters",)),
        ("Un motín dejó tres muertos.\n\nEFE/AFP", ("AFP", "EFE")),
        ("Un motín dejó tres muertos.\n\nEFE2", ("EFE",)),
        ("Un motín dejó tres muertos.\n\nEFE jm/lb", ("EFE",)),
        ("Un motín dejó tres muertos. (Con información de AFP)", ("AFP",)),
        ("Un motín dejó tres muertos.\n\nCon información de la agencia Europa Press.", ("Europa Press",)),
        ("A riot left three dead.\n\nWith information from dpa", ("dpa",)),
        ("By The Associated Press\n\nA riot left three dead.", ("AP",)),
        ("Un motín dejó tres muertos, dijo la ministra a EFE.", ()),
        ("“There are three dead,” the minister told Reuters.", ()),
        ("Foto: EFE\n\nUn motín dejó tres muertos.", ()),
        ("Los reporteros de AFP vieron humo.", ()),
        ("", ()),
    ],
)
def test_a_credit_is_read_and_a_mention_is_not(line: str, agencies: tuple[str, ...]) -> None:
    """Datelines and signatures credit an agency; being told something or taking a photo does not."""
    assert agencies_of(line) == agencies


def test_author_and_outlet_credit_too() -> None:
    """An agency named as author or outlet is credited, and recognised as the outlet."""
    assert agencies_of("Un motín.", author="Agencia EFE") == ("EFE",)
    assert agencies_of("Un motín.", outlet="Reuters") == ("Reuters",)
    assert is_agency("Agencia EFE", "EFE") and not is_agency("El Faro", "EFE") and not is_agency("El Faro", None)
