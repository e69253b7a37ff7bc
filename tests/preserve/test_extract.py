"""Every format: the words that went in come out, in order, with what the file tells about itself."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pypdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recuento.preserve import media_types
from recuento.preserve.extract import Extractor
from recuento.preserve.outcome import Outcome
from recuento.preserve.versions import fingerprint
from recuento.values.partial_date import PartialDate

LETTERS = "abcdefghijklmnñopqrstuvwxyzáéíóúüABCÑ0123456789"
WORDS = st.text(LETTERS, min_size=1, max_size=12)
LINES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
# PDFium runs a line of one letter on to the line before. Ours keeps digits apart from it, and only those.
PDF_WORDS = st.integers(0, 9999).map(str) | st.text(LETTERS, min_size=2, max_size=12)
PDF_LINES = st.lists(PDF_WORDS, min_size=1, max_size=8).map(" ".join)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1).filter(str.strip)
JAILED = settings(max_examples=25, deadline=None)
PARAGRAPH = "El ministro dijo que en el penal había trescientas personas y que veinte fueron trasladadas a otro centro."


@JAILED
@given(TEXTS, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_text_with_a_byte_order_mark_is_read_as_written(extractor: Extractor, text: str, charset: str) -> None:
    """A byte order mark decides, and the text is what was written."""
    assert extractor.extract(text.encode(charset), "nota.txt").text == text.lstrip("\ufeff")


@JAILED
@given(LINES, st.sampled_from(["utf-8", "cp1252"]))
def test_spanish_is_read_in_either_common_encoding(extractor: Extractor, text: str, charset: str) -> None:
    """UTF-8 and Windows-1252 both give the words; only the second, which declares nothing, is said to be guessed."""
    found = extractor.extract(text.encode(charset), "nota.txt")
    assert found.text == text
    is_guess = charset == "cp1252" and not text.isascii()
    assert bool(found.remarks) == is_guess == ("guessed" in found.version)


def test_line_ends_become_line_feeds_and_nul_goes(extractor: Extractor) -> None:
    """The frozen text has one kind of line end and no NUL; everything else stays."""
    assert extractor.extract(b"uno\r\n dos\rtres\n\n\0cuatro\t\r\n", "a.txt").text == "uno\n dos\ntres\n\ncuatro\t\n"


def test_a_few_broken_bytes_do_not_garble_the_rest(extractor: Extractor) -> None:
    """A UTF-8 text cut inside a letter is still read as UTF-8, with a remark."""
    found = extractor.extract(("ñandú corazón áéíóú " * 5).encode()[:-3] + b"\xc3", "a.txt")
    assert found.text is not None and found.text.startswith("ñandú corazón")
    assert [remark.en for remark in found.remarks] == ["some characters could not be read and are shown as �"]


def test_the_layer_carries_the_hash_of_its_text(extractor: Extractor) -> None:
    """A layer names its document, its extractor and the SHA-256 of its text; an unreadable document has none."""
    layer = extractor.extract(b"hola", "a.txt").layer("d" * 64)
    assert layer is not None
    assert (layer.document, layer.extractor, layer.version, layer.text) == ("d" * 64, "plain", "1", "hola")
    assert layer.sha256 == "b221d9dbb083a7f33428d7c2a3c3198ae925614d70210e28716ccaa7cd4ddb79"
    assert extractor.extract(b"", "a.txt").layer("d" * 64) is None


@JAILED
@given(st.lists(LINES, min_size=1, max_size=5))
def test_docx_gives_every_paragraph(extractor: Extractor, make_docx: Callable[..., bytes], lines: list[str]) -> None:
    """Each paragraph of a Word document is a line of its text."""
    found = extractor.extract(make_docx(lines, title="Informe", author="Ana Prueba"), "informe.docx")
    assert found.text == "\n".join(lines)
    assert found.media_type == media_types.DOCX
    about = found.description
    assert (about.title, about.author, about.language) == ("Informe", "Ana Prueba", "es")


@JAILED
@given(st.lists(st.lists(PDF_LINES, min_size=1, max_size=4), min_size=1, max_size=4))
@example([["20", "3", "heridos"], ["1", "2"]])
def test_pdf_gives_every_line_of_every_page(
    extractor: Extractor, make_pdf: Callable[..., bytes], pages: list[list[str]]
) -> None:
    """The words of a PDF come out in order, its pages parted by form feeds."""
    found = extractor.extract(make_pdf(pages, title="Informe"), "informe.pdf")
    assert found.text is not None
    assert [page.split() for page in found.text.split("\f")] == [" ".join(lines).split() for lines in pages]
    assert found.description.title == "Informe"


def test_both_pdf_readers_find_the_same_words(make_pdf: Callable[..., bytes]) -> None:
    """The second opinion agrees with the first on a plain PDF."""
    from recuento.preserve.parsers.pdf import read_pdf, read_pdf_again

    data = make_pdf([["Hubo 20 heridos.", "Ñandú y corazón."], ["Página dos"]])
    one, other = (read(data, text_characters_max=10**6).text for read in (read_pdf, read_pdf_again))
    assert one.split() == other.split()


def test_a_footnote_mark_is_no_digit_of_the_figure(make_pdf: Callable[..., bytes], extractor: Extractor) -> None:
    """300 with a raised 1 behind it is not 3001; a number in one piece stays in one piece."""
    shown = b"BT /F1 12 Tf 50 700 Td (Murieron 300) Tj /F1 7 Tf 5 Ts (1) Tj /F1 12 Tf 0 Ts ( personas y 4567) Tj ET"
    found = extractor.extract(make_pdf([["x"]], packed=zlib.compress(shown)), "informe.pdf")
    assert found.text is not None and found.text.split() == ["Murieron", "300", "1", "personas", "y", "4567"]


def test_a_pdf_with_a_password_says_so(extractor: Extractor, make_pdf: Callable[..., bytes]) -> None:
    """An encrypted PDF is not damaged: it needs its password."""
    writer = pypdf.PdfWriter(BytesIO(make_pdf([["secreto"]])))
    writer.encrypt("clave", algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    found = extractor.extract(file.getvalue(), "a.pdf")
    assert found.outcome is Outcome.ENCRYPTED
    assert found.unreadable is not None and "contraseña" in found.unreadable.es


def test_a_pdf_without_text_says_so(extractor: Extractor, make_pdf: Callable[..., bytes]) -> None:
    """A scanned page has no text, which is not the same as being damaged."""
    assert extractor.extract(make_pdf([[]]), "a.pdf").outcome is Outcome.NO_TEXT


ROWS = st.lists(st.lists(WORDS, min_size=2, max_size=4), min_size=1, max_size=6)


@JAILED
@given(ROWS, st.sampled_from([",", ";", "\t", "|"]))
def test_csv_and_xlsx_of_the_same_rows_agree(extractor: Extractor, rows: list[list[str]], delimiter: str) -> None:
    """A table is the same lines whichever file it comes in, and whatever parts its cells."""
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    from_csv = extractor.extract(text.getvalue().encode(), "tabla.csv").text
    from_xlsx = extractor.extract(file.getvalue(), "tabla.xlsx").text
    assert from_csv == "\n".join("\t".join(row) for row in rows)
    assert from_xlsx == f"{book.active.title}\n{from_csv}"


def test_a_message_gives_subject_sender_day_body_and_attachments(extractor: Extractor) -> None:
    """An e-mail is its plain body; its attachments are named and not opened."""
    message = EmailMessage()
    message["Subject"] = "Situación en el penal"
    message["From"] = "Ana Prueba <ana@example.org>"
    message["Date"] = "Wed, 20 Sep 2023 22:10:00 -0400"
    message.set_content("Los familiares dicen que hay 20 heridos.")
    message.add_alternative("<p>otra forma</p>", subtype="html")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="lista.pdf")
    found = extractor.extract(message.as_bytes(), "mensaje")
    assert found.media_type == media_types.MAIL
    assert found.text == "Los familiares dicen que hay 20 heridos.\n"
    about = found.description
    assert (about.title, about.author) == ("Situación en el penal", "Ana Prueba <ana@example.org>")
    assert about.published == PartialDate(2023, 9, 20)
    assert found.attachments == ("lista.pdf",)


def test_a_message_in_html_alone_is_read_too(extractor: Extractor) -> None:
    """Without a plain body the HTML body is the text; without any body, the reason names the attachments."""
    message = EmailMessage()
    message["Subject"] = "Aviso"
    message["MIME-Version"] = "1.0"
    message.set_content("<p>Hubo <b>20</b> heridos.</p><p>Nadie huyó.</p>", subtype="html")
    assert extractor.extract(message.as_bytes(), "aviso.eml").text == "Hubo 20 heridos.\nNadie huyó."
    bare = EmailMessage()
    bare.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="lista.pdf")
    found = extractor.extract(bare.as_bytes(), "aviso.eml")
    assert found.outcome is Outcome.NO_TEXT
    assert found.unreadable is not None and "lista.pdf" in found.unreadable.es


def test_cells_are_shown_as_people_write_them(extractor: Extractor) -> None:
    """Days as ISO dates, whole numbers without a point, empty cells as nothing; each sheet under its name."""
    book = openpyxl.Workbook()
    book.active.title = "Traslados"
    book.active.append([datetime(2023, 9, 20), 1600.0, None, "hombres", 0.5])
    book.create_sheet("Vacía")
    file = BytesIO()
    book.save(file)
    found = extractor.extract(file.getvalue(), "tabla.xlsx")
    assert found.text == "Traslados\n2023-09-20\t1600\t\thombres\t0.5\nVacía"


def test_the_real_wire_text_is_its_own_layer(extractor: Extractor) -> None:
    """The layer of the annotated wire is the file's text, character for character, so that its anchors stand."""
    wire = Path(__file__).resolve().parents[2].parent / "shared/cases/tocoron/documents/efe-2023-09-20.en.txt"
    if not wire.exists():
        pytest.skip("the shared cases are not beside the repository")
    assert extractor.extract(wire.read_bytes(), wire.name).text == wire.read_text(encoding="utf-8")


