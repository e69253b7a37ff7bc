"""How many documents a second one jail turns into text, by format, on invented documents of a usual size.

    python benchmarks/preserve.py [seconds]
    python benchmarks/preserve.py --main-text [--each]       # see main_text.py
    python benchmarks/preserve.py --ocr [pages]

Bars: at least 12 web pages and 150 PDF pages a second on one core. `--ocr` reads invented Spanish pages drawn as a
scanner sees them, and prints how many of their characters are right, how sure the engine was where it was wrong, and
pages a second. White space counts as one space.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import time
import zipfile
import zlib
from collections import Counter
from io import BytesIO

from recuento.model.document import SURE_MIN
from recuento.preserve.extract import Extractor
from recuento.preserve.outcome import Outcome
from recuento.preserve.scans import read_document
from recuento.preserve.tesseract import engine

PAGES_OF_A_PDF = 20
NEWS = (
    "el la los de que en penal ministro personas familiares traslado autoridades observatorio heridos guardias dijo "
    "según centro detenidos cifra lista informe domingo 20 300 1.600 domicilio comunicado prensa región"
)
WORDS = tuple(NEWS.split())


def main(seconds: float) -> None:
    """Print one line for each format."""
    chance = random.Random(1)
    with Extractor() as extractor:
        for name, make, unit, units in (
            ("plain.txt", plain, "documents", 1),
            ("page.html", web_page, "pages", 1),
            ("report.pdf", pdf, "pages", PAGES_OF_A_PDF),
            ("report.docx", docx, "documents", 1),
        ):
            samples = [make(chance) for _ in range(8)]
            extractor.extract(samples[0], name)
            report(extractor, name, samples, seconds, unit, units)
        print(f"network cut: {'yes' if extractor.network_cut else 'no'}")


def ocr(pages: int) -> None:
    """Print how well and how fast scanned pages are read."""
    from scanned_pages import edits, page_text, scanned

    if engine() is None:
        raise SystemExit("there is no Tesseract here: apt-get install tesseract-ocr tesseract-ocr-spa")
    chance = random.Random(7)
    characters = wrong = words = unsure = bad = bad_unsure = 0
    digits = digits_wrong = 0
    clock = cpu = 0.0
    with Extractor() as extractor:
        for _ in range(pages):
            text = page_text(chance)
            picture = scanned(text, chance)
            started, used = time.monotonic(), processor_seconds(extractor)
            found = read_document(picture, "scan.png", extractor=extractor)
            clock += time.monotonic() - started
            cpu += processor_seconds(extractor) - used
            there, read = " ".join(text.split()), " ".join((found.text or "").split())
            characters += len(there)
            wrong += edits(there, read)
            left = Counter(there.split())
            for one in found.sureness:
                word = (found.text or "")[one.start : one.end]
                is_bad = left[word] == 0
                left[word] -= not is_bad
                words, unsure, bad = words + 1, unsure + (one.percent < SURE_MIN), bad + is_bad
                bad_unsure += is_bad and one.percent < SURE_MIN
            numbers = Counter(re.findall(r"\d+", there))
            digits += numbers.total()
            digits_wrong += (numbers - Counter(re.findall(r"\d+", read))).total()
    found_engine = engine()
    print(f"{pages} pages, {characters} characters, {found_engine}")
    print(f"characters right: {1 - wrong / characters:.4f}   numbers right: {1 - digits_wrong / max(1, digits):.4f}")
    print(f"words: {words}, marked as uncertain: {unsure}; wrong: {bad}, of them marked: {bad_unsure}")
    print(f"{pages / clock:.2f} pages a second by the clock, {pages / cpu:.2f} a processor second")


def report(extractor: Extractor, name: str, samples: list[bytes], seconds: float, unit: str, units: int) -> None:
    """Read the samples in turn for that long and print the rate by the clock and by processor time."""
    started, used, done = time.monotonic(), processor_seconds(extractor), 0
    while time.monotonic() - started < seconds:
        found = extractor.extract(samples[done % len(samples)], name)
        if found.outcome is not Outcome.READ:
            raise SystemExit(f"{name}: {found.unreadable}")
        done += 1
    clock = time.monotonic() - started
    size = sum(map(len, samples)) / len(samples) / 1024
    cpu = processor_seconds(extractor) - used
    print(
        f"{name:12} {size:7.0f} kB  {done * units / clock:7.1f} {unit} a second, "
        f"{done * units / cpu:7.1f} a processor second"
    )


def processor_seconds(extractor: Extractor) -> float:
    """What we, the jail and its children that have ended have used; only ours where there is no /proc."""
    ours = resource.getrusage(resource.RUSAGE_SELF)
    try:
        jail = extractor._jail
        fields = open(f"/proc/{jail.pid}/stat").read().rpartition(")")[2].split() if jail else []  # noqa: PTH123, SIM115
        theirs = sum(int(field) for field in fields[11:15]) / 100
    except OSError:
        theirs = 0.0
    return ours.ru_utime + ours.ru_stime + theirs


def sentence(chance: random.Random) -> str:
    """Some words and a full stop."""
    return " ".join(chance.choices(WORDS, k=chance.randint(8, 25))).capitalize() + "."


def paragraph(chance: random.Random) -> str:
    """A few sentences."""
    return " ".join(sentence(chance) for _ in range(chance.randint(2, 5)))


def plain(chance: random.Random) -> bytes:
    """A note of some 5 kB."""
    return "\n\n".join(paragraph(chance) for _ in range(15)).encode()


def web_page(chance: random.Random) -> bytes:
    """A news page of some 60 kB: an article among menus, teasers and scripts."""
    article = "".join(f"<p>{paragraph(chance)}</p>" for _ in range(15))
    menu = "".join(f"<li><a href='/{n}'>{sentence(chance)[:30]}</a></li>" for n in range(80))
    teasers = "".join(
        f"<div class='teaser'><h3><a href='/t{n}'>{sentence(chance)}</a></h3><span>{n}</span></div>" for n in range(60)
    )
    script = "<script>" + "var a=[" + ",".join(map(str, range(4000))) + "];</script>"
    return (
        f"<!DOCTYPE html><html lang='es'><head><title>{sentence(chance)}</title>{script}</head><body><nav><ul>{menu}"
        f"</ul></nav><main><article><h1>{sentence(chance)}</h1>{article}</article></main><aside>{teasers}</aside>"
        f"<footer>{menu}</footer></body></html>"
    ).encode()


def pdf(chance: random.Random) -> bytes:
    """A report of 20 pages of some 40 lines."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids ["
        + b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(PAGES_OF_A_PDF))
        + b"] /Count %d >>" % PAGES_OF_A_PDF,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number in range(PAGES_OF_A_PDF):
        lines = b" ".join(b"(" + sentence(chance)[:85].encode("cp1252") + b") Tj T*" for _ in range(40))
        stream = zlib.compress(b"BT /F1 10 Tf 50 780 Td 14 TL " + lines + b" ET")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream))
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(written),
        )
    )


def docx(chance: random.Random) -> bytes:
    """A report of 60 paragraphs."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    body = "".join(f"<w:p><w:r><w:t>{paragraph(chance)}</w:t></w:r></w:p>" for _ in range(60))
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>')
    return file.getvalue()


if __name__ == "__main__":
    if "--main-text" in sys.argv:
        from main_text import main_text

        sys.exit(main_text("--each" in sys.argv))
    if "--ocr" in sys.argv:
        ocr(int(sys.argv[-1]) if sys.argv[-1].isdigit() else 20)
        sys.exit()
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 4.0)
