"""Where a model answers, and whether texts may be sent there. Apart from the asking, which only few commands need."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from recuento.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class ModelAddress:
    """Where a model answers, and under which name. `host_allowed` is the one host that need not be this machine."""

    url: str
    """Up to `/v1`: `http://127.0.0.1:8080/v1`."""
    model: str
    host_allowed: str | None = None
    seconds_max: float = 120.0
    """For one answer, from the first byte asked to the last one received."""
    characters_max: int = 6_000
    """A longer text is asked about piece by piece, cut between paragraphs."""

    def __post_init__(self) -> None:
        """Raise InvalidValue for an address that is none, and for another machine that is not allowed by name."""
        try:
            parts = urlsplit(self.url)
            is_port = parts.port != 0
        except ValueError:
            parts, is_port = urlsplit(""), False
        if not is_port or parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
            raise InvalidValue(
                f"{self.url!r} is no address of a model: write http://127.0.0.1:8080/v1",
                f"{self.url!r} no es la dirección de un modelo: escriba http://127.0.0.1:8080/v1",
            )
        if self.is_loopback:
            return
        if parts.hostname != self.host_allowed:
            raise InvalidValue(
                f"{parts.hostname} is not this machine: texts would leave it. If they may, write "
                f'allow = "{parts.hostname}"',
                f"{parts.hostname} no es esta máquina: los textos saldrían de ella. Si pueden salir, escriba "
                f'allow = "{parts.hostname}"',
            )
        if parts.scheme != "https":
            raise InvalidValue(
                f"{self.url} would send texts in the clear: use https for another machine",
                f"{self.url} enviaría los textos sin cifrar: use https para otra máquina",
            )

    @property
    def is_loopback(self) -> bool:
        """Whether it can only be this machine. What the name really leads to is checked again at each connection."""
        host = urlsplit(self.url).hostname or ""
        return host == "localhost" or is_loopback(host)


def is_loopback(host: str) -> bool:
    """Whether these are the numbers of this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
