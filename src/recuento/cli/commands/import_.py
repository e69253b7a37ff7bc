"""`recuento import claims`: claims from a CSV file, dry run first."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.claims.importing import ImportPlan, apply_import, plan_import
from recuento.cli.bilingual import BilingualCommand, LazyGroup, command, language_of, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, note, now, who
from recuento.errors import FaultsFound
from recuento.values.bilingual import Bilingual
from recuento.values.wording import quantity_text


@command(
    "claims",
    es="""Importa afirmaciones de un CSV. Sin --yes solo muestra qué se añadiría, cambiaría o rechazaría.

Si alguna fila se rechaza no se escribe nada, salvo con --skip-refused. Importar dos veces no cambia nada.""",
    en="""Import claims from a CSV. Without --yes it only shows what would be added, changed or refused.

If a row is refused nothing is written, unless --skip-refused is given. Importing twice changes nothing.""",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@option("--yes", is_flag=True, es="Escribe los cambios.", en="Write the changes.")
@option("--skip-refused", is_flag=True, es="Escribe las demás filas.", en="Write the other rows.")
@casefile_option
@json_option
def _claims(file: Path, yes: bool, skip_refused: bool, folder: Path | None, as_json: bool) -> None:
    """Import claims."""
    with opened(folder) as casefile:
        plan = plan_import(casefile, file)
        writes = yes and (skip_refused or not plan.refused)
        if writes:
            apply_import(casefile, plan, by=who(), at=now())
    print_json(_plain(plan, writes)) if as_json else print_plan(plan, written=writes)
    if plan.refused and not writes:
        raise FaultsFound(plan.file, plan.refused)
    if not yes and not as_json and (plan.of("added") or plan.of("changed")):
        note(say("Nada se ha escrito. Para escribirlo: --yes", "Nothing was written. To write it: --yes"))


def print_plan(plan: ImportPlan, *, written: bool, brief: bool = False) -> None:
    """Say what the plan adds, changes and refuses, by row."""
    language = language_of()
    refused = len({fault.place for fault in plan.refused})
    counts = f"{len(plan.of('added'))} / {len(plan.of('changed'))} / {len(plan.of('same'))} / {refused}"
    done = say("escritas", "written") if written else say("sin escribir", "not written")
    line(
        f"{plan.file}: {say('añadidas / cambiadas / iguales / rechazadas', 'added / changed / same / refused')}: "
        f"{counts} ({done})"
    )
    if brief:
        return
    for row in (*plan.of("added"), *plan.of("changed")):
        mark = "+" if row.change == "added" else "~"
        line(
            f"{mark} {say('fila', 'row')} {row.row}  {row.claim.id}  {row.claim.measure}: "
            f"{quantity_text(row.claim.quantity, language)} ({row.claim.claimant})",
            indent=2,
            hang=4,
        )
    for remark in plan.remarks:
        line(f"! {remark.text(language)}", indent=2, hang=4)


def _plain(plan: ImportPlan, written: bool) -> dict[str, object]:
    return {
        "file": plan.file,
        "written": written,
        "rows": [{"row": row.row, "claim": row.claim.id, "change": row.change} for row in plan.rows],
        "refused": [{"place": fault.place, "es": fault.es, "en": fault.en} for fault in plan.refused],
        "remarks": [{"place": fault.place, "es": fault.es, "en": fault.en} for fault in plan.remarks],
    }


class _ImportGroup(LazyGroup):
    """The kinds of things that can be imported."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> BilingualCommand | None:
        return _claims if cmd_name == "claims" else None


run = _ImportGroup("import", lazy=[("claims", "", _claims.words)])
run.words = Bilingual(es="Importa datos al caso.", en="Import data into the casefile.")
