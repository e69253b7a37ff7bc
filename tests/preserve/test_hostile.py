"""Hostile and broken files: each ends in a recorded outcome within the limits, and the next document is read."""

from __future__ import annotations

import random
import time
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest

from recuento.preserve.extract import Extractor
from recuento.preserve.limits import Limits
from recuento.preserve.outcome import Outcome

TIGHT = Limits(cpu_seconds_max=2, wall_seconds_max=5.0, memory_bytes_max=768 << 20, text_characters_max=5_000_000)
STOPPED = {Outcome.TIME, Outcome.MEMORY, Outcome.CRASH, Outcome.TOO_LONG, Outcome.BOMB}


def nested_divs() -> bytes:
    """More levels than any tree builder likes."""
    return b"<html><body>" + b"<div>" * 200_000 + b"hola" + b"</div>" * 200_000


def one_tag_of_many_attributes() -> bytes:
    """A page of 2.9 MB at which every HTML parser tried stands still."""
    return b"<html><body><p " + b" ".join(b"a%d=1" % number for number in range(300_000)) + b">hola</p></body></html>"


def many_paragraphs() -> bytes:
    """A long page without any trick."""
    return b"<html><body>" + b"<p>Hubo 20 heridos.</p>" * 400_000 + b"</body></html>"


def mail_of_many_parts() -> bytes:
    """A message of 300,000 attachments."""
    part = b"--b\r\nContent-Type: text/x-none\r\n\r\nx\r\n"
    return b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n' + part * 300_000


def mail_of_many_levels() -> bytes:
    """A message in a message in a message."""
    head = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(5_000))
    return b"MIME-Version: 1.0\r\nFrom: a@example.org\r\n" + head


def zeros_as_archive(name: str, *, stated_bytes: int = 300 << 20) -> bytes:
    """An archive of 20 MB of zeros that says it holds `stated_bytes`."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"\0" * (20 << 20))
    made = bytearray(file.getvalue())
    place = made.rindex(b"PK\x01\x02")
    made[place + 24 : place + 28] = stated_bytes.to_bytes(4, "little")
    return bytes(made)


def honest_bomb() -> bytes:
    """An archive of 300 MB of zeros that says so."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (300 << 20))
    return file.getvalue()


