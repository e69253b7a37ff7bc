"""What interrupted work leaves is told and swept, and is no fault; what was said to be saved is never swept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner

from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.keeping.unfinished import sweep, unfinished
from recuento.casefile.keeping.verifying import verify
from recuento.cli.main import cli

AT = datetime(2031, 4, 2, 10, 0, tzinfo=UTC)


def interrupted(casefile: Casefile, folder: Path) -> str:
    """Leave what a kill may: bytes without a row, a file half written, a folder of work. Gives their hash."""
    preserve(casefile, [folder.parent / "notes"], by="ana", at=AT)
    (casefile.folder / "originals" / ".unfinished-abc").write_bytes(b"ha")
    (casefile.folder / ".unfinished-dossier").mkdir()
    (casefile.folder / ".unfinished-dossier" / "page.html").write_bytes(b"<p>")
    (casefile.folder / "people" / "work" / "99999999").mkdir(parents=True)
    return casefile.originals.keep(b"nobody was told that this is kept")


def test_both_ways_are_told(casefile: Casefile, folder: Path) -> None:
    """Bytes without a row are unfinished; a row without bytes is a fault."""
    stray = interrupted(casefile, folder)
    found = verify(casefile)
    assert found.faults == ()
    assert [one.place for one in found.unfinished] == [f"originals/{stray[:12]}"]
    kept = next(sha256 for sha256 in casefile.originals.all() if sha256 != stray)
    casefile.originals.path(kept).unlink()
    assert any(kept in fault.en for fault in verify(casefile).faults)


def test_the_sweep_takes_leftovers_alone(casefile: Casefile, folder: Path) -> None:
    """Nothing of today is swept unless asked for; originals never, also those without a row."""
    stray = interrupted(casefile, folder)
    assert len(unfinished(casefile).left) == 3
    assert sweep(casefile) == ()
    assert len(sweep(casefile, age_seconds_min=0)) == 3
    assert unfinished(casefile).left == ()
    assert casefile.originals.is_whole(stray)
    assert verify(casefile).faults == ()


def test_the_command_says_what_is_left_and_what_was_swept(casefile: Casefile, folder: Path) -> None:
    """In both languages, and nothing where nothing is left."""
    interrupted(casefile, folder)
    casefile.close()
    run = CliRunner().invoke
    for language, words in (("es", "vuelva a preservar"), ("en", "preserve its file again")):
        said = run(cli, ["unfinished", "-C", str(folder)], obj=language)
        assert said.exit_code == 0, said.output
        assert words in " ".join(said.output.split())
        assert ".unfinished-dossier" in said.output
    swept = run(cli, ["unfinished", "-C", str(folder), "--sweep", "--now"], obj="es")
    assert swept.output.count("borrado") == 3
