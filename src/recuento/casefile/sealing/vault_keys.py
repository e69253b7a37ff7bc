"""Who may open a source: its key granted to a keeper, taken from one, or destroyed, and with it all that was sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.custody.wiping import forget_in_kept_copies, wipe_file, wipe_traces
from recuento.casefile.sealing.keepers import keeper_of, month_of
from recuento.casefile.sealing.vault import living_in
from recuento.casefile.sealing.vault_files import envelope_path
from recuento.errors import InvalidValue
from recuento.model.vault import Keeper
from recuento.seal.keys import PrivateKey, unwrapped, wrapped
from recuento.store import log, vault
from recuento.store.encoding import instant
from recuento.store.log import Act

_TABLES = ("sealed_keys", "sealed_parts", "custody_openings")


def grant(
    casefile: Casefile, sources: Sequence[str], keeper: str, key: PrivateKey, *, by: str, at: datetime
) -> tuple[str, ...]:
    """Wrap the keys of sources to one more keeper, with the key of one who has them; gives those that were."""
    with casefile.database.writing() as connection:
        to = _keeper(connection, keeper)
        holder = keeper_of(vault.keepers(connection), key)
        done = []
        for id in sources or [one.id for one in vault.sources(connection) if not one.is_destroyed]:
            living_in(connection, id)
            held = vault.keys(connection, id)
            if keeper in held:
                continue
            if holder.id not in held:
                raise InvalidValue(
                    f"{holder.id} does not hold the key of {id}", f"{holder.id} no tiene la clave de {id}"
                )
            vault.keep_key(connection, id, keeper, wrapped(unwrapped(held[holder.id], key), to.public_key))
            done.append(id)
        if done:
            details = {"keeper": keeper, "granted_by": holder.id, "sources": " ".join(done)}
            log.act_done(connection, Act.GRANTED, by, instant(at), details, "sealed")
    return tuple(done)


def revoke(casefile: Casefile, sources: Sequence[str], keeper: str, *, by: str, at: datetime) -> tuple[str, ...]:
    """Take the keys of sources, or of all, from a keeper; gives those that were taken.

    Raises InvalidValue where a source would be left without any keeper. What the keeper has read or copied before
    stays with them; where that matters, seal anew under a new source and destroy this one.
    """
    with casefile.database.writing() as connection:
        _keeper(connection, keeper)
        taken = _take(connection, sources or [one.id for one in vault.sources(connection)], keeper)
        if taken:
            details = {"keeper": keeper, "sources": " ".join(taken)}
            log.act_done(connection, Act.REVOKED, by, instant(at), details, "sealed")
    if taken:
        forget_in_kept_copies(casefile.folder, [("sealed_keys", {"keeper": keeper, "source": id}) for id in taken])
        wipe_traces(casefile.database, _TABLES)
    return taken


def remove_keeper(casefile: Casefile, keeper: str, *, by: str, at: datetime) -> tuple[str, ...]:
    """Take every key from a keeper and let nothing be sealed to them any more; gives the sources they held."""
    with casefile.database.writing() as connection:
        found = _keeper(connection, keeper)
        taken = _take(connection, [one.id for one in vault.sources(connection)], keeper)
        vault.keep_keeper(connection, Keeper(found.id, found.public_key, by, month_of(at), removed=True))
        details = {"keeper": keeper, "sources": " ".join(taken)}
        log.act_done(connection, Act.REVOKED, by, instant(at), details, "sealed")
    forget_in_kept_copies(casefile.folder, [("sealed_keys", {"keeper": keeper})])
    wipe_traces(casefile.database, _TABLES)
    return taken


def destroy(casefile: Casefile, source: str, *, by: str, at: datetime, why: str = "") -> int:
    """Destroy the key of a source and all that was sealed with it; gives how many parts that were.

    Nobody can open it afterwards, here or in the copies kept beside the tables. Older backups hold it until they are
    replaced. Who opened it when stays in the log, and so does what the dossier calls it.
    """
    with casefile.database.writing() as connection:
        found = living_in(connection, source)
        files = [part.file for part in vault.parts(connection, source) if part.file is not None]
        gone = vault.forget_parts(connection, source)
        vault.forget_keys(connection, source)
        vault.keep_source(connection, found.destroyed())
        log.act_done(connection, Act.DESTROYED, by, instant(at), {"source": source, "why": why}, "sealed")
    for name in files:
        wipe_file(envelope_path(casefile, name))
    forget_in_kept_copies(casefile.folder, [("sealed_keys", {"source": source}), ("sealed_parts", {"source": source})])
    wipe_traces(casefile.database, _TABLES)
    return gone


def _take(connection: Connection, sources: Sequence[str], keeper: str) -> tuple[str, ...]:
    taken = []
    for id in sources:
        held = vault.keys(connection, id)
        if keeper not in held:
            continue
        if len(held) == 1:
            raise InvalidValue(
                f"{keeper} is the only one who can open {id}: grant it to another first, or destroy it",
                f"{keeper} es la única persona que puede abrir {id}: concédala antes a otra, o destrúyala",
            )
        vault.forget_keys(connection, id, keeper)
        taken.append(id)
    return tuple(taken)


def _keeper(connection: Connection, name: str) -> Keeper:
    found = {one.id: one for one in vault.keepers(connection) if not one.removed}
    if name not in found:
        there = ", ".join(found) or "–"
        raise InvalidValue(f"there is no keeper {name}; there are: {there}", f"no hay custodia {name}; hay: {there}")
    return found[name]
