"""Keys of keepers and of sources: made, kept under a passphrase, wrapped to others. Only here and in envelopes is age.

Everything is age (age-encryption.org/v1) with X25519 keys. A keeper's key file is what `age -p` makes of an identity
file, so that what was sealed can also be opened with the age program alone.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyrage
from pyrage import passphrase as by_passphrase
from pyrage import x25519

from recuento.errors import InvalidValue
from recuento.seal.errors import CannotOpen, WrongPassphrase
from recuento.seal.unshown import Unshown

PASSPHRASE_LENGTH_MIN = 12
"""Of a keeper's passphrase. scrypt slows every guess to about half a second; five random words are better."""


class PrivateKey(Unshown):
    """The private half of a pair of keys, in memory. `public` is its other half, which may be shown."""

    __slots__ = ("_identity", "public")

    def __init__(self, identity: x25519.Identity) -> None:
        self._identity = identity
        self.public = str(identity.to_public())

    @classmethod
    def new(cls) -> PrivateKey:
        """A fresh pair of keys."""
        return cls(x25519.Identity.generate())


def checked_public(text: str) -> str:
    """The public key that stands in `text`; raises InvalidValue where it is none."""
    try:
        return str(x25519.Recipient.from_str(text.strip()))
    except Exception as error:
        raise InvalidValue(
            f"{text.strip()[:80]!r} is no public key of age; it begins with age1",
            f"{text.strip()[:80]!r} no es una clave pública de age; empieza por age1",
        ) from error


def key_file(key: PrivateKey, passphrase: str) -> bytes:
    """The file that holds a key under a passphrase; raises InvalidValue where the passphrase is too short."""
    if len(passphrase) < PASSPHRASE_LENGTH_MIN:
        raise InvalidValue(
            f"a passphrase has at least {PASSPHRASE_LENGTH_MIN} characters; five words nobody would guess are good",
            f"una frase de paso tiene al menos {PASSPHRASE_LENGTH_MIN} caracteres; sirven cinco palabras que nadie "
            "adivinaría",
        )
    lines = f"# public key: {key.public}\n{key._identity}\n"
    return bytes(by_passphrase.encrypt(lines.encode(), passphrase, armored=True))


def key_from_file(data: bytes, passphrase: str, name: str) -> PrivateKey:
    """The key in a key file. Raises WrongPassphrase, or InvalidValue where the file `name` holds no key of age, and
    where the machine is too busy for the work that the passphrase asks for.
    """
    try:
        lines = by_passphrase.decrypt(data, passphrase).decode()
    except Exception as error:
        if "excessive work" in str(error).lower():
            # age measures the machine and refuses what would take it many times longer than where the key was made.
            raise InvalidValue(
                f"this machine is too busy or too slow to open {name} just now: try again in a moment",
                f"este equipo está demasiado ocupado o es demasiado lento para abrir {name}: inténtelo en un rato",
            ) from None
        if b"age-encryption.org" in data[:100] or b"AGE ENCRYPTED FILE" in data[:100]:
            raise WrongPassphrase(name) from None
        raise InvalidValue(f"{name} is no key file", f"{name} no es un archivo de clave") from error
    found = [line for line in lines.splitlines() if line.startswith("AGE-SECRET-KEY-")]
    if len(found) != 1:
        raise InvalidValue(f"{name} holds no key of age", f"{name} no contiene una clave de age")
    return PrivateKey(x25519.Identity.from_str(found[0]))


def secret_of(key: PrivateKey) -> bytes:
    """The private key as bytes, for wrapping and splitting. Never for showing."""
    return str(key._identity).encode()


def key_of(secret: bytes) -> PrivateKey:
    """The key of these bytes; raises CannotOpen where they are none."""
    try:
        return PrivateKey(x25519.Identity.from_str(secret.decode().strip()))
    except Exception:
        raise CannotOpen("these parts do not make a key", "estas partes no forman una clave") from None


def recipients(public: Iterable[str]) -> list[x25519.Recipient]:
    """Public keys as age takes them."""
    return [x25519.Recipient.from_str(one) for one in public]


def wrapped(key: PrivateKey, public: str) -> bytes:
    """A key encrypted to another one, so that whoever holds that one can open what the first opens."""
    return bytes(pyrage.encrypt(secret_of(key), recipients([public])))


def unwrapped(envelope: bytes, key: PrivateKey) -> PrivateKey:
    """The key inside an envelope; raises CannotOpen where it is for another key, or was altered."""
    try:
        return key_of(pyrage.decrypt(envelope, [key._identity]))
    except pyrage.DecryptError:
        raise CannotOpen(
            "this key does not open it: it was sealed to others, or was altered",
            "esta clave no lo abre: está sellado para otras personas, o fue alterado",
        ) from None
