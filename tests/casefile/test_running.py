"""The main job on an invented casefile: what goes in comes out, once, unchanged, and can be checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from invented import AT
from recuento.casefile.casefile import Casefile
from recuento.casefile.claims.importing import apply_import, plan_import
from recuento.casefile.documents.preserving import Outcome, preserve
from recuento.casefile.events.balancing import account_for, conflicts_of
from recuento.casefile.events.gathering import gather
from recuento.casefile.keeping.exporting import export
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.reading.reading import read_documents, read_what_changed
from recuento.casefile.review.reviewing import decide, reviews
from recuento.casefile.running import run
from recuento.errors import CheckFailed, FaultsFound
from recuento.model.decision import Act
from recuento.model.statement_key import statement_key
from recuento.store import documents as stored_documents
from recuento.store import layers as stored_layers

DAY = date(2031, 4, 30)


def filled(casefile: Casefile) -> Casefile:
    """The casefile with its claims imported and its notes preserved and read."""
    beside = casefile.folder.parent
    apply_import(casefile, plan_import(casefile, beside / "claims.csv"), by="t", at=AT)
    preserve(casefile, [beside / "notes"], by="t", at=AT)
    read_what_changed(casefile, at=AT)
    return casefile


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_importing_twice_changes_nothing(casefile: Casefile) -> None:
    """A plan writes nothing by itself; applied, the same file plans no change."""
    path = casefile.folder.parent / "claims.csv"
    assert len(plan_import(casefile, path).of("added")) == 9
    apply_import(casefile, plan_import(casefile, path), by="t", at=AT)
    assert len(plan_import(casefile, path).of("same")) == 9
    path.write_text(path.read_text().replace(",14,14,", ",15,15,"))
    assert [row.claim.id for row in plan_import(casefile, path).of("changed")] == ["A3"]


def test_the_same_bytes_are_one_document(casefile: Casefile) -> None:
    """A copy under another name adds an origin, not a document; the manifest describes the file."""
    notes = casefile.folder.parent / "notes"
    preserve(casefile, [notes], by="t", at=AT)
    (notes / "copy.txt").write_bytes((notes / "one.txt").read_bytes())
    again = preserve(casefile, [notes / "copy.txt"], by="t", at=AT)
    assert [one.outcome for one in again] == [Outcome.KNOWN]
    first = read_documents(casefile)[0].document
    assert first.description.outlet == "Radio Lares" and first.origin.by == "L. P."
    with casefile.database.reading() as connection:
        assert len(stored_documents.origins(connection, first.sha256)) == 2


def test_a_file_that_cannot_be_read_is_kept_and_the_others_go_on(casefile: Casefile) -> None:
    """A broken PDF among good files is kept with a reason in both languages."""
    notes = casefile.folder.parent / "notes"
    (notes / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    done = {one.path.name: one for one in preserve(casefile, [notes], by="t", at=AT)}
    assert done["broken.pdf"].outcome is Outcome.UNREADABLE and done["broken.pdf"].reason
    assert done["one.txt"].outcome is Outcome.ADDED
    assert casefile.originals.read(done["broken.pdf"].sha256 or "") == b"%PDF-1.7\nnothing more"


def test_a_missing_path_stops_before_anything_is_kept(casefile: Casefile) -> None:
    """One wrong name in a list of files leaves the casefile as it was."""
    with pytest.raises(FaultsFound):
        preserve(casefile, [casefile.folder.parent / "notes", Path("nowhere")], by="t", at=AT)
    assert not read_documents(casefile)


def test_only_what_changed_is_done_again(casefile: Casefile) -> None:
    """A second run finds nothing to do; a new text makes only that text be read."""
    filled(casefile)
    run(casefile, by="t", at=AT)
    assert not any(step.fresh for step in run(casefile, by="t", at=AT))
    extra = casefile.folder.parent / "extra.txt"
    extra.write_text("La directora Elena Ruiz Prado negó que hubiera muertos en Valdeoscuro.", encoding="utf-8")
    preserve(casefile, [extra], by="t", at=AT)
    assert read_what_changed(casefile, at=AT) == (1, 3)


def test_the_same_casefile_gives_the_same_bytes(casefile: Casefile, tmp_path: Path) -> None:
    """Two builds into two folders are equal, file by file, and a rebuild rewrites nothing."""
    filled(casefile)
    publish(casefile, tmp_path / "one", DAY)
    publish(casefile, tmp_path / "two", DAY)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert publish(casefile, tmp_path / "one", DAY).changed == ()


def test_what_is_no_longer_published_is_removed_and_foreign_files_are_not_touched(
    casefile: Casefile, tmp_path: Path
) -> None:
    """A build removes what an earlier build wrote; it refuses a folder that holds anything else."""
    filled(casefile)
    done = publish(casefile, tmp_path / "out", DAY)
    casefile.settings = replace(casefile.settings, languages=("es",))
    smaller = publish(casefile, tmp_path / "out", DAY)
    assert smaller.files < done.files and smaller.removed and not (tmp_path / "out" / "en").is_file()
    foreign = tmp_path / "thesis"
    foreign.mkdir()
    (foreign / "chapter.txt").write_text("mine")
    with pytest.raises(CheckFailed):
        publish(casefile, foreign, DAY)
    assert (foreign / "chapter.txt").read_text() == "mine"


def test_no_published_byte_names_a_source_that_is_not_public(casefile: Casefile, tmp_path: Path) -> None:
    """The relative appears as a relative, in no file by name, in no writing of the name."""
    filled(casefile)
    publish(casefile, tmp_path / "out", DAY)
    for name, data in tree(tmp_path / "out").items():
        text = data.decode("utf-8", errors="replace").lower()
        assert "zulmara" not in text and "quindos" not in text, name
    page = (tmp_path / "out" / "es" / "index.html").read_text(encoding="utf-8")
    assert "Valdeoscuro" in page


def test_words_read_in_a_note_become_the_grounds_of_the_entered_claim(casefile: Casefile) -> None:
    """The observatory's "al menos 21" in the note and in the table are one claim with an anchor."""
    filled(casefile)
    found = gather(casefile, casefile.settings.cast.events[0], DAY)
    claim = next(claim for claim in found.claims if claim.id == "B1")
    assert any(g.anchor and "21" in g.anchor.quote for g in claim.grounds)
    assert any(d.measure == "transferred" or "lista" in d.item for d in found.demands)
    assert {d.days_open(DAY) for d in found.demands} == {37}


