"""Hostile and broken files: each ends in a recorded outcome within the limits, and the next document is read.

A cheap part of the corpus that `benchmarks/hostile.py` runs whole.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hostile_files.corpus import corpus
from hostile_files.hostile import Hostile
from hostile_files.markup import CANARY, CANARY_FILE
from recuento.casefile.casefile import Casefile
from recuento.cli.main import main
from recuento.preserve.extract import Extractor
from recuento.preserve.limits import Limits
from recuento.preserve.outcome import Outcome
from recuento.store import documents, layers

TIGHT = Limits(cpu_seconds_max=1, wall_seconds_max=20.0, memory_bytes_max=768 << 20, text_characters_max=5_000_000)
STOPPED = {Outcome.TIME, Outcome.MEMORY, Outcome.CRASH, Outcome.TOO_LONG, Outcome.BOMB}
MARKUP = {Outcome.READ, Outcome.NO_TEXT, Outcome.DAMAGED, *STOPPED}
EXPECTED = {
    "empty/empty.pdf": {Outcome.EMPTY},
    "empty/blank.txt": {Outcome.NO_TEXT},
    "pictures/script.svg": {Outcome.READ},
    "truncated/cut-pdf-0.pdf": {Outcome.DAMAGED},
    "tables and texts/letter.txt": {Outcome.TOO_LONG},
    "encodings/noise.txt": {Outcome.UNKNOWN_TYPE},
    "old office and others/loop.doc": {Outcome.OLD_OFFICE},
    "old office and others/locked.docx": {Outcome.ENCRYPTED},
    "old office and others/program.html": {Outcome.UNKNOWN_TYPE},
    "zip bombs/locked.docx": {Outcome.ENCRYPTED},
    "zip bombs/lying.docx": {Outcome.DAMAGED, *STOPPED},
    "zip bombs/method.xlsx": {Outcome.DAMAGED},
    "zip bombs/overlapping.docx": {Outcome.BOMB},
    "sheet bombs/far.xlsx": {Outcome.READ, *STOPPED},
    "XML entities/laughs.docx": {Outcome.DAMAGED},
    "XML entities/laughs.xlsx": {Outcome.DAMAGED},
    "XML entities/file.docx": {Outcome.DAMAGED, Outcome.NO_TEXT},
    "XML entities/file.html": MARKUP,
    "deep XML/deep.docx": MARKUP,
    "long HTML/attributes.html": {Outcome.READ, *STOPPED},
    "nested HTML/nested-div-100000.html": MARKUP,
    "PDF structure/pages-loop.pdf": {Outcome.DAMAGED, Outcome.NO_TEXT, *STOPPED},
    "PDF structure/previous-itself.pdf": {Outcome.READ, Outcome.DAMAGED, *STOPPED},
    "PDF structure/encrypted-odd.pdf": {Outcome.ENCRYPTED, Outcome.DAMAGED, Outcome.READ, Outcome.CRASH},
    "mail/levels-5000.eml": {Outcome.NO_TEXT, Outcome.DAMAGED, *STOPPED},
    "mail/levels-100000.eml": {Outcome.DAMAGED},
    "mail/type-parameters.eml": {Outcome.READ},
    "mail/type-continued.eml": {Outcome.READ},
    "mail/type-comments.eml": {Outcome.READ},
    "mail/from-dots.eml": {Outcome.READ},
    "mail/html-marked.eml": {Outcome.NO_TEXT, *STOPPED},
    "polyglots/pdf-zip.zip": {Outcome.READ},
    "pictures/wide.png": {Outcome.IMAGE, Outcome.NO_TEXT, Outcome.DAMAGED, *STOPPED},
}
"""Files of the corpus, by kind and name, and what may become of them."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Hostile]:
    """The corpus by kind and name; entities from outside ask for a file that is there."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / CANARY_FILE).write_text(CANARY)
    return {f"{one.kind}/{one.name}": one for one in corpus(folder)}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_hostile_file_ends_in_a_named_outcome(extractor: Extractor, files: dict[str, Hostile], name: str) -> None:
    """Whatever the bytes, there is an outcome within the limits, said in both languages, and the jail goes on."""
    found = extractor.extract(files[name].make(), files[name].name, limits=TIGHT)
    assert extractor.cost.cpu_seconds < TIGHT.cpu_seconds_max + 1
    assert extractor.cost.memory_bytes < TIGHT.memory_bytes_max
    assert found.outcome in EXPECTED[name], found.unreadable
    assert (found.unreadable is None) == (found.outcome is Outcome.READ) == (found.text is not None)
    assert CANARY not in (found.text or ""), "an entity brought in a file from outside"
    if found.unreadable:
        assert found.unreadable.es and found.unreadable.en and found.unreadable.es != found.unreadable.en
    assert extractor.extract(b"Todo sigue en pie.", "after.txt").text == "Todo sigue en pie."


def test_without_limits_the_same_file_takes_longer(extractor: Extractor, files: dict[str, Hostile]) -> None:
    """The limit is what stops it: with another one the same page takes more than the tight one gives."""
    page = files["long HTML/attributes.html"]
    found = extractor.extract(page.make(), page.name, limits=Limits(cpu_seconds_max=2, wall_seconds_max=40.0))
    assert found.outcome is Outcome.TIME and extractor.cost.cpu_seconds > TIGHT.cpu_seconds_max + 0.5


def test_the_corpus_is_large_and_the_same_for_the_same_seed(files: dict[str, Hostile], tmp_path: Path) -> None:
    """More than five hundred files of distinct names within their kind; made again they have the same bytes."""
    again = {f"{one.kind}/{one.name}": one for one in corpus(tmp_path)}
    assert len(again) > 900 and list(again) == list(files)
    for name in list(files)[::40]:
        if "XML" not in name and len(data := files[name].make()) < 1 << 20:
            assert hashlib.sha256(data).digest() == hashlib.sha256(again[name].make()).digest(), name


def test_the_command_keeps_every_hostile_original(files: dict[str, Hostile], tmp_path: Path) -> None:
    """`recuento preserve` on a folder of broken and hostile files: each byte kept, a text or a reason for each."""
    folder, made = tmp_path / "files", {}
    folder.mkdir()
    Casefile.create(tmp_path / "case", "caso").close()
    cheap = [one for one in files.values() if one.kind in ("truncated", "changed XML inside", "WACZ", "polyglots")]
    for number, one in enumerate(cheap[::12]):
        data = one.make()
        (folder / f"{number}-{one.name}").write_bytes(data)
        made[hashlib.sha256(data).hexdigest()] = data
    with pytest.raises(SystemExit) as ended:
        main(["preserve", str(folder), "-C", str(tmp_path / "case")])
    assert not ended.value.code
    with Casefile.open(tmp_path / "case") as casefile, casefile.database.reading() as connection:
        for sha256, data in made.items():
            assert casefile.originals.path(sha256).read_bytes() == data
            document = documents.find(connection, sha256)
            assert document is not None
            assert bool(list(layers.of(connection, sha256))) != (document.unreadable is not None)


def test_a_second_reader_has_only_the_time_that_is_left(extractor: Extractor, make_pdf: Callable[..., bytes]) -> None:
    """A PDF at which the first reader dies costs both readers together no more than the limit."""
    import zlib

    data = make_pdf([["x"]], packed=zlib.compress(b"BT (x) Tj ET " * (200 << 20 >> 4)))
    started = time.process_time()
    found = extractor.extract(data, "bomb.pdf", limits=Limits(cpu_seconds_max=2, memory_bytes_max=600 << 20))
    assert found.outcome in {Outcome.READ, Outcome.DAMAGED, Outcome.NO_TEXT, *STOPPED}
    assert extractor.cost.cpu_seconds < 3.5 and time.process_time() - started < 2


def test_every_truncation_of_a_document_has_an_outcome(
    extractor: Extractor, make_docx: Callable[..., bytes], make_pdf: Callable[..., bytes]
) -> None:
    """A file cut anywhere, as by a broken download, is read in part or named damaged, never a crash."""
    for name, data in (("a.docx", make_docx(["Hubo 20 heridos."])), ("a.pdf", make_pdf([["Hubo 20 heridos."]]))):
        for end in range(1, len(data), max(1, len(data) // 12)):
            found = extractor.extract(data[:end], name, limits=TIGHT)
            assert found.outcome is not Outcome.CRASH, (name, end)
