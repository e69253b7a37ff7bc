"""Numbers of identity documents as lists write them: "V-12.345.678", "C.I. 12345678", "66.561.6*2", "S/C"."""

from __future__ import annotations

import re
from dataclasses import dataclass

ILLEGIBLE = "?"
"""Stands for one digit that could not be read."""
_DIGITS = (5, 9)
"""How many digits a cédula may have. Intact ones have 6 to 8; a slip adds or takes one."""
_LETTER = re.compile(r"(?:^|[^A-Z])([VEJGP])(?:[^A-Z]|$)")
_SEPARATORS = re.compile(r"(?<=[\dX*?#_])[\s.,'’·-]+(?=[\dX*?#_])")
_RUN = re.compile(r"[\dX*?#_OIL|]{5,}")
_READ_AS = str.maketrans("X*#_OIL|", f"{ILLEGIBLE * 4}0111")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The digits of a document, `?` where one is illegible, and the letter before them ("V", "E" or "")."""

    digits: str
    letter: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every digit is legible."""
        return ILLEGIBLE not in self.digits


def document_number(text: str) -> DocumentNumber | None:
    """The number in a cell, or None where there is none ("S/C", "0", "no porta") or it cannot be one.

    Separators, prefixes and zeros before it are taken away. A number of one repeated digit is a placeholder.
    """
    upper = text.upper()
    runs = _RUN.findall(_SEPARATORS.sub("", upper))
    for run in runs:
        digits = run.translate(_READ_AS).lstrip("0")
        legible = digits.replace(ILLEGIBLE, "")
        if _DIGITS[0] <= len(digits) <= _DIGITS[1] and len(legible) >= 4 and len(set(legible)) > 1:
            letter = _LETTER.search(upper)
            return DocumentNumber(digits, letter.group(1) if letter else "")
    return None
