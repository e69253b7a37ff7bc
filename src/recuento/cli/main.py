"""`recuento`: the command line. Data goes to standard output, everything else to standard error."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Sequence
from importlib.resources import files

import click

from recuento import __version__
from recuento.cli.bilingual import LazyGroup, language_from
from recuento.errors import RecuentoError
from recuento.values.bilingual import Bilingual, Language

_COMMANDS = (
    ("demo", "demo", "Copia el caso de ejemplo y lo ejecuta entero.", "Copy the example casefile and run it whole."),
    ("init", "init", "Crea un caso vacío.", "Create an empty casefile."),
    ("run", "run", "Hace lo que esté sin actualizar, paso a paso.", "Do whatever is out of date, step by step."),
    ("preserve", "preserve", "Guarda documentos y páginas web.", "Keep documents and web pages."),
    ("documents", "documents", "Muestra los documentos y qué se sabe de ellos.", "Show the documents."),
    ("layers", "layers", "Capas de texto y decisiones huérfanas.", "Text layers and orphaned decisions."),
    ("captures", "captures", "Muestra qué fue de cada página web.", "Show what became of each web page."),
    ("import", "import_", "Importa afirmaciones de un CSV.", "Import claims from a CSV."),
    ("read", "read", "Lee los textos: quién dice qué.", "Read the texts: who says what."),
    ("review", "review", "Confirma o rechaza lo leído.", "Confirm or reject what was read."),
    ("cast", "cast", "Quién habla, dónde y cuándo; se añade.", "Who speaks, where and when; add to it."),
    ("serve", "serve", "Abre el caso en el navegador.", "Open the casefile in the browser."),
    ("copies", "copies", "Muestra qué documentos son copias.", "Show which documents are copies."),
    ("compare", "compare", "Pone las versiones lado a lado.", "Lay the accounts side by side."),
    ("balance", "balance", "Calcula qué se deduce de las cifras.", "Work out what the figures imply."),
    ("link", "link", "Listas de nombres y sus personas.", "Lists of names, and their persons."),
    ("estimate", "estimate", "Estima a quiénes nadie registró.", "Estimate those whom nobody recorded."),
    ("claim", "claim", "Muestra una afirmación y su historia.", "Show a claim and its history."),
    ("demand", "demand", "Anota qué fue de una exigencia.", "Note what came of a demand."),
    ("check", "check", "Revisa la aritmética de un texto.", "Check the arithmetic of a text."),
    ("publish", "publish", "Escribe el dosier público.", "Write the public dossier."),
    ("hold", "hold", "Retiene algo del dosier.", "Hold something back from the dossier."),
    ("retract", "retract", "Retira algo de lo público.", "Take something out of what is public."),
    ("export", "export", "Escribe todo como texto legible.", "Write everything as readable text."),
    ("copy", "copy", "Copia un caso a otra carpeta o servidor.", "Copy a casefile to another folder or server."),
    ("verify", "verify", "Comprueba originales, anclas y registro.", "Check originals, anchors and log."),
    ("unfinished", "unfinished", "Dice qué quedó a medias.", "Say what was left unfinished."),
    ("log", "log", "El registro de custodia y sus pruebas.", "The custody log and its proofs."),
    ("keeper", "keeper", "Quiénes custodian los nombres sellados.", "Who keeps the sealed names."),
    ("seal", "seal", "Sella quiénes son las fuentes.", "Seal who the sources are."),
    ("lock", "lock", "Cierra las listas de nombres de inmediato.", "Lock the lists of names at once."),
    ("unlock", "unlock", "Las vuelve a abrir, con una clave.", "Bring them back, with a key."),
    (
        "travel",
        "travel",
        "Hace un caso para llevar, sin lo sellado.",
        "Make a casefile to carry, without what is sealed.",
    ),
    ("backup", "backup", "Guarda el caso entero en un archivo.", "Write the whole casefile into one file."),
    ("restore", "restore", "Restaura una copia y lo compara todo.", "Restore a backup and compare everything."),
)
"""Name, module, and help in Spanish and English, in the order of the work."""

_HELP = Bilingual(
    es="""Recuento: qué se dijo de las personas detenidas, qué se deduce y qué no cuadra.

Terminan en 0 (hecho), 2 (orden mal escrita), 3 (lo comprobado no se sostiene), 4 (entrada ilegible),
5 (caso ocupado o desactualizado), 130 (interrumpida), 1 (fallo inesperado).""",
    en="""Recuento: what was said about people in custody, what follows, and what does not add up.

Commands end with 0 (done), 2 (usage), 3 (what was checked does not hold), 4 (input unreadable), 5 (casefile
busy or out of date), 130 (interrupted), 1 (unexpected).""",
)


@click.group(
    "recuento",
    cls=LazyGroup,
    lazy=[(name, module, Bilingual(es=es, en=en)) for name, module, es, en in _COMMANDS],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--lang", type=click.Choice(["es", "en"]), help="Español / English.")
@click.version_option(__version__, prog_name="recuento")
def cli(lang: str | None) -> None:
    """Run a command of Recuento; `main` has taken `--lang` out of the words already, it stands here for the help."""


assert isinstance(cli, LazyGroup)
cli.words = _HELP


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code; errors a user can put right are shown as they are."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    words, language = _language_in(words)
    _speak(language)
    try:
        code = cli.main(words, prog_name="recuento", standalone_mode=False, color=_colour(), obj=language)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except RecuentoError as error:
        click.secho(
            error.text(language), fg="red" if _colour() is not False and sys.stderr.isatty() else None, err=True
        )
        code = error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        code = _code_of_disk(error, language)
    sys.exit(code if isinstance(code, int) else 0)


def _code_of_disk(error: OSError, language: Language) -> int:
    """Say what the disk refused (full, read-only, failing), wherever it was written to; anything else is a bug."""
    from recuento.store.durable import explanation

    found = explanation(error)
    if found is None:
        raise error
    click.secho(found.text(language), fg="red" if _colour() is not False and sys.stderr.isatty() else None, err=True)
    return found.exit_code


def _language_in(words: list[str]) -> tuple[list[str], Language]:
    """Take `--lang X` out of the words, wherever it stands, so that it works after the command as well."""
    language = language_from(os.environ)
    for place, word in enumerate(words):
        value = words[place + 1] if word == "--lang" and place + 1 < len(words) else word.removeprefix("--lang=")
        if value in ("es", "en") and (word == "--lang" or word.startswith("--lang=")):
            end = place + (2 if word == "--lang" else 1)
            return words[:place] + words[end:], "es" if value == "es" else "en"
    return words, language


def _speak(language: Language) -> None:
    """Let Click's own words (usage, no such option) be in the language too: Click asks gettext for them."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("recuento", str(files("recuento.cli").joinpath("locale")))
    gettext.textdomain("recuento")


def _colour() -> bool | None:
    """Click decides by the terminal, unless NO_COLOR is set (no-color.org)."""
    return False if os.environ.get("NO_COLOR") else None


if __name__ == "__main__":
    main()
