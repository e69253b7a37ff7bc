"""A later text layer lies beside the old one; what was decided goes over exactly or is an orphan."""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented import AT, NOTE, SETTINGS
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents import extracting_again
from recuento.casefile.documents.extracting_again import Again, extract_again, out_of_date
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.events.event_shelf import EventShelf
from recuento.casefile.events.gathering import documents_of, gather
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.publishing.holding import held_back, hold
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.reading.reading import read_documents, read_what_changed
from recuento.casefile.review.correcting import Hand, correct, decide_on, undo
from recuento.casefile.review.orphans import layered, orphans
from recuento.casefile.review.review_queue import ReviewQueue
from recuento.casefile.review.reviewing import reviews
from recuento.casefile.running import run
from recuento.model.decision import Act
from recuento.model.document import Description
from recuento.model.dossier import PublishedDocument
from recuento.model.statement import Mode
from recuento.model.statement_key import statement_key
from recuento.preserve import versions
from recuento.preserve.extract import Extraction
from recuento.preserve.outcome import Outcome
from recuento.store import decisions, documents, layer_moves, layers

HAND = Hand("L. P.", AT)


def second(change: Callable[[str], str]) -> Callable[[bytes, str], Extraction]:
    """A second version of the extractor of plain texts, which makes another text."""

    def read(data: bytes, name: str) -> Extraction:
        text = change(data.decode())
        return Extraction("text/plain", Outcome.READ, text=text, extractor="plain", version="2")

    return read


@pytest.fixture
def read(folder: Path) -> Iterator[tuple[Casefile, PublishedDocument]]:
    """The invented casefile with its notes read, and the first of them."""
    with Casefile.open(folder) as casefile:
        preserve(casefile, [folder.parent / "notes"], by="L. P.", at=AT)
        read_what_changed(casefile, at=AT)
        yield casefile, next(one for one in read_documents(casefile) if one.statements)


def again(casefile: Casefile, one: PublishedDocument, change: Callable[[str], str]) -> extracting_again.ExtractedAgain:
    """Make one text again with the second version, and read it."""
    (done,) = extract_again(casefile, at=AT, wanted=[one.document], read=second(change))
    return done


def test_other_white_space_carries_everything_over(read: tuple[Casefile, PublishedDocument]) -> None:
    """Confirmed, corrected, added and rejected stand in the new text on the same words; the rows are as they were."""
    casefile, one = read
    assert one.layer is not None
    text = one.layer.text
    keys = [statement_key(one.document, statement) for statement in one.statements]
    decide_on(casefile, keys[0], Act.CONFIRM, HAND)
    correct(casefile, keys[1], one.statements[1], replace(one.statements[1], mode=Mode.DENIES), HAND)
    decide_on(casefile, keys[2], Act.REJECT, HAND)
    with casefile.database.reading() as connection:
        written = decisions.as_written(connection)
    before = documents_of(casefile)
    done = again(casefile, one, lambda text: "\n" + re.sub(r" ", "  ", text))
    assert done.outcome is Again.NEW_LAYER and done.move is not None
    with casefile.database.reading() as connection:
        old, new = layers.of(connection, one.document.sha256)
        assert old == one.layer and old.text == text, "an old layer is never changed"
        assert decisions.as_written(connection) == written
        assert [d.subject for d in decisions.all(connection)] != [d.subject for d in written]
    for read_again in (False, True):
        if read_again:
            read_what_changed(casefile, at=AT)
        after = documents_of(casefile)
        for was, now in zip(before, after, strict=True):
            assert [words(s) for s in now.statements] == [words(s) for s in was.statements]
            assert [words(s) for s in now.statements if s.id in now.reviewed] == [
                words(s) for s in was.statements if s.id in was.reviewed
            ]
            for statement in now.statements:
                assert all(
                    a.stands_on(new.text if now.document == one.document else now.layer.text)
                    for a in statement.anchors()
                )  # type: ignore[union-attr]
    assert not orphans(casefile)
    assert not verify(casefile).faults


def words(statement: object) -> list[list[str]]:
    """The words of every anchor."""
    return [anchor.quote.split() for anchor in statement.anchors()]  # type: ignore[attr-defined]


