"""The accounts of an event side by side: rows are questions, columns are parties."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from recuento.model.claim import Claim
from recuento.values.partial_date import PartialDate


class Standing(StrEnum):
    """How a claim stands among the claims of the same speaker on the same question."""

    CURRENT = "current"
    REVISED = "revised"
    """The same speaker later gave another figure."""
    WITHDRAWN = "withdrawn"
    REPEATED = "repeated"
    """The same speaker repeated it later: the earlier saying is kept here."""


class Agreement(StrEnum):
    """How the current claims of a row stand to one another."""

    AGREE = "agree"
    COMPATIBLE = "compatible"
    """All ranges have a number in common."""
    DIFFER = "differ"
    APART = "apart"
    """The parties speak of different parts of it: nothing can be held against anything."""
    ALONE = "alone"
    """Only one party speaks."""
    SILENT = "silent"
    """Nobody gives a figure."""


@dataclass(frozen=True, slots=True)
class Said:
    """One claim in a cell, with its standing and, where it was revised, the claim that replaced it."""

    claim: Claim
    standing: Standing = Standing.CURRENT
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one party says on one question, oldest first. Empty: the party says nothing."""

    party: str
    said: tuple[Said, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether the party gives no figure at all."""
        return not any(not said.claim.quantity.is_silence for said in self.said)


@dataclass(frozen=True, slots=True)
class Row:
    """One question: a measure of a subset (and, where counts accumulate, as of a date)."""

    measure: str
    subset: str
    as_of: PartialDate | None
    cells: tuple[Cell, ...]
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class AccountTable:
    """The accounts of one event. Every cell of a row stands in the order of `parties`."""

    event: str
    parties: tuple[str, ...]
    rows: tuple[Row, ...]
