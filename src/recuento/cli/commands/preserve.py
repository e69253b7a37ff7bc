"""`recuento preserve`: keep documents and their text, from files, from web archives and from the web."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click

from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.capture_record import record_of
from recuento.casefile.documents.capture_session import (
    VISITS_ARE_SEEN,
    Report,
    Wanted,
    capture_wanted,
    note_told,
    was_told,
)
from recuento.casefile.documents.extracting_again import ExtractedAgain, extract_again
from recuento.casefile.documents.packing_wacz import pack_captures
from recuento.casefile.documents.preserving import Outcome, Preserved, preserve
from recuento.casefile.sealing.document_metadata import seal_metadata
from recuento.casefile.settings.capture_settings import CaptureSettings
from recuento.cli.again_text import plain_again, print_again
from recuento.cli.archive_text import plain_archive, print_archive
from recuento.cli.attachment_text import plain_inside, print_inside
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.capture_text import print_captures
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, note, now, progress, who
from recuento.values.bilingual import Bilingual

_NAMES = {
    Outcome.ADDED: Bilingual(es="nuevos", en="new"),
    Outcome.KNOWN: Bilingual(es="ya guardados", en="kept already"),
    Outcome.UNREADABLE: Bilingual(es="guardados sin texto", en="kept without text"),
    Outcome.MISSING: Bilingual(es="no se pudieron abrir", en="could not be opened"),
    Outcome.ARCHIVE: Bilingual(es="archivos web", en="web archives"),
}


@command(
    "preserve",
    es="""Guarda archivos, carpetas y páginas web: los bytes, su huella SHA-256, su procedencia y su texto.

Un documents.csv en la carpeta, o junto a ella, aporta título, medio, fecha y dirección de cada archivo. De un archivo
.warc, .warc.gz o .wacz se guarda cada respuesta con su fecha y dirección. De una dirección http o https se guarda
lo que se pidió y lo que respondió el sitio (WARC), con el resultado de cada una; se respeta robots.txt.""",
    en="""Keep files, folders and web pages: their bytes, SHA-256, origin and text.

A documents.csv in the folder, or beside it, gives title, outlet, date and address of each file. Of a .warc, .warc.gz
or .wacz file every response is kept with its date and address. Of an http or https address what was asked and what
the site answered is kept (WARC), with what became of each; robots.txt is obeyed.""",
)
@click.argument("sources", nargs=-1)
@option("--feed", "feeds", multiple=True, es="Canal RSS o Atom: lo que nombra.", en="RSS or Atom feed: what it names.")
@option(
    "--list",
    "lists",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    es="Archivo con una dirección por línea.",
    en="File with one address a line.",
)
@option("--resume", is_flag=True, es="Sigue con lo que quedó pendiente.", en="Go on with what was left.")
@option(
    "--extract-again",
    "again",
    is_flag=True,
    es="Vuelve a sacar el texto de lo que leyó un extractor anterior.",
    en="Make the texts again that an earlier extractor made.",
)
@option("--by", es="Quién los obtuvo (por omisión, usted).", en="Who obtained them (by default you).")
@option("--yes", is_flag=True, es="Sé que el sitio ve la visita.", en="I know that the site sees the visit.")
@option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="HOST[:PORT]",
    es="Permite pedir a este servidor aunque no sea público.",
    en="Allow asking this host though it is not public.",
)
@option("--proxy", es="Proxy http o socks5 (Tor).", en="Proxy, http or socks5 (Tor).")
@option(
    "--wacz",
    type=click.Path(path_type=Path, dir_okay=False),
    es="Escribe además lo capturado ahora en este archivo WACZ.",
    en="Also write what is captured now into this WACZ file.",
)
@option("--no-parts", is_flag=True, es="Sin imágenes ni estilos.", en="Without pictures and styles.")
@option("--no-screenshot", is_flag=True, es="Sin captura de pantalla.", en="Without a screenshot.")
@casefile_option
@json_option
def run(
    sources: tuple[str, ...],
    feeds: tuple[str, ...],
    lists: tuple[Path, ...],
    resume: bool,
    again: bool,
    by: str | None,
    yes: bool,
    hosts: tuple[str, ...],
    proxy: str | None,
    wacz: Path | None,
    no_parts: bool,
    no_screenshot: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Keep documents and their text."""
    urls = tuple(one for one in sources if _is_web(one))
    paths = tuple(Path(one) for one in sources if not _is_web(one))
    wanted = Wanted(urls, lists, feeds, resume)
    asks_web = bool(urls or lists or feeds or resume)
    if not asks_web and not paths and not again:
        raise click.UsageError(say("diga qué guardar", "say what to keep"))
    with opened(folder) as casefile:
        settings = casefile.settings.capture.with_options(
            hosts=hosts, proxy=proxy, screenshot=not no_screenshot, parts=not no_parts
        )
        made = _extracted_again(casefile) if again else ()
        done = _kept(casefile, paths, by or who())
        report = _captured(casefile, wanted, settings, by or who(), yes) if asks_web else None
        metadata = seal_metadata(casefile, by=who(), at=now()).words()
        if wacz is not None and report is not None:
            pack_captures(casefile, wacz, by=who(), at=now(), only=report.captures)
    if metadata is not None:
        note(metadata.text(language_of()))
    if as_json:
        told = {"again": plain_again(made)} if again else {}
        plain = {"files": _plain(done), **told, **(_plain_report(report) if report is not None else {})}
        print_json(plain if told or report is not None else _plain(done))
        return
    if again:
        print_again(made)
    if paths:
        print_preserved(done)
    if report is not None:
        print_report(report)


