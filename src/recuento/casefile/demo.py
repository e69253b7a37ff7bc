"""Copy the example casefile and run it whole."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from recuento.casefile.casefile import SETTINGS, Casefile
from recuento.casefile.claims.importing import ImportPlan, apply_import, plan_import
from recuento.casefile.documents.preserving import Preserved, preserve
from recuento.errors import CasefileUnusable
from recuento.store.durable import write_file

EXAMPLE = "tocoron"


def example_folder() -> Path:
    """Where the example lies: in the source tree, or where the package installs it."""
    places = (
        Path(__file__).resolve().parents[3] / "examples" / EXAMPLE,
        Path(sys.prefix) / "share" / "recuento" / "examples" / EXAMPLE,
    )
    for place in places:
        if (place / SETTINGS).is_file():
            return place
    listed = ", ".join(map(str, places))
    raise CasefileUnusable(f"the example is in none of {listed}", f"el ejemplo no está en ninguno de {listed}")


def start_demo(folder: Path) -> Casefile:
    """Make a casefile of the example in `folder`, or open the one an earlier demo made there.

    Raises CasefileUnusable where the folder holds anything else.
    """
    source = example_folder()
    if not (folder / SETTINGS).is_file() and folder.is_dir() and any(folder.iterdir()):
        raise CasefileUnusable(
            f"{folder} is not empty: choose another folder", f"{folder} no está vacía: elija otra carpeta"
        )
    write_file(folder / SETTINGS, (source / SETTINGS).read_bytes())
    return Casefile.open(folder)


def fill_demo(casefile: Casefile, *, at: datetime) -> tuple[ImportPlan, tuple[Preserved, ...]]:
    """Import the example's claims and preserve its notes; a second time changes nothing."""
    source = example_folder()
    plan = plan_import(casefile, source / "claims.csv")
    apply_import(casefile, plan, by=EXAMPLE, at=at)
    return plan, preserve(casefile, [source / "notes"], by=EXAMPLE, at=at)
