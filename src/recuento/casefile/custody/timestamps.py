"""Time stamps on checkpoints by authorities that speak RFC 3161: the request, the reply, and what the reply proves.

An authority sees the hash of a checkpoint and the address it was asked from, and how often one asks; so checkpoints
are stamped, not files. Its signature is checked by the openssl command, where the casefile names the authority's
certificate; without one a stamp counts as unchecked, never as good.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from recuento.errors import Fault, InvalidValue
from recuento.store.durable import write_file

AUTHORITIES = "authorities"
"""The folder beside the checkpoints that holds the certificates (PEM) of the authorities one trusts."""
QUERY, REPLY = ".tsq", ".tsr"
_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_LARGEST_REPLY = 1 << 20
_SECONDS = 30


class Unreadable(InvalidValue):
    """A reply is no time stamp, or the authority refused to give one."""


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """What a reply says: the hash that was stamped, when, and the number the request bore."""

    imprint: bytes
    moment: datetime
    nonce: int | None


@dataclass(frozen=True, slots=True)
class StampCheck:
    """A time stamp held against its checkpoint. `trusted` says whether the signature was checked and holds."""

    name: str
    moment: datetime | None
    trusted: bool
    faults: tuple[Fault, ...] = ()


def stamp_request(data: bytes, nonce: int) -> bytes:
    """A request (TimeStampReq, DER) to stamp the SHA-256 of `data`, asking for the authority's certificate."""
    imprint = _der(0x30, _SHA256 + _der(0x04, hashlib.sha256(data).digest()))
    return _der(0x30, _integer(1) + imprint + _integer(nonce) + _der(0x01, b"\xff"))


def stamp(checkpoint: Path, address: str) -> Path | None:
    """Ask the authority at `address` to stamp a checkpoint; gives the file of its reply, kept as it came.

    The request is written first: while it lies there without a reply the stamp is pending, and asking again sends the
    same request. Gives None where no usable reply came. Raises InvalidValue for an address that is none.
    """
    host = _host(address)
    query, reply = (checkpoint.with_name(f"{checkpoint.name}.{host}{end}") for end in (QUERY, REPLY))
    if reply.is_file():
        return reply
    if not query.is_file():
        write_file(query, stamp_request(checkpoint.read_bytes(), secrets.randbits(63)))
    received = _ask(address, query.read_bytes())
    if received is None or check_reply(checkpoint, received, query.read_bytes(), reply.name):
        return None
    write_file(reply, received)
    return reply


def pending(folder: Path) -> list[Path]:
    """The requests that have no reply yet."""
    return [query for query in sorted(folder.glob(f"*{QUERY}")) if not query.with_suffix(REPLY).is_file()]


def check_stamps(folder: Path) -> list[StampCheck]:
    """Hold every reply in a folder of checkpoints against its checkpoint and its request."""
    return [_check_stamp(reply, folder / AUTHORITIES) for reply in sorted(folder.glob(f"*{REPLY}"))]


def check_reply(checkpoint: Path, reply: bytes, query: bytes | None, name: str) -> list[Fault]:
    """What is wrong with a reply, its signature apart: unreadable, for another file, or for another request."""
    try:
        found = read_reply(reply)
    except Unreadable as error:
        return [Fault(name, error.en, error.es)]
    faults = []
    if not checkpoint.is_file() or found.imprint != hashlib.sha256(checkpoint.read_bytes()).digest():
        faults.append(
            Fault(name, "stamps another text than its checkpoint", "sella otro texto, no el de su punto de control")
        )
    elif query is not None and query != stamp_request(checkpoint.read_bytes(), found.nonce or 0):
        faults.append(Fault(name, "answers another request than ours", "responde a otra petición, no a la nuestra"))
    return faults


