"""Serve a casefile on this computer alone, to whoever holds the address that is given out."""

from __future__ import annotations

import logging
from collections.abc import Callable

from recuento.errors import CasefileUnusable
from recuento.workbench.desk import Desk
from recuento.workbench.site import application, laptop_settings, missing, set_up

HOST = "127.0.0.1"
_THREADS = 4


def serve(desk: Desk, *, port: int, ready: Callable[[str], None]) -> None:
    """Serve until interrupted. `ready` is called with the address, token included, once requests are answered.

    Port 0 takes any that is free. Raises CasefileUnusable where the port is taken, WorkbenchMissing without the extra.
    """
    try:
        from waitress.server import create_server
    except ImportError:
        raise missing() from None

    def not_yet(environ: object, start_response: object) -> list[bytes]:
        raise RuntimeError("no request is read before the application stands")

    try:
        server = create_server(not_yet, host=HOST, port=port, threads=_THREADS, ident=None)
    except OSError as error:
        raise CasefileUnusable(
            f"port {port} cannot be used ({error.strerror}): choose another with --port, or --port 0 for any",
            f"el puerto {port} no se puede usar ({error.strerror}): elija otro con --port, o --port 0 para cualquiera",
        ) from None
    try:
        # That more ask than threads answer is no news for whoever reads the terminal.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        set_up(laptop_settings(desk.casefile.folder, server.effective_port))
        server.application = application(desk)
        ready(f"http://{HOST}:{server.effective_port}/?token={desk.token}")
        server.run()
    finally:
        server.close()