def page(charset: str | None = None) -> str:
    """An invented news page that declares what pages declare."""
    declared = f'<meta charset="{charset}">' if charset else ""
    return (
        f'<!DOCTYPE html><html lang="es-VE"><head>{declared}<title>Traslado en el penal</title>'
        '<meta property="og:site_name" content="Diario de Prueba"><meta name="author" content="Ana Prueba">'
        '<meta property="article:published_time" content="2023-09-20T10:00:00-04:00"></head>'
        "<body><nav><a href='/'>Portada</a> <a href='/2'>Deportes</a></nav><article>"
        + "".join(f"<p>{PARAGRAPH}</p>" for _ in range(6))
        + "</article><footer>Derechos reservados</footer></body></html>"
    )


@pytest.mark.parametrize(("charset", "declared"), [("utf-8", None), ("cp1252", "iso-8859-1"), ("koi8-r", "koi8-r")])
def test_a_page_gives_its_main_text_and_what_it_declares(
    extractor: Extractor, charset: str, declared: str | None
) -> None:
    """The article without its menu, in the declared encoding, with title, outlet, author, day and language."""
    html = page(declared)
    if charset == "koi8-r":
        html = html.replace(PARAGRAPH, "Министр сказал, что в тюрьме триста человек и двадцать из них переведены.")
        html = html.encode(charset, "ignore").decode(charset)
    found = extractor.extract(html.encode(charset), "pagina.html")
    assert found.text is not None and "Portada" not in found.text and "reservados" not in found.text
    assert ("триста" if charset == "koi8-r" else "había trescientas") in found.text
    about = found.description
    assert (about.title, about.outlet, about.author) == ("Traslado en el penal", "Diario de Prueba", "Ana Prueba")
    assert (about.published, about.language) == (PartialDate(2023, 9, 20), "es")