def test_changed_words_make_orphans_that_decide_nothing(
    read: tuple[Casefile, PublishedDocument], tmp_path: Path
) -> None:
    """A confirmed statement of which a word changed is listed with its old words, and confirms nothing any more."""
    casefile, one = read
    statement = next(s for s in one.statements if "21" in s.content[0].quote)
    made = decide_on(casefile, statement_key(one.document, statement), Act.CONFIRM, HAND)
    queue = ReviewQueue(casefile)
    queue.refresh()
    again(casefile, one, lambda text: text.replace("21", "12"))
    (orphan,) = orphans(casefile)
    assert orphan.decision is not None and orphan.decision.id == made.id
    assert "21" in orphan.words[0]
    with casefile.database.reading() as connection:
        old = layers.starting(connection, one.document.sha256, orphan.earlier[:8])
    assert old is not None and [old.text[a:b] for a, b in orphan.spans] == list(orphan.words)
    read_what_changed(casefile, at=AT)
    assert not any(s.id in d.reviewed for d in documents_of(casefile) for s in d.statements)
    queue.refresh()
    assert not any(queue.standing(item) for item in queue.of_document(one.document.sha256))
    assert any("recuento layers" in fault.en for fault in verify(casefile).faults)
    publish(casefile, tmp_path / "out", casefile.settings.edition or AT.date())
    undo(casefile, made.id, by="L. P.", at=AT)
    assert not orphans(casefile)
    assert not verify(casefile).faults


def test_places_that_happen_to_be_the_same_are_not_taken_for_the_words(
    read: tuple[Casefile, PublishedDocument],
) -> None:
    """A decision on characters 10 to 50 of the old text is none on characters 10 to 50 of the new one."""
    casefile, one = read
    assert one.layer is not None
    for statement in one.statements:
        decide_on(casefile, statement_key(one.document, statement), Act.CONFIRM, HAND)
    again(casefile, one, lambda text: "x" * len(text))
    keys = {statement_key(one.document, statement) for statement in one.statements}
    assert len(orphans(casefile)) == len(keys)
    assert not keys & reviews(casefile).confirmed
    with casefile.database.reading() as connection:
        assert all(not decisions.on(connection, key) for key in keys)


def test_what_was_held_back_stays_held_back(read: tuple[Casefile, PublishedDocument]) -> None:
    """A held claim goes on being held in the new text; where it cannot be told any more its document is held whole."""
    casefile, _ = read
    event = casefile.settings.cast.events[0]
    (casefile.folder.parent / "more.txt").write_text(
        "El Observatorio de Lares dijo ayer en un comunicado que 40 internos escaparon de Valdeoscuro esa noche.",
        encoding="utf-8",
    )
    preserve(casefile, [casefile.folder.parent / "more.txt"], by="L. P.", at=AT)
    read_what_changed(casefile, at=AT)
    more = next(d for d in read_documents(casefile) if d.document.name == "more.txt")
    claim = next(c for c in gather(casefile, event, AT.date()).claims if c.measure == "escaped" and c.party == "ngo")
    hold(casefile, [("claim", claim.id, "40 escaparon")], HAND)
    again(casefile, more, lambda text: text + "\n\n")
    read_what_changed(casefile, at=AT)
    moved = next(c for c in gather(casefile, event, AT.date()).claims if c.measure == "escaped" and c.party == "ngo")
    assert moved.id == claim.id, "it begins where it began"
    (done,) = extract_again(
        casefile,
        at=AT,
        wanted=[more.document],
        read=lambda data, name: replace(second(lambda text: text.replace(" ", "  "))(data, name), version="3"),
    )
    read_what_changed(casefile, at=AT)
    moved = next(c for c in gather(casefile, event, AT.date()).claims if c.measure == "escaped" and c.party == "ngo")
    assert moved.id != claim.id
    assert set(held_back(casefile)) == {("claim", moved.id)}
    extract_again(
        casefile,
        at=AT,
        wanted=[more.document],
        read=lambda data, name: replace(second(lambda text: text.replace("40", "41"))(data, name), version="4"),
    )
    assert set(held_back(casefile)) == {("document", more.document.sha256)}
    (orphan,) = orphans(casefile)
    assert orphan.kind == "held" and orphan.words == ("40 escaparon",)
    assert done.move is not None


