"""What came in a message is a document of its own, byte for byte, with its parents; what is not kept is told of."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from hostile_files.letters import slow_page
from invented import AT
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents import unpacking
from recuento.casefile.documents.extracting_again import Again, extract_again, out_of_date
from recuento.casefile.documents.preserving import Preserved, preserve
from recuento.casefile.documents.unpacking import DEPTH_MAX, unpack_what_is_not
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.sealing.confidential import mark_confidential
from recuento.model.attachment import Attachment, Place
from recuento.preserve.budget import budget_here, one_budget
from recuento.preserve.extract import Extraction, Extractor, shared_extractor
from recuento.preserve.limits import Limits
from recuento.preserve.outcome import Outcome, reason
from recuento.store import attachments, documents, vault

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
NOTE = "El Observatorio de Lares dijo que 3 internos murieron.\n"


@pytest.fixture
def casefile(folder: Path) -> Iterator[Casefile]:
    """The invented casefile."""
    with Casefile.open(folder) as opened:
        yield opened


def mail(subject: str = "Lista") -> EmailMessage:
    """A message with a text and the same text as HTML."""
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = (
        subject,
        "ana@example.invalid",
        "Mon, 24 Mar 2031 08:00:00 +0000",
    )
    message["Message-ID"] = f"<{subject}@example.invalid>"
    message.set_content("Va adjunto.")
    message.add_alternative("<p>Va adjunto.</p>", subtype="html")
    return message


def kept(casefile: Casefile, *data: bytes) -> list[Preserved]:
    """These bytes preserved as mails."""
    paths = []
    for number, one in enumerate(data):
        path = casefile.folder.parent / f"mensaje-{number}.eml"
        path.write_bytes(one)
        paths.append(path)
    return list(preserve(casefile, paths, by="ana", at=AT))


def of(casefile: Casefile, parent: str | None) -> list[Attachment]:
    """What came in a document."""
    with casefile.database.reading() as connection:
        return attachments.of(connection, parent or "")


def test_each_attachment_is_an_original_with_its_place(casefile: Casefile) -> None:
    """Names, types and bytes as they were sent; a picture of the text says so; the message itself is untouched."""
    message = mail()
    message.add_attachment(NOTE.encode(), maintype="text", subtype="plain", filename="nota año.txt")
    message.get_payload()[0].get_payload()[-1].add_related(PICTURE, "image", "png", cid="<x>")  # type: ignore[union-attr, index]
    message.add_attachment(b"PK\x05\x06" + bytes(18), maintype="application", subtype="zip", filename="../../fotos.zip")
    message.add_attachment(b"x", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    data = message.as_bytes(policy=SMTP)
    (done,) = kept(casefile, data)
    assert casefile.originals.read(done.sha256 or "") == data
    found = {one.name: one for one in of(casefile, done.sha256)}
    assert [one.position for one in of(casefile, done.sha256)] == [1, 2, 3, 4]
    note = found["nota año.txt"]
    assert casefile.originals.read(note.document or "").decode() == NOTE
    (picture,) = [one for one in found.values() if one.media_type == "image/png"]
    assert picture.place is Place.INLINE and casefile.originals.read(picture.document or "") == PICTURE
    with casefile.database.reading() as connection:
        archive = documents.find(connection, found["../../fotos.zip"].document or "")
        text = documents.find(connection, note.document or "")
    assert archive is not None and archive.unreadable is not None and "unpack it" in archive.unreadable.en
    assert archive.name == "fotos.zip", "a name from outside is no path"
    assert text is not None and text.unreadable is None
    assert found["winmail.dat"].document is None and found["winmail.dat"].why is not None
    assert not verify(casefile).faults


def test_one_attachment_in_two_messages_is_one_original(casefile: Casefile) -> None:
    """It has two parents, and two origins that name them."""
    one, other = mail("Uno"), mail("Dos")
    for message in (one, other):
        message.add_attachment(PICTURE, maintype="image", subtype="png", filename=f"{message['Subject']}.png")
    kept(casefile, one.as_bytes(), other.as_bytes())
    sha256 = hashlib.sha256(PICTURE).hexdigest()
    with casefile.database.reading() as connection:
        assert [each.name for each in attachments.containing(connection, sha256)] == ["Uno.png", "Dos.png"]
        assert len(documents.origins(connection, sha256)) == 2
        assert len(documents.all(connection)) == 3


def test_a_message_in_a_message_is_kept_as_its_bytes(casefile: Casefile) -> None:
    """Byte for byte as it lies in the outer one, folded headers and all, with its own attachments."""
    inner = (
        b"From: luis@example.invalid\nSubject: una linea\n  que sigue\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b2"\n\n--b2\n\nHola.\n--b2\n'
        b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b2--\n"
    )
    outer = (
        b"From: ana@example.invalid\nSubject: fuera\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b1"\n\nprologo\n--b1\n\nVa.\n--b1\nContent-Type: message/rfc822\n\n'
        + inner
        + b"\n--b1--\n"
    )
    (done,) = kept(casefile, outer)
    (message,) = of(casefile, done.sha256)
    assert message.place is Place.MESSAGE and casefile.originals.read(message.document or "") == inner
    (picture,) = of(casefile, message.document)
    assert casefile.originals.read(picture.document or "") == b"\x89PNG\r\n\x1a\n"


def test_messages_inside_messages_end_in_a_reason(casefile: Casefile) -> None:
    """Ten deep: each is kept down to the limit, the last says that what it holds was not taken out."""
    message = mail("0")
    for depth in range(1, 11):
        around = mail(str(depth))
        around.add_attachment(message)
        message = around
    (done,) = kept(casefile, message.as_bytes())
    steps, sha256, last = 0, done.sha256, None
    while inside := of(casefile, sha256):
        steps, last, sha256 = steps + 1, inside[0], inside[0].document
    assert steps == DEPTH_MAX and last is not None and last.why is not None and "too many messages" in last.why.en


def test_too_many_and_too_big_end_in_a_reason() -> None:
    """250 attachments: 200 are taken out, the 201st says so; parts without end say that they were not told apart."""
    with Extractor() as extractor:
        _too_much(extractor)


def _too_much(extractor: Extractor) -> None:
    message = mail()
    for number in range(250):
        message.add_attachment(b"x%d" % number, maintype="application", subtype="octet-stream", filename=f"{number}")
    found = extractor.unpack(message.as_bytes(), "a.eml")
    assert sum(one.data is not None for one in found) == 200
    assert found[-1].why is not None and "200" in found[-1].why.en
    nested = b"From: a@b.c\nMIME-Version: 1.0\nReceived: x\nContent-Type: multipart/mixed; boundary=b\n\n"
    mark = b"b"
    for depth in range(60):
        nested += b"--%s\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (mark, depth)
        mark = b"b%d" % depth
    found = extractor.unpack(nested, "a.eml")
    assert found[-1].why is not None and "more parts" in found[-1].why.en
    big = mail()
    big.add_attachment(b"x" * 3_000, maintype="image", subtype="png", filename="a")
    small = replace(extractor.limits, text_characters_max=500)
    (one,) = extractor.unpack(big.as_bytes(), "a.eml", limits=small)
    assert one.data is None and one.why is not None and "limit" in one.why.en


def test_what_came_in_a_confidential_message_is_confidential(casefile: Casefile) -> None:
    """Marking a message marks all below it."""
    message = mail()
    message.add_attachment(PICTURE, maintype="image", subtype="png", filename="a.png")
    (done,) = kept(casefile, message.as_bytes())
    mark_confidential(casefile, done.sha256 or "", marked=True, by="ana", at=AT)
    with casefile.database.reading() as connection:
        assert hashlib.sha256(PICTURE).hexdigest() in vault.confidential(connection)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="starts its other process by fork")
def test_a_kill_between_message_and_attachments_is_made_up_for(casefile: Casefile) -> None:
    """The message is kept, nothing is there by half, and the next run takes the attachments out."""
    message = mail()
    message.add_attachment(PICTURE, maintype="image", subtype="png", filename="a.png")
    process = multiprocessing.get_context("fork").Process(target=_killed, args=(casefile.folder, message.as_bytes()))
    process.start()
    process.join()
    assert process.exitcode == -9
    with casefile.database.reading() as connection:
        assert len(documents.all(connection)) == 1 and attachments.all(connection) == []
    assert unpack_what_is_not(casefile, at=AT) == 1
    assert unpack_what_is_not(casefile, at=AT) == 0
    with casefile.database.reading() as connection:
        assert len(documents.all(connection)) == 2 and len(attachments.all(connection)) == 1
    assert not verify(casefile).faults


def _killed(folder: Path, data: bytes) -> None:
    unpacking.attachments.add_all = lambda connection, told: os.kill(os.getpid(), 9)  # type: ignore[assignment]
    with Casefile.open(folder) as casefile:
        kept(casefile, data)


def test_a_message_and_all_that_came_in_it_have_one_budget(casefile: Casefile) -> None:
    """A page that never ends, two messages deep, leaves no time for what comes after: all is kept, and read later."""
    inner, outer = mail("dentro"), mail("fuera")
    for message, page in ((outer, 1), (inner, 2)):
        message.add_attachment(slow_page(page), maintype="text", subtype="html", filename="lenta.html")
        message.add_attachment(f"{NOTE}{page}".encode(), maintype="text", subtype="plain", filename="nota.txt")
    outer.add_attachment(inner)
    jail = shared_extractor()
    used: list[float] = []
    with one_budget(2.5):
        (done,) = kept(casefile, outer.as_bytes(policy=SMTP))
        left = budget_here()
        assert left is not None and left.within(Limits()) is None
    assert done.is_put_off
    slow, note, message = of(casefile, done.sha256)
    with casefile.database.reading() as connection:
        kinds = {one.position: documents.find(connection, one.document or "") for one in (slow, note, message)}
    reasons = {one.unreadable for one in kinds.values() if one is not None}
    assert reasons == {reason(Outcome.PUT_OFF)} and of(casefile, message.document) == []
    assert not verify(casefile).faults

    def read(data: bytes, name: str) -> Extraction:
        found = jail.extract(data, name, limits=Limits(cpu_seconds_max=1))
        used.append(jail.cost.cpu_seconds)
        return found

    with one_budget(2.5):
        unpack_what_is_not(casefile, at=AT)
    assert [one.name for one in of(casefile, message.document)] == ["lenta.html", "nota.txt"]
    outcomes = {one.document.name: one.outcome for one in extract_again(casefile, at=AT, read=read)}
    assert outcomes["nota.txt"] is Again.NOW_READ and outcomes["lenta.html"] is Again.STILL_UNREADABLE
    assert max(used) < 2 and not out_of_date(casefile)
