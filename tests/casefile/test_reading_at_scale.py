"""Millions of documents, tried on dozens: the same rows whatever is killed, shared out or damaged."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.casefile.reading.document_streams import documents_in, shares_of
from recuento.casefile.reading.reading_at_scale import read_at_scale
from recuento.errors import CasefileUnusable, CheckFailed, FaultsFound
from recuento.read import read
from recuento.read.partition import read_partition
from recuento.store.lock import WriteLock
from warc_files import gzipped, record, response

pq = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet")

SAYINGS = (
    "La directora del penal dijo que {} internos murieron en el incendio.",
    "El observatorio exigió al Gobierno la lista de los {} trasladados.",
    "According to the warden, at least {} prisoners escaped.",
    "«No hay agua para {} personas», denunció la vocera del comité.",
)


def sentence(number: int) -> str:
    """An invented saying with a number of its own."""
    return SAYINGS[number % len(SAYINGS)].format(number + 2)


def lines_file(path: Path, documents: int) -> Path:
    """A JSONL file of so many documents."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(documents):
            row = {"id": f"d{number}", "text": sentence(number), "published": "2031-03-24"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    """What stands in a table, without the version of the reader: other work may change rules meanwhile."""
    found: list[dict[str, Any]] = pq.read_table(path).drop_columns(["reader_version"]).to_pylist()
    return found


def faults(path: Path | None) -> list[dict[str, str]]:
    """What could not be read."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path else []


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A JSONL file of 60 documents."""
    return lines_file(tmp_path_factory.mktemp("source") / "news.jsonl", 60)


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What one worker reads of it in one go."""
    out = tmp_path_factory.mktemp("whole") / "whole"
    read_at_scale([source], out, share_documents=7)
    return rows(out)


def test_the_rows_are_what_the_reader_reads(source: Path, whole: list[dict[str, Any]]) -> None:
    """One row a statement, in the order of the documents, with the words the reader anchors."""
    assert [row["document"] for row in whole] == [f"d{number}" for number in range(60) for _ in read(sentence(number))]
    for row in whole:
        text = sentence(int(row["document"][1:]))
        for span in [
            *row["content"],
            *filter(None, (row["source"], row["cue"])),
            *(f["words"] for f in row["figures"]),
        ]:
            assert text[span["start"] : span["end"]] == span["words"]
    assert {figure["low"] for row in whole for figure in row["figures"]} >= {2.0, 61.0}


def test_workers_and_shares_change_nothing(source: Path, whole: list[dict[str, Any]], tmp_path: Path) -> None:
    """Two processes, other shares, one file or many: the same rows in the same order."""
    done = read_at_scale([source], tmp_path / "two.parquet", workers=2, share_documents=11)
    assert rows(tmp_path / "two.parquet") == whole and done.tally.documents == 60
    assert sorted(path.name for path in tmp_path.iterdir()) == ["two.parquet"], "nothing is left beside the table"
    read_at_scale([source], tmp_path / "many", share_bytes=500)
    assert rows(tmp_path / "many") == whole


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=60, max_size=60))
def test_any_partition_gives_the_same_rows(shared_out: list[int]) -> None:
    """A document's rows depend on it alone: read apart or together, with any others, they are the same."""
    given_rows = [{"id": f"d{number}", "text": sentence(number)} for number in range(60)]
    together = {row["document"]: row for row in read_partition(given_rows)}
    apart = {
        row["document"]: row
        for part in range(4)
        for row in read_partition(row for row, mine in zip(given_rows, shared_out, strict=True) if mine == part)
    }
    assert apart == together


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_kill_9_loses_nothing_and_doubles_nothing(source: Path, whole: list[dict[str, Any]], tmp_path: Path) -> None:
    """Killed again and again at any moment, the same command ends with the rows of a run that nobody disturbed."""
    chance = random.Random(4)
    code = (
        "import sys, time; from pathlib import Path; import recuento.casefile.reading.reading_at_scale as scale\n"
        "if __name__ == '__main__':\n"
        "    scale.read_at_scale([Path(sys.argv[1])], Path(sys.argv[2]), workers=2, share_documents=2,\n"
        "                        watch=lambda tally: (print(tally.documents, flush=True), time.sleep(0.02)))\n"
    )
    (tmp_path / "run.py").write_text(code, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "run.py"), str(source), str(tmp_path / "out")]
    killed = 0
    while True:
        with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
            assert running.stdout is not None
            for _ in range(chance.randrange(2, 9) + 6 * killed):
                if not running.stdout.readline():
                    break
            if killed < 3 and running.poll() is None:
                time.sleep(chance.random() * 0.05)
                running.kill()
                killed += 1
                continue
            running.stdout.read()
        assert running.wait() == 0
        break
    assert killed >= 2
    assert rows(tmp_path / "out") == whole
    notes = (tmp_path / "out" / "_parts.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(note)["number"] for note in notes) == list(range(30)), "no part is read twice"


def test_a_finished_reading_reads_nothing_again(source: Path, tmp_path: Path) -> None:
    """Run once more, everything is from before, and no part is touched."""
    read_at_scale([source], tmp_path / "out", share_documents=20)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("part-*")}
    done = read_at_scale([source], tmp_path / "out", share_documents=20)
    assert done.tally.earlier == done.tally.documents == 60
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("part-*")}