def read_reply(data: bytes) -> TimeStamp:
    """What a reply (TimeStampResp, DER) says; raises Unreadable where it is none or a refusal."""
    try:
        status, token = _parts(_only(data, 0x30))[:2]
        if int.from_bytes(_parts(status[1])[0][1], "big") not in (0, 1):
            raise ValueError("refused")
        signed = _parts(_parts(_parts(token[1])[1][1])[0][1])
        content = _parts(_parts(signed[2][1])[1][1])[0][1]
        info = _parts(_only(content, 0x30))
        imprint = _parts(info[2][1])[1][1]
        moment = _moment(info[4][1])
        numbers = [value for tag, value in info[5:] if tag == 0x02]
    except (ValueError, IndexError):
        raise Unreadable(
            "is no time stamp, or the authority refused to give one",
            "no es un sello de tiempo, o la autoridad se negó a darlo",
        ) from None
    return TimeStamp(imprint, moment, int.from_bytes(numbers[0], "big") if numbers else None)


def _check_stamp(reply: Path, authorities: Path) -> StampCheck:
    name = reply.name
    checkpoint = reply.with_name(re.sub(r"(\.checkpoint)\..*", r"\1", name))
    query = reply.with_suffix(QUERY)
    data = reply.read_bytes()
    faults = check_reply(checkpoint, data, query.read_bytes() if query.is_file() else None, name)
    if faults:
        return StampCheck(name, None, False, tuple(faults))
    moment = read_reply(data).moment
    certificates = sorted(authorities.glob("*.pem"))
    command = shutil.which("openssl")
    if not certificates or command is None:
        return StampCheck(name, moment, False)
    if _signature_holds(command, checkpoint, reply, certificates, moment):
        return StampCheck(name, moment, True)
    fault = Fault(
        name,
        f"no authority in {AUTHORITIES}/ has signed it so: it was altered, or its authority is another",
        f"ninguna autoridad de {AUTHORITIES}/ lo firmó así: fue alterado, o su autoridad es otra",
    )
    return StampCheck(name, moment, False, (fault,))


def _signature_holds(command: str, checkpoint: Path, reply: Path, certificates: list[Path], moment: datetime) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        trusted = Path(folder) / "trusted.pem"
        trusted.write_bytes(b"\n".join(path.read_bytes() for path in certificates))
        # Judged at its own moment: the authority's certificate ends one day, what it signed before stays signed.
        words = ["ts", "-verify", "-data", str(checkpoint), "-in", str(reply), "-CAfile", str(trusted)]
        done = subprocess.run(
            [command, *words, "-attime", str(int(moment.timestamp()))],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    return done.returncode == 0 and b"Verification: OK" in done.stdout + done.stderr


def _ask(address: str, query: bytes) -> bytes | None:
    request = urllib.request.Request(address, query, {"Content-Type": "application/timestamp-query"})
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
            data: bytes = answer.read(_LARGEST_REPLY + 1)
    except (urllib.error.URLError, HTTPException, OSError):
        return None
    return data if len(data) <= _LARGEST_REPLY else None


def _host(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidValue(
            f"{address!r} is no address of an authority: write https://...",
            f"{address!r} no es la dirección de una autoridad: escriba https://...",
        )
    return re.sub(r"[^a-z0-9-]", "_", parts.netloc.rpartition("@")[2].lower())


def _der(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 128:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 128 | len(size)]) + size + content


def _integer(value: int) -> bytes:
    return _der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _only(data: bytes, tag: int) -> bytes:
    """The content of the one value that `data` is."""
    found = _parts(data)
    if len(found) != 1 or found[0][0] != tag:
        raise ValueError("not one value of that kind")
    return found[0][1]


def _parts(data: bytes) -> list[tuple[int, bytes]]:
    """The values that follow each other in `data`, as tag and content. Only definite lengths, as DER has them."""
    found, at = [], 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 128:
            count = length & 127
            if not 0 < count <= 4 or at + count > len(data):
                raise ValueError("a length that DER does not have")
            length, at = int.from_bytes(data[at : at + count], "big"), at + count
        if at + length > len(data):
            raise ValueError("a value that is cut off")
        found.append((tag, data[at : at + length]))
        at += length
    return found


def _moment(text: bytes) -> datetime:
    written = re.fullmatch(r"(\d{14})(\.\d+)?Z", text.decode("ascii"))
    if written is None:
        raise ValueError("no moment in UTC")
    return datetime.strptime(written[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
