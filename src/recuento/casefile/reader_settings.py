"""The `[[reader]]` tables of recuento.toml: other readers that a command may ask, each by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recuento.casefile.model_address import ModelAddress
from recuento.casefile.toml_table import Table

if TYPE_CHECKING:
    from recuento.casefile.local_model import LocalModel

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_OURS = "recuento"
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class NamedReader:
    """Another reader of the casefile: a model behind an address."""

    name: str
    address: ModelAddress

    def reader(self) -> LocalModel:
        """What can be asked."""
        # The network's libraries take 0.05 s that the other commands need not wait for.
        from recuento.casefile.local_model import LocalModel

        return LocalModel(self.name, self.address)


def reader_from(table: Table) -> NamedReader | None:
    """Read a `[[reader]]` table; None where it has faults, which are noted with their place."""
    before = len(table.faults)
    name, url, model = table.text("name"), table.text("address"), table.text("model")
    allow, seconds = table.maybe("allow"), table.whole("seconds", _SECONDS)
    table.nothing_else()
    if name and (not _NAME.fullmatch(name) or name == _OURS):
        table.fault(
            f"{name!r} cannot be a reader's name: lower case, digits and -, and not {_OURS}",
            f"{name!r} no puede ser el nombre de un lector: minúsculas, cifras y -, y no {_OURS}",
        )
    if seconds <= 0:
        table.fault("seconds must be more than 0", "seconds debe ser más que 0")
    address = table.guarded(lambda: ModelAddress(url, model, allow, float(seconds))) if url and model else None
    return NamedReader(name, address) if address is not None and len(table.faults) == before else None