@pytest.mark.parametrize("harm", ["half a line", "no part", "left over"])
def test_what_a_crash_leaves_is_mended(source: Path, whole: list[dict[str, Any]], tmp_path: Path, harm: str) -> None:
    """Half a note, a part that is gone, half a part under its temporary name: the run mends it."""
    out = tmp_path / "out"
    read_at_scale([source], out, share_documents=20)
    if harm == "half a line":
        notes = (out / "_parts.jsonl").read_bytes()
        (out / "_parts.jsonl").write_bytes(notes[:-9])
    elif harm == "no part":
        (out / "part-000001.parquet").unlink()
    else:
        (out / ".unfinished-part-000001.parquet-99").write_bytes(b"PAR1")
    done = read_at_scale([source], out, share_documents=20)
    assert rows(out) == whole and done.tally.documents == 60
    assert not list(out.glob(".unfinished-*"))


def test_other_options_are_refused_with_the_way_out(source: Path, tmp_path: Path) -> None:
    """Parts made in another mode are not mixed: the error says what was, what is, and what to do."""
    read_at_scale([source], tmp_path / "out", share_documents=20)
    with pytest.raises(FaultsFound, match="mode: was 'balanced', is 'recall'") as refused:
        read_at_scale([source], tmp_path / "out", share_documents=20, mode="recall")
    assert "otro --out" in refused.value.es and "another --out" in refused.value.en
    assert len(refused.value.faults) == 1


@pytest.mark.parametrize("change", ["edited", "longer", "shorter"])
def test_other_documents_are_refused(tmp_path: Path, change: str) -> None:
    """Where the documents are not those of the first run, the part where they differ is named."""
    source = lines_file(tmp_path / "news.jsonl", 30)
    read_at_scale([source], tmp_path / "out", share_documents=8)
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = {
        "edited": [lines[0].replace("2031", "2032"), *lines[1:]],
        "longer": [*lines, lines[0]],
        "shorter": lines[:8],
    }
    source.write_text("".join(changed[change]), encoding="utf-8")
    with pytest.raises(FaultsFound, match={"edited": "part 0", "longer": "part 3", "shorter": "part 1"}[change]):
        read_at_scale([source], tmp_path / "out", share_documents=8)


