"""Read an archive made elsewhere, WARC or WACZ, with an account of its bytes: in records, in other parts, unreadable.

What goes in comes out in one of the three, always: of seven kinds of damage the usual readers are silent on five.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import SEEK_END
from typing import IO

from recuento.preserve.web.wacz_reading import Part, Wacz, content_of, read_wacz
from recuento.preserve.web.warc_reading import Damage, Record, records
from recuento.values.bilingual import Bilingual

KNOWN_TYPES = ("warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation")


@dataclass(frozen=True, slots=True)
class Located:
    """A record and where it stands: in which part of the archive ("" for the file itself), from which byte."""

    record: Record
    part: str
    place: str


@dataclass(frozen=True, slots=True)
class Reported:
    """Bytes that could not be read, where they are, and why."""

    size: int
    place: str
    why: Bilingual


@dataclass(slots=True)
class Account:
    """The account of one archive. It is complete once its records have been read to the end."""

    bytes_in: int = 0
    bytes_in_records: int = 0
    bytes_in_parts: int = 0
    """In whole members of a WACZ that are no records, and in what holds the zip together."""
    records: int = 0
    types: Counter[str] = field(default_factory=Counter)
    reported: list[Reported] = field(default_factory=list)
    unverified: list[Bilingual] = field(default_factory=list)
    """Why the hashes of a WACZ prove nothing, or are missing; of a WARC, which brings none for the whole, empty."""

    def report(self, size: int, place: str, why: Bilingual) -> None:
        """Note bytes that could not be read."""
        self.reported.append(Reported(size, place, why))

    @property
    def bytes_reported(self) -> int:
        """How many bytes could not be read."""
        return sum(one.size for one in self.reported)

    @property
    def is_balanced(self) -> bool:
        """Whether every byte is accounted for, once."""
        return self.bytes_in == self.bytes_in_records + self.bytes_in_parts + self.bytes_reported


def read_archive(file: IO[bytes], name: str, block_bytes_max: int, account: Account) -> Iterator[Located]:
    """Give the records of an archive and fill its account as they pass."""
    file.seek(0, SEEK_END)
    account.bytes_in = file.tell()
    if not account.bytes_in:
        account.report(0, "byte 0", Bilingual(es="el archivo está vacío", en="the file is empty"))
    if not name.lower().endswith(".wacz"):
        yield from _records(file, "", 0, block_bytes_max, account)
        return
    wacz = read_wacz(file)
    if wacz is None:
        account.unverified.append(
            Bilingual(
                es="el zip está dañado: se leyeron los registros que hay en él, sin huellas que los prueben",
                en="the zip is damaged: the records in it were read, without hashes to prove them",
            )
        )
        yield from _records(file, "", 0, block_bytes_max, account)
        return
    account.unverified += wacz.faults
    yield from _parts(file, wacz, block_bytes_max, account)


def _parts(file: IO[bytes], wacz: Wacz, block_bytes_max: int, account: Account) -> Iterator[Located]:
    account.bytes_in_parts += wacz.structure_bytes
    for start, end in wacz.gaps:
        why = Bilingual(es="estos bytes no son de ninguna parte", en="these bytes belong to no part")
        account.reported.append(Reported(end - start, f"{start}-{end}", why))
    for part in wacz.parts:
        account.bytes_in_parts += part.content - part.start
        size = part.end - part.content
        if not part.is_warc and part.is_whole:
            account.bytes_in_parts += size
        elif not part.is_warc:
            why = Bilingual(es="su suma de control no cuadra", en="its checksum is wrong")
            account.reported.append(Reported(size, part.name, why))
        else:
            yield from _warc_part(file, part, size, block_bytes_max, account)


def _warc_part(file: IO[bytes], part: Part, size: int, block_bytes_max: int, account: Account) -> Iterator[Located]:
    content = content_of(file, part)
    if content is None:
        why = Bilingual(es="se expande mucho más de lo permitido", en="it unpacks to far more than is allowed")
        account.reported.append(Reported(size, part.name, why))
        return
    if part.is_stored:
        yield from _records(content, part.name, part.content, block_bytes_max, account)
        return
    # Packed once more: its own bytes are of one piece, and what is damaged inside is told beside them.
    inner = Account()
    with content:
        yield from _records(content, part.name, 0, block_bytes_max, inner)
    account.records += inner.records
    account.types += inner.types
    if part.is_whole and not inner.reported:
        account.bytes_in_records += size
        return
    if part.is_whole:
        account.bytes_in_records += size
        account.reported += [Reported(0, one.place, one.why) for one in inner.reported]
        return
    why = Bilingual(
        es=f"la parte comprimida está dañada; se salvaron {inner.records} registros",
        en=f"the packed part is damaged; {inner.records} records were saved",
    )
    account.reported.append(Reported(size, part.name, why))


def _records(file: IO[bytes], part: str, offset: int, block_bytes_max: int, account: Account) -> Iterator[Located]:
    for one in records(file, block_bytes_max):
        place = f"{part or 'byte'} {one.start + offset}-{one.end + offset}"
        if isinstance(one, Damage):
            account.reported.append(Reported(one.end - one.start, place, one.why))
            continue
        kind = one.fields.get("warc-type", "")
        account.bytes_in_records += one.end - one.start
        account.records += 1
        account.types[kind] += 1
        yield Located(one, part, place)
