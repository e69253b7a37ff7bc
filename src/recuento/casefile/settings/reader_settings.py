"""The `[[reader]]` tables of recuento.toml: other readers that a command may ask, each by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from recuento.casefile.readers.model_address import ModelAddress
from recuento.casefile.settings.toml_table import Table

if TYPE_CHECKING:
    from recuento.read.plugin import OtherReader

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_OURS = "recuento"
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class NamedReader:
    """Another reader of the casefile: a model behind an address, or a spaCy pipeline."""

    name: str
    address: ModelAddress | None = None
    pipeline: str | None = None
    """The folder of a spaCy pipeline, or the name of an installed one."""

    @property
    def is_here(self) -> bool:
        """Whether it reads on this machine, so that no text leaves it."""
        return self.address is None or self.address.is_loopback

    def reader(self) -> OtherReader:
        """What can be asked; raises ReaderFailed where a pipeline cannot be loaded."""
        if self.address is None:
            from recuento.read.plugin_spacy import spacy_reader

            return spacy_reader(self.name, self.pipeline or "")
        # The network's libraries take 0.05 s that the other commands need not wait for.
        from recuento.casefile.readers.local_model import LocalModel

        return LocalModel(self.name, self.address)


def reader_from(table: Table, folder: Path | None = None) -> NamedReader | None:
    """Read a `[[reader]]` table; None where it has faults, which are noted with their place.

    A pipeline that is a folder is looked for beside recuento.toml, in `folder`.
    """
    before = len(table.faults)
    name = table.text("name")
    pipeline = table.maybe("pipeline")
    if pipeline:
        table.nothing_else()
        _check_name(table, name)
        if folder is not None and (folder / pipeline).is_dir():
            pipeline = str(folder / pipeline)
        return NamedReader(name, pipeline=pipeline) if len(table.faults) == before else None
    url, model = table.text("address"), table.text("model")
    allow, seconds = table.maybe("allow"), table.whole("seconds", _SECONDS)
    table.nothing_else()
    _check_name(table, name)
    if seconds <= 0:
        table.fault("seconds must be more than 0", "seconds debe ser más que 0")
    address = table.guarded(lambda: ModelAddress(url, model, allow, float(seconds))) if url and model else None
    return NamedReader(name, address) if address is not None and len(table.faults) == before else None


def _check_name(table: Table, name: str) -> None:
    if name and (not _NAME.fullmatch(name) or name == _OURS):
        table.fault(
            f"{name!r} cannot be a reader's name: lower case, digits and -, and not {_OURS}",
            f"{name!r} no puede ser el nombre de un lector: minúsculas, cifras y -, y no {_OURS}",
        )
