"""Whatever is altered in the editions that a casefile keeps is found; what the log does not tell of them is said."""

from __future__ import annotations

import hashlib
import json
import random
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from custody_case import altered_edition
from invented import AT
from recuento.casefile.casefile import Casefile
from recuento.casefile.claims.importing import apply_import, plan_import
from recuento.casefile.custody.edition_records import COUNTS, DOCUMENT_IDS, EDITIONS, written
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.keeping.backing_up import back_up, restore
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.publishing import publishing, small_counts
from recuento.casefile.publishing.publishing import publish
from recuento.publish.freezing import SUMS
from recuento.store import log

ALTERATIONS = 60


@pytest.fixture
def case(casefile: Casefile) -> Casefile:
    """A casefile with claims."""
    apply_import(casefile, plan_import(casefile, casefile.folder.parent / "claims.csv"), by="t", at=AT)
    return casefile


def out(casefile: Casefile, day: int) -> None:
    """Publish the edition of a day."""
    publish(casefile, casefile.folder / "dossier", date(2031, 5, day), by="ana", at=AT)


def out_killed(casefile: Casefile, day: int, monkeypatch: pytest.MonkeyPatch, module: ModuleType, step: str) -> None:
    """Publish the edition of a day, and be killed at a step of it."""

    def killed(*arguments: object, **more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(module, step, killed)
        with pytest.raises(KeyboardInterrupt):
            out(casefile, day)


def places(casefile: Casefile) -> list[str]:
    """Where verify finds something wrong."""
    return [fault.place for fault in verify(casefile).faults]


def test_every_byte_of_a_kept_edition_is_held_against_the_log(case: Casefile) -> None:
    """One byte another, one more, one less, in any of its files: found; undone, nothing is wrong."""
    out(case, 1)
    out(case, 2)
    chance = random.Random(5)
    for _ in range(ALTERATIONS):
        with altered_edition(case, chance) as where:
            assert places(case), where
    found = verify(case)
    assert (found.faults, found.unfinished, found.editions) == ((), (), 2)


def rewritten(change: Callable[[dict[str, object]], object]) -> Callable[[Path], None]:
    """Alter what is remembered of the first edition, with care: written as we would."""

    def alter(folder: Path) -> None:
        plain = json.loads((folder / "v1.json").read_bytes())
        change(plain)
        text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        (folder / "v1.json").write_text(text + "\n", encoding="utf-8")

    return alter


def page_altered(folder: Path) -> None:
    """One page of an edition is another, packed anew."""
    with zipfile.ZipFile(folder / "v1.zip") as before:
        files = {name: before.read(name) for name in before.namelist()}
    with zipfile.ZipFile(folder / "v1.zip", "w") as after:
        for name, data in files.items():
            after.writestr(name, data.replace(b"412", b"413") if name.endswith("claims.csv") else data)


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (lambda folder: (folder / "v1.zip").unlink(), "editions/v1.zip"),
        (lambda folder: (folder / "v1.json").unlink(), "editions/v1.json"),
        (lambda folder: (folder / "v2-told.json").unlink(), "editions/v2-told.json"),
        (lambda folder: (folder / "v1.zip").write_bytes((folder / "v2.zip").read_bytes()), "editions/v1.zip"),
        (lambda folder: (folder / "v9.txt").write_text("x"), "editions/v9.txt"),
        (page_altered, "editions/v1/files/"),
        (rewritten(lambda plain: plain.update(out=False)), "editions/v1.json"),
        (rewritten(lambda plain: plain.update(digest="0")), "editions/v1.json"),
        (rewritten(lambda plain: plain.update(blanked=[[SUMS, "2031-05"]])), "editions"),
    ],
)
def test_the_fault_names_the_file(case: Casefile, alter: Callable[[Path], None], said: str) -> None:
    """What is gone, too much, exchanged or rewritten with care is named; of a packed edition the page in it."""
    out(case, 1)
    out(case, 2)
    alter(case.folder / EDITIONS)
    assert any(place.startswith(said) for place in places(case))


def noted_as_before(casefile: Casefile, one: publishing.KeptEdition) -> Mapping[str, str]:
    """What the versions before this noted of an edition."""
    return {"edition": str(one.edition.day), "number": str(one.number), "frozen": one.sums}


