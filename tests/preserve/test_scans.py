"""Scanned pages and photographs: read by Tesseract with how sure each word is, or kept with the way to read them."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from recuento.preserve.drawn import DrawnPage
from recuento.preserve.extract import Extractor
from recuento.preserve.outcome import Outcome
from recuento.preserve.scans import EMPTY_IN_A_ROW_MAX, READING, read_document
from recuento.preserve.tesseract import Engine, engine, page_from

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
needs_engine = pytest.mark.skipif(engine() is None, reason="Tesseract is not installed")


@pytest.fixture(scope="module")
def page() -> tuple[str, bytes]:
    """The words of an invented page, and the page as a scanner sees it."""
    scanned_pages = pytest.importorskip("scanned_pages")
    if not scanned_pages.FONTS.is_dir():
        pytest.skip("the fonts of DejaVu are not installed")
    text = "El Observatorio de Lares informó que murieron 214 internos.\n\nHubo 37 heridos, según el acta."
    return text, scanned_pages.scanned(text, random.Random(2))


@needs_engine
def test_a_scanned_page_is_read_with_how_sure_each_word_is(extractor: Extractor, page: tuple[str, bytes]) -> None:
    """The words of the page come back; each has its place in the text and a number from 0 to 100."""
    words, picture = page
    found = read_document(picture, "acta.png", extractor=extractor)
    assert found.outcome is Outcome.READ and found.text is not None
    assert found.extractor == "ocr" and "tesseract" in found.version
    there, read = set(words.split()), found.text.split()
    assert sum(word in there for word in read) >= 0.9 * len(read) and len(read) >= 0.9 * len(words.split())
    assert [found.text[one.start : one.end] for one in found.sureness] == read
    assert all(0 <= one.percent <= 100 for one in found.sureness)
    assert any("OCR" in remark.es for remark in found.remarks)


@needs_engine
def test_pages_with_and_without_text_keep_their_order(extractor: Extractor, page: tuple[str, bytes], make_pdf) -> None:  # type: ignore[no-untyped-def]
    """Of a PDF only the page that is a picture is read from its pixels; the others keep their own text."""
    import pypdfium2
    from PIL import Image

    scan = BytesIO()
    Image.open(BytesIO(page[1])).save(scan, "PDF", resolution=200)
    whole = pypdfium2.PdfDocument.new()
    for part in (make_pdf([["Primera pagina con su propio texto."]]), scan.getvalue()):
        whole.import_pages(pypdfium2.PdfDocument(part))
    out = BytesIO()
    whole.save(out)
    found = read_document(out.getvalue(), "mixto.pdf", extractor=extractor)
    assert found.text is not None
    first, second = found.text.split("\n\f\n")
    assert "Primera pagina" in first and "214 internos" in second
    assert all(one.start >= len(first) for one in found.sureness)
    assert [found.text[one.start : one.end] for one in found.sureness] == second.split()


@needs_engine
def test_a_page_after_empty_ones_is_read_and_thousands_of_empty_ones_are_not_drawn(
    extractor: Extractor, page: tuple[str, bytes]
) -> None:
    """A page of one colour goes to no engine; after a hundred of them in a row the file is left."""
    import pypdfium2
    from PIL import Image

    scan = BytesIO()
    Image.open(BytesIO(page[1])).save(scan, "PDF", resolution=200)

    def with_empty(number: int) -> bytes:
        whole = pypdfium2.PdfDocument.new()
        for _ in range(number):
            whole.new_page(9, 9)
        whole.import_pages(pypdfium2.PdfDocument(scan.getvalue()))
        out = BytesIO()
        whole.save(out)
        return out.getvalue()

    after_three = read_document(with_empty(3), "tres.pdf", extractor=extractor)
    assert after_three.text is not None and "214 internos" in after_three.text.split("\n\f\n")[3]
    after_many = read_document(with_empty(EMPTY_IN_A_ROW_MAX), "vacias.pdf", extractor=extractor)
    assert after_many.outcome is Outcome.NO_TEXT


def test_a_picture_without_an_engine_says_how_to_read_it(extractor: Extractor, page: tuple[str, bytes]) -> None:
    """Kept, with its format and size, and the way out in both languages."""
    found = extractor.extract(page[1], "acta.png")
    assert found.outcome is Outcome.IMAGE and found.unreadable is not None
    assert "PNG, 1654 × 2339" in found.unreadable.es and "tesseract-ocr-spa" in found.unreadable.en


@pytest.mark.skipif(sys.platform != "linux", reason="what is taken away is Linux's")
def test_the_program_that_reads_can_do_nothing_else(extractor: Extractor) -> None:
    """In its place a shell: it reads no file outside of the system's own, writes none, and starts no other program."""
    drawn = DrawnPage(1, 2, 2, bytes(4))
    secret = Path(__file__).resolve()

    def said(script: str) -> bytes:
        header, body = extractor._done("characters", drawn.as_pgm(), "", READING, {"engine": ["/bin/sh", "-c", script]})
        return body if "outcome" not in header else b""

    assert said("echo ahí") == "ahí\n".encode()
    assert said(f"read line < {secret} && echo $line; echo end") == b"end\n"
    assert said("echo x > /tmp/escaped; echo end") == b"end\n"
    assert not Path("/tmp/escaped").exists()
    assert b"root" not in said("read line < /etc/passwd && echo $line; echo end")
    assert said("echo $HOME$PATH$USER") in (b"\n", b"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n")


def test_an_engine_that_runs_for_ever_is_ended(extractor: Extractor) -> None:
    """The limit of processor time holds for the program too."""
    from dataclasses import replace

    forever = ["/bin/sh", "-c", "while :; do :; done"]
    header, _ = extractor._done(
        "characters", b"", "", replace(READING, cpu_seconds_max=1, wall_seconds_max=20.0), {"engine": forever}
    )
    assert header["outcome"] == Outcome.TIME.value


def test_drawing_is_another_task_than_looking_at_a_web_page(extractor: Extractor) -> None:
    """A look at a page of the web still tells its parts."""
    assert extractor.look("page", b"<html><body><img src=a.png></body></html>")["parts"] == [["a.png", "picture"]]


def test_a_table_that_is_none_gives_no_words() -> None:
    """What comes from the engine is trusted in nothing."""
    assert page_from(b"").text == ""
    head = b"level\tpage\n"
    row = b"5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t%s\t%s\n"
    read = page_from(head + row % (b"96.5", b"uno") + row % (b"nan?", b"dos") + row % (b"999", b"tres") + b"5\tx\n\xff")
    assert read.text == "uno tres"
    assert [one.percent for one in read.words] == [96, 100]


def test_an_engine_that_is_not_there_fails_softly(extractor: Extractor) -> None:
    """A program that cannot be started is no text, and the jail goes on."""
    gone = Engine("/usr/bin/no-such-tesseract", "0", "spa")
    assert extractor.characters(DrawnPage(1, 2, 2, bytes(4)), gone, limits=READING) is None
    assert extractor.extract(b"Hola a todos.", "a.txt").text == "Hola a todos."


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    """A jail of our own."""
    with Extractor() as one:
        yield one
