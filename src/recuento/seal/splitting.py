"""Split a secret among people so that any k of them can put it together, and fewer learn nothing.

Shamir's scheme (Communications of the ACM 22, 1979) over GF(256), byte by byte, in the field of AES. Each part is one
line of text with a checksum; all parts of one splitting bear its number, so that parts of two are not mixed.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recuento.errors import InvalidValue
from recuento.seal.errors import CannotOpen
from recuento.seal.unshown import Unshown

PARTS_MAX = 16
_CHECK = 8


def _tables() -> tuple[list[int], list[int]]:
    """Powers of 3, which generates the field, and logarithms to it."""
    powers, logarithms = [0] * 510, [0] * 256
    value = 1
    for power in range(255):
        powers[power] = powers[power + 255] = value
        logarithms[value] = power
        doubled = value << 1 ^ (0x11B if value & 0x80 else 0)
        value ^= doubled
    return powers, logarithms


_POWERS, _LOGARITHMS = _tables()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class KeyPart(Unshown):
    """One part of a split secret: of which splitting, how many are needed, its place, its bytes."""

    splitting: bytes
    needed: int
    place: int
    data: bytes

    def line(self) -> str:
        """The part as one line of text, to be written down by whoever holds it."""
        body = self.splitting + bytes([self.needed, self.place]) + self.data
        text = base64.b32encode(body + hashlib.sha256(body).digest()[:4]).decode().rstrip("=")
        groups = "-".join(text[at : at + 5] for at in range(0, len(text), 5))
        return f"recuento-part-{self.place}-of-which-{self.needed}-are-needed {groups}"


def split(secret: bytes, *, needed: int, parts: int) -> tuple[KeyPart, ...]:
    """Split `secret` into `parts`, any `needed` of which give it back.

    Raises InvalidValue unless 2 ≤ needed ≤ parts ≤ 16.
    """
    if not 2 <= needed <= parts <= PARTS_MAX:
        raise InvalidValue(
            f"{needed} of {parts} is no splitting: from 2 upward, and at most {PARTS_MAX} parts",
            f"{needed} de {parts} no es un reparto: de 2 en adelante, y a lo sumo {PARTS_MAX} partes",
        )
    # The check tells whoever joins the parts whether the secret came back, which the scheme alone does not.
    whole = secret + hashlib.sha256(secret).digest()[:_CHECK]
    lines = [bytes([byte]) + secrets.token_bytes(needed - 1) for byte in whole]
    splitting = secrets.token_bytes(4)
    return tuple(
        KeyPart(splitting, needed, place, bytes(_value_at(line, place) for line in lines))
        for place in range(1, parts + 1)
    )


def join(parts: Sequence[KeyPart]) -> bytes:
    """The secret of these parts; more than needed are welcome.

    Raises CannotOpen where they are of different splittings, too few, or do not fit together.
    """
    by_place = {part.place: part for part in parts}
    if len({(part.splitting, part.needed, len(part.data)) for part in parts}) > 1:
        raise CannotOpen("these parts are of different keys", "estas partes son de claves distintas")
    needed = parts[0].needed if parts else 2
    if len(by_place) < needed:
        raise CannotOpen(
            f"{needed} parts are needed, and there are {len(by_place)}",
            f"hacen falta {needed} partes y hay {len(by_place)}",
        )
    used = [by_place[place] for place in sorted(by_place)][:needed]
    shares = _weights([part.place for part in used])
    whole = bytes(
        _sum(_times(weight, part.data[at]) for weight, part in zip(shares, used, strict=True))
        for at in range(len(used[0].data))
    )
    secret, check = whole[:-_CHECK], whole[-_CHECK:]
    if hashlib.sha256(secret).digest()[:_CHECK] != check:
        raise CannotOpen("these parts do not make a key", "estas partes no forman una clave")
    return secret


def read_part(text: str) -> KeyPart:
    """The part that a line holds, whatever its case and spaces; raises InvalidValue where a letter is wrong."""
    groups = "".join(text.strip().split()[-1:]) if "recuento-part" in text else "".join(text.split())
    letters = groups.replace("-", "").upper()
    try:
        body = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        body = b""
    if len(body) < 4 + 2 + _CHECK + 4 or hashlib.sha256(body[:-4]).digest()[:4] != body[-4:]:
        raise InvalidValue(
            "this is no part of a key, or a letter of it is wrong",
            "esto no es una parte de una clave, o tiene una letra equivocada",
        )
    return KeyPart(splitting=body[:4], needed=body[4], place=body[5], data=body[6:-4])


def _value_at(coefficients: bytes, place: int) -> int:
    """The polynomial of these coefficients, the constant first, at `place` (Horner)."""
    value = 0
    for coefficient in reversed(coefficients):
        value = _times(value, place) ^ coefficient
    return value


def _weights(places: Sequence[int]) -> list[int]:
    """Lagrange's weights of values at `places` for the value at 0. Subtraction in the field is exclusive or."""
    found = []
    for place in places:
        weight = 1
        for other in places:
            if other != place:
                weight = _times(weight, _divided(other, other ^ place))
        found.append(weight)
    return found


def _times(one: int, other: int) -> int:
    return _POWERS[_LOGARITHMS[one] + _LOGARITHMS[other]] if one and other else 0


def _divided(one: int, other: int) -> int:
    return _POWERS[_LOGARITHMS[one] - _LOGARITHMS[other] + 255] if one else 0


def _sum(values: Iterable[int]) -> int:
    total = 0
    for value in values:
        total ^= value
    return total
