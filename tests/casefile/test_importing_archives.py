"""Web archives brought in: every page with its own date and address, everything else told of, nothing twice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from misbehaving_server import PAGE
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.importing_archives import ArchiveImport
from recuento.casefile.documents.preserving import Outcome, preserve
from recuento.casefile.keeping.verifying import verify
from recuento.model.capture import CaptureOutcome
from recuento.store import captures, documents
from wacz_files import wacz
from warc_files import gzipped, record, response

AT = datetime(2031, 4, 2, 12, tzinfo=UTC)
RECORDS = [
    record("warcinfo", "", b"software: Rastreador 1.0\r\n", media_type="application/warc-fields"),
    response("https://example.invalid/nota", PAGE, "text/html"),
    response("https://example.invalid/foto.png", b"\x89PNG", "image/png"),
    response("https://example.invalid/ida", b"", "text/html", status=301),
    response("https://example.invalid/falta", PAGE, "text/html", status=404),
    response("https://example.invalid/blanda", b"<html><head><title>404 Not Found</title></head>x", "text/html"),
    response("https://example.invalid/acta.txt", b"El acta dice que 12 personas murieron.", "text/plain"),
    record("request", "https://example.invalid/nota", b"GET /nota HTTP/1.1\r\n\r\n"),
    record("respuesta", "https://example.invalid/rara", b"HTTP/1.1 200 OK\r\n\r\nx"),
]


def brought(casefile: Casefile, path: Path, data: bytes) -> ArchiveImport:
    """Write an archive and bring it in."""
    path.write_bytes(data)
    (done,) = preserve(casefile, [path], by="ana", at=AT)
    assert done.outcome is Outcome.ARCHIVE and done.archive is not None
    return done.archive


def test_every_answer_is_told_and_every_page_a_document(casefile: Casefile, tmp_path: Path) -> None:
    """Pages keep their own address and date; pictures, redirects and error pages stay in the archive, by name."""
    found = brought(casefile, tmp_path / "a.warc.gz", gzipped(RECORDS))
    assert found.outcomes == {
        CaptureOutcome.CAPTURED: 2, CaptureOutcome.OTHER_FILE: 2, CaptureOutcome.GONE: 2,
    }  # fmt: skip
    assert found.account.is_balanced and len(found.account.reported) == 1
    assert "unknown type" in found.account.reported[0].why.en
    with casefile.database.reading() as connection:
        made = {one.url: one for one in captures.all(connection)}
        page = documents.find(connection, made["https://example.invalid/nota"].document or "")
    assert page is not None and page.origin.where == "https://example.invalid/nota"
    assert page.origin.at == datetime(2031, 3, 24, 8, tzinfo=UTC) and page.description.title == "Nota de prueba"
    assert casefile.originals.read(page.sha256) == PAGE
    assert "Rastreador 1.0" in made[page.origin.where].method.en
    assert not verify(casefile).faults


def test_brought_in_twice_nothing_is_there_twice(casefile: Casefile, tmp_path: Path) -> None:
    """The second time every answer is known."""
    data = gzipped(RECORDS)
    first, again = brought(casefile, tmp_path / "a.warc.gz", data), brought(casefile, tmp_path / "a.warc.gz", data)
    assert again.known == sum(first.outcomes.values()) and not again.outcomes and again.account.is_balanced
    with casefile.database.reading() as connection:
        assert len(captures.all(connection)) == again.known


def test_a_wacz_whose_hashes_are_gone_comes_in_as_unverified(casefile: Casefile, tmp_path: Path) -> None:
    """Each page says so; one whose hashes hold says nothing of the kind."""
    archive = {"a.warc.gz": gzipped(RECORDS)}
    brought(casefile, tmp_path / "bad.wacz", wacz(archive, leave_out="datapackage-digest.json"))
    with casefile.database.reading() as connection:
        made = captures.all(connection)
    assert made and all(any("unverified" in one.en for one in capture.remarks) for capture in made)
    good = brought(casefile, tmp_path / "good.wacz", wacz(archive))
    assert not good.account.unverified and good.outcomes[CaptureOutcome.CAPTURED] == 2


def test_damage_is_told_and_the_rest_comes_in(casefile: Casefile, tmp_path: Path) -> None:
    """A flipped byte in one page costs that page, which is reported with its place, and no other."""
    data = bytearray(gzipped(RECORDS))
    data[len(gzipped(RECORDS[:1])) + 120] ^= 0xFF
    found = brought(casefile, tmp_path / "a.warc.gz", bytes(data))
    assert found.outcomes[CaptureOutcome.CAPTURED] == 1 and found.account.bytes_reported and found.account.is_balanced
    assert not verify(casefile).faults
