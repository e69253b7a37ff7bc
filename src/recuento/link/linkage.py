"""What linking gives back: pairs with their weights, clusters, and everything needed to say how they came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from recuento.link.decisions import PairDecision
from recuento.values.bilingual import Bilingual

FIELDS: tuple[str, ...] = (
    "given",
    "surname",
    "number",
    "birth",
    "sex",
    "facility",
    "state",
    "arrest",
    "nickname",
    "circumstance",
)
"""What is compared about two entries, in the order in which reasons are given."""

FIELD_NAMES: dict[str, Bilingual] = {
    "given": Bilingual(es="Nombres", en="Given names"),
    "surname": Bilingual(es="Apellidos", en="Surnames"),
    "number": Bilingual(es="Cédula", en="Document number"),
    "birth": Bilingual(es="Edad y nacimiento", en="Age and birth"),
    "sex": Bilingual(es="Sexo", en="Sex"),
    "facility": Bilingual(es="Recinto", en="Facility"),
    "state": Bilingual(es="Estado", en="State"),
    "arrest": Bilingual(es="Fecha de detención", en="Date of arrest"),
    "nickname": Bilingual(es="Apodo", en="Nickname"),
    "circumstance": Bilingual(es="Circunstancias", en="Circumstances"),
}


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of comparing one field: what it is called and how often it is seen.

    `m` is its share among pairs of one person, `u` among compared pairs of two. Level 0 says that nothing is known
    (a value is missing on a side) and weighs nothing.
    """

    field: str
    level: int
    label: Bilingual
    m: float
    u: float


@dataclass(frozen=True, slots=True, eq=False)
class Linkage:
    """Entries linked into persons.

    `pairs` has left, right (entry ids, left < right), probability (calibrated), weight and prior_weight (log2 odds)
    and per field of `FIELDS` level_<field> (int8) and weight_<field> (log2 Bayes factor); sorted by left, right.
    The weights of a row add up: prior_weight + sum of weight_<field> = weight, and weight is the log2 odds of the
    probability. Pairs that a person decided are there too. `clusters` has entry_id and person, the smallest entry
    id of its cluster; every entry is in it, once, sorted by entry_id.
    """

    pairs: pa.Table
    clusters: pa.Table
    levels: tuple[Level, ...]
    unique_lists: tuple[str, ...] = ()
    settings: dict[str, object] = field(default_factory=dict)
    version: str = ""
    seed: int = 0
    warnings: tuple[Bilingual, ...] = ()
    decisions: tuple[PairDecision, ...] = ()
    compared: int = 0
    """How many pairs were compared; those not in `pairs` were hopeless and let go. 0 where it was not kept."""

    def __len__(self) -> int:
        return int(pc.count_distinct(self.clusters["person"]).as_py()) if self.clusters.num_rows else 0

    def label(self, field_name: str, level: int) -> Bilingual:
        """The words for one outcome of one field."""
        return next(lv.label for lv in self.levels if lv.field == field_name and lv.level == level)


def pairs_schema(fields: Sequence[str] = FIELDS) -> pa.Schema:
    """The columns of `Linkage.pairs`."""
    head = [
        ("left", pa.string()),
        ("right", pa.string()),
        ("probability", pa.float64()),
        ("weight", pa.float64()),
        ("prior_weight", pa.float64()),
    ]
    levels = [(f"level_{name}", pa.int8()) for name in fields]
    weights = [(f"weight_{name}", pa.float64()) for name in fields]
    return pa.schema([pa.field(name, kind) for name, kind in [*head, *levels, *weights]])


CLUSTERS_SCHEMA = pa.schema([pa.field("entry_id", pa.string()), pa.field("person", pa.string())])
