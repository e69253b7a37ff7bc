"""What is sealed of one source in a packet, still encrypted, to be opened on a keeper's own machine.

A server holds no key and must not be shown one. It hands out the envelopes of a source with its key as it is wrapped
to one keeper, once the opening is in the log; the packet opens with that keeper's key file, without the casefile.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from recuento.casefile.casefile import Casefile
from recuento.casefile.sealing.openings import PACKET
from recuento.casefile.sealing.purposes import require_purpose
from recuento.casefile.sealing.vault import living_in
from recuento.casefile.sealing.vault_files import envelope_path
from recuento.casefile.sealing.vault_opening import OpenedSource, opened_part, refuse_told
from recuento.errors import CasefileUnusable, InvalidValue
from recuento.model.vault import SealedPart, Source
from recuento.seal.envelopes import Writable, open_stream
from recuento.seal.keys import PrivateKey, unwrapped
from recuento.store import log, vault
from recuento.store.encoding import instant
from recuento.store.log import Act
from recuento.values.bilingual import Bilingual

SUFFIX = ".sealed"
PACKET_BYTES_MAX = 64 << 20
"""A packet is made in memory. A source with larger files is opened beside the casefile."""
_FORM = "recuento packet 1"
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Packet:
    """A packet that was opened: the source, the purpose it was handed out for, and its bytes, for its files."""

    opened: OpenedSource
    purpose: str
    data: bytes


def make_packet(casefile: Casefile, source: str, keeper: str, *, purpose: str, by: str, at: datetime) -> bytes:
    """The packet of a source for a keeper, as bytes. That it was handed out is in the log before it returns.

    Raises InvalidValue without a purpose, where the keeper does not hold the key of the source, or where its files
    are too large; CasefileUnusable where an envelope is missing: then nothing is noted.
    """
    require_purpose(purpose)
    with casefile.database.reading() as connection:
        found = living_in(connection, source)
        held, parts = vault.keys(connection, source), vault.parts(connection, source)
    if keeper not in held:
        raise InvalidValue(
            f"{keeper!r} does not hold the key of {source}; another keeper can grant it",
            f"{keeper!r} no tiene la clave de {source}; otra persona custodia puede concederla",
        )
    data = _written(casefile, found, keeper, held[keeper], parts, purpose)
    details = {"source": source, "keeper": keeper, "purpose": purpose, "how": PACKET}
    with casefile.database.writing() as connection:
        if living_in(connection, source) != found:
            raise CasefileUnusable(f"{source} was changed meanwhile", f"{source} cambió entretanto")
        log.act_done(connection, Act.OPENED, by, instant(at), details, "sealed")
    return data


def open_packet(data: bytes, key: PrivateKey, name: str) -> Packet:
    """What is in a packet, opened with the key of the keeper it was made for.

    Raises InvalidValue where the file `name` is none, CannotOpen where the key is another or something was altered.
    """
    with _read(data, name) as (archive, plain):
        own = unwrapped(archive.read("key"), key)
        about = plain["source"]
        called = Bilingual(es=about["es"], en=about["en"])
        source = Source(about["id"], about["party"], called, own.public, about["month"])
        parts = [
            SealedPart(one["id"], source.id, archive.read(f"parts/{one['id']}"), one["file"], "", one["month"])
            for one in plain["parts"]
        ]
        purpose = str(plain["purpose"])
    return Packet(OpenedSource(source, tuple(opened_part(part, own) for part in parts), own), purpose, data)


def write_packed_file(packet: Packet, envelope: str, out: Writable) -> None:
    """Write a file of a packet in clear into `out`; raises CannotOpen where its envelope was altered."""
    with zipfile.ZipFile(io.BytesIO(packet.data)) as archive, archive.open(f"files/{envelope}") as reader:
        open_stream(reader, out, packet.opened.key)


def purpose_tells(packet: Packet) -> bool:
    """Whether the purpose, which the log keeps in clear, holds something that is sealed: only the key can tell."""
    try:
        refuse_told(packet.purpose, packet.opened)
    except InvalidValue:
        return True
    return False


def _written(
    casefile: Casefile, source: Source, keeper: str, key: bytes, parts: list[SealedPart], purpose: str
) -> bytes:
    paths = {part.file: envelope_path(casefile, part.file) for part in parts if part.file is not None}
    missing = sorted(name for name, path in paths.items() if not path.is_file())
    if missing:
        raise CasefileUnusable(
            f"the envelope {missing[0]} is missing; restore it from a backup",
            f"falta el sobre {missing[0]}; recupérelo de una copia de seguridad",
        )
    if sum(path.stat().st_size for path in paths.values()) > PACKET_BYTES_MAX:
        raise InvalidValue(
            f"the files of {source.id} are too large for a packet: open it beside the casefile, recuento seal open",
            f"los archivos de {source.id} no caben en un paquete: ábrala junto al caso, recuento seal open",
        )
    about = {"id": source.id, "party": source.party, "month": source.month}
    about |= {"es": source.called.es, "en": source.called.en}
    listed = [{"id": part.id, "month": part.month, "file": part.file} for part in parts]
    plain = {"form": _FORM, "source": about, "keeper": keeper, "purpose": purpose, "parts": listed}
    made = io.BytesIO()
    # What is encrypted does not get smaller.
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("packet.json", json.dumps(plain, ensure_ascii=False))
        archive.writestr("key", key)
        for part in parts:
            archive.writestr(f"parts/{part.id}", part.envelope)
        for name, path in paths.items():
            archive.writestr(f"files/{name}", path.read_bytes())
    return made.getvalue()


@contextmanager
def _read(data: bytes, name: str) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The archive and what it says of itself; raises InvalidValue, naming the file, where it is no packet of ours."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            plain = json.loads(archive.read("packet.json"))
            # A name becomes part of a path when files are written in clear.
            ids = [one[name] for one in plain["parts"] for name in ("id", "file") if one[name] is not None]
            if plain["form"] != _FORM or not all(_ID.fullmatch(id) for id in ids):
                raise KeyError("form")
            yield archive, plain
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, RuntimeError, NotImplementedError):
        raise InvalidValue(
            f"{name} is no packet of a sealed source, or was cut short",
            f"{name} no es un paquete de una fuente sellada, o está incompleto",
        ) from None