def locked_office() -> bytes:
    """What Word writes when a password is set: the old container with the encrypted package inside."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


MARKUP = {Outcome.READ, Outcome.NO_TEXT, Outcome.DAMAGED, *STOPPED}
HOSTILE: list[tuple[str, Callable[[], bytes], set[Outcome]]] = [
    ("empty.pdf", lambda: b"", {Outcome.EMPTY}),
    ("blank.txt", lambda: b" \n\t \r\n" * 50, {Outcome.NO_TEXT}),
    ("picture.pdf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), {Outcome.IMAGE}),
    ("truncated.pdf", lambda: b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", {Outcome.DAMAGED}),
    ("one-letter.txt", lambda: b"a" * 50_000_000, {Outcome.TOO_LONG}),
    ("noise.bin", lambda: random.Random(3).randbytes(200_000), {Outcome.UNKNOWN_TYPE}),
    ("noise.txt", lambda: random.Random(4).randbytes(200_000), {Outcome.UNKNOWN_TYPE}),
    ("old.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), {Outcome.OLD_OFFICE}),
    ("locked.docx", locked_office, {Outcome.ENCRYPTED}),
    ("cut.docx", lambda: zeros_as_archive("word/document.xml")[:2000], {Outcome.DAMAGED}),
    ("bomb.docx", honest_bomb, {Outcome.BOMB}),
    ("bomb.xlsx", lambda: zeros_as_archive("xl/workbook.xml"), {Outcome.BOMB}),
    ("liar.docx", lambda: zeros_as_archive("word/document.xml", stated_bytes=10), {Outcome.DAMAGED, *STOPPED}),
    ("photos.zip", lambda: zeros_as_archive("photo.jpg"), {Outcome.UNKNOWN_TYPE}),
    ("attributes.html", one_tag_of_many_attributes, {Outcome.READ, *STOPPED}),
    ("nested.html", nested_divs, {Outcome.READ, Outcome.NO_TEXT, *STOPPED}),
    ("long.html", many_paragraphs, {Outcome.READ, *STOPPED}),
    ("angles.html", lambda: b"<html><body>" + b"<" * 300_000, MARKUP),
    ("comments.html", lambda: b"<html>" + b"<!--" * 100_000, MARKUP),
    ("parts.eml", mail_of_many_parts, {Outcome.NO_TEXT, Outcome.DAMAGED, *STOPPED}),
    ("levels.eml", mail_of_many_levels, {Outcome.NO_TEXT, Outcome.DAMAGED, *STOPPED}),
    ("quotes.csv", lambda: b'"' * 1_000_001, MARKUP),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "allowed"), HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_a_hostile_file_ends_in_a_named_outcome(
    extractor: Extractor, name: str, make: Callable[[], bytes], allowed: set[Outcome]
) -> None:
    """Whatever the bytes, there is an outcome in time, said in both languages, and the jail goes on."""
    data = make()
    started = time.monotonic()
    found = extractor.extract(data, name, limits=TIGHT)
    assert time.monotonic() - started < TIGHT.wall_seconds_max + 3
    assert found.outcome in allowed, found.unreadable
    assert (found.unreadable is None) == (found.outcome is Outcome.READ) == (found.text is not None)
    if found.unreadable:
        assert found.unreadable.es and found.unreadable.en and found.unreadable.es != found.unreadable.en
    assert extractor.extract(b"Todo sigue en pie.", "after.txt").text == "Todo sigue en pie."


def test_a_document_of_two_million_paragraphs_is_stopped(extractor: Extractor, make_docx: Callable[..., bytes]) -> None:
    """A small DOCX that makes its library work for minutes costs only its own limits."""
    data = make_docx(body="<w:p/>" * 2_000_000 + "<w:p><w:r><w:t>hola</w:t></w:r></w:p>")
    assert len(data) < 200_000
    assert extractor.extract(data, "long.docx", limits=TIGHT).outcome in {Outcome.READ, *STOPPED}


def test_a_pdf_stream_that_unpacks_without_end_is_stopped(extractor: Extractor, make_pdf: Callable[..., bytes]) -> None:
    """A PDF whose page unpacks to 200 MB is read, or ends by a limit, whichever reader dies of it."""
    data = make_pdf([["x"]], packed=zlib.compress(b"BT (x) Tj ET " * (200 << 20 >> 4)))
    found = extractor.extract(data, "bomb.pdf", limits=TIGHT)
    assert found.outcome in {Outcome.READ, Outcome.DAMAGED, Outcome.NO_TEXT, *STOPPED}


def test_every_truncation_of_a_document_has_an_outcome(
    extractor: Extractor, make_docx: Callable[..., bytes], make_pdf: Callable[..., bytes]
) -> None:
    """A file cut anywhere, as by a broken download, is read in part or named damaged, never a crash."""
    for name, data in (("a.docx", make_docx(["Hubo 20 heridos."])), ("a.pdf", make_pdf([["Hubo 20 heridos."]]))):
        for end in range(1, len(data), max(1, len(data) // 12)):
            found = extractor.extract(data[:end], name, limits=TIGHT)
            assert found.outcome is not Outcome.CRASH, (name, end)


def test_single_byte_changes_never_end_the_jail(
    extractor: Extractor, make_docx: Callable[..., bytes], make_pdf: Callable[..., bytes]
) -> None:
    """Whatever byte is other than written, the answer is an outcome and the jail is the same process afterwards."""
    chance = random.Random(7)
    makers = (("a.pdf", make_pdf([["Hubo 20 heridos."]])), ("a.docx", make_docx(["Hubo 20 heridos."])))
    for name, data in makers:
        for _ in range(40):
            altered = bytearray(data)
            altered[chance.randrange(len(data))] = chance.randrange(256)
            extractor.extract(bytes(altered), name, limits=TIGHT)
    assert extractor.extract(makers[1][1], "a.docx").text == "Hubo 20 heridos."
