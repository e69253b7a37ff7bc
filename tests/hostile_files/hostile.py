"""What a hostile file is: a kind for the table, a name (whose extension is part of the attack), and how it is made."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

Make = Callable[[], bytes]
Files = Iterator["Hostile"]
SENTENCE = "Hubo 20 heridos en el penal de Valdeoscuro, según los familiares."


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file."""

    kind: str
    name: str
    make: Make
    reads: bool = False


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members, without a clock."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, method, 6)
    return file.getvalue()


def truncated(kind: str, stem: str, extension: str, data: bytes, times: int) -> Files:
    """The file cut at so many places, also one byte before its end."""
    for number in range(times):
        end = len(data) - 1 if number == times - 1 else max(1, len(data) * (number + 1) // (times + 1))
        yield Hostile(kind, f"{stem}-{number}.{extension}", lambda end=end: data[:end])


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bits flipped, bytes cut, doubled and put in, in one to eight places."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(made) + 1)
        length = chance.choice((1, 1, 2, 8, 40))
        match chance.randrange(5):
            case 0 if at < len(made):
                made[at] ^= 1 << chance.randrange(8)
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[at : at + length] * chance.choice((1, 3, 50))
            case 3:
                made[at:at] = chance.choice(_PIECES)
            case _:
                made[at : at + length] = chance.randbytes(length)
    return bytes(made)


_PIECES = (
    b"\0", b"\xff\xfe", b"<", b">", b"&", b"&#0;", b"&#x110000;", b"]]>", b"<!--", b"-->", b"<![CDATA[", b"<?x ?>", b'"',
    b"99999999999999999999", b"-1", b"\r\n\r\n", b"endobj", b"stream\n", b"PK\x03\x04", b"\xc0\x80", b"\xed\xa0\x80",
    b"<!DOCTYPE a>", b"</", b"xmlns=''", b"%s%n", b"../", b"1e999", b"\xef\xbb\xbf",
)  # fmt: skip
