"""The table [store] of recuento.toml: where a team keeps the tables of its casefile."""

from __future__ import annotations

from recuento.casefile.settings.toml_table import Table
from recuento.store.server_address import server_address


def store_address_from(table: Table) -> str | None:
    """The address of the team's server, None where the table names none; what is wrong with it is noted."""
    address = table.maybe("address")
    if address is not None:
        table.guarded(lambda: server_address(address))
    table.nothing_else()
    return address
