"""The example casefile is whole: its files fit one another, and the facts they were taken from."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pypdf import PdfReader

from recuento.balance import balance, constraints_from, default_readings, ledger_for, world_of
from recuento.casefile.claims.claims_csv import COLUMNS, read_claims, write_claims
from recuento.casefile.documents.manifest import Entry, read_manifest
from recuento.casefile.settings.settings import Settings, read_settings
from recuento.values.names import fold, stands_in

PROJECT = Path(__file__).resolve().parents[2]
EXAMPLE = PROJECT / "examples" / "tocoron"
SHARED = PROJECT.parent / "shared" / "cases" / "tocoron"
NOTE_PATHS = sorted((EXAMPLE / "notes").iterdir())
RUN_WORDS = 8
"""As many words in a row as no note may share with a source."""

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the table of facts lies in a folder beside the repository, which is not here"
)


@pytest.fixture(scope="module")
def settings() -> Settings:
    """The settings of the example."""
    return read_settings(EXAMPLE / "recuento.toml")


@pytest.fixture(scope="module")
def manifest() -> dict[Path, Entry]:
    """What the example says of its notes."""
    return read_manifest(EXAMPLE / "documents.csv")


@dataclass(frozen=True)
class Note:
    """The text of a note: its paragraphs, and the addresses its last lines give as sources."""

    body: str
    sources: tuple[str, ...]


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def note_in(path: Path) -> Note:
    """The note in a file, in whatever format; it must end with its sources."""
    lines = [" ".join(line.split()) for line in text_of(path).splitlines()]
    lines = [line for line in lines if line]
    sources = [line for line in lines if re.match(r"(Fuente|Source): ", line)]
    assert lines[-len(sources) :] == sources, f"{path.name} does not end with its sources"
    return Note("\n".join(lines[: -len(sources)]), tuple(line.split(": ", 1)[1] for line in sources))


def text_of(path: Path) -> str:
    """The text of a note by other means than the product's."""
    if path.suffix == ".html":
        return _Paragraphs.of(path.read_text(encoding="utf-8"))
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as parts:
            xml = parts.read("word/document.xml").decode()
        return re.sub(r"<[^>]+>", "", xml.replace("</w:p>", "\n"))
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    return path.read_text(encoding="utf-8")


class _Paragraphs(HTMLParser):
    """The paragraphs of a page, a line each."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.inside = False

    @classmethod
    def of(cls, page: str) -> str:
        parser = cls()
        parser.feed(page)
        return "\n".join(parser.lines)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "p":
            self.inside = True
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "p"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.lines[-1] += data


def test_every_claim_is_taken_without_fault_or_remark(settings: Settings) -> None:
    """Every row resolves: event, facility, party, claimant, measure, dates and quantity."""
    file = read_claims((EXAMPLE / "claims.csv").read_bytes(), "claims.csv", settings)
    assert (file.faults, file.remarks) == ([], [])
    assert 45 <= len(file.claims) <= 60
    assert all(claim.actor is not None for _, claim in file.claims)
    for _, claim in file.claims:
        actor = settings.cast.actor(claim.actor or "")
        assert actor is not None and actor.party == claim.party, claim.id


def test_claims_are_written_as_they_were_read(settings: Settings) -> None:
    """What is written of the example's claims reads back as the same claims."""
    data = (EXAMPLE / "claims.csv").read_bytes()
    claims = [claim for _, claim in read_claims(data, "claims.csv", settings).claims]
    again = read_claims(write_claims(claims).encode(), "again.csv", settings)
    assert [claim for _, claim in again.claims] == sorted(claims, key=lambda claim: claim.id)


def test_the_claims_have_exactly_the_columns_of_the_table() -> None:
    """The columns are those that the import documents, in their order, and ids do not repeat."""
    rows = rows_of(EXAMPLE / "claims.csv")
    assert tuple(rows[0]) == COLUMNS
    assert len({row["claim_id"] for row in rows}) == len(rows)


def test_measures_are_written_by_their_own_id(settings: Settings) -> None:
    """No row leans on an alias: the example shows the ids of the vocabulary."""
    for row in rows_of(EXAMPLE / "claims.csv"):
        assert settings.vocabulary.canonical(row["measure"]) == row["measure"]
        assert row["measure"] in settings.vocabulary


