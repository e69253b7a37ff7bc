"""Serve a team: gunicorn with several processes; waitress where gunicorn does not run, behind a proxy."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from recuento.casefile.casefile import Casefile
from recuento.casefile.settings.serve_settings import ServeSettings
from recuento.errors import CasefileUnusable, InvalidValue
from recuento.values.bilingual import Language
from recuento.workbench.desk import Desk
from recuento.workbench.site import Application, application, missing
from recuento.workbench.team.site import set_up_team

_THREADS = 4
_SECONDS = 60


def serve_team(
    folder: Path, *, port: int, language: Language, clock: Callable[[], datetime], ready: Callable[[str], None]
) -> None:
    """Serve the casefile in `folder` to its team until interrupted; `ready` is called with the address.

    Raises InvalidValue where recuento.toml does not say how the team reaches it, CasefileUnusable where the casefile
    cannot be opened or the port is taken, WorkbenchMissing without the extra.
    """
    # Opened once here, so that what is wrong with it is said once and not by every process.
    with Casefile.open(folder) as casefile:
        serve = settings_to_serve(casefile.settings.serve)
    set_up_team(folder, serve)
    _refuse_taken(serve.listen, port)

    def load() -> Application:
        return application(Desk(Casefile.open(folder), owner=None, language=language, clock=clock))

    if sys.platform == "win32":
        _waitress(load, serve, port, ready)
    else:
        _gunicorn(load, serve, port, ready)


def settings_to_serve(serve: ServeSettings | None) -> ServeSettings:
    """The settings, where they suffice; raises InvalidValue saying what is missing."""
    if serve is None:
        raise InvalidValue(
            "recuento.toml does not say how the team reaches the server. Write: [serve], "
            'hosts = ["recuento.example.org"], and proxy = true or certificate and key',
            "recuento.toml no dice cómo llega el equipo al servidor. Escriba: [serve], "
            'hosts = ["recuento.example.org"], y proxy = true o certificate y key',
        )
    if not serve.proxy and serve.certificate is None:
        raise InvalidValue(
            "passwords travel encrypted or not at all: in [serve] write proxy = true, where a proxy in front ends TLS, "
            "or certificate and key",
            "las contraseñas viajan cifradas o no viajan: en [serve] escriba proxy = true, si un proxy delante termina "
            "el TLS, o certificate y key",
        )
    return serve


def _gunicorn(load: Callable[[], Application], serve: ServeSettings, port: int, ready: Callable[[str], None]) -> None:
    try:
        from gunicorn.app.base import BaseApplication
    except ImportError:
        raise missing() from None
    from django.db import connections

    # A connection must not be shared by processes: each opens its own.
    connections.close_all()
    options = {
        "bind": f"{serve.listen}:{port}",
        "workers": serve.workers,
        "worker_class": "gthread",
        "threads": _THREADS,
        "timeout": _SECONDS,
        "certfile": serve.certificate,
        "keyfile": serve.key,
        "loglevel": "warning",
        "proc_name": "recuento",
        "when_ready": lambda arbiter: ready(serve.address),
    }

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in options.items():
                if value is not None:
                    self.cfg.set(name, value)

        def load(self) -> Application:
            return load()

    Server().run()


def _waitress(load: Callable[[], Application], serve: ServeSettings, port: int, ready: Callable[[str], None]) -> None:
    if not serve.proxy:
        raise InvalidValue(
            "on Windows the server needs a proxy in front that ends TLS: proxy = true",
            "en Windows el servidor necesita un proxy delante que termine el TLS: proxy = true",
        )
    from waitress.server import create_server

    # The header by which the proxy says https is passed on as it is: Django judges it.
    server: Any = create_server(
        load(), host=serve.listen, port=port, threads=_THREADS, ident=None, clear_untrusted_proxy_headers=False
    )
    ready(serve.address)
    server.run()


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((host, port))
        except OSError as error:
            raise CasefileUnusable(
                f"{host}:{port} cannot be used ({error.strerror}): choose another port with --port",
                f"{host}:{port} no se puede usar ({error.strerror}): elija otro puerto con --port",
            ) from None
