"""Editions: each is kept as it was published, but for what was withdrawn since; what changed is told with care."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urldefrag

import pytest

from invented import AT
from recuento.casefile.casefile import DATABASE, Casefile
from recuento.casefile.claims.importing import apply_import, plan_import
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.publishing import forgetting, publishing
from recuento.casefile.publishing.editions import files_of, kept_editions
from recuento.casefile.publishing.publishing import Publication, publish
from recuento.casefile.publishing.retracting import restore, retract
from recuento.casefile.reading.reading import read_what_changed
from recuento.errors import CasefileUnusable, CheckFailed
from recuento.model.casting import Actor
from recuento.publish.freezing import SUMS, is_frozen
from recuento.store.lock import WriteLock

DAYS = [date(2031, 4, day) for day in range(20, 31)]
LATER = datetime(2031, 5, 2, tzinfo=UTC)
EVENT = "valdeoscuro-2031"


@pytest.fixture
def case(casefile: Casefile) -> Casefile:
    """The invented casefile with its claims imported and its notes read."""
    beside = casefile.folder.parent
    apply_import(casefile, plan_import(casefile, beside / "claims.csv"), by="t", at=AT)
    preserve(casefile, [beside / "notes"], by="t", at=AT)
    read_what_changed(casefile, at=AT)
    return casefile


def out(casefile: Casefile, day: int, **more: object) -> Publication:
    """Publish the edition of a day into the casefile's dossier."""
    return publish(casefile, casefile.folder / "dossier", DAYS[day], **more)  # type: ignore[arg-type]