def test_figures_nobody_reviewed_do_not_enter_the_balance_until_confirmed(casefile: Casefile) -> None:
    """A figure that only the machine read counts once a person confirms its statement."""
    filled(casefile)
    extra = casefile.folder.parent / "extra.txt"
    extra.write_text("El Observatorio de Lares dijo que 40 internos escaparon de Valdeoscuro.", encoding="utf-8")
    preserve(casefile, [extra], by="t", at=AT)
    read_what_changed(casefile, at=AT)
    event = casefile.settings.cast.events[0]
    before = gather(casefile, event, DAY)
    assert any(not claim.reviewed and claim.measure == "escaped" for claim in before.claims)
    assert not any(claim.measure == "escaped" and claim.party == "ngo" for claim in before.entered())
    read = next(d for d in read_documents(casefile) if d.document.name == "extra.txt")
    key = statement_key(read.document, read.statements[0])
    made = decide(casefile, [key], Act.CONFIRM, by="t", at=AT)
    assert any(c.measure == "escaped" and c.party == "ngo" for c in gather(casefile, event, DAY).entered())
    decide(casefile, [key], Act.UNDO, by="t", at=AT, details={"decision": str(made[0].id)})
    assert not reviews(casefile).confirmed


def test_the_director_s_own_counts_clash(casefile: Casefile) -> None:
    """412 held, 371 moved, 14 dead, nobody escaped, released or left: 27 people are nowhere."""
    filled(casefile)
    found = gather(casefile, casefile.settings.cast.events[0], DAY)
    accounting = account_for(casefile.settings, found)
    balance = accounting.balanced(accounting.world("party:state"))
    assert not balance.consistent and balance.conflict is not None
    assert {"A1", "A2", "A3"} <= set(balance.conflict.claims)
    words = [c.words for c in conflicts_of(accounting, casefile.settings)]
    assert all(w and w.es and w.en and "Zulmara" not in w.es for w in words)


def test_an_altered_original_and_an_altered_text_are_found(casefile: Casefile) -> None:
    """Verification names the document whose bytes changed and the anchors that fell."""
    filled(casefile)
    assert not verify(casefile).faults
    document = next(d for d in read_documents(casefile) if d.document.name == "one.txt").document
    path = casefile.originals.path(document.sha256)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"21", b"12"))
    assert any("one.txt" in fault.place for fault in verify(casefile).faults)


def test_the_export_can_be_imported_again(casefile: Casefile, tmp_path: Path) -> None:
    """claims.csv of an export changes nothing in the casefile it came from, and holds every document's text."""
    filled(casefile)
    export(casefile, tmp_path / "export")
    plan = plan_import(casefile, tmp_path / "export" / "claims.csv")
    assert not plan.refused and not plan.of("added")
    with casefile.database.reading() as connection:
        for document in stored_documents.all(connection):
            layer = stored_layers.current(connection, document.sha256)
            assert layer is not None
            exported = tmp_path / "export" / "documents" / f"{document.sha256}.txt"
            assert exported.read_text(encoding="utf-8") == layer.text
