"""A line to PostgreSQL: encrypted as the address asks, with the password looked up now, and able to carry any text.

The driver waits three times for each query and once more to begin a transaction. Here everything that a query needs
goes out at once, with the beginning of the transaction in front of the first: a step of the review, which asked the
server a hundred times, waited 60 ms for its answers.
"""

from __future__ import annotations

import os
import select
import socket
import ssl
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pg8000  # type: ignore[import-untyped]
from pg8000.converters import make_params  # type: ignore[import-untyped]
from pg8000.core import Context  # type: ignore[import-untyped]
from pg8000.legacy import Cursor, convert_paramstyle  # type: ignore[import-untyped]
from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

from recuento.errors import CasefileUnusable
from recuento.store.server_address import ServerAddress, Tls, password_for

CONNECT_SECONDS = 10.0
_TEXT_TYPES = (25, 1043)
_BROKE_DOWN = b"57P02"
_BEGIN = "begin transaction"
"""What the driver says before the first query of a transaction."""


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + (len(body) + 4).to_bytes(4, "big") + body


def _ended(statement: str) -> bytes:
    return statement.encode() + b"\0"


_BEGIN_MESSAGE = _message(b"Q", _ended(_BEGIN))
_DESCRIBE_EXECUTE_SYNC = _message(b"D", b"P\0") + _message(b"E", b"\0" + bytes(4)) + _message(b"S", b"")
_NULL = b"\xff\xff\xff\xff"


@lru_cache(maxsize=1_000)
def _numbered(statement: str) -> str:
    """A statement with $1, $2 in the places of %s: finding them takes the driver as long as asking the server."""
    numbered: str = convert_paramstyle("format", statement, ())[0]
    return numbered


class _Cursor(Cursor):  # type: ignore[misc]
    def execute(self, operation: str, args: Sequence[Any] = (), stream: Any = None) -> Any:
        """What the driver does, without taking the same statement apart anew."""
        if not args or stream is not None or self._input_oids or self._c is None:
            return super().execute(operation, args, stream)
        if not self._c._in_transaction and not self._c.autocommit:
            self._c.execute_simple(_BEGIN)
        try:
            self._context = self._c.execute_unnamed(_numbered(operation), args)
        except pg8000.DatabaseError as error:
            raise _of_its_kind(error) from None
        self._row_iter = iter(self._context.rows or ())
        return self


def _of_its_kind(error: pg8000.DatabaseError) -> Exception:
    """The error as the driver tells it in `Cursor.execute`."""
    said = error.args[0]
    kinds: dict[str, type[Exception]] = {"28000": pg8000.InterfaceError, "23505": pg8000.IntegrityError}
    kind: type[Exception] = kinds.get(said["C"] if isinstance(said, dict) else "", pg8000.ProgrammingError)
    return kind(said)


class Line(pg8000.Connection):  # type: ignore[misc]
    """A connection of the driver. `settings` hold for all its transactions."""

    def __init__(self, address: ServerAddress, settings: dict[str, str]) -> None:
        self._begins = False
        """Whether a transaction is to begin with the next query."""
        try:
            super().__init__(
                user=address.user,
                host=address.host,
                database=address.database,
                password=password_for(address, os.environ),
                sock=_socket(address),
                ssl_context=_tls_context(address),
                application_name=f"{os.getpid()} ({Path(sys.argv[0]).name})"[:63],
                startup_params=settings,
            )
        except (OSError, pg8000.InterfaceError) as error:
            if isinstance(error, OSError) or "SSL" in str(error):
                raise _no_trust(address, error) from error
            raise
        self.register_out_adapter(str, escaped)
        for text_type in _TEXT_TYPES:
            self.register_in_adapter(text_type, unescaped)

    def cursor(self) -> Any:
        """A cursor that knows a statement it has seen."""
        return _Cursor(self)

    def execute_simple(self, statement: str) -> Any:
        """What the driver does; to begin a transaction waits for the first query, and goes out with it."""
        if statement == _BEGIN:
            self._begins = True
            return Context(statement)
        return self._asked(Context(statement), _message(b"Q", _ended(statement)))

    def execute_unnamed(
        self, statement: str, vals: Sequence[Any] = (), oids: Sequence[int] = (), stream: Any = None
    ) -> Any:
        """What the driver does, in one go. Only rows that are sent in or out go its own way."""
        if stream is not None or oids:
            self._asked_to_begin()
            with self._breakdown_told():
                return super().execute_unnamed(statement, vals=vals, oids=oids, stream=stream)
        told = make_params(self.py_types, vals)
        words = [None if value is None else value.encode(self._client_encoding) for value in told]
        bound = b"".join(_NULL if word is None else len(word).to_bytes(4, "big") + word for word in words)
        return self._asked(
            Context(statement),
            _message(b"P", b"\0" + _ended(statement) + b"\0\0")
            + _message(b"B", b"\0\0\0\0" + len(words).to_bytes(2, "big") + bound + b"\0\0")
            + _DESCRIBE_EXECUTE_SYNC,
        )

    def commit(self) -> None:
        """What the driver does; where nothing was asked, nothing was begun."""
        self._begins = False
        super().commit()

    def rollback(self) -> None:
        """What the driver does; where nothing was asked, nothing was begun."""
        self._begins = False
        super().rollback()

    def _asked_to_begin(self) -> None:
        if self._begins:
            self._begins = False
            self._asked(Context(_BEGIN), _BEGIN_MESSAGE)

    def _asked(self, context: Any, message: bytes) -> Any:
        """The context, filled with what the server answered to the message, and to the beginning in front of it."""
        begins, self._begins = self._begins, False
        with self._breakdown_told():
            if self._sock is None:
                raise pg8000.InterfaceError("connection is closed")
            try:
                self._sock.write(_BEGIN_MESSAGE + message if begins else message)
                self._sock.flush()
            except (OSError, ValueError) as error:
                raise pg8000.InterfaceError("network error") from error
            refused = None
            if begins:
                try:
                    self.handle_messages(Context(_BEGIN))
                except pg8000.DatabaseError as error:
                    refused = error
            # Both answers are read in any case: an answer left behind would be taken for that to the next query.
            self.handle_messages(context)
            if refused is not None:
                raise refused
        return context

    @contextmanager
    def _breakdown_told(self) -> Iterator[None]:
        """A server that breaks down says so in a warning and hangs up; the driver tells only that the line broke."""
        try:
            yield
        except pg8000.InterfaceError:
            with suppress(pg8000.Error, OSError, ValueError, AttributeError, KeyError):
                while True:  # Until there is nothing more to read.
                    self.handle_messages(Context(None))
            if any(told.get(b"C") == _BROKE_DOWN for told in self.notices):
                said = {"C": _BROKE_DOWN.decode(), "M": "the server broke down"}
                raise pg8000.OperationalError(said) from None
            raise

    def is_cut(self) -> bool:
        """Whether the other end has hung up: on a line at rest there is nothing to read but that."""
        if self._usock is None:
            return True
        if not hasattr(select, "poll"):
            return bool(select.select([self._usock], [], [], 0)[0])
        waiting = select.poll()
        waiting.register(self._usock, select.POLLIN)
        return bool(waiting.poll(0))

    def close(self) -> None:
        """Hang up; one that is cut already is no fault, and must not hide what the server said before it hung up."""
        with suppress(pg8000.InterfaceError):
            super().close()


