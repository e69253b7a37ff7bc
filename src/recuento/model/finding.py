"""Findings: figures of one text that do not add up, with the words, the sum, and what would close it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from recuento.model.anchor import Anchor
from recuento.values.bilingual import Bilingual


class FindingKind(StrEnum):
    """What kind of arithmetic does not close."""

    PARTS = "parts"
    """Parts and their total."""
    MISSING_YEAR = "missing-year"
    """A total over years, of which some have no figure of their own."""
    PERCENTAGE = "percentage"
    """A share and the figures it is the share of."""
    CHANGE = "change"
    """A rise, a fall or a multiple, and the two figures it lies between."""
    CHANGE_BASE = "change-base"
    """A rise or fall that was taken over the other figure."""
    DIFFERENCE = "difference"
    """So many more or fewer than another figure."""
    RATE = "rate"
    """A rate and the figures it is made of."""
    RATE_DEFINITION = "rate-definition"
    """A rate that closes under another name: occupancy called overcrowding, or the reverse."""
    AVERAGE = "average"
    """So many a day, a month or a year."""
    TABLE = "table"
    """A row or column of a table and its total."""


FINDING_KINDS = {
    FindingKind.PARTS: Bilingual(es="partes y total", en="parts and total"),
    FindingKind.MISSING_YEAR: Bilingual(es="año sin cifra", en="year without a figure"),
    FindingKind.PERCENTAGE: Bilingual(es="porcentaje", en="percentage"),
    FindingKind.CHANGE: Bilingual(es="variación", en="change"),
    FindingKind.CHANGE_BASE: Bilingual(es="base de la variación", en="base of the change"),
    FindingKind.DIFFERENCE: Bilingual(es="diferencia", en="difference"),
    FindingKind.RATE: Bilingual(es="tasa", en="rate"),
    FindingKind.RATE_DEFINITION: Bilingual(es="definición de la tasa", en="definition of the rate"),
    FindingKind.AVERAGE: Bilingual(es="promedio", en="average"),
    FindingKind.TABLE: Bilingual(es="tabla", en="table"),
}
"""What each kind is called."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The one figure that would close the sum, where exactly one change does: `figure` should read `written`."""

    figure: Anchor
    written: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Figures that do not add up. `place` holds the words from the first figure to the last.

    `sum` is the arithmetic in figures; `words` is what a person can quote. A finding is a question to the author of
    the text, never a verdict: which of the figures is wrong, arithmetic alone seldom tells.
    """

    kind: FindingKind
    place: Anchor
    figures: tuple[Anchor, ...]
    sum: Bilingual
    words: Bilingual
    correction: Correction | None = None