def test_a_page_that_is_open_follows_the_new_layer(read: tuple[Casefile, PublishedDocument]) -> None:
    """What the workbench holds in memory is taken anew: no text with the anchors of another."""
    casefile, one = read
    queue, shelf = ReviewQueue(casefile), EventShelf(casefile)
    queue.refresh()
    shelf.refresh()
    event = casefile.settings.cast.events[0]
    shelf.gathered(event, AT.date())
    key = queue.of_document(one.document.sha256)[0].key
    decide_on(casefile, key, Act.CONFIRM, HAND)
    again(casefile, one, lambda text: "  " + text)
    queue.refresh()
    opened = queue.open(one.document.sha256)
    assert opened is not None
    assert all(a.stands_on(opened.text) for s in opened.statements for a in s.anchors())
    (decided,) = [item for item in queue.of_document(one.document.sha256) if queue.standing(item)]
    assert decided.key != key
    shelf.refresh()
    found = next(d for d in shelf.gathered(event, AT.date()).documents if d.document == one.document)
    assert found.layer is not None
    assert all(a.stands_on(found.layer.text) for s in found.statements for a in s.anchors())
    assert [statement_key(found.document, s) for s in found.statements if s.id in found.reviewed] == [decided.key]


def test_the_main_job_finds_what_is_out_of_date(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text by an extractor that is no longer current is made again, once; the same text adds no layer."""
    with Casefile.open(folder) as casefile:
        (folder / "inbox").mkdir()
        (folder / "inbox" / "a.txt").write_text(NOTE, encoding="utf-8")
        (folder / "inbox" / "b.txt").write_bytes(b"")
        run(casefile, by="L. P.", at=AT)
        assert out_of_date(casefile) == (), "what cannot be read is not tried again with the same versions"
        monkeypatch.setitem(versions.EXTRACTORS, "plain", (7, None))  # type: ignore[arg-type]
        versions.version_of.cache_clear()
        versions.fingerprint.cache_clear()
        assert {document.name for document in out_of_date(casefile)} == {"a.txt", "b.txt"}
        done = {one.document.name: one.outcome for one in extract_again(casefile, at=AT)}
        assert done == {"a.txt": Again.SAME, "b.txt": Again.STILL_UNREADABLE}, "the jail has its own version, 1"
        assert out_of_date(casefile) == ()
    versions.version_of.cache_clear()
    versions.fingerprint.cache_clear()


def test_what_could_not_be_read_is_read_once_it_can(folder: Path) -> None:
    """A document without text gets its first layer, and is no longer called unreadable."""
    path = folder.parent / "scan.bin"
    path.write_bytes(b"\x00\x01" * 40)
    with Casefile.open(folder) as casefile:
        preserve(casefile, [path], by="L. P.", at=AT)
        with casefile.database.reading() as connection:
            (document,) = documents.all(connection)
        assert document.unreadable is not None
        later = second(lambda text: "Murieron 3 internos.")
        titled = Description(title="Acta")
        (done,) = extract_again(
            casefile, at=AT, wanted=[document], read=lambda data, name: replace(later(data, name), description=titled)
        )
        assert done.outcome is Again.NOW_READ and done.move is None
        with casefile.database.reading() as connection:
            (document,) = documents.all(connection)
            layer = layers.current(connection, document.sha256)
        assert document.unreadable is None and layer is not None and layer.text == "Murieron 3 internos."
        assert document.description == Description(title="Acta", extracted=frozenset({"title"}))
        assert not verify(casefile).faults


def test_a_text_that_cannot_be_made_again_stays(read: tuple[Casefile, PublishedDocument]) -> None:
    """An original that is lost, or that the new version cannot read, leaves the old layer and what stands on it."""
    casefile, one = read

    def fails(data: bytes, name: str) -> Extraction:
        return Extraction("text/plain", Outcome.TIME)

    (done,) = extract_again(casefile, at=AT, wanted=[one.document], read=fails)
    assert done.outcome is Again.KEPT
    path = casefile.originals.path(one.document.sha256)
    path.rename(path.with_name("away"))
    (done,) = extract_again(casefile, at=AT, wanted=[one.document])
    assert done.outcome is Again.KEPT and done.reason is not None
    path.with_name("away").rename(path)
    assert read_documents(casefile)[0].layer is not None
    assert not verify(casefile).faults


EDITS = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from(["", "no", "21 ", "\n", "El ", "internos "]), st.integers(0, 9)),
    max_size=3,
)


@given(st.lists(EDITS, min_size=1, max_size=2), st.data())
@settings(max_examples=25, deadline=None)
def test_nothing_decided_is_lost_whatever_the_new_text(
    edits: list[list[tuple[int, str, int]]], data: st.DataObject
) -> None:
    """Every decision stands on its very words with their neighbours, or is an orphan that shows them."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "case"
        folder.mkdir()
        (folder / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
        (folder.parent / "one.txt").write_text(NOTE, encoding="utf-8")
        with Casefile.open(folder) as casefile:
            preserve(casefile, [folder.parent / "one.txt"], by="L. P.", at=AT)
            read_what_changed(casefile, at=AT)
            for number, several in enumerate(edits):
                (one,) = read_documents(casefile)
                for statement in one.statements:
                    act = data.draw(st.sampled_from([Act.CONFIRM, Act.REJECT, None]))
                    if act is not None:
                        decide_on(casefile, statement_key(one.document, statement), act, HAND)
                assert one.layer is not None
                text = one.layer.text
                for at, put, out in several:
                    place_of = at * len(text) // 60
                    text = text[:place_of] + put + text[place_of + out :]
                made = replace(second(lambda _, text=text: text)(b"", ""), version=f"2.{number}")  # type: ignore[misc]
                extract_again(casefile, at=AT, wanted=[one.document], read=lambda data, name, made=made: made)  # type: ignore[misc]
                if data.draw(st.booleans()):
                    read_what_changed(casefile, at=AT)
            with casefile.database.reading() as connection:
                written = {d.id: d for d in decisions.as_written(connection)}
                now = decisions.all(connection)
                texts = layers.of(connection, one.document.sha256)
                moves = layer_moves.all(connection)
            assert written.keys() == {d.id for d in now}
            listed = {o.decision.id: o for o in orphans(casefile) if o.decision is not None}
            standing = {d.id for d in reviews(casefile).last.values()}
            for decision in now:
                first = texts[sum(move.decided < decision.id for move in moves)]
                then = [first.text[a:b].split() for a, b in layer_moves.spans_of(written[decision.id].subject)]
                if layer_moves.is_orphan(decision.subject):
                    assert decision.id not in standing or [w.split() for w in listed[decision.id].words] == then
                else:
                    spans = layer_moves.spans_of(decision.subject)
                    assert [texts[-1].text[a:b].split() for a, b in spans] == then
            assert len(layered(casefile)) == (1 if moves else 0)
            assert not [
                f for f in verify(casefile).faults if "recuento layers" not in f.en and "no longer finds" not in f.en
            ]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="starts its other process by fork")
def test_a_kill_in_the_middle_leaves_the_old_layer_whole(read: tuple[Casefile, PublishedDocument]) -> None:
    """Killed after the new layer and before what goes with it: none of it is there, and the next run does it whole."""
    casefile, one = read
    key = statement_key(one.document, one.statements[0])
    decide_on(casefile, key, Act.CONFIRM, HAND)
    process = multiprocessing.get_context("fork").Process(target=_killed_while_laying, args=(casefile.folder, one))
    process.start()
    process.join()
    assert process.exitcode == -9
    with casefile.database.reading() as connection:
        assert layers.of(connection, one.document.sha256) == [one.layer]
        assert layer_moves.all(connection) == []
    assert read_documents(casefile)[0].statements == one.statements
    assert key in reviews(casefile).confirmed
    assert not verify(casefile).faults
    assert again(casefile, one, lambda text: " " + text).outcome is Again.NEW_LAYER
    assert not verify(casefile).faults


def _killed_while_laying(folder: Path, one: PublishedDocument) -> None:
    from recuento.casefile.documents import laying

    laying.layer_moves.add = lambda connection, move: os.kill(os.getpid(), 9)  # type: ignore[attr-defined]
    with Casefile.open(folder) as casefile:
        again(casefile, one, lambda text: " " + text)
