"""A keeper's key, sent with a form on this computer, for one request: never written, and forgotten with the request.

A server holds no key and is shown none: whoever takes the server would have it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from recuento.errors import InvalidValue
from recuento.seal.keys import PrivateKey, key_from_file
from recuento.workbench.pages import desk_of

KEY_BYTES_MAX = 100_000
"""A key file has some hundred. The page refuses a larger one before it is sent: a large form would touch the disk."""


@contextmanager
def keeper_key(request: Any) -> Iterator[PrivateKey]:
    """The key in the file that was chosen, opened with the passphrase, for one block.

    Raises InvalidValue on a server, without a file, or where it holds no key; WrongPassphrase. Afterwards the bytes of
    the file are overwritten and the request holds neither file nor passphrase. The passphrase itself, which Python
    cannot overwrite, is left to be freed.
    """
    leave_no_core()
    try:
        yield _key(request)
    finally:
        _forget(request)


def leave_no_core() -> None:
    """Let a crash of this process write no copy of its memory to the disk, where the system can be told so."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _key(request: Any) -> PrivateKey:
    if desk_of(request).owner is None:
        raise InvalidValue(
            "a keeper's key is never given to a server: open it on your own machine",
            "la clave de una persona custodia no se entrega nunca a un servidor: ábralo en su propio equipo",
        )
    file = request.FILES.get("key")
    if file is None:
        raise InvalidValue("choose a keeper's key file", "elija el archivo de clave de una persona custodia")
    if file.size > KEY_BYTES_MAX:
        raise InvalidValue(f"{file.name} is no key file", f"{file.name} no es un archivo de clave")
    return key_from_file(file.read(), request.POST.get("passphrase", ""), file.name)


def _forget(request: Any) -> None:
    for file in request.FILES.values():
        # A file that is no buffer in memory cannot be overwritten so.
        with suppress(AttributeError, BufferError, ValueError):
            held = file.file.getbuffer()
            held[:] = bytes(len(held))
            held.release()
        file.close()
    sent = request.POST.copy()
    sent.pop("passphrase", None)
    request.POST = sent
    request.FILES.clear()
