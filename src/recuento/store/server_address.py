"""Where a team's PostgreSQL is, and the password for it, which is never part of the address.

The address stands in recuento.toml, which people copy and show to each other. The password comes from PGPASSWORD or
from the password file that PostgreSQL's own programs read, at the moment of connecting.
"""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from recuento.errors import CasefileUnusable, InvalidValue

PORT = 5432


class Tls(StrEnum):
    """How the line to the server is protected. The words are those of PostgreSQL's own `sslmode`."""

    DISABLE = "disable"
    """Not at all: for a server on the same machine or behind the same wall."""
    REQUIRE = "require"
    """Encrypted, without asking who answers."""
    VERIFY_FULL = "verify-full"
    """Encrypted, and the server's certificate must bear its name."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """One database on one server. `socket_folder` takes the place of `host` where the server is on this machine."""

    database: str
    user: str
    host: str = "localhost"
    port: int = PORT
    socket_folder: str | None = None
    tls: Tls = Tls.DISABLE
    root_certificate: str | None = None

    def __str__(self) -> str:
        """The address as it may be shown; it holds no password."""
        return f"postgresql://{self.user}@{self.socket_folder or self.host}:{self.port}/{self.database}"


def server_address(text: str) -> ServerAddress:
    """Read "postgresql://user@host:5432/database?sslmode=verify-full"; raise InvalidValue with the way to write it.

    Without `sslmode` a server on this machine is spoken to plainly, one elsewhere with a checked certificate.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise _unlike() from None
    if url.drivername not in ("postgresql", "postgresql+pg8000") or not url.database:
        raise _unlike()
    if url.password is not None:
        raise InvalidValue(
            "the password does not belong in the address: leave it out, and put it in PGPASSWORD or in ~/.pgpass",
            "la contraseña no va en la dirección: quítela y póngala en PGPASSWORD o en ~/.pgpass",
        )
    query = {key: value if isinstance(value, str) else value[-1] for key, value in url.query.items()}
    if unknown := sorted(query.keys() - {"host", "sslmode", "sslrootcert"}):
        raise InvalidValue(
            f"the address of a server knows no {', '.join(unknown)}; it knows host, sslmode and sslrootcert",
            f"la dirección de un servidor no conoce {', '.join(unknown)}; conoce host, sslmode y sslrootcert",
        )
    folder = query.get("host")
    if folder is not None and not folder.startswith("/"):
        raise _unlike()
    return ServerAddress(
        database=url.database,
        user=url.username or os.environ.get("PGUSER") or getpass.getuser(),
        host=url.host or "localhost",
        port=url.port or PORT,
        socket_folder=folder,
        tls=_tls(query.get("sslmode"), folder is not None or _is_here(url.host or "localhost")),
        root_certificate=query.get("sslrootcert"),
    )


def password_for(address: ServerAddress, environment: Mapping[str, str]) -> str | None:
    """The password in PGPASSWORD, or the first that fits in PGPASSFILE or ~/.pgpass; None where there is none.

    Raises CasefileUnusable where others may read the password file.
    """
    if given := environment.get("PGPASSWORD"):
        return given
    path = Path(environment.get("PGPASSFILE") or Path.home() / ".pgpass")
    if not path.is_file():
        return None
    if os.name != "nt" and path.stat().st_mode & 0o077:
        raise CasefileUnusable(
            f"others can read the passwords in {path}: run chmod 600 {path}",
            f"otros pueden leer las contraseñas de {path}: ejecute chmod 600 {path}",
        )
    hosts = {address.host} if address.socket_folder is None else {address.socket_folder, "localhost"}
    wanted = (hosts, {str(address.port)}, {address.database}, {address.user})
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = _fields(line)
        if len(fields) == 5 and all(
            field == "*" or field in fit for field, fit in zip(fields[:4], wanted, strict=True)
        ):
            return fields[4]
    return None


def _fields(line: str) -> list[str]:
    """The fields of one line of a password file: split by colons, where a backslash makes the next sign plain."""
    if line.startswith("#"):
        return []
    fields = re.findall(r"((?:\\.|[^:\\])*)(?::|$)", line)
    # A line that does not end in a colon matches once more, empty, at its end.
    return [re.sub(r"\\(.)", r"\1", field) for field in fields[:5]]


def _is_here(host: str) -> bool:
    return host == "localhost" or host == "::1" or host.startswith("127.")


def _tls(asked: str | None, is_here: bool) -> Tls:
    if asked is None:
        return Tls.DISABLE if is_here else Tls.VERIFY_FULL
    try:
        return Tls(asked)
    except ValueError:
        known = ", ".join(Tls)
        raise InvalidValue(f"sslmode is one of {known}", f"sslmode es uno de {known}") from None


def _unlike() -> InvalidValue:
    # The text itself is not repeated: it may hold a password.
    return InvalidValue(
        "the address of a server is written postgresql://user@host/database",
        "la dirección de un servidor se escribe postgresql://usuario@servidor/base",
    )