# PostgreSQL's text cannot hold the character NUL, which a text layer may. One character of the private use area takes
# its place, followed by a digit; that character itself is followed by a letter. Any other text is stored as it is.
_MARK = "\uf8f0"


def escaped(text: str) -> str:
    """`text` as PostgreSQL can hold it."""
    return text.replace(_MARK, _MARK + "m").replace("\0", _MARK + "0") if _MARK in text or "\0" in text else text


def unescaped(text: str) -> str:
    """The text that was `escaped`."""
    return text.replace(_MARK + "0", "\0").replace(_MARK + "m", _MARK) if _MARK in text else text


def send_rows(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add many rows to a table by COPY, several times as fast as INSERT sends them."""
    names = [column.name for column in table.columns]
    quoted = connection.dialect.identifier_preparer.quote
    lines = ("\t".join(_field(row[name]) for name in names) + "\n" for row in rows)
    words = f"COPY {quoted(table.name)} ({', '.join(map(quoted, names))}) FROM STDIN"
    cursor: Any = connection.connection.cursor()
    try:
        cursor.execute(words, stream=BytesIO("".join(lines).encode()))
    except pg8000.Error as error:
        # As every other query fails, so that it is explained as every other.
        raise DBAPIError(words, None, error) from error
    finally:
        cursor.close()


_COPY_SIGNS = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _field(value: str | int | None) -> str:
    return "\\N" if value is None else escaped(str(value)).translate(_COPY_SIGNS)


def _socket(address: ServerAddress) -> socket.socket:
    """A line to the server, not yet encrypted; raise CasefileUnusable where nobody answers."""
    try:
        if address.socket_folder is None:
            line = socket.create_connection((address.host, address.port), timeout=CONNECT_SECONDS)
            line.settimeout(None)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        else:
            line = socket.socket(socket.AF_UNIX)
            line.connect(f"{address.socket_folder}/.s.PGSQL.{address.port}")
    except OSError as error:
        raise CasefileUnusable(
            f"{address}: no server answers there ({error}). See that it runs and that the address is right",
            f"{address}: allí no responde ningún servidor ({error}). Revise que esté en marcha y que la dirección "
            "sea la correcta",
        ) from error
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    return line


def _tls_context(address: ServerAddress) -> ssl.SSLContext | Literal[False]:
    if address.tls is Tls.DISABLE:
        return False
    try:
        context = ssl.create_default_context(cafile=address.root_certificate)
    except OSError as error:
        raise _no_trust(address, error) from error
    if address.tls is Tls.REQUIRE:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _no_trust(address: ServerAddress, error: Exception) -> CasefileUnusable:
    return CasefileUnusable(
        f"{address}: no protected line to the server ({error}). Name the certificate of its authority with "
        "?sslrootcert=FILE, or, on a network of your own only, give up the protection with ?sslmode=disable",
        f"{address}: no hay conexión protegida con el servidor ({error}). Indique el certificado de su autoridad con "
        "?sslrootcert=ARCHIVO o, solo en una red propia, renuncie a la protección con ?sslmode=disable",
    )