def test_worlds_name_claims_that_are_there(settings: Settings) -> None:
    """Every claim of a named world is a row of the file."""
    ids = {row["claim_id"] for row in rows_of(EXAMPLE / "claims.csv")}
    assert len(settings.worlds) >= 2
    for world in settings.worlds:
        assert set(world.claims) <= ids, world.id


@needs_shared
def test_named_worlds_give_the_known_bounds(settings: Settings) -> None:
    """What an earlier prototype worked out for the same sets of claims comes out of the example too."""
    event = settings.cast.events[0]
    data = (EXAMPLE / "claims.csv").read_bytes()
    claims = [claim for _, claim in read_claims(data, "claims.csv", settings).claims]
    ledger = ledger_for(event, settings.vocabulary, claims, facilities=settings.cast.facilities)
    constraints = constraints_from(claims, ledger, vocabulary=settings.vocabulary, facilities=settings.cast.facilities)
    worked_out = json.loads((SHARED / "expected.json").read_text(encoding="utf-8"))
    known = {frozenset(entry["claims"]): entry for entry in worked_out if entry["kind"] in ("bound", "conflict")}
    held = 0
    for named in settings.worlds:
        found = balance(ledger, constraints, world_of(named.id, named.name, named.claims, default_readings(ledger)))
        expected = known.get(frozenset(named.claims))
        if expected is not None:
            bound = found.bound(expected["term"].removesuffix("_23"))
            assert bound is not None and (bound.low, bound.high) == (expected["low"], expected["high"]), named.id
            held += 1
        if not found.consistent:
            assert found.conflict is not None and frozenset(found.conflict.claims) in known, named.id
            held += 1
    assert held == len(settings.worlds) == 4


@needs_shared
def test_every_figure_equals_its_row_in_the_table_of_facts(settings: Settings) -> None:
    """Values, dates, speaker and address are carried over unchanged; an address or a cited source may be left out."""
    facts = {row["claim_id"]: row for row in rows_of(SHARED / "claims.csv")}
    same = ("event", "date_stated", "as_of", "party", "subset", "comparison", "value_low", "value_high", "unit")
    folded = ("claimant", "quantity_words", "outlet")
    for row in rows_of(EXAMPLE / "claims.csv"):
        fact = facts[row["claim_id"]]
        assert [row[column] for column in same] == [fact[column] for column in same], row["claim_id"]
        assert [fold(row[column]) for column in folded] == [fold(fact[column]) for column in folded], row["claim_id"]
        assert row["measure"] == settings.vocabulary.canonical(fact["measure"])
        assert row["url"] in (fact["url"], "")
        assert fold(row["cited_source"]) in (fold(fact["cited_source"]), "")
        assert not row["note"] or row["note"] != fact["note"], "the remarks are our own"


def test_the_manifest_describes_every_note_and_nothing_else(manifest: dict[Path, Entry]) -> None:
    """Every file in notes/ has its row, complete, and was obtained on or after the day it was published."""
    assert sorted(manifest) == NOTE_PATHS
    for path, entry in manifest.items():
        told = entry.description
        assert all((told.title, told.outlet, told.author, told.url, entry.obtained_by)), path.name
        assert told.published is not None and entry.obtained_at is not None
        assert told.published.last <= entry.obtained_at.date()
        assert path.name.startswith(str(told.published))


def test_there_are_enough_notes_in_both_languages(manifest: dict[Path, Entry]) -> None:
    """At least eight in Spanish and six in English, in more than one format."""
    languages = [entry.description.language for entry in manifest.values()]
    assert languages.count("es") >= 8 and languages.count("en") >= 6
    assert {path.suffix for path in NOTE_PATHS} == {".txt", ".html", ".docx", ".pdf"}


@pytest.mark.parametrize("path", NOTE_PATHS, ids=lambda path: path.name)
def test_a_note_has_its_length_and_its_source(path: Path, manifest: dict[Path, Entry]) -> None:
    """A note has 60 to 180 words and rests on a report that the claims table cites too."""
    note = note_in(path)
    assert 60 <= len(note.body.split()) <= 180
    known = {row["url"] for row in rows_of(EXAMPLE / "claims.csv")}
    assert note.sources and set(note.sources) <= known | facts_urls()
    assert manifest[path].description.url == note.sources[0]


