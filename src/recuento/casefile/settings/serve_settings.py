"""The table [serve] of recuento.toml: how a team reaches the workbench on its server."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recuento.casefile.settings.toml_table import Table

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """Under which names the team reaches the server, and who encrypts the line: a proxy in front, or the server."""

    hosts: tuple[str, ...]
    proxy: bool = False
    """Whether a reverse proxy in front ends TLS and says so in X-Forwarded-Proto and X-Forwarded-For."""
    certificate: str | None = None
    key: str | None = None
    """Files of the server's own certificate, where there is no proxy."""
    listen: str = "127.0.0.1"
    workers: int = 2

    @property
    def address(self) -> str:
        """The address that is given to people."""
        return f"https://{self.hosts[0]}"


def serve_settings_from(table: Table) -> ServeSettings | None:
    """What the table says, None where it is not there or wrong; what is wrong with it is noted."""
    hosts = table.texts("hosts")
    settings = ServeSettings(
        hosts=hosts,
        proxy=table.flag("proxy"),
        certificate=table.maybe("certificate"),
        key=table.maybe("key"),
        listen=table.maybe("listen") or "127.0.0.1",
        workers=table.whole("workers", 2),
    )
    table.nothing_else()
    for host in hosts:
        if not _HOST.fullmatch(host):
            table.fault(
                f"{host!r} is no host name: write it without https:// and port, in small letters",
                f"{host!r} no es un nombre de host: escríbalo sin https:// ni puerto, en minúsculas",
            )
    if (settings.certificate is None) != (settings.key is None):
        table.fault("name both certificate and key", "indique certificate y key, los dos")
    if settings.proxy and settings.certificate:
        table.fault(
            "a proxy in front ends TLS: take certificate and key out, or proxy",
            "un proxy delante termina el TLS: quite certificate y key, o proxy",
        )
    if not 1 <= settings.workers <= 32:
        table.fault("workers must be 1 to 32", "workers debe estar entre 1 y 32")
    return settings if hosts else None
