"""Reading a form field by field, so that all that is wrong with it is told at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from recuento.errors import Fault, FaultsFound, InvalidValue
from recuento.workbench.speech import Speech

T = TypeVar("T")


class Trying:
    """What was read of a form so far, and what of it cannot be."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._faults: list[Fault] = []

    def read(self, label: str, read: Callable[[], T], otherwise: T) -> T:
        """What `read` gives; where it raises InvalidValue that is noted under the phrase `label`, and `otherwise`."""
        try:
            return read()
        except InvalidValue as error:
            self._faults.append(Fault(self._speech.t(label), error.en, error.es))
            return otherwise

    def end(self) -> None:
        """Raise FaultsFound with everything that was noted."""
        if self._faults:
            raise FaultsFound(self._speech.t("the_form"), self._faults)
