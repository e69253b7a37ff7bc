"""The invented casefile with two lists of invented names, linked: for the pages on which people are judged."""

from __future__ import annotations

import shutil
from pathlib import Path

from invented import AT
from recuento.casefile.casefile import Casefile
from recuento.casefile.people.linking import link_what_changed
from recuento.casefile.people.lists import apply_list, plan_list

WALL = "nombre;cédula;edad\nXIMENA PRUEBASOLA ZUTANA;;30\nRAMIRO PRUEBASOLA DIAZ;;41\nELSA MENGANA RIO;;22\n"
COURT = "nombre;cédula;edad\nXIMENA PRUEVASOLA;;31\nRAMIRO DIAZ;;\nELSA MENGANA;;23\nELZA MENGANO RIO;;\n"


def link_lists(prepared: Path, folder: Path) -> Path:
    """A copy of the casefile in `folder`, with two lists whose names are alike, linked."""
    case = Path(shutil.copytree(prepared, folder / "case"))
    with Casefile.open(case) as casefile:
        for name, text in (("wall", WALL), ("court", COURT)):
            path = folder / f"{name}.csv"
            path.write_text(text, encoding="utf-8")
            apply_list(casefile, plan_list(casefile, path, name), by="ana", at=AT)
        link_what_changed(casefile, at=AT)
    return case
