"""What can be chosen about linking, and how the choices that matter are recorded with the result."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Literal

from recuento.errors import InvalidValue
from recuento.link.clusters import ClusterSettings


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """Settings of `link`. The defaults are meant to be kept; every one is recorded with the result."""

    engine: Literal["duckdb", "spark"] = "duckdb"
    unique_lists: tuple[str, ...] = ()
    """Lists known to name nobody twice."""
    train: bool = True
    """Whether the casefile's own pairs move the shipped model, where there are enough."""
    least_trained_pairs: int = 400
    """Compared pairs from which the model is trained further; below, only the share of matches is learnt."""
    strength: float = 2_000.0
    """How many pairs of each kind the shipped model counts for in training."""
    shown_from: float = 0.001
    """Pairs less probable than this are not given back, unless they are in one person or were decided."""
    most_per_key: int = 40
    """Entries that one key may bring together before it is split."""
    pairs_per_entry: float = 60.0
    """How many pairs are compared per entry at most, on average."""
    clusters: ClusterSettings = field(default_factory=ClusterSettings)
    threads: int = 2
    memory_mb: int = 2_000
    seed: int = 0

    def __post_init__(self) -> None:
        """Raise InvalidValue where a limit makes no sense."""
        for name, least in (("threads", 1), ("memory_mb", 200), ("most_per_key", 2), ("pairs_per_entry", 1)):
            if getattr(self, name) < least:
                raise InvalidValue(
                    f"the setting {name} is {getattr(self, name)}; it has to be {least} or more",
                    f"el ajuste {name} es {getattr(self, name)}; debe ser {least} o más",
                )
        if self.engine not in ("duckdb", "spark"):
            raise InvalidValue(
                f"there is no engine {self.engine!r}: take duckdb or spark",
                f"no existe el motor {self.engine!r}: use duckdb o spark",
            )

    def recorded(self) -> dict[str, object]:
        """The settings as they are kept with a result."""
        return asdict(self)