def facts_urls() -> set[str]:
    """Every address in the table of facts; none where it is not at hand."""
    return {row["url"] for row in rows_of(SHARED / "claims.csv")} if SHARED.is_dir() else set()


@pytest.mark.parametrize("path", NOTE_PATHS, ids=lambda path: path.name)
def test_a_note_names_the_prison(path: Path, settings: Settings) -> None:
    """Whoever meets a note alone, and the program too, can tell which facility it is about."""
    place = settings.cast.facilities[0]
    assert any(stands_in(fold(note_in(path).body), name) for name in (place.name, *place.aliases))


@pytest.mark.parametrize("path", NOTE_PATHS, ids=lambda path: path.name)
def test_every_number_of_a_note_is_in_the_claims(path: Path) -> None:
    """No figure is made up: what is no date is a value of some claim, or stands in the words of its subset."""
    known = {
        int(number)
        for row in rows_of(EXAMPLE / "claims.csv")
        for cell in (row["value_low"], row["value_high"], row["subset"])
        for number in re.findall(r"\d+", cell)
    }
    strangers = [number for number in numbers_in(note_in(path).body) if number not in known]
    assert not strangers


_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "January February March April May June July August Sept September October November December"
)
_MONTH = "|".join(_MONTHS.split())
_DATES = re.compile(
    rf"\d{{2}}-\d{{2}}-\d{{4}}|\d{{1,2}} (de )?({_MONTH})|día \d{{1,2}}|\d{{1,2}}(st|nd|rd|th)\b|\b20\d\d\b"
)


def numbers_in(text: str) -> Iterator[int]:
    """The numbers written in digits, without those that belong to a date."""
    for written in re.findall(r"\d+(?:[.,]\d{3})*", _DATES.sub(" ", text)):
        yield int(re.sub(r"[.,]", "", written))


def test_dates_are_told_from_numbers() -> None:
    """The second opinion above reads both languages' thousands and skips dates."""
    text = "20 de septiembre de 2023: 1.600 presos; by the 21st, 2,500 on 19 September; 20-09-2023; 135% el día 20."
    assert list(numbers_in(text)) == [1600, 2500, 135]


@needs_shared
@pytest.mark.parametrize("path", NOTE_PATHS, ids=lambda path: path.name)
def test_no_sentence_is_copied(path: Path) -> None:
    """No run of eight words of a note stands in a source text at hand."""
    sources = list(source_texts())
    copied = [run for run in runs_of(note_in(path).body) if any(stands_in(source, run) for source in sources)]
    assert not copied


def source_texts() -> Iterator[str]:
    """The folded texts at hand: wires and their annotation, the table's words, and the headlines in addresses."""
    for path in sorted((SHARED / "documents").iterdir()):
        yield fold(path.read_text(encoding="utf-8"))
    for row in rows_of(SHARED / "claims.csv"):
        yield fold(row["note"])
        yield fold(row["quantity_words"])
        yield fold(row["url"])
    yield fold((SHARED / "README.md").read_text(encoding="utf-8"))
    yield fold(json.dumps(json.loads((SHARED / "ledger.json").read_text(encoding="utf-8")), ensure_ascii=False))


def runs_of(text: str) -> Iterator[str]:
    """Every run of eight folded words."""
    words = fold(text).split()
    for start in range(len(words) - RUN_WORDS + 1):
        yield " ".join(words[start : start + RUN_WORDS])


def test_only_public_actors_have_a_name_of_their_own(settings: Settings) -> None:
    """Who is not public has a class to be called by; a person among them belongs to an anonymous party."""
    for actor in settings.cast.actors:
        if actor.public:
            continue
        assert actor.called is not None, actor.id
        party = settings.cast.party(actor.party)
        assert not actor.person or (party is not None and party.anonymous), actor.id


def test_the_files_are_the_same_bytes_everywhere() -> None:
    """Text files end with one line break, have no carriage return and no byte order mark."""
    for path in [EXAMPLE / "recuento.toml", EXAMPLE / "claims.csv", EXAMPLE / "documents.csv", *NOTE_PATHS]:
        if path.suffix not in {".docx", ".pdf"}:
            data = path.read_bytes()
            assert b"\r" not in data and not data.startswith(b"\xef\xbb\xbf"), path.name
            assert data.endswith(b"\n") and not data.endswith(b"\n\n"), path.name
