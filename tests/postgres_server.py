"""A real PostgreSQL for the tests: started once for a run, on a socket of its own, and stopped with it.

PostgreSQL does not run as root; where the tests do, the server runs as the user postgres, or as nobody.
"""

from __future__ import annotations

import atexit
import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine

USER = "recuento"
SECONDS = 60


@dataclass(frozen=True, eq=False)
class Server:
    """A running server: its files and its socket, the port that names it, its process."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def address(self, database: str, user: str = USER) -> str:
        """The address of one of its databases."""
        return f"postgresql://{user}@:{self.port}/{database}?host={self.folder}"

    @property
    def certificate(self) -> Path:
        """The certificate by which it is known as localhost; missing where none could be made."""
        return self.folder / "server.crt"

    def new_database(self, options: str = "ENCODING 'UTF8'", *, ready: bool = False) -> str:
        """Make a database and return its name; a `ready` one has the empty tables of a casefile already."""
        name = f"case_{secrets.token_hex(6)}"
        like = _with_tables(self) if ready else "template0"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy {'' if ready else options}")
        return name

    def execute(self, words: str, database: str = "postgres") -> None:
        """Run one statement outside any transaction, as another program than ours would."""
        engine = self.engine(database)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(words)
        engine.dispose()

    def engine(self, database: str):  # type: ignore[no-untyped-def]
        """Connections that know nothing of our rules."""
        return create_engine(
            f"postgresql+pg8000://{USER}@/{database}",
            connect_args={
                "unix_sock": str(self.folder / f".s.PGSQL.{self.port}"),
                "password": os.environ["PGPASSWORD"],
            },
        )


def server_or_skip() -> Server:
    """The server of this run; the test is skipped with the reason where there can be none."""
    try:
        return _started()
    except Unavailable as reason:
        pytest.skip(str(reason))


class Unavailable(Exception):
    """Why there is no PostgreSQL here."""


@cache
def _started() -> Server:
    try:
        import pg8000  # noqa: F401
    except ImportError:
        raise Unavailable("pg8000, the driver for PostgreSQL, is not installed") from None
    programs = _programs()
    owner = _owner()
    password = secrets.token_urlsafe(16)
    # Not in the tests' own temporary folder, which another user may not enter; and short, as a socket's path must be.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "password").write_text(password)
    tls = _certify(folder)
    if owner is not None:
        for path in (folder, *folder.iterdir()):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    as_owner = {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    made = subprocess.run(
        [programs / "initdb", "-D", folder / "data", "-U", USER, "--auth=scram-sha-256", "--encoding=UTF8",
         f"--pwfile={folder / 'password'}", "--locale-provider=icu", "--icu-locale=es", "--no-sync"],
        capture_output=True, text=True, cwd=folder, **as_owner,
    )  # fmt: skip
    if made.returncode:
        raise Unavailable(f"initdb failed: {made.stderr[-300:]}")
    log = (folder / "log").open("wb")
    port = _free_port()
    # fsync off: no test of ours pulls the plug on the server, and the build is not to wait for the disk.
    process = subprocess.Popen(
        [programs / "postgres", "-D", folder / "data", "-k", folder, "-p", str(port), "-c", "fsync=off", *tls,
         "-c", "shared_buffers=32MB", "-c", "max_connections=60"],
        stdout=log, stderr=log, cwd=folder, preexec_fn=_die_with_the_tests, **as_owner,
    )  # fmt: skip
    atexit.register(_stop, process)
    os.environ["PGPASSWORD"] = password
    server = Server(folder, port, process)
    wait_for(server)
    return server


@cache
def _with_tables(server: Server) -> str:
    """A database to copy: making the tables takes half a second, copying them a fraction of it."""
    from recuento.store.opening import open_database

    name = server.new_database()
    open_database(server.address(name)).close()
    return name


def _programs() -> Path:
    """The folder of initdb and postgres."""
    found = shutil.which("postgres")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Unavailable("PostgreSQL is not installed (apt-get install postgresql)")


def _certify(folder: Path) -> list[str]:
    """Make a certificate for localhost, and return what tells the server to use it on a line of this machine."""
    if shutil.which("openssl") is None:
        return ["-c", "listen_addresses="]
    subprocess.run(
        ["openssl", "req", "-new", "-x509", "-days", "2", "-nodes", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", folder / "server.key", "-out", folder / "server.crt"],
        capture_output=True, check=True,
    )  # fmt: skip
    (folder / "server.key").chmod(0o600)
    return ["-c", "listen_addresses=127.0.0.1", "-c", "ssl=on", "-c", f"ssl_cert_file={folder / 'server.crt'}",
            "-c", f"ssl_key_file={folder / 'server.key'}"]  # fmt: skip


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


def _owner() -> pwd.struct_passwd | None:
    """Who runs the server: ourselves, or another user where we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Unavailable("the tests run as root, as which PostgreSQL does not, and there is no other user for it")


def _die_with_the_tests() -> None:
    """Ask the kernel to stop the server when the tests are gone, however they end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def wait_for(server: Server) -> None:
    """Wait until it answers."""
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            server.execute("SELECT 1")
        except Exception as error:
            if server.process.poll() is not None or time.monotonic() > deadline:
                log = (server.folder / "log").read_text(errors="replace")
                raise Unavailable(f"PostgreSQL did not start: {error}; {log[-300:]}") from error
            time.sleep(0.05)
        else:
            return


def _stop(process: subprocess.Popen[bytes]) -> None:
    # At once: nothing in it is kept, and a busy machine may take long over an orderly end.
    process.send_signal(signal.SIGQUIT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
