"""`recuento link import`: a list of names from CSV, a spreadsheet or a text, dry run first."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.people.lists import ListPlan, apply_list, plan_list
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, note, now, pairs, who


@command(
    "import",
    es="""Importa una lista de nombres. Sin --yes solo muestra qué se añadiría o cambiaría.

Las filas quedan como estaban en el archivo; --map dice qué columna es cuál y se recuerda para la próxima vez. De un
texto (también PDF o DOCX) se toman las líneas que parecen un registro.""",
    en="""Import a list of names. Without --yes it only shows what would be added or changed.

Rows are kept as they stood in the file; --map says which column is which and is remembered for the next time. From a
text (also PDF or DOCX) the lines that look like an entry are taken.""",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@option("--list", "list_id", required=True, es="Nombre corto de la lista.", en="Short name of the list.")
@option("--name", es="Nombre de la lista.", en="Name of the list.")
@option(
    "--map",
    "mapped",
    multiple=True,
    metavar="COLUMN=OURS",
    es="Qué es una columna: «Nombre y apellido=name».",
    en='What a column is: "Full name=name".',
)
@option("--key", es="Columna que identifica la fila.", en="Column that names the row.")
@option(
    "--no-duplicates/--duplicates",
    default=None,
    es="Si se sabe que la lista no repite personas.",
    en="Whether the list is known to name nobody twice.",
)
@option("--yes", is_flag=True, es="Escribe los cambios.", en="Write the changes.")
@casefile_option
@json_option
def run(
    file: Path,
    list_id: str,
    name: str | None,
    mapped: tuple[str, ...],
    key: str | None,
    no_duplicates: bool | None,
    yes: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Import a list of names."""
    columns = dict(_pair(words) for words in mapped)
    with opened(folder) as casefile:
        plan = plan_list(casefile, file, list_id, columns=columns, key=key, name=name, no_duplicates=no_duplicates)
        if yes:
            apply_list(casefile, plan, by=who(), at=now())
    if as_json:
        print_json(_plain(plan, yes))
        return
    _print(plan, yes)
    if not yes and (plan.of("added") or plan.of("changed")):
        note(say("Nada se ha escrito. Para escribirlo: --yes", "Nothing was written. To write it: --yes"))


def _pair(words: str) -> tuple[str, str]:
    theirs, mark, ours = words.rpartition("=")
    if not mark or not theirs.strip() or not ours.strip():
        raise click.UsageError(
            say(f"--map quiere COLUMNA=name, no {words!r}", f"--map wants COLUMN=name, not {words!r}")
        )
    return theirs.strip(), ours.strip()


def _print(plan: ListPlan, written: bool) -> None:
    counts = f"{len(plan.of('added'))} / {len(plan.of('changed'))} / {len(plan.of('same'))}"
    done = say("escritas", "written") if written else say("sin escribir", "not written")
    line(f"{plan.file.name}: {say('añadidas / cambiadas / iguales', 'added / changed / same')}: {counts} ({done})")
    pairs([(theirs, ours) for theirs, ours in plan.names.columns])
    if plan.unread:
        kept = ", ".join(plan.unread)
        line(say(f"Se guardan sin comparar: {kept}", f"Kept, not compared: {kept}"), indent=2, hang=2)
    if plan.gone:
        gone = len(plan.gone)
        line(
            say(
                f"{gone} filas de antes ya no están en el archivo; se conservan.",
                f"{gone} earlier rows are no longer in the file; they are kept.",
            ),
            indent=2,
            hang=2,
        )
    for remark in plan.file.remarks:
        line(f"! {remark.es}" if say("es", "en") == "es" else f"! {remark.en}", indent=2, hang=2)


def _plain(plan: ListPlan, written: bool) -> dict[str, object]:
    """The plan without a name in it: ids and counts."""
    return {
        "file": plan.file.name,
        "list": plan.names.id,
        "columns": dict(plan.names.columns),
        "unread": list(plan.unread),
        "written": written,
        "added": len(plan.of("added")),
        "changed": [entry.id for entry in plan.of("changed")],
        "same": len(plan.of("same")),
        "gone": list(plan.gone),
    }