def print_preserved(done: tuple[Preserved, ...]) -> None:
    """Say how many files had which outcome, and name each that has no text, with the reason."""
    language = language_of()
    counts = Counter(one.outcome for one in done)
    listed = ", ".join(f"{counts[o]} {name.text(language)}" for o, name in _NAMES.items() if counts[o])
    line(f"{len(done)} {say('archivos', 'files')}: {listed or say('ninguno', 'none')}")
    for one in done:
        if one.reason is not None:
            line(f"{one.path.name}: {one.reason.text(language)}", indent=2, hang=2)
        if one.archive is not None:
            print_archive(one.path.name, one.archive)
        if one.inside:
            line(f"{one.path.name}:", indent=2)
            print_inside(one.inside)
        if one.is_put_off:
            said = say("no alcanzó el tiempo para leerlo todo; recuento run lee el resto",
                       "the time did not suffice to read all of it; recuento run reads the rest")  # fmt: skip
            line(f"{one.path.name}: {said}", indent=2, hang=2)


def print_report(report: Report) -> None:
    """Say what became of the addresses, what was known already, what is to be asked later and what is left."""
    print_captures(report.captures)
    language = language_of()
    if report.known:
        line(say(f"{report.known} ya se habían capturado", f"{report.known} had been captured before"))
    for url, until in report.postponed.items():
        when = until.astimezone().isoformat(timespec="minutes")
        line(say(f"{url}: no antes de {when}", f"{url}: not before {when}"), indent=2, hang=2)
    for fault in report.faults:
        note(fault.text(language))
    if report.open:
        note(
            say(
                f"{report.open} direcciones siguen pendientes: recuento preserve --resume",
                f"{report.open} addresses are still to be captured: recuento preserve --resume",
            )
        )


def _is_web(source: str) -> bool:
    return source.strip().lower().startswith(("http:", "https:"))


def _kept(casefile: Casefile, paths: tuple[Path, ...], by: str) -> tuple[Preserved, ...]:
    if not paths:
        return ()
    with progress(say("Guardando", "Keeping")) as bar:
        return preserve(casefile, paths, by=by, at=now(), progress=bar)


def _extracted_again(casefile: Casefile) -> tuple[ExtractedAgain, ...]:
    with progress(say("Sacando textos", "Making texts")) as bar:
        return extract_again(casefile, at=now(), progress=bar)


def _captured(casefile: Casefile, wanted: Wanted, settings: CaptureSettings, by: str, yes: bool) -> Report:
    _tell_once(casefile, by, yes)
    with progress(say("Capturando", "Capturing")) as bar:
        return capture_wanted(casefile, wanted, settings, by=by, clock=now, progress=bar)


def _tell_once(casefile: Casefile, by: str, yes: bool) -> None:
    """Before the first visit of a casefile: say what a visit shows, and go on only when somebody says so."""
    if was_told(casefile):
        return
    note(VISITS_ARE_SEEN.text(language_of()))
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError(
                say("para seguir, repita la orden con --yes (una sola vez)", "to go on, repeat with --yes (once)")
            )
        click.confirm(say("¿Seguir?", "Go on?"), abort=True, err=True)
    note_told(casefile, by=by, at=now())


def _plain(done: tuple[Preserved, ...]) -> list[dict[str, Any]]:
    return [
        {
            "file": str(one.path),
            "outcome": one.outcome.value,
            "sha256": one.sha256,
            "reason": one.reason and {"es": one.reason.es, "en": one.reason.en},
            **({"archive": plain_archive(one.archive)} if one.archive else {}),
            **({"inside": [plain_inside(each) for each in one.inside]} if one.inside else {}),
            **({"put_off": True} if one.is_put_off else {}),
        }
        for one in done
    ]


def _plain_report(report: Report) -> dict[str, Any]:
    return {
        "captures": [record_of(one)["capture"] for one in report.captures],
        "known": report.known,
        "postponed": {url: until.isoformat() for url, until in report.postponed.items()},
        "open": report.open,
        "faults": [{"place": one.place, "es": one.es, "en": one.en} for one in report.faults],
    }
