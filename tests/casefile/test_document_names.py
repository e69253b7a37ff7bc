"""The name of a confidential document is in no row, log or file in clear, and keepers can read it."""

from __future__ import annotations

import functools
import json
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from invented import AT
from recuento.casefile.casefile import DATABASE, Casefile
from recuento.casefile.documents.describing import describe
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.keeping import bag_verifier
from recuento.casefile.keeping.bagging import export_bag
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.reading.incoming import arrivals, receive, work_off
from recuento.casefile.sealing.confidential import mark_confidential
from recuento.casefile.sealing.document_names import seal_names
from recuento.casefile.sealing.metadata_values import telling
from recuento.casefile.sealing.vault import sources_of
from recuento.casefile.sealing.vault_opening import open_source
from recuento.errors import InvalidValue
from recuento.model.document import Description, Document
from recuento.seal.sealed import opened
from recuento.store import documents
from vault_case import Keys, keepers_in

NAMES = ("Zarcillo", "Guayacan", "Trasmonte")
"""In the names of files, in the author, in the title."""


@pytest.fixture
def keys(casefile: Casefile) -> Keys:
    """The keys of two keepers."""
    return keepers_in(casefile)


@functools.cache
def message() -> bytes:
    """An e-mail by somebody, with an attachment whose name tells of somebody, and one that is not kept."""
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Aviso de Trasmonte", "Guayacan <a@correo.invalid>"
    mail.set_content("Una nota.")
    mail.add_attachment(b"contenido del adjunto", maintype="text", subtype="plain", filename="acta de Zarcillo.txt")
    mail.add_attachment(b"", maintype="text", subtype="plain", filename="vacio de Zarcillo.txt")
    return mail.as_bytes()


@pytest.fixture
def letter(casefile: Casefile, tmp_path: Path) -> Document:
    """A message that came as a file and through a page, with a copy of the tables from then."""
    path = tmp_path / "carta Zarcillo.eml"
    path.write_bytes(message())
    preserve(casefile, [path], by="ana", at=AT)
    told = Description(title="Lo que vio Trasmonte", author="Fermina Guayacan", url="https://zarcillo.invalid/1")
    receive(casefile, message(), name="de Zarcillo.eml", where="Zarcillo", told=told, by="luis", at=AT)
    work_off(casefile, lambda: AT)
    casefile.database.copy_to(casefile.folder / f"{DATABASE}.before-0099-from-0008")
    with casefile.database.reading() as connection:
        return next(one for one in documents.all(connection) if one.name.endswith(".eml"))


def in_clear(folder: Path) -> list[str]:
    """The files but originals in which a name stands; the text of a message names who sent it."""
    found = [path for path in folder.rglob("*") if path.is_file() and "originals" not in path.parts]
    forms = [form for name in ("Zarcillo", "zarcillo", "Fermina", "Lo que vio") for form in (name.encode(),)]
    return [path.name for path in found if any(form in path.read_bytes() for form in forms)]


def seal(casefile: Casefile, letter: Document, at: datetime = AT) -> list[str]:
    """Mark it and seal its name; gives what is told to lie in clear all the same."""
    mark_confidential(casefile, letter.sha256, marked=True, by="ana", at=at)
    return [one.place for one in seal_names(casefile, by="ana", at=at).left]


def test_the_name_of_a_confidential_document_is_nowhere_in_clear(
    casefile: Casefile, keys: Keys, letter: Document, tmp_path: Path
) -> None:
    """Not in tables, log, copies of them or the folder of what came in; what is not ours is told; all verifies."""
    assert in_clear(casefile.folder) and len(arrivals(casefile)) == 1
    assert seal(casefile, letter) == [str(tmp_path / "carta Zarcillo.eml")]
    assert in_clear(casefile.folder) == [] and arrivals(casefile) == ()
    found = verify(casefile)
    assert (found.faults, found.unfinished) == ((), ())
    with casefile.database.reading() as connection:
        now = documents.find(connection, letter.sha256)
    assert now is not None and now.name == f"{letter.sha256[:12]}.eml" and now.description.author is None
    export_bag(casefile, tmp_path / "bag", by="ana", at=AT)
    assert bag_verifier.main([str(tmp_path / "bag")]) == 0
    assert seal_names(casefile, by="ana", at=AT).sealed == 0


def test_keepers_read_it_and_a_dossier_is_searched_for_it(casefile: Casefile, keys: Keys, letter: Document) -> None:
    """Sealed with the metadata of files: file names, author, title, address, places."""
    seal(casefile, letter)
    (source,) = [one.source for one in sources_of(casefile) if one.source.is_metadata]
    found = {}
    looked_for = set()
    for part in open_source(casefile, source.id, keys.luis, purpose="contestar a la familia", by="luis", at=AT).parts:
        with opened(part.value) as plain:
            found |= json.loads(plain.text)["fields"]
            looked_for |= {value for value, _ in telling(plain.text)}
    assert found["author"] == "Fermina Guayacan" and found["url"] == "https://zarcillo.invalid/1"
    assert {"Fermina Guayacan", "carta Zarcillo", "acta de Zarcillo", "Lo que vio Trasmonte"} <= looked_for


def test_it_does_not_come_back_with_the_same_bytes(
    casefile: Casefile, keys: Keys, letter: Document, tmp_path: Path
) -> None:
    """Preserved again under another name, with a table that tells who wrote it: nothing of that is noted."""
    seal(casefile, letter)
    folder = tmp_path / "again"
    folder.mkdir()
    (folder / "otra de Zarcillo.eml").write_bytes(message())
    (folder / "documents.csv").write_text("file,title,author\notra de Zarcillo.eml,Lo que vio,Fermina\n")
    preserve(casefile, [folder], by="eva", at=AT)
    receive(casefile, message(), name="Zarcillo.eml", where="Zarcillo", told=Description(), by="luis", at=AT)
    work_off(casefile, lambda: AT)
    seal_names(casefile, by="ana", at=AT)
    assert in_clear(casefile.folder) == []


def test_what_people_decided_of_it_is_told(casefile: Casefile, keys: Keys, letter: Document) -> None:
    """A decision names the author; it stays, and is named."""
    describe(casefile, letter.sha256, ["author"], {}, by="ana", at=AT)
    assert any(place.startswith("decision ") for place in seal(casefile, letter))


def test_nobody_names_it_by_a_decision_afterwards(casefile: Casefile, keys: Keys, letter: Document) -> None:
    """Title and author are refused, and nothing of them is written; the day it came out may still be told."""
    seal(casefile, letter)
    for given in ({"title": "carta Zarcillo"}, {"author": "Fermina Guayacan", "published": "2031-03"}):
        with pytest.raises(InvalidValue, match="confidential"):
            describe(casefile, letter.sha256, [], given, by="ana", at=AT)
    describe(casefile, letter.sha256, [], {"published": "2031-03"}, by="ana", at=AT)
    assert in_clear(casefile.folder) == []


def test_without_two_keepers_it_waits_and_verify_says_so(casefile: Casefile, letter: Document) -> None:
    """Nobody could read it again: it stays until there are two, and is no fault."""
    mark_confidential(casefile, letter.sha256, marked=True, by="ana", at=AT)
    assert seal_names(casefile, by="ana", at=AT).waiting == 2
    found = verify(casefile)
    assert found.faults == () and ["in clear" in one.en for one in found.unfinished] == [True, True]
    keepers_in(casefile)
    assert seal_names(casefile, by="ana", at=AT).sealed == 2
    assert verify(casefile).unfinished == ()
