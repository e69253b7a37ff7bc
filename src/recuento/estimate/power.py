"""A population like the one a table suggests, to ask what more lists would bring."""

from __future__ import annotations

from collections.abc import Callable

from recuento.estimate.populations import Population
from recuento.estimate.result import Estimate, NotEstimable
from recuento.estimate.table import CaptureTable

COVERAGE_MIN = 0.001
COVERAGE_MAX = 0.999


def population_like(table: CaptureTable, method: Callable[[CaptureTable], Estimate]) -> Population:
    """As many people as `method` estimates, each list covering of them what it covers here; independent lists.

    Raises NotEstimable where the method gives no finite N, and what the method raises.
    """
    people = round(method(table).point)
    if people <= 0 or people > 10_000_000:
        raise NotEstimable(
            en=f"populations of {people} people cannot be simulated here",
            es=f"aquí no se pueden simular poblaciones de {people} personas",
        )
    shares = (float(size) / people for size in table.list_sizes)
    return Population(people, tuple(min(max(share, COVERAGE_MIN), COVERAGE_MAX) for share in shares))
