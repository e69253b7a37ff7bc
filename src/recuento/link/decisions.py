"""What a person in the team answered about two entries: the same human being, two, or not sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from recuento.errors import InvalidValue

Answer = Literal["yes", "no", "unsure"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)


@dataclass(frozen=True, slots=True)
class PairDecision:
    """An answer about two entries, by their ids. A yes or a no always wins over the model.

    "unsure" keeps the pair from being linked by itself and leaves it in view. The order of the two ids means nothing.
    """

    left: str
    right: str
    answer: Answer

    def __post_init__(self) -> None:
        """Raise InvalidValue where the answer is none of the three or an entry is compared with itself."""
        if self.answer not in ANSWERS:
            raise InvalidValue(
                f"{self.answer!r} is no answer about two entries: write yes, no or unsure",
                f"{self.answer!r} no es una respuesta sobre dos registros: escriba yes, no o unsure",
            )
        if self.left == self.right:
            raise InvalidValue(
                f"the entry {self.left!r} is compared with itself",
                f"el registro {self.left!r} se compara consigo mismo",
            )

    @property
    def pair(self) -> tuple[str, str]:
        """The two ids, the smaller first."""
        return (self.left, self.right) if self.left < self.right else (self.right, self.left)
