"""What can be put right when something sealed does not open."""

from __future__ import annotations

from recuento.errors import CheckFailed, InvalidValue


class CannotOpen(CheckFailed):
    """The key does not fit, or what was sealed has been altered or cut off."""


class WrongPassphrase(InvalidValue):
    """The passphrase does not open the key file."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"this passphrase does not open {file}; try again, or see docs/sealing.md on lost keys",
            f"esta frase de paso no abre {file}; inténtelo de nuevo o vea «claves perdidas» en docs/sealing.md",
        )
