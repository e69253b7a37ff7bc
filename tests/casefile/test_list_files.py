"""List files as they come: any encoding, broken cells, hundreds of columns. A result, or a refusal that says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from recuento.casefile.people.list_files import read_list_file
from recuento.errors import FaultsFound

TEXT = "Nombre;Recinto;Año\nMUÑOZ INVENTADO, José;Retén La Ceiba;1990\nLucía Ibáñez Güell;El Samán;1985\n"


def _read(folder: Path, data: bytes):
    path = folder / "wall.csv"
    path.write_bytes(data)
    return read_list_file(path)


@pytest.mark.parametrize(
    ("encoding", "word"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "UTF-16"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Windows-1252"),
        ("cp850", "DOS 850"),
        ("mac_roman", "Mac Roman"),
    ],
)
def test_every_usual_encoding_is_read_and_named(tmp_path: Path, encoding: str, word: str | None) -> None:
    """The same cells whatever the program that saved them, and a remark where it was not UTF-8."""
    found = _read(tmp_path, TEXT.encode(encoding))
    assert found.header == ("Nombre", "Recinto", "Año")
    assert found.rows == _read(tmp_path, TEXT.encode("utf-8")).rows
    assert found.rows[1] == ("Lucía Ibáñez Güell", "El Samán", "1985")
    assert [remark.en for remark in found.remarks] == ([f"is not UTF-8; read as {word}"] if word else [])


def test_utf8_with_one_broken_byte_stays_utf8(tmp_path: Path) -> None:
    """The other names keep their accents, and the row with the broken one is named."""
    data = TEXT.encode("utf-8").replace("Lucía".encode(), b"Luc\xeda")
    found = _read(tmp_path, data)
    assert found.rows[0][0] == "MUÑOZ INVENTADO, José"
    assert [remark.place for remark in found.remarks] == ["wall.csv", "row/fila 3"]


@pytest.mark.parametrize("data", [b"\x00\x01\x02" * 100, TEXT.encode("utf-16-le"), TEXT.encode("utf-32")])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    """Bytes of something else, or UTF-16 that does not say that it is: refused with a reason in both languages."""
    with pytest.raises(FaultsFound, match="NUL") as caught:
        _read(tmp_path, data)
    assert "no es texto" in caught.value.es


@pytest.mark.parametrize("cell", ["A" * 10_000_000, '"' + "A\n" * 5_000_000])
def test_a_cell_of_ten_megabytes_is_refused_with_its_row(tmp_path: Path, cell: str) -> None:
    """Whether one long word or a quote that was never closed; the cell is not repeated."""
    with pytest.raises(FaultsFound, match="longer than") as caught:
        _read(tmp_path, f"Nombre\nANA INVENTADA\n{cell}\n".encode())
    assert "row/fila" in caught.value.en and "comillas" in caught.value.es
    assert len(caught.value.en) < 500


def test_a_line_of_ten_megabytes_in_a_text_is_no_entry(tmp_path: Path) -> None:
    """The other lines of the text are read."""
    path = tmp_path / "wall.txt"
    path.write_text("1. PÉREZ INVENTADO, José\n" + "A " * 5_000_000 + "\n2. ROJAS INVENTADA, Ana\n", encoding="utf-8")
    assert len(read_list_file(path).rows) == 2


def test_a_hundred_columns_are_read_and_more_are_refused(tmp_path: Path) -> None:
    """All columns are kept; one more than a hundred is refused with the way out."""
    for count in (100, 101):
        header = ";".join(["Nombre", *(f"c{n}" for n in range(count - 1))])
        data = f"{header}\nANA INVENTADA{';x' * (count - 1)}\n".encode()
        if count == 100:
            assert len(_read(tmp_path, data).rows[0]) == 100
            continue
        with pytest.raises(FaultsFound, match="101 columns"):
            _read(tmp_path, data)
