"""`recuento publish`: write the public dossier."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from recuento.casefile.publishing.edition_date import edition_of
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.running import default_dossier
from recuento.casefile.sealing.sealed_search import SealedSearch
from recuento.casefile.sealing.vault import holds_sealed_values
from recuento.cli.bilingual import command, option, say
from recuento.cli.keys import keeper_option, key_in
from recuento.cli.options import Day, casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, note, now, who


@command(
    "publish",
    es="""Escribe el dosier público como archivos: páginas en español e inglés y datos abiertos, sin programas.

Solo sale lo permitido; si algo reservado fuera a salir, no se escribe nada. Mismo caso, mismos bytes. Los datos
sellados se buscan con --keeper en todo lo que va a salir.""",
    en="""Write the public dossier as files: pages in Spanish and English and open data, without scripts.

Only what is allowed goes out; if anything sealed were to leave, nothing is written. Same casefile, same bytes. Sealed
values are looked for with --keeper in all that is to leave.""",
)
@click.argument("target", required=False, type=click.Path(path_type=Path, file_okay=False))
@option("--edition", type=Day(), es="Fecha de la edición.", en="Date of the edition.")
@keeper_option(required=False)
@option(
    "--without-keeper",
    is_flag=True,
    es="Publica sin buscar los datos sellados; queda en el registro.",
    en="Publish without looking for sealed values; it is noted in the log.",
)
@casefile_option
@json_option
def run(
    target: Path | None,
    edition: date | None,
    key_file: Path | None,
    passphrase_file: Path | None,
    without_keeper: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Write the dossier."""
    with opened(folder) as casefile:
        key = key_in(key_file, passphrase_file) if key_file is not None else None
        search = SealedSearch(key, without_keeper)
        at, day = target or default_dossier(casefile), edition_of(casefile, edition)
        done = publish(casefile, at, day, by=who(), at=now(), search=search)
        for path in done.blanked:
            es = f"{path}: contiene algo que ya no debe salir; queda en blanco."
            en = f"{path}: holds something that must not leave any more; it is blank now."
            note(say(es, en))
        if done.without_region:
            listed = ", ".join(f"[facilities.{id}]" for id in done.without_region)
            es = f'Los testimonios de {listed} salen sin lugar: añada allí region = "…" para que salga su estado.'
            en = f'Testimonies from {listed} are told without a place: add region = "…" there to tell the state.'
            note(say(es, en))
        not_searched = key is None and holds_sealed_values(casefile)
    if not_searched:
        es, en = "Los datos sellados NO se buscaron en el dosier.", "Sealed values were NOT looked for in the dossier."
        note(say(es, en))
    if as_json:
        print_json(
            {
                "folder": str(done.folder),
                "files": done.files,
                "bytes": done.bytes,
                "changed": list(done.changed),
                "removed": list(done.removed),
                "edition": done.number,
                "blanked": list(done.blanked),
                "without_region": list(done.without_region),
            }
        )
        return
    es = f"Edición {done.number}: {done.files} archivos ({done.bytes // 1024} kB), {len(done.changed)} cambiados"
    en = f"Edition {done.number}: {done.files} files ({done.bytes // 1024} kB), {len(done.changed)} changed"
    line(f"{say(es, en)}: {done.folder / 'index.html'}")
