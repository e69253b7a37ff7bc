"""One root error: what a user can put right, said in both languages of the product.

A message names the value or the place and the way out. Commands and pages show it as it is. A bug of our own
is never wrapped in one of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class RecuentoError(Exception):
    """Something that a user can put right.

    `exit_code` is what a command ends with: 2 usage, 3 the check asked for failed, 4 input unreadable,
    5 casefile busy or out of date.
    """

    exit_code = 4

    def __init__(self, en: str, es: str) -> None:
        super().__init__(en)
        self.en = en
        self.es = es

    def text(self, language: str) -> str:
        """The message in `language` ("es" or "en")."""
        return self.es if language == "es" else self.en


class InvalidValue(RecuentoError):
    """A value that cannot be: a range that ends before it starts, an unknown mode."""


class CheckFailed(RecuentoError):
    """The check that was asked for did not hold: accounts clash, a proof or an anchor does not stand."""

    exit_code = 3


class CasefileUnusable(RecuentoError):
    """The casefile is busy, is made by a newer version, or is not there."""

    exit_code = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where (row, line, key), and what to do, in both languages."""

    place: str
    en: str
    es: str

    def text(self, language: str) -> str:
        """Place and message in `language`."""
        return f"{self.place}: {self.es if language == 'es' else self.en}"


class FaultsFound(RecuentoError):
    """All the faults of one file at once."""

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        self.file = file
        self.faults = tuple(faults)
        super().__init__(en=self._listed("en"), es=self._listed("es"))

    def _listed(self, language: str) -> str:
        count = len(self.faults)
        if language == "es":
            head = f"{self.file}: {count} {'fallo' if count == 1 else 'fallos'}"
        else:
            head = f"{self.file}: {count} {'fault' if count == 1 else 'faults'}"
        return "\n".join([head, *(f"  {fault.text(language)}" for fault in self.faults)])
