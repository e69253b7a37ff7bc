"""What is PostgreSQL's own: how to connect to it, keep its writers apart, and say in words what it refuses."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, InvalidatePoolError

from recuento.errors import CasefileUnusable
from recuento.store.server_address import ServerAddress
from recuento.store.stopping import DiskFailed

VERSION_FLOOR = 150000
IDLE_MINUTES = 10
"""After so long without a word in the middle of writing, a writer is taken for dead and its lock is freed."""
_PREPARING = 7263101
"""Number of the advisory lock under which the tables are made and changed."""


class ChangedMeanwhile(CasefileUnusable):
    """Another program changed the same rows at the same moment, so the server undid our transaction; it may be
    tried again."""


def engines(address: ServerAddress, busy_seconds: float) -> tuple[Engine, Engine]:
    """One engine to write with, whose transactions keep every other writer out, and one that can only read."""
    _require_driver()
    common = {"default_transaction_isolation": "repeatable read"}
    writing = {
        "lock_timeout": f"{max(1, round(busy_seconds * 1000))}ms",
        "idle_in_transaction_session_timeout": f"{IDLE_MINUTES}min",
        # What was said to be saved is on the disk, whatever the server's own setting.
        "synchronous_commit": "on",
    }
    writer = _engine(address, common | writing)
    reader = _engine(address, common | {"default_transaction_read_only": "on"})
    event.listen(writer, "begin", _keep_others_out)
    return writer, reader


def begin_preparing(connection: Connection) -> None:
    """Start a transaction in which the tables may be made or changed: one at a time, seeing what others committed."""
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _PREPARING})
    if connection.scalar(text("SELECT to_regclass('alembic_version')")) is not None:
        connection.exec_driver_sql(_LOCK)


def check_server(connection: Connection, name: str) -> None:
    """Raise CasefileUnusable where the server is too old or the database cannot hold every character."""
    version, encoding = connection.execute(
        text("SELECT current_setting('server_version_num')::int, current_setting('server_encoding')")
    ).one()
    if version < VERSION_FLOOR:
        raise CasefileUnusable(
            f"{name}: PostgreSQL {VERSION_FLOOR // 10000} or newer is needed, this is {version // 10000}",
            f"{name}: se necesita PostgreSQL {VERSION_FLOOR // 10000} o más nuevo, este es {version // 10000}",
        )
    if encoding != "UTF8":
        raise CasefileUnusable(
            f"{name} is encoded in {encoding}; make the database anew with: createdb --encoding UTF8 -T template0",
            f"{name} está codificada en {encoding}; cree la base de nuevo con: createdb --encoding UTF8 -T template0",
        )


def compare_by_bytes(connection: Connection) -> None:
    """Give every text column the collation "C", so that rows come in the same order as in SQLite on any server."""
    rows = connection.execute(
        text(
            "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables "
            "USING (table_schema, table_name) WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' "
            "AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' ORDER BY 1, 2"
        )
    ).all()
    quoted = connection.dialect.identifier_preparer.quote
    for table, column in rows:
        connection.exec_driver_sql(f'ALTER TABLE {quoted(table)} ALTER COLUMN {quoted(column)} TYPE text COLLATE "C"')


def refuse_truncate(connection: Connection) -> None:
    """Refuse to empty, all at once, the tables of which no row may be deleted: their triggers look at single rows."""
    rows = connection.execute(
        text(
            "SELECT c.relname, p.proname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgname = c.relname || '_refuse_delete' "
            "AND c.relnamespace = current_schema()::regnamespace AND NOT EXISTS (SELECT FROM pg_trigger o "
            "WHERE o.tgrelid = c.oid AND o.tgname = c.relname || '_refuse_truncate') ORDER BY 1"
        )
    ).all()
    quoted = connection.dialect.identifier_preparer.quote
    for table, function in rows:
        connection.exec_driver_sql(
            f"CREATE TRIGGER {quoted(table + '_refuse_truncate')} BEFORE TRUNCATE ON {quoted(table)} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {quoted(function)}()"
        )


def explanation(error: DBAPIError, name: str, reader: Engine) -> CasefileUnusable | None:
    """What a user can put right about an error of the server, or None where it is a bug of ours."""
    code = _code(error)
    if code == "55P03":
        return _busy(name, reader)
    if code in ("40001", "40P01"):
        return ChangedMeanwhile(
            f"{name}: another program changed the same at the same moment; nothing of yours was written. Try again",
            f"{name}: otro programa cambió lo mismo en el mismo momento; no se escribió nada de lo suyo. "
            "Vuelva a intentarlo",
        )
    if code is None:
        if not error.connection_invalidated and "network error" not in str(error.orig):
            return None
        code = "08006"
    en, es = next((_EXPLAINED[code[:n]] for n in (5, 3, 2) if code[:n] in _EXPLAINED), ("", ""))
    kind = DiskFailed if code == _DISK_FAILED else CasefileUnusable
    return kind(f"{name}: {en}", f"{name}: {es}") if en else None


def _code(error: DBAPIError) -> str | None:
    said = error.orig.args[0] if error.orig is not None and error.orig.args else None
    return said.get("C") if isinstance(said, dict) else None


# The lock waits without looking: a transaction's view of the rows begins with its first query, after the lock is held.
# Writers exclude each other and nobody who reads, so what they append also becomes visible in the order of its numbers.
_LOCK = "LOCK TABLE alembic_version IN EXCLUSIVE MODE"


def _keep_others_out(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not (options.get("preparing") or options.get("vacuuming")):
        connection.exec_driver_sql(_LOCK)


def _engine(address: ServerAddress, settings: dict[str, str]) -> Engine:
    def connect() -> Any:
        from recuento.store.postgres_line import Line  # Here, for it needs the driver, which a laptop may not have.

        return Line(address, settings)

    engine = create_engine("postgresql+pg8000://", creator=connect)
    # The driver sends many rows one by one unless they are made one statement.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    event.listen(engine, "checkout", _replace_if_cut)
    return engine


def _replace_if_cut(line: Any, record: object, proxy: object) -> None:
    """A line that a restart of the server has cut is replaced before it is used, and nobody notices."""
    if line.is_cut():
        raise InvalidatePoolError


def _require_driver() -> None:
    try:
        import pg8000  # type: ignore[import-untyped]  # noqa: F401
    except ImportError:
        raise CasefileUnusable(
            'a casefile on a server needs pg8000; install it with: pip install "recuento[postgres]"',
            'un caso en un servidor necesita pg8000; instálelo con: pip install "recuento[postgres]"',
        ) from None


def _busy(name: str, reader: Engine) -> CasefileUnusable:
    with reader.connect() as connection:
        holder = connection.execute(
            text(
                "SELECT usename, application_name, to_char(xact_start AT TIME ZONE 'UTC', 'HH24:MI:SS') AS since "
                "FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE granted AND datname = current_database() AND "
                "((locktype = 'relation' AND relation = to_regclass('alembic_version') AND mode = 'ExclusiveLock') "
                "OR (locktype = 'advisory' AND objid = :number)) LIMIT 1"
            ),
            {"number": _PREPARING},
        ).first()
    en = f"{holder.usename} (process {holder.application_name}, since {holder.since} UTC)" if holder else "somebody"
    es = f"{holder.usename} (proceso {holder.application_name}, desde {holder.since} UTC)" if holder else "alguien"
    return CasefileUnusable(
        f"{name} is being written to by {en}. Wait for it to finish, and try again",
        f"{es} está escribiendo en {name}. Espere a que termine y vuelva a intentarlo",
    )


_DISK_FAILED = "58030"
_EXPLAINED = {
    "58030": (
        "the disk of the server failed. Stop, let whoever looks after the server look at its disk and its log, then "
        "run recuento verify",
        "falló el disco del servidor. Deténgase, pida a quien cuida el servidor que revise su disco y su registro, y "
        "ejecute recuento verify",
    ),
    "57P02": (
        "the server broke down and is starting anew; PostgreSQL does so of itself when a sync of its disk fails. What "
        "was not yet said to be saved may not be. Let whoever looks after it read its log before you go on; if it "
        "tells of the disk, stop and run recuento verify",
        "el servidor se vino abajo y está arrancando de nuevo; PostgreSQL lo hace por sí mismo cuando falla una "
        "escritura en su disco. Lo que aún no se dio por guardado puede no estarlo. Pida a quien lo cuida que lea su "
        "registro antes de seguir; si habla del disco, deténgase y ejecute recuento verify",
    ),
    "08": (
        "the line to the server broke. What was not yet said to be saved may not be; look, and try again",
        "se cortó la conexión con el servidor. Lo que aún no se dio por guardado puede no estarlo; revíselo y "
        "vuelva a intentarlo",
    ),
    "57P": (
        "the server is being stopped or started. What was not yet said to be saved is not; try again in a moment",
        "el servidor se está deteniendo o iniciando. Lo que aún no se dio por guardado no lo está; vuelva a "
        "intentarlo en un momento",
    ),
    "28": (
        "the server does not let this user in; put the right password in PGPASSWORD or in ~/.pgpass",
        "el servidor no admite a este usuario; ponga la contraseña correcta en PGPASSWORD o en ~/.pgpass",
    ),
    "3D000": (
        "there is no such database on the server; make it with: createdb --encoding UTF8 -T template0",
        "no existe esa base en el servidor; créela con: createdb --encoding UTF8 -T template0",
    ),
    "42501": (
        "this user may not do that in this database; the database must belong to the user of the address",
        "este usuario no tiene permiso para eso en esta base; la base debe pertenecer al usuario de la dirección",
    ),
    "53100": (
        "the server's disk is full; nothing was changed. Free some space and try again",
        "el disco del servidor está lleno; no se cambió nada. Libere espacio y vuelva a intentarlo",
    ),
    "53300": (
        "the server has no connection left; try again in a moment, or raise its max_connections",
        "al servidor no le quedan conexiones; vuelva a intentarlo en un momento o aumente su max_connections",
    ),
    "25006": (
        "it takes no writing here: this is a standby, or a connection for reading",
        "aquí no se puede escribir: es una réplica, o una conexión de solo lectura",
    ),
    "25P03": (
        f"nothing was heard from this program for {IDLE_MINUTES} minutes while it was writing, so the server "
        "undid what it had begun; try again",
        f"este programa no dio señales durante {IDLE_MINUTES} minutos mientras escribía, y el servidor deshizo lo "
        "que había empezado; vuelva a intentarlo",
    ),
}
"""By SQLSTATE, or by the beginning of one."""
