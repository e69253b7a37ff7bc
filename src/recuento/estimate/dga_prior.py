"""What is thought of N before the lists are seen: the prior on the number of people, always explicit."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recuento.errors import InvalidValue
from recuento.values.bilingual import Bilingual

Floats = NDArray[np.float64]


class PriorOnN(Protocol):
    """A prior on N, known up to a constant.

    `smooth` says that it has a formula that also holds between whole numbers, so that it can be interpolated.
    """

    @property
    def smooth(self) -> bool:
        """Whether it can be interpolated between whole numbers."""
        ...

    @property
    def words(self) -> Bilingual:
        """The prior in words."""
        ...

    def log_at(self, people: Floats) -> Floats:
        """log p(N) for these N, up to a constant."""
        ...

    def settings(self) -> dict[str, Any]:
        """Its name and its numbers, as JSON can carry them."""
        ...


@dataclass(frozen=True, slots=True)
class InverseN:
    """p(N) proportional to 1/N: every order of magnitude is as likely as another (Jeffreys; improper)."""

    smooth = True

    @property
    def words(self) -> Bilingual:
        """The prior in words."""
        return Bilingual(
            es="a priori, cada orden de magnitud de N es igual de probable (proporcional a 1/N)",
            en="beforehand, every order of magnitude of N is equally likely (proportional to 1/N)",
        )

    def log_at(self, people: Floats) -> Floats:
        """-log N."""
        logs: Floats = -np.log(people)
        return logs

    def settings(self) -> dict[str, Any]:
        """Its name."""
        return {"name": "1/N"}


@dataclass(frozen=True, slots=True)
class PoissonGamma:
    """N is Poisson, its mean Gamma with shape a and scale b: mean ab, variance ab + ab^2 (Madigan & York 1997)."""

    a: float
    b: float

    smooth = True

    def __post_init__(self) -> None:
        if not (0 < self.a < np.inf and 0 < self.b < np.inf):
            raise InvalidValue(
                en=f"the Poisson-gamma prior needs a and b above 0, not {self.a} and {self.b}",
                es=f"la distribución Poisson-gamma pide a y b mayores que 0, no {self.a} y {self.b}",
            )

    @property
    def words(self) -> Bilingual:
        """The prior in words."""
        mean = self.a * self.b
        spread = (mean + mean * self.b) ** 0.5
        return Bilingual(
            es=f"a priori, N se espera en torno a {mean:.4g} (desviación típica {spread:.4g}; Poisson-gamma)",
            en=f"beforehand, N is expected around {mean:.4g} (standard deviation {spread:.4g}; Poisson-gamma)",
        )

    def log_at(self, people: Floats) -> Floats:
        """N log b - (N + a) log(1 + b) + lgamma(N + a) - lgamma(N + 1) - lgamma(a)."""
        from recuento.estimate.dga_kernel import log_gamma

        logs: Floats = (
            people * np.log(self.b)
            - (people + self.a) * np.log1p(self.b)
            + log_gamma(people + self.a)
            - log_gamma(people + 1.0)
            - math.lgamma(self.a)
        )
        return logs

    def settings(self) -> dict[str, Any]:
        """Its name and numbers."""
        return {"name": "Poisson-gamma", "a": self.a, "b": self.b}


@dataclass(frozen=True, slots=True, eq=False)
class ListedPrior:
    """Your own log p(N), one number for each number of unseen people, from `min_unseen` on; nothing beyond its end."""

    logs: Floats
    first_people: int

    smooth = False

    @property
    def words(self) -> Bilingual:
        """The prior in words."""
        last = self.first_people + len(self.logs) - 1
        return Bilingual(
            es=f"a priori, las probabilidades dadas para cada N de {self.first_people} a {last}",
            en=f"beforehand, the probabilities given for each N from {self.first_people} to {last}",
        )

    def log_at(self, people: Floats) -> Floats:
        """The number given for each N."""
        return self.logs[np.rint(people).astype(np.int64) - self.first_people]

    def settings(self) -> dict[str, Any]:
        """How many numbers were given, and for which N."""
        return {"name": "own", "first_N": self.first_people, "last_N": self.first_people + len(self.logs) - 1}


@dataclass(frozen=True, slots=True, eq=False)
class WrittenPrior:
    """Your own log p(N) as a function of an array of N."""

    function: Callable[[Floats], ArrayLike]

    smooth = False

    @property
    def words(self) -> Bilingual:
        """The prior in words."""
        return Bilingual(es="a priori, la función propia que se dio", en="beforehand, the function that was given")

    def log_at(self, people: Floats) -> Floats:
        """What the function says. Raises InvalidValue where it is not one number (or -inf) per N."""
        logs = np.asarray(self.function(people), dtype=np.float64)
        refuse_logs(logs, len(people))
        return logs

    def settings(self) -> dict[str, Any]:
        """Its name."""
        return {"name": "own function"}


Prior = PriorOnN | Sequence[float] | NDArray[np.float64] | Callable[[Floats], ArrayLike]


def prior_from(given: Prior | None, first_people: int) -> PriorOnN:
    """The prior that was asked for: none is 1/N; an array or a function becomes a prior of its own."""
    if given is None:
        return InverseN()
    if hasattr(given, "log_at"):
        return cast(PriorOnN, given)
    if callable(given):
        return WrittenPrior(given)
    logs = np.asarray(given, dtype=np.float64)
    refuse_logs(logs, None)
    return ListedPrior(logs, first_people)


def refuse_logs(logs: Floats, expected: int | None) -> None:
    """Raise InvalidValue for a log prior that is not finite numbers (or -inf), or nowhere above -inf."""
    wrong = logs.ndim != 1 or not len(logs) or bool(np.isnan(logs).any()) or bool((logs == np.inf).any())
    if wrong or (expected is not None and len(logs) != expected):
        raise InvalidValue(
            en="a log prior is one number (or -inf) for each N, without NaN",
            es="un logaritmo de la distribución a priori es un número (o -inf) por cada N, sin NaN",
        )
    if expected is None and not (logs > -np.inf).any():
        raise InvalidValue(
            en="the log prior is -inf everywhere: no N is possible",
            es="el logaritmo de la distribución a priori es -inf en todas partes: ningún N es posible",
        )
