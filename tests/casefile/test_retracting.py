"""What is retracted is in no byte of the next edition; that something was is told, never what."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from recuento.casefile.casefile import Casefile
from recuento.casefile.demo import fill_demo, start_demo
from recuento.casefile.publishing.editions import digest_of
from recuento.casefile.publishing.publishing import dossier_of, publish
from recuento.casefile.publishing.retracting import restore, retract, retractions
from recuento.casefile.reading.reading import read_what_changed
from recuento.errors import InvalidValue
from recuento.model.decision import Act
from recuento.publish.freezing import is_frozen

AT = datetime(2024, 11, 20, tzinfo=UTC)
EVENT = "files/tocoron-2023"


@pytest.fixture(scope="module")
def casefile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casefile]:
    """The example, read."""
    with start_demo(tmp_path_factory.mktemp("demo") / "demo") as casefile:
        fill_demo(casefile, at=AT)
        read_what_changed(casefile, at=AT)
        yield casefile


def _files(casefile: Casefile, folder: Path) -> dict[str, bytes]:
    publish(casefile, folder, date(2024, 11, 20))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_retracted_claim_is_gone_everywhere_and_comes_back_with_an_undo(casefile: Casefile, tmp_path: Path) -> None:
    """Pages, CSV, JSON, entities, proofs and feeds forget it, and every one of them says that something was."""
    folder = tmp_path / "out"
    before = _files(casefile, folder)
    claim = dossier_of(casefile, date(2024, 11, 20)).events[0].claims[0]
    retract(casefile, f"claim:{claim.id}", by="t", at=AT, why="la persona lo pidió")
    after = _files(casefile, folder)
    assert not [
        path for path, data in after.items() if f'"{claim.id}"'.encode() in data or f"c-{claim.id}".encode() in data
    ]
    assert json.loads(after[f"{EVENT}/event.json"])["retracted"] == "2024-11"
    assert json.loads(after[f"{EVENT}/datapackage.json"])["retracted"] == "2024-11"
    for path in ("en/s/tocoron-2023/index.html", "en/atom.xml", f"{EVENT}/entities.ftm.json"):
        assert "withdrawn in" in after[path].decode() or "se retiró en" in after[path].decode(), path
    assert not any("la persona lo pidió".encode() in data for data in after.values())
    restore(casefile, f"claim:{claim.id}", by="t", at=AT)
    assert _told(_files(casefile, folder)) == _told(before) and not retractions(casefile)


def test_a_retracted_document_takes_its_words_along(casefile: Casefile, tmp_path: Path) -> None:
    """Its words and its hash are gone, and its page says that it was withdrawn; the beginning of its hash names it."""
    folder = tmp_path / "out"
    _files(casefile, folder)
    document = dossier_of(casefile, date(2024, 11, 20)).documents[0].document
    done = retract(casefile, f"document:{document.sha256[:10]}", by="t", at=AT)
    assert done.decision.act is Act.RETRACT and done.id == document.sha256
    after = _files(casefile, folder)
    assert not [path for path, data in after.items() if document.sha256.encode() in data]
    pages = [data for path, data in after.items() if document.sha256[:16] in path and path.endswith(".html")]
    assert pages and all(b"Retirado" in page or b"Withdrawn" in page or b"ya no est" in page for page in pages if page)
    restore(casefile, f"document:{document.sha256}", by="t", at=AT)


def _told(files: dict[str, bytes]) -> str:
    """A hash of all that the newest edition tells."""
    return digest_of({path: data for path, data in files.items() if not is_frozen(path) and path != "SHA256SUMS"})


@pytest.mark.parametrize("subject", ["claim", "claim:no-such", "page:x", "document:00000000", "event:x", "demand:x"])
def test_what_is_not_there_cannot_be_retracted(casefile: Casefile, subject: str) -> None:
    """A wrong name is refused with the way to write it."""
    with pytest.raises(InvalidValue):
        retract(casefile, subject, by="t", at=AT)