def below(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def newer_figures(casefile: Casefile) -> None:
    """One figure is changed and one added, as a spreadsheet would."""
    path = casefile.folder.parent / "claims.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("A3,"))
    added = lines[at].replace("A3,", "A9,", 1).replace(",died,", ",injured,", 1)
    lines[at] = lines[at].replace(",14,14,", ",15,15,")
    path.write_text("\n".join([*lines, added]) + "\n", encoding="utf-8")
    apply_import(casefile, plan_import(casefile, path), by="t", at=AT)


def dangling(files: Mapping[str, bytes]) -> list[str]:
    """The links of all pages that lead nowhere."""
    found = []
    for path, data in files.items():
        for link in re.findall(rb'<(?:a|link)[^>]* href="([^"]+)"', data) if path.endswith(".html") else ():
            target, fragment = urldefrag(link.decode())
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            whole = there in files and (not fragment or f'id="{fragment}"'.encode() in files[there])
            if "//" not in target and not whole:
                found.append(f"{path} -> {link.decode()}")
    return found


def tells(data: bytes, claim: str) -> bool:
    """Whether a file tells of a claim by its id."""
    return any(form.encode() in data for form in (f"c-{claim}", f'"{claim}"', f"\n{claim},"))


def test_earlier_editions_stay_byte_for_byte_and_every_page_names_its_own(case: Casefile) -> None:
    """What v1 held when it came out it always holds, in the dossier and the casefile; links of all editions lead on."""
    first = out(case, 0, by="ana", at=AT)
    before = below(case.folder / "dossier")
    newer_figures(case)
    second = out(case, 1, by="ana", at=AT)
    after = below(case.folder / "dossier")
    assert (first.number, second.number) == (1, 2)
    frozen = {path: data for path, data in before.items() if path.startswith("v1/")}
    assert {path: data for path, data in after.items() if path.startswith("v1/")} == frozen
    with files_of(case, 1) as files:
        assert {f"v1/{path}": files[path] for path in files} == frozen
    listed = dict(reversed(line.split("  ")) for line in after["v1/SHA256SUMS"].decode().splitlines())
    assert all(hashlib.sha256(frozen[f"v1/{path}"]).hexdigest() == sha256 for path, sha256 in listed.items())
    assert not dangling(after)
    pages = {path: data.decode() for path, data in after.items() if re.match(r"(v\d/)?(es|en)/.*html$", path)}
    assert all(("Edición" if "es/" in path[:6] else "Edition") in page for path, page in pages.items())
    assert all(('class="frozen"' in page) == is_frozen(path) for path, page in pages.items())
    with case.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT details FROM custody_acts WHERE act = 'published'")
        noted = [json.loads(row.details) for row in rows]
    assert [one["number"] for one in noted] == ["1", "2"]
    assert noted[0]["frozen"] == hashlib.sha256(frozen["v1/SHA256SUMS"]).hexdigest()


def test_what_tells_the_same_on_the_same_day_is_the_same_edition(case: Casefile, tmp_path: Path) -> None:
    """Publishing again, also elsewhere, gives no new number and not one other byte."""
    out(case, 0)
    newer_figures(case)
    one = out(case, 1)
    again = out(case, 1)
    elsewhere = publish(case, tmp_path / "elsewhere", DAYS[1])
    assert again.changed == () and again.number == one.number == elsewhere.number == 2
    assert below(tmp_path / "elsewhere") == below(case.folder / "dossier")


def test_what_changed_is_told_on_a_page_as_data_and_in_the_feeds(case: Casefile) -> None:
    """A figure changed, a figure added, and the limit that moved with them."""
    out(case, 0)
    newer_figures(case)
    out(case, 1)
    folder = case.folder / "dossier"
    told = json.loads((folder / "changes.json").read_bytes())
    kinds = {change["kind"] for change in told["events"][0]["changes"]}
    assert told["edition"] == 2 and told["since"] == 1
    assert {"figure new", "figure changed"} <= kinds
    changed = next(change for change in told["events"][0]["changes"] if change["kind"] == "figure changed")
    assert "14" in changed["before"]["es"] and "15" in changed["after"]["es"]
    for path in ("es/cambios/index.html", "en/changes/index.html", "es/atom.xml"):
        assert "15" in (folder / path).read_text(encoding="utf-8"), path


def test_a_withdrawn_figure_is_blanked_in_every_edition_and_comes_back_whole(case: Casefile) -> None:
    """By default: its event's pages and files say that something was withdrawn; the rest stays; an undo restores it."""
    out(case, 0)
    folder = case.folder / "dossier"
    before = below(folder)
    retract(case, "claim:A3", by="t", at=LATER)
    out(case, 1)
    after = below(folder)
    assert any(tells(data, "A3") for data in before.values())
    assert not [path for path, data in after.items() if tells(data, "A3")]
    slug = next(path.split("/")[2] for path in after if path.startswith("es/s/"))
    page = after[f"v1/es/s/{slug}/index.html"].decode()
    assert "may 2031" in page and 'class="frozen"' in page
    withdrawn = {"format": "recuento-withdrawn/1", "withdrawn": "2031-05"}
    assert json.loads(after[f"v1/files/{slug}/event.json"]) == withdrawn
    assert b"retracted-2031-05" in after[f"files/{slug}/claims.csv"]
    assert after["v1/es/metodo/index.html"] == before["v1/es/metodo/index.html"]
    changes = json.loads(after["changes.json"])["events"]
    assert [change["kind"] for one in changes for change in one["changes"]] == ["retracted"]
    restore(case, "claim:A3", by="t", at=LATER)
    out(case, 2)
    assert {p: d for p, d in below(folder).items() if p.startswith("v1/")} == {
        p: d for p, d in before.items() if p.startswith("v1/")
    }


def test_by_rule_earlier_editions_are_kept_as_they_were(case: Casefile) -> None:
    """With withdrawn = "keep" not one byte of v1 changes; the newest has it no more."""
    out(case, 0)
    before = below(case.folder / "dossier" / "v1")
    case.settings = replace(case.settings, blank_withdrawn=False)
    retract(case, "claim:A3", by="t", at=LATER)
    out(case, 1)
    assert below(case.folder / "dossier" / "v1") == before
    assert b'"A3"' not in next((case.folder / "dossier" / "files").glob("*/event.json")).read_bytes()


def test_a_withdrawn_document_has_a_page_at_its_old_address(case: Casefile) -> None:
    """Page and annotations say that it was withdrawn, at the root and in the earlier edition; no page names it."""
    out(case, 0)
    folder = case.folder / "dossier"
    page = next(p for p in sorted(folder.glob("es/d/*/index.html")))
    slug = page.parent.name
    document = next(d for d in kept_editions(case)[0].edition.contents.documents if d.slug == slug)
    retract(case, f"document:{document.sha256}", by="t", at=LATER)
    out(case, 1)
    for start in ("", "v1/"):
        assert "Retirado" in (folder / f"{start}es/d/{slug}/index.html").read_text(encoding="utf-8")
        told = json.loads((folder / f"{start}files/documents/{slug}.annotations.json").read_bytes())
        assert told["withdrawn"] == "2031-05"
    assert not [p for p, data in below(folder).items() if document.sha256.encode() in data]
    assert not dangling(below(folder))


def test_what_became_private_later_is_found_in_earlier_editions(case: Casefile) -> None:
    """A name that v1 tells and that nobody may read now: its files are blanked and named; without the rule it stops."""
    out(case, 0)
    folder = case.folder / "dossier"
    cast = case.settings.cast
    said = next(actor for actor in cast.actors if actor.public and actor.person)
    assert [p for p, data in below(folder / "v1").items() if said.name.encode() in data]
    private = tuple(replace(a, public=False) if a.id == said.id else a for a in cast.actors)
    case.settings = replace(case.settings, cast=replace(cast, actors=private), blank_withdrawn=False)
    with pytest.raises(CheckFailed) as refused:
        out(case, 1)
    assert "v1/" in refused.value.es and 'withdrawn = "blank"' in refused.value.es and said.name not in refused.value.en
    case.settings = replace(case.settings, blank_withdrawn=True)
    done = out(case, 1)
    assert done.blanked and all(path.startswith("v1/") for path in done.blanked)
    assert not [p for p, data in below(folder).items() if said.name.encode() in data]
    assert not out(case, 2).blanked, "what is blank already is not told again"
    assert not [p for p, data in below(folder).items() if said.name.encode() in data]


def test_what_is_blank_in_public_is_blanked_in_the_kept_copies_too(
    case: Casefile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`verify` names the file, and once blanked for good no packed edition has the name; interrupted, no fault."""
    out(case, 0, by="ana", at=AT)
    cast = case.settings.cast
    said = next(actor for actor in cast.actors if actor.public and actor.person)
    private = tuple(replace(a, public=False) if a.id == said.id else a for a in cast.actors)
    case.settings = replace(case.settings, cast=replace(cast, actors=private))
    blanked = out(case, 1, by="ana", at=AT).blanked

    def tells_it(number: int) -> list[str]:
        with files_of(case, number) as files:
            return [f"v{number}/{path}" for path in files if said.name.encode() in files[path]]

    assert tells_it(1) and set(tells_it(1)) <= set(blanked)
    (note,) = verify(case).unfinished
    assert note.place == "editions/v1" and "seal editions" in note.en and not verify(case).faults

    def killed(*paths: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(forgetting, "move", killed)
        forgetting.blank_copies(case, by="ana", at=AT)
    assert not verify(case).faults and verify(case).unfinished
    site = below(case.folder / "dossier" / "v1")
    assert [f"v1/{path}" for path in forgetting.blank_copies(case, by="ana", at=AT)[1]] == sorted(blanked)
    assert not tells_it(1) and not forgetting.in_clear(case)
    found = verify(case)
    assert (found.faults, found.unfinished) == ((), ())
    assert not list((case.folder / "editions").glob(".unfinished-*"))
    out(case, 2, by="ana", at=AT)
    assert below(case.folder / "dossier" / "v1") == site and not verify(case).faults


@pytest.mark.parametrize("moment", ["before the dossier", "after the dossier"])
def test_a_run_killed_in_the_middle_leaves_one_edition_or_none(
    case: Casefile, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Killed before the dossier changed, its number is free again; killed after, the edition counts."""
    out(case, 0)
    newer_figures(case)
    name = "replace_edition" if moment.startswith("before") else "came_out"

    def killed(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(publishing, name, killed)
        with pytest.raises(KeyboardInterrupt):
            out(case, 1)
    assert [one.out for one in kept_editions(case)] == [True, False]
    retract(case, "claim:A9", by="t", at=LATER)
    done = out(case, 2)
    kept = kept_editions(case)
    assert done.number == len(kept) == (2 if moment.startswith("before") else 3) and all(one.out for one in kept)
    with files_of(case, 2) as files:
        assert any(tells(data, "A9") for data in files.values()) == moment.startswith("after")
    assert (case.folder / "dossier" / SUMS).is_file()


def test_two_publications_at_once_cannot_give_one_number_twice(case: Casefile, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes second is told so, and writes nothing."""
    monkeypatch.setattr(publishing, "_BUSY_SECONDS", 0.05)
    with WriteLock(case.folder / f"{DATABASE}.publishing.lock", 1).held(), pytest.raises(CasefileUnusable):
        out(case, 0)
    assert not (case.folder / "dossier").exists() and not kept_editions(case)


def test_a_new_private_actor_changes_no_earlier_byte(case: Casefile) -> None:
    """Somebody nobody ever named is added: v1 stays as it is."""
    out(case, 0)
    before = below(case.folder / "dossier" / "v1")
    cast = case.settings.cast
    party = cast.parties[0].id
    more = (*cast.actors, Actor("new", "Xuquazul Vytjuxkef", party))
    case.settings = replace(case.settings, cast=replace(cast, actors=more))
    assert not out(case, 1).blanked
    assert below(case.folder / "dossier" / "v1") == before
