"""`recuento seal editions`: blank for good, in kept editions, what became private after they came out."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.publishing.forgetting import blank_copies, in_clear
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, note, now, who


@command(
    "editions",
    es="""Dice qué archivos de ediciones guardadas tienen en claro lo que en público ya está en blanco, y los borra.

Lo sellado después de publicar lo busca recuento publish --keeper, que lo deja en blanco en el sitio; la copia del caso
(editions/) lo conserva hasta que esta orden lo borre con --for-good, que no se deshace y queda en el registro.""",
    en="""Say which files of kept editions have in clear what is blank in public by now, and blank them.

What was sealed after it was published recuento publish --keeper looks for and blanks on the site; the casefile's copy
(editions/) has it until this command blanks it with --for-good, which cannot be undone and is in the log.""",
)
@option("--for-good", is_flag=True, es="Bórralos de las copias.", en="Blank them in the copies.")
@casefile_option
def run(for_good: bool, folder: Path | None) -> None:
    """Tell, or blank."""
    with opened(folder) as casefile:
        found = blank_copies(casefile, by=who(), at=now()) if for_good else in_clear(casefile)
    for number, paths in found.items():
        for path in paths:
            line(f"v{number}/{path}")
    if not found:
        line(say("Nada en claro que en público esté en blanco.", "Nothing in clear that is blank in public."))
    elif for_good:
        note(say("Reemplace las copias de seguridad anteriores.", "Replace the earlier backups."))
