"""What a file tells besides its content is sealed or not kept: no byte outside of its original and the vault has it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.keeping.exporting import export
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.sealing.document_metadata import seal_metadata
from recuento.casefile.sealing.sealed_search import SealedSearch, sealed_values
from recuento.casefile.sealing.vault import sources_of
from recuento.casefile.sealing.vault_opening import open_source
from recuento.errors import InvalidValue
from recuento.preserve.extract import look
from recuento.seal.sealed import opened
from sealing_actions import hits
from vault_case import AT, keepers_in

ARTIST = "Quiterio Zapalarga Ñustesorán"
SERIAL = "ZX-90417755301"
CANARIES = [ARTIST, SERIAL, "Camarón Prueba-X9000", "Zapalarga Editores"]


def photograph(kind: str = "JPEG") -> bytes:
    """A small picture that tells its author, its camera with its number, and where it was taken."""
    image = pytest.importorskip("PIL.Image")
    exif = image.Exif()
    exif[0x013B], exif[0x0110] = ARTIST.encode(), "Camarón Prueba-X9000".encode()
    inner = exif.get_ifd(0x8769)
    inner[0xA431] = SERIAL
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (10.0, 28.0, 12.36), "W", (66.0, 54.0, 13.0)
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:publisher>Zapalarga Editores</dc:publisher></x:xmpmeta>'
    out = BytesIO()
    image.new("RGB", (64, 48), "white").save(out, kind, exif=exif, xmp=xmp)
    return out.getvalue()


def with_photograph(folder: Path, name: str = "foto.jpg") -> Casefile:
    """The invented casefile with a photograph preserved."""
    path = folder.parent / name
    path.write_bytes(photograph("PNG" if name.endswith("png") else "WEBP" if name.endswith("webp") else "JPEG"))
    casefile = Casefile.open(folder)
    preserve(casefile, [path], by="ana", at=AT)
    path.unlink()
    return casefile


def found_outside(folder: Path) -> list[str]:
    """The files that hold a canary, besides the originals: those are evidence, and stay as they came."""
    return [name for name in hits(folder, CANARIES) if "originals/" not in name]


@pytest.mark.parametrize("name", ["foto.jpg", "foto.png", "foto.webp"])
def test_metadata_are_read_in_the_jail(name: str) -> None:
    """Author, device, its number, the place and the packet of Adobe, of each format."""
    fields = look("metadata", photograph({"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[name[5:]]))["fields"]
    assert fields["EXIF Artist"] == ARTIST and fields["EXIF BodySerialNumber"] == SERIAL
    assert fields["GPS GPSLatitude"].startswith("10.0 28.0")
    # Pillow writes no packet of Adobe into a PNG.
    assert name == "foto.png" or "Zapalarga Editores" in fields["XMP"]


def test_they_are_sealed_and_nothing_else_has_them(folder: Path, tmp_path: Path) -> None:
    """Opened with a key and a purpose they are whole; tables, log, dossier and export hold none of them."""
    with with_photograph(folder) as casefile:
        keys = keepers_in(casefile)
        done = seal_metadata(casefile, by="ana", at=AT)
        assert (done.looked_at, done.sealed, done.waiting) == (1, 1, 0)
        assert seal_metadata(casefile, by="ana", at=AT).looked_at == 0
        (source,) = sources_of(casefile)
        assert source.source.is_metadata and source.source.id not in {a.id for a in casefile.settings.cast.actors}
        found = open_source(casefile, source.source.id, keys.ana, purpose="fechar la foto", by="ana", at=AT)
        with opened(found.parts[0].value) as plain:
            assert all(one in plain.text for one in (ARTIST, SERIAL, "Zapalarga Editores"))
        with pytest.raises(InvalidValue):
            open_source(casefile, source.source.id, keys.ana, purpose="buscar a Zapalarga", by="ana", at=AT)
        publish(casefile, folder / "dossier", date(2031, 4, 30), by="ana", at=AT, search=SealedSearch(keys.ana))
        export(casefile, tmp_path / "export")
        assert not verify(casefile).faults
    assert found_outside(folder) == [] and found_outside(tmp_path / "export") == []


def test_the_gate_looks_for_what_points_at_somebody(folder: Path) -> None:
    """Whoever publishes with a key has author, number and place looked for; the maker of a camera is anybody's."""
    with with_photograph(folder) as casefile:
        keys = keepers_in(casefile)
        seal_metadata(casefile, by="ana", at=AT)
        search = SealedSearch(keys.ana)
        values = {one.value for one in sealed_values(casefile, search, date(2031, 4, 30), by="ana", at=AT)}
    assert {ARTIST, SERIAL, "10.4701"} <= values and not any("Prueba-X9000" in value for value in values)


def test_without_keepers_they_are_not_kept_and_this_is_said(folder: Path) -> None:
    """Nothing of it is anywhere but in the original; the words name the way out, and later it is made up for."""
    with with_photograph(folder) as casefile:
        done = seal_metadata(casefile, by="ana", at=AT)
        said = done.words()
        assert done.waiting == 1 and said is not None and "keeper add" in said.es and "keeper add" in said.en
        assert sources_of(casefile) == ()
        assert found_outside(folder) == []
        keepers_in(casefile)
        assert seal_metadata(casefile, by="ana", at=AT).sealed == 1


def test_the_search_would_find_them(folder: Path) -> None:
    """Sabotage: the same metadata written into a table in clear are found."""
    with with_photograph(folder):
        (folder / "note.txt").write_text(f"autor: {ARTIST}", encoding="utf-8")
    assert found_outside(folder) == ["note.txt"]
