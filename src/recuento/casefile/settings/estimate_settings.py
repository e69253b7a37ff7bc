"""`[[estimates]]` of recuento.toml: what is to be estimated, from which table, by which methods."""

from __future__ import annotations

from dataclasses import dataclass

from recuento.casefile.settings.toml_table import Table
from recuento.values.bilingual import Bilingual

LINKED = "linked"
"""The table that is made of the casefile's own lists."""


@dataclass(frozen=True, slots=True)
class AskedEstimate:
    """An estimate that the casefile asks for: of whom (`question`), about which event, from which table.

    `table` is a CSV in the casefile, or "linked": the casefile's own lists, their linkage uncertain as it is.
    Without `methods`, all that work on so many lists. `by` are columns of strata: then only the total is told.
    """

    id: str
    event: str
    question: Bilingual
    table: str
    methods: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    never_met: tuple[tuple[str, str], ...] = ()
    lists_public: bool = False
    seed: int = 0
    of_sources: bool = False
    """Whether the lists are of people who spoke to the observatory: then groups must be larger to be told."""


def asked_estimate_from(table: Table) -> AskedEstimate | None:
    """The estimate that one table of recuento.toml asks for; None where it lacks what it needs, which is noted."""
    asked = AskedEstimate(
        id=table.text("id"),
        event=table.text("event"),
        question=table.bilingual(""),
        table=table.text("table"),
        methods=table.texts("methods"),
        by=table.texts("by"),
        never_met=_pairs(table),
        lists_public=table.flag("lists_public"),
        seed=table.whole("seed", 0),
        of_sources=table.flag("of_sources"),
    )
    table.nothing_else()
    return asked if asked.id and asked.event and asked.table else None


def _pairs(table: Table) -> tuple[tuple[str, str], ...]:
    pairs = []
    for words in table.texts("never_met"):
        parts = [part.strip() for part in words.split(",")]
        if len(parts) == 2:
            pairs.append((parts[0], parts[1]))
        else:
            table.fault(
                f'never_met: write two lists, "a,b", not {words!r}',
                f"never_met: escriba dos listas, «a,b», no {words!r}",
            )
    return tuple(pairs)
