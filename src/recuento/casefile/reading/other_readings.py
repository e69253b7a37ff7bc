"""What other readers have read in a casefile: asked for once, kept beside our own reading, and put together with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from recuento.casefile.settings.reader_settings import NamedReader
from recuento.model.document import TextLayer
from recuento.model.statement import Statement
from recuento.read.plugin import merged
from recuento.store import derived
from recuento.store.encoding import decode, encode


@dataclass(frozen=True, slots=True)
class KeptReadings:
    """The results of other readers, by reader and document."""

    results: Mapping[str, Mapping[str, derived.Result]]

    def of(self, name: str, layer: TextLayer) -> derived.Result | None:
        """What a reader made of this very text, or None."""
        found = self.results.get(name, {}).get(layer.document)
        return found if found is not None and found.fingerprint.startswith(layer.sha256) else None

    def fingerprint(self, layer: TextLayer) -> str:
        """What changes when another reader has read the text anew; empty where none has."""
        found = [(name, result) for name in sorted(self.results) if (result := self.of(name, layer)) is not None]
        return "".join(f"|{name}={result.fingerprint}" for name, result in found)

    def added(self, own: Sequence[Statement], layer: TextLayer) -> list[Statement]:
        """Our own statements with those that other readers add."""
        together = list(own)
        for name in self.results:
            result = self.of(name, layer)
            if result is not None:
                together = merged(together, decode(tuple[Statement, ...], result.body))
        return together


def kept_readings(connection: Connection, readers: Sequence[NamedReader]) -> KeptReadings:
    """What the readers of recuento.toml have read so far; what one that is no longer there has read is left out."""
    return KeptReadings({reader.name: derived.all(connection, _step(reader.name)) for reader in readers})


def fingerprint_of(layer: TextLayer, version: str) -> str:
    """What a result depends on: the text, and the reader's version."""
    return f"{layer.sha256}|{version}"


def keep_reading(
    connection: Connection, name: str, layer: TextLayer, version: str, found: tuple[Statement, ...]
) -> None:
    """Keep what a reader made of a text."""
    result = derived.Result(fingerprint_of(layer, version), encode(found, tuple[Statement, ...]))
    derived.keep(connection, _step(name), layer.document, result)


def _step(name: str) -> str:
    return f"reader:{name}"
