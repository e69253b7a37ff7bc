"""What a reader of an estimate must be told with it: a code, how grave, words in both languages, the literature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from recuento.values.bilingual import Bilingual

Gravity = Literal["do not report", "warning", "note"]
"""`do not report`: the figure must not be quoted. `warning`: not without this sentence. `note`: good to know."""

GRAVITIES: tuple[Gravity, ...] = ("do not report", "warning", "note")


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing that limits what an estimate can bear.

    `code` is stable and made for programs ("chains_apart"); `source` is the paper that says why, as
    "Author (year)", or empty where arithmetic says it.
    """

    code: str
    gravity: Gravity
    words: Bilingual
    source: str = ""


def gravest(cautions: tuple[Caution, ...]) -> Gravity | None:
    """The gravest of them, or None where there is none."""
    present = {caution.gravity for caution in cautions}
    return next((gravity for gravity in GRAVITIES if gravity in present), None)
