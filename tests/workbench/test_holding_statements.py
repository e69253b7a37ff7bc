"""A statement that is held back: its words are in no public byte, wherever else they stand, until it is let out."""

from __future__ import annotations

import html
import json
import re
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from served_casefile import CLEAN, make_casefile

from command_line import recuento
from invented import AT
from recuento.casefile.casefile import Casefile
from recuento.casefile.events.gathering import documents_of
from recuento.casefile.publishing.holding import held_back, hold_named, release
from recuento.casefile.publishing.public_difference import difference
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.publishing.subjects import subject_named
from recuento.casefile.review.correcting import Hand, correct
from recuento.errors import InvalidValue
from recuento.model.anchor import Anchor
from recuento.model.statement_key import statement_key
from recuento.store import layers

COPY = """\
Un cable que repite otro medio. El Observatorio de Lares dijo que al menos 21 internos murieron en el incendio de
Valdeoscuro. La directora del penal, Elena Ruiz Prado, sostuvo que quedaron 9 heridos en la enfermería.
"""
HAND = Hand("Ana", AT, why="pidió esperar")
WORDS = "al menos 21 internos murieron en el incendio de Valdeoscuro"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A casefile in which one sentence stands in two documents."""
    return make_casefile(tmp_path_factory.mktemp("held"), {"clara": CLEAN, "copia": COPY})


@pytest.fixture
def casefile(made, tmp_path):
    """A copy of it for one test."""
    with Casefile.open(Path(shutil.copytree(made, tmp_path / "case"))) as one:
        yield one


def published(casefile):
    """The files of the dossier as they are now."""
    folder = casefile.folder / "dossier"
    publish(casefile, folder, casefile.settings.edition)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def files_with(files, words):
    """The files in which the words stand in a row, whatever marks and escapes stand between."""

    def plain(text):
        text = re.sub(r"<[^>]*>", "", html.unescape(text))
        if "\\u" in text:
            text = json.dumps(text, ensure_ascii=False)
        return " ".join(re.findall(r"\w+", text.lower()))

    wanted = plain(words)
    return sorted(path for path, data in files.items() if wanted in plain(data.decode("utf-8", "replace")))


def page_of(read):
    """The Spanish page of a document."""
    return f"es/d/{read.document.sha256[:16]}/index.html"


def the_statement(casefile, name):
    """The statement of the observatory on the dead in the document of that name: its name and itself."""
    read = next(one for one in documents_of(casefile) if one.document.name.startswith(name))
    found = next(one for one in read.statements if "21 internos" in one.content[0].quote.replace("\n", " "))
    return statement_key(read.document, found), found, read


def test_no_public_byte_holds_its_words_and_it_comes_back(casefile):
    """Not the page of its document, nor that of a copy, a feed, table or earlier edition; let out it is back."""
    before = published(casefile)
    name, statement, read = the_statement(casefile, "clara")
    said = " ".join(statement.content[0].quote.split())
    assert len(files_with(before, WORDS)) > 2 and WORDS in said
    made = hold_named(casefile, name, HAND)
    assert made.subject == f"hold:{name}" and list(held_back(casefile)) == [tuple(name.split(":", 1))]
    found = difference(casefile, casefile.folder / "dossier", casefile.settings.edition)
    listed = [one for one in found.stays if one.reason == "held"]
    assert [(one.kind, one.by, one.why) for one in listed] == [("statement", "Ana", "pidió esperar")]
    assert any(item.kind == "statement" and "21 internos" in item.words.es for item in found.gone)
    assert found.new == ()
    after = published(casefile)
    words = WORDS.split()
    for at in range(len(words) - 5):
        assert files_with(after, " ".join(words[at : at + 6])) == []
    page = after[page_of(read)].decode()
    assert "371 internos fueron trasladados" in " ".join(html.unescape(page).split())
    assert "ocho camiones" not in page, "the text is shown whole around the gap"
    assert not [path for path, data in after.items() if b"ida esperar" in data]
    with pytest.raises(InvalidValue):
        hold_named(casefile, name, HAND)
    release(casefile, name, HAND)
    again = published(casefile)
    assert set(files_with(again, WORDS)) >= set(files_with(before, WORDS))
    with pytest.raises(InvalidValue):
        release(casefile, name, HAND)


def test_what_rests_on_it_alone_goes_and_an_entered_figure_stays(casefile):
    """The figure that only the machine read in it is in no table; one that a person entered keeps its other sources."""
    before = json.loads(published(casefile)["files/fire/event.json"])
    read = next(one for one in documents_of(casefile) if one.document.name.startswith("copia"))
    wounded = next(one for one in read.statements if "heridos" in one.content[0].quote)
    hold_named(casefile, statement_key(read.document, wounded), HAND)
    hold_named(casefile, the_statement(casefile, "clara")[0], HAND)
    after = json.loads(published(casefile)["files/fire/event.json"])
    gone = {one["id"] for one in before["claims"]} - {one["id"] for one in after["claims"]}
    assert gone and all(id.startswith("R") for id in gone)
    assert not any("9 heridos" in one["quantity"]["words"] for one in after["claims"])
    assert all(one["quote"] == "" or "21 internos" not in one["quote"] for one in after["claims"] if "quote" in one)


def test_a_correction_lets_nothing_out(casefile):
    """Corrected to more words or to fewer, before or after, the statement stays held back; so does its old reading."""
    name, statement, read = the_statement(casefile, "clara")
    text = read.layer.text
    first = statement.content[0]
    wider = Anchor.of(text, text.rindex(".", 0, first.start) + 1, first.end)
    hold_named(casefile, name, HAND)
    correct(casefile, name, statement, replace(statement, content=(wider,)), Hand("Bea", AT))
    assert files_with(published(casefile), "internos murieron en el incendio de Valdeoscuro") == []
    again = subject_named(casefile, name)
    assert again.statement.content == (wider,) and f"statement:{again.id}" == name
    by_its_words = f"statement:{read.document.sha256[:16]}:{wider.start}-{wider.end}"
    assert subject_named(casefile, by_its_words).id == again.id


def test_words_that_moved_are_found_or_take_the_document_along(casefile):
    """A new extractor moves the words: they are held where they stand now; where they are gone the document is."""
    name, _, read = the_statement(casefile, "clara")
    hold_named(casefile, name, HAND)
    for text, shown in ((f"Encabezado nuevo.\n\n{read.layer.text}", True), ("Otro texto del todo.", False)):
        with casefile.database.writing() as connection:
            digest = sha256(text.encode()).hexdigest()
            layers.add(connection, replace(read.layer, version=f"99.{shown}", text=text, sha256=digest))
        after = published(casefile)
        assert files_with(after, "21 internos murieron en el incendio de Valdeoscuro") == []
        # At the address of a document that is gone stands a notice.
        assert (b'class="about"' in after[page_of(read)]) is shown


def test_the_command_holds_lists_and_lets_out(casefile):
    """recuento hold with a statement, without one, and with --undo; what is not there is refused with the way out."""
    name = the_statement(casefile, "clara")[0]
    for words, code in (
        (["hold", name, "--why", "espera"], 0), (["hold", "--json"], 0), (["hold", name, "--undo"], 0),
        (["hold", "--json"], 0), (["hold", "statement:0000000000000000:1-2"], 4), (["hold", "page:x"], 4),
    ):  # fmt: skip
        done = recuento(*words, "--lang", "en", "-C", str(casefile.folder))
        assert done.returncode == code, words
        if words == ["hold", "--json"]:
            listed = [one["subject"] for one in json.loads(done.stdout)]
            assert listed == ([name] if listed else [])
    assert held_back(casefile) == {}
