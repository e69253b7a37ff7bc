"""A casefile with keepers and sealed sources, all invented, and the keys that open them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from recuento.casefile.casefile import Casefile
from recuento.casefile.sealing.keepers import add_keeper
from recuento.casefile.sealing.vault import add_file, add_text, new_source
from recuento.seal.keys import PrivateKey
from recuento.seal.sealed import Sealed
from recuento.values.bilingual import Bilingual

AT = datetime(2031, 4, 2, 10, 0, tzinfo=UTC)
RELATIVE = Bilingual(es="familiar de una persona detenida", en="relative of a detainee")
SECRETS = {
    "name": "Ubaldina Trasmonte Quiñongo",
    "contact": "+58 414 5550199 zarcillo.trasmonte@correo.invalid",
    "place": "Callejón Guayacán 47, Sabaneta de Orozco",
    "notes": "Vio salir dos camiones azules por la puerta trasera la noche del apagón.",
}
"""What is planted, by kind."""
FILE_NAME = "carta de Ubaldina.txt"
FILE_TEXT = "Querida hermana: me llevaron al pabellón siete y no me dejan llamar."


@dataclass(frozen=True)
class Keys:
    """The keys of the keepers of a test, by name."""

    ana: PrivateKey
    luis: PrivateKey
    eva: PrivateKey


_KEPT: dict[Path, Keys] = {}


def keepers_in(casefile: Casefile) -> Keys:
    """Two keepers in the casefile, ana and luis; the key of a third, eva, who is none yet. Asked again, the same."""
    if casefile.folder in _KEPT:
        return _KEPT[casefile.folder]
    keys = _KEPT[casefile.folder] = Keys(PrivateKey.new(), PrivateKey.new(), PrivateKey.new())
    add_keeper(casefile, "ana", keys.ana.public, by="ana", at=AT)
    add_keeper(casefile, "luis", keys.luis.public, by="ana", at=AT)
    return keys


def source_in(casefile: Casefile, folder: Path, secrets: dict[str, str] | None = None) -> str:
    """A source with something of every kind sealed; gives its id. `folder` is for the file that is sealed."""
    source = new_source(casefile, "relatives", RELATIVE, by="ana", at=AT)
    for kind, text in (secrets or SECRETS).items():
        add_text(casefile, source.id, kind, Sealed(text), by="ana", at=AT)
    letter = folder / FILE_NAME
    letter.write_text(FILE_TEXT, encoding="utf-8")
    add_file(casefile, source.id, letter, by="ana", at=AT)
    letter.unlink()
    return source.id