def test_foreign_folders_and_files_are_left_alone(source: Path, tmp_path: Path) -> None:
    """A folder with other files, a table that is there, a folder another run has: nothing is written."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    with pytest.raises(CheckFailed):
        read_at_scale([source], tmp_path / "mine")
    (tmp_path / "table.parquet").write_bytes(b"x")
    with pytest.raises(CheckFailed):
        read_at_scale([source], tmp_path / "table.parquet")
    (tmp_path / "held").mkdir()
    with WriteLock(tmp_path / "held" / "_lock", 1).held(), pytest.raises(CasefileUnusable):
        read_at_scale([source], tmp_path / "held")
    with pytest.raises(FaultsFound, match="nowhere"):
        read_at_scale([tmp_path / "nowhere"], tmp_path / "out")


def test_every_kind_of_document_and_every_fault(tmp_path: Path) -> None:
    """Text, HTML and records are read; what is empty, damaged or oddly compressed is named and stops nothing."""
    folder = tmp_path / "in"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_text(sentence(0), encoding="utf-8")
    (folder / "b" / "page.html").write_text(f"<html><body><p>{sentence(1)}</p></body></html>", encoding="utf-8")
    (folder / "b" / "empty.txt").write_bytes(b"")
    (folder / "b" / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 50)
    (folder / ".hidden").write_text(sentence(9))
    page = f"<html><body><p>{sentence(2)}</p></body></html>".encode()
    zipped = gzip.compress(page)
    chunked = f"{len(page):x}\r\n".encode() + page + b"\r\n0\r\n\r\n"
    web = [
        response("https://example.invalid/1", page, "text/html; charset=utf-8"),
        response("https://example.invalid/2", chunked, "text/html", extra=b"Transfer-Encoding: chunked\r\n"),
        response("https://example.invalid/3", zipped, "text/html", extra=b"Content-Encoding: gzip\r\n"),
        response("https://example.invalid/4", b"x", "text/html", extra=b"Content-Encoding: br\r\n"),
        response("https://example.invalid/5", b"", "text/html", status=404),
        response("https://example.invalid/6.png", b"x", "image/png"),
        record("request", "https://example.invalid/1", b"GET / HTTP/1.1\r\n\r\n"),
        record("resource", "https://example.invalid/7", sentence(3).encode(), media_type="text/plain"),
    ]
    data = gzipped(web)
    (folder / "crawl.warc.gz").write_bytes(data[:-4] + b"\0" + data[-3:])
    (folder / "rows.jsonl").write_text(
        "\n".join(
            [
                json.dumps({"id": 7, "text": "\ud800 " + sentence(4)}),
                "{",
                '{"id": "x"}',
                "[1]",
                "",
                '{"id":"e","text":""}',
            ]
        ),
        encoding="utf-8",
    )
    done = read_at_scale([folder], tmp_path / "out", share_documents=3, workers=2)
    found = rows(tmp_path / "out")
    read_ids = {row["document"] for row in found}
    assert {"a.txt", "b/page.html", "7"} <= read_ids and ".hidden" not in read_ids
    assert sorted(row["url"] for row in found if row["file"] == "crawl.warc.gz") == [
        f"https://example.invalid/{number}" for number in (1, 2, 3)
    ], "the last record is damaged, the fourth unreadable"
    named = [(fault["file"], fault["place"]) for fault in faults(done.faults_file)]
    assert [file for file, _ in named] == ["crawl.warc.gz"] * 2 + ["rows.jsonl"] * 3 + ["b/empty.txt", "b/scan.png"]
    assert [place for file, place in named if file == "rows.jsonl"] == ["2", "3", "4"]
    assert all(fault["es"] and fault["en"] for fault in faults(done.faults_file))
    assert done.tally.faults == 7 and done.tally.passed_over == 2
    assert all("\ud800" not in json.dumps(row, ensure_ascii=False) for row in found)


def test_streaming_holds_one_share_at_a_time(tmp_path: Path) -> None:
    """Ten times the documents need no more memory while they stream by."""

    def peak(documents: int) -> int:
        source = lines_file(tmp_path / f"{documents}.jsonl", documents)
        tracemalloc.start()
        for _ in shares_of(documents_in([source]), 50, 1 << 20):
            pass
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    assert peak(5_000) < 1.2 * peak(500)


@pytest.fixture
def command() -> Iterator[list[str]]:
    """The command line in a process of its own."""
    yield [sys.executable, "-m", "recuento.cli.main", "read"]


def test_the_command_reads_goes_on_and_refuses(command: list[str], source: Path, tmp_path: Path) -> None:
    """`--documents --out` writes a table and says what came of it; half of the options is a usage error."""

    def recuento(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *words],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
            cwd=tmp_path,
        )

    done = recuento("--documents", str(source), "--out", "table", "--workers", "1", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["documents"] == 60
    again = recuento("--documents", str(source), "--out", "table", "--workers", "1", "--lang", "es")
    assert "60 documentos" in again.stdout and "ya estaban leídos" in again.stdout
    assert recuento("--documents", str(source)).returncode == 2
    assert recuento("--documents", str(source), "--out", "t2", "--explain").returncode == 2
    refused = recuento("--documents", str(source), "--out", "table", "--mode", "recall", "--lang", "es")
    assert refused.returncode == 4 and "no se mezclan" in refused.stderr