def test_a_page_is_known_by_its_bytes(extractor: Extractor) -> None:
    """A web page saved as .txt, and a plain text saved as .pdf, are what their bytes are."""
    assert extractor.extract(page().encode(), "pagina.txt").media_type == media_types.HTML
    assert extractor.extract("El penal está en calma.".encode(), "nota.pdf").text == "El penal está en calma."


def test_a_note_that_begins_like_a_letter_is_no_mail(extractor: Extractor) -> None:
    """Lines such as "Fecha: ..." at the top of a note stay in its text."""
    note = "Fuente: canal del Estado\nFecha: 2023-09-20\n\nEl ministro habló."
    assert extractor.extract(note.encode(), "nota.txt").text == note


def test_the_language_is_told_only_where_it_is_declared(extractor: Extractor) -> None:
    """A plain text declares no language; the reader tells it later."""
    assert extractor.extract(PARAGRAPH.encode(), "nota.txt").description.language is None


def test_two_jails_make_the_same_layer(extractor: Extractor, make_docx: Callable[..., bytes]) -> None:
    """A frozen text depends on the bytes alone: another process makes the very same one."""
    with Extractor() as other:
        for name, data in (("pagina.html", page().encode()), ("informe.docx", make_docx(["Hubo 20 heridos."]))):
            assert extractor.extract(data, name) == other.extract(data, name)


def test_the_fingerprint_names_every_library() -> None:
    """A change of any parser's version changes what texts are derived from."""
    assert all(name in fingerprint() for name in ("trafilatura", "pypdfium2", "pypdf", "mammoth", "openpyxl"))