def test_an_edition_of_an_earlier_version_is_held_against_its_list_and_recorded_next(
    case: Casefile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not recorded is said and is no fault; its pages are held against the list; the next publication records it."""
    with monkeypatch.context() as before:
        before.setattr(publishing, "_frozen_details", noted_as_before)
        out(case, 1)
    assert not places(case)
    assert [("not recorded" in note.en, note.place) for note in verify(case).unfinished] == [(True, "editions/v1")]
    whole = (case.folder / EDITIONS / "v1.zip").read_bytes()
    page_altered(case.folder / EDITIONS)
    out(case, 2)
    assert [place for place in places(case) if "v1/files/" in place], "what was altered before is not recorded as it is"
    (case.folder / EDITIONS / "v1.zip").write_bytes(whole)
    out(case, 3)
    assert not verify(case).unfinished and not places(case)


@pytest.mark.parametrize("name", ["keep_edition", "replace_edition", "came_out", "note_act"])
def test_a_publication_killed_at_any_step_is_no_fault(
    case: Casefile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    """Before, between and after the dossier changed; a backup made then stands too, and the next run sets it right."""
    out(case, 1)

    out_killed(case, 2, monkeypatch, publishing, name)
    assert not places(case)
    back_up(case, tmp_path / "backup.tar")
    restore(tmp_path / "backup.tar", tmp_path / "restored")
    with Casefile.open(tmp_path / "restored") as again:
        assert not places(again)
    out(case, 3)
    assert not places(case) and not verify(case).unfinished


OVERLAP = """
[[estimates]]
id = "dead"
event = "{event}"
es = "fallecidos"
en = "dead"
table = "overlap.csv"
methods = ["chao"]
"""


def with_counts(case: Casefile, both: int = 40) -> None:
    """Let its editions tell documents and an estimate, so that ids and true counts are remembered."""
    preserve(case, [case.folder.parent / "notes"], by="t", at=AT)
    (case.folder / "overlap.csv").write_text(f"a,b,count\n1,0,237\n0,1,118\n1,1,{both}\n", encoding="utf-8")
    path = case.folder / "recuento.toml"
    if "[[estimates]]" not in path.read_text(encoding="utf-8"):
        with path.open("a", encoding="utf-8") as file:
            file.write(OVERLAP.format(event=case.settings.cast.events[0].id))


def test_every_byte_of_counts_and_ids_is_held_against_the_log(case: Casefile) -> None:
    """Altered, gone, older, or in another order: found; and it goes on being found after the next publication."""
    with_counts(case)
    with Casefile.open(case.folder) as casefile:
        out(casefile, 1)
        older = {path: path.read_bytes() for path in map((case.folder / EDITIONS).joinpath, (COUNTS, DOCUMENT_IDS))}
        with_counts(case, 80)
        out(casefile, 2)
        assert not places(casefile) and not verify(casefile).unfinished
        for path in older:
            data, where = path.read_bytes(), f"{EDITIONS}/{path.name}"
            for at in range(0, len(data), max(1, len(data) // 40)):
                path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
                assert places(casefile) == [where], at
            path.write_bytes(data + b"\n")
            assert places(casefile) == [where]
            path.unlink()
            assert places(casefile) == [where]
            path.write_bytes(data)
        (case.folder / EDITIONS / COUNTS).write_bytes(older[case.folder / EDITIONS / COUNTS])
        assert places(casefile) == [f"{EDITIONS}/{COUNTS}"]
        path = case.folder / EDITIONS / DOCUMENT_IDS
        ids = json.loads(path.read_bytes())
        path.write_bytes(written(dict(reversed(ids.items()))))
        with_counts(case, 160)
        out(casefile, 3)
        assert places(casefile) == [f"{EDITIONS}/{COUNTS}", f"{EDITIONS}/{DOCUMENT_IDS}"]
        path.write_bytes(written(ids | {"f" * 64: "0123456789abcdef"}))
        assert places(casefile) == [f"{EDITIONS}/{COUNTS}"], "an id drawn since then is none altered"
        path.write_bytes(written(ids | {"f" * 64: next(iter(ids.values()))}))
        assert f"{EDITIONS}/{DOCUMENT_IDS}" in places(casefile)


def test_counts_and_ids_of_an_earlier_version_are_recorded_next(
    case: Casefile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That nothing was noted of them is said and is no fault."""
    with_counts(case)
    with Casefile.open(case.folder) as casefile:
        with monkeypatch.context() as before:
            before.setattr(publishing, "beside_details", lambda connection, folder: {})
            before.setattr(small_counts, "note_counts", lambda casefile, data, by, at: None)
            out(casefile, 1)
        assert not places(casefile)
        said = [(note.place, "not recorded" in note.en) for note in verify(casefile).unfinished]
        assert said == [(f"{EDITIONS}/{COUNTS}", True), (f"{EDITIONS}/{DOCUMENT_IDS}", True)]
        out(casefile, 2)
        assert not places(casefile) and not verify(casefile).unfinished


@pytest.mark.parametrize("step", ["note_counts", "write_file"])
def test_a_publication_killed_while_it_remembers_counts_is_no_fault(
    case: Casefile, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Neither before they are noted nor between that and their being written; the next one sets it right."""
    with_counts(case)
    with Casefile.open(case.folder) as casefile:
        out(casefile, 1)
        before = (case.folder / EDITIONS / COUNTS).read_bytes()
        with_counts(case, 80)
        out_killed(casefile, 2, monkeypatch, small_counts, step)
        assert not places(casefile) and (case.folder / EDITIONS / COUNTS).read_bytes() == before
        out(casefile, 3)
        assert not places(casefile) and (case.folder / EDITIONS / COUNTS).read_bytes() != before
        (case.folder / EDITIONS / COUNTS).write_bytes(before)
        assert places(casefile) == [f"{EDITIONS}/{COUNTS}"]


def test_the_hash_of_counts_is_in_no_public_row(case: Casefile) -> None:
    """Whoever gets a bag could try small counts out against it."""
    with_counts(case)
    with Casefile.open(case.folder) as casefile:
        out(casefile, 1)
        sha256 = hashlib.sha256((case.folder / EDITIONS / COUNTS).read_bytes()).hexdigest()
        with casefile.database.reading() as connection:
            noted = [one.details for one in log.acts_done(connection, log.Act.COUNTED, "sealed")]
            published = [one.details for one in log.acts_done(connection, log.Act.PUBLISHED, "public")]
    assert sha256 in str(noted) and sha256 not in str(published)
