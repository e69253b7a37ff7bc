"""Link lists with known truth and print how well and how fast: `python benchmarks/link.py [--lists DIR]`.

DIR holds sets in the form of the shared lists: NAME_records and NAME_truth, each .parquet or .csv, under any NAME; the
columns may bear the shared lists' names or our own. What `recuento link simulate` writes (a CSV for each list,
truth.csv) is read too. Without DIR the shared lists beside the repository are taken, and sets that
`recuento.link.simulate` invents.

Printed are pairwise and B-cubed precision, recall and F1 of the clusters, the expected calibration error of the pairs,
the total variation of the overlap table against the truth's, CPU and wall seconds, and memory. `--raw` also runs Splink
by itself with the same blocking (`link_raw.py`), by turns with ours, and prints the ratio of their times; the bar
is 1.1. The truth is looked at only to score.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet
from link_raw import RawRun, raw_splink
from link_times import several_times
from pyarrow import csv

from recuento.link.entries import Entries
from recuento.link.link import link
from recuento.link.linkage import Linkage
from recuento.link.overlap import overlap_of
from recuento.link.settings import LinkSettings
from recuento.link.simulate import simulate
from recuento.link.simulate_presets import PRESETS, preset

COLUMNS = {
    "record_id": "entry_id", "lista": "list", "fecha_registro": "date", "nombre": "name", "cedula": "document_number",
    "edad": "age", "fecha_nacimiento": "birth_date", "sexo": "sex", "recinto": "facility", "estado": "state",
    "fecha_detencion": "arrest_date", "apodo": "nickname",
}  # fmt: skip
RATIO_MAX = 1.1
SHARED = Path(__file__).resolve().parents[1] / "../shared/corpora/lists"
Longs = npt.NDArray[np.int64]


def main() -> None:
    """Run every set that was asked for and print a line or two for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lists", type=Path, help="a folder in the form of the shared lists")
    parser.add_argument("--sets", nargs="*", help="only sets whose name contains one of these words")
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    parser.add_argument("--spark", action="store_true", help="also on Spark: are the pairs and persons the same?")
    parser.add_argument("--memory", type=int, default=2_000, help="megabytes that the engine may use")
    parser.add_argument("--million", action="store_true", help="also an invented set of about a million entries")
    parser.add_argument("--times", type=int, default=1, help="every set so many times over, with other names")
    parser.add_argument("--threads", type=int, default=2, help="threads that the engine may use")
    parser.add_argument("--raw", action="store_true", help="also Splink by itself, by turns with ours")
    parser.add_argument("--rounds", type=int, default=1, help="how often each is timed")
    asked = parser.parse_args()
    settings = LinkSettings(engine=asked.engine, memory_mb=asked.memory, threads=asked.threads)
    for name, entries, truth in _sets(asked.lists, asked.million, asked.sets):
        if asked.times > 1:
            name = f"{name}, {asked.times} times over"
            entries, truth = _times_over(entries, truth, asked.times)
        if asked.raw:
            import_module("splink")  # Whoever runs first must not pay for the import.
        runs, raw = [], []
        for _ in range(max(1, asked.rounds)):
            raw += [raw_splink(entries, settings)] if asked.raw else []
            runs.append(_timed(entries, settings))
        _print_run(name, entries, truth, runs)
        if raw:
            _print_raw(entries, truth, runs, raw)
        if asked.spark:
            _print_spark(runs[0].linkage, _timed(entries, replace(settings, engine="spark")))


def _sets(
    folder: Path | None, million: bool, words: list[str] | None
) -> Iterator[tuple[str, Entries, dict[str, object]]]:
    def wanted(name: str) -> bool:
        return not words or any(word in name for word in words)

    found = _files(folder or SHARED)
    if folder is not None and not found:
        raise SystemExit(f"{folder} holds neither NAME_records.parquet (or .csv) nor truth.csv beside lists")
    for name, records, truth in found:
        if wanted(name):
            yield name, *_read(records, truth)
    if folder is None:
        for place, name in enumerate(PRESETS):
            if wanted(f"invented {name}"):
                yield f"invented {name}", *_invented(name, 8_000, 100 + place)
        if million and wanted("invented million"):
            yield "invented million", *_invented("plain", 970_000, 7)


def _times_over(entries: Entries, truth: dict[str, object], times: int) -> tuple[Entries, dict[str, object]]:
    table, person = several_times(entries.table, truth, times)
    return Entries.of(table), person


def _files(folder: Path) -> list[tuple[str, list[Path], Path]]:
    """Name, files of entries and file of the truth of each set in a folder, the smallest first."""
    found = []
    for kind in ("parquet", "csv"):
        for path in folder.glob(f"*_records.{kind}"):
            name = path.name.removesuffix(f"_records.{kind}")
            truths = [folder / f"{name}_truth.{other}" for other in ("parquet", "csv")]
            there = [truth for truth in truths if truth.exists()]
            if not there:
                raise SystemExit(f"{path} has no {truths[0].name} or {truths[1].name} beside it")
            found.append((name, [path], there[0]))
    lists = sorted(set(folder.glob("*.csv")) - {folder / "truth.csv", folder / "captures.csv"})
    if (folder / "truth.csv").exists() and lists and not found:
        found.append((folder.name, lists, folder / "truth.csv"))
    return sorted(found, key=lambda one: (sum(path.stat().st_size for path in one[1]), one[0]))


def _read(records: list[Path], truth: Path) -> tuple[Entries, dict[str, object]]:
    tables = [_table(path) for path in records]
    if len(tables) > 1 or "list" not in {COLUMNS.get(name, name) for name in tables[0].column_names}:
        tables = [
            table.append_column("list", pa.array([path.stem] * table.num_rows, pa.string()))
            for path, table in zip(records, tables, strict=True)
        ]
    table = pa.concat_tables(tables, promote_options="permissive")
    known = _table(truth)
    id_column = "record_id" if "record_id" in known.column_names else "entry_id"
    ids = [str(value) for value in known[id_column].to_pylist()]
    mapping = {name: COLUMNS[name] for name in table.column_names if name in COLUMNS}
    entries = Entries.of(table, columns=mapping, file=records[0].name)
    person = dict(zip(ids, known["person_id"].to_pylist(), strict=True))
    lacking = [one for one in entries.column("entry_id").to_pylist() if one not in person]
    if lacking:
        raise SystemExit(f"{truth} lacks {len(lacking)} of the entries, among them {lacking[0]}")
    return entries, person


def _table(path: Path) -> pa.Table:
    """A file as it stands; cells of CSV are text, so that no number loses its zeros."""
    if path.suffix == ".parquet":
        return parquet.read_table(path)
    with path.open(encoding="utf-8-sig") as file:
        names = file.readline().rstrip("\r\n").replace('"', "").split(",")
    text = {name: pa.string() for name in names}
    return csv.read_csv(path, convert_options=csv.ConvertOptions(column_types=text, strings_can_be_null=True))


def _invented(name: str, persons: int, seed: int) -> tuple[Entries, dict[str, object]]:
    made = simulate(preset(name, persons), seed)
    ids, person = made.truth["entry_id"].to_pylist(), made.truth["person_id"].to_pylist()
    return Entries.of(made.entries), dict(zip(ids, person, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One linkage and what it took."""

    linkage: Linkage
    wall: float
    cpu: float
    memory: float


def _timed(entries: Entries, settings: LinkSettings) -> Run:
    with tempfile.TemporaryDirectory() as workspace:
        wall, cpu = time.perf_counter(), time.process_time()
        linkage = link(entries, settings=settings, workspace=Path(workspace))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)
    return Run(linkage, wall, cpu, memory)


def _print_run(name: str, entries: Entries, truth: dict[str, object], runs: list[Run]) -> None:
    linkage, memory = runs[0].linkage, max(run.memory for run in runs)
    true = codes_of([truth[one] for one in linkage.clusters["entry_id"].to_pylist()])
    found = codes_of(linkage.clusters["person"].to_pylist())
    print(f"{name}: {len(entries):,} entries, {len(linkage):,} persons ({len(np.unique(true)):,} in truth)")
    print(f"  pairwise  {_scores(pairwise(found, true))}\n  B-cubed   {_scores(b_cubed(found, true))}")
    shown = linkage.pairs.num_rows
    print(f"  ECE {calibration_error(linkage, truth):.4f} over {shown:,} pairs kept of {linkage.compared:,} compared")
    print(f"  overlap table off by {overlap_error(linkage, entries, true):.4f} (total variation)")
    walls, cpus = ", ".join(f"{run.wall:.1f}" for run in runs), ", ".join(f"{run.cpu:.1f}" for run in runs)
    print(f"  {walls} s wall, {cpus} s CPU, {memory:.2f} GB at most", flush=True)


def _print_raw(entries: Entries, truth: dict[str, object], runs: list[Run], raw: list[RawRun]) -> None:
    true = codes_of([truth[one] for one in entries.column("entry_id").to_pylist()])
    found = raw[0].clusters
    print(f"  Splink by itself: pairwise {_scores(pairwise(found, true))}; B-cubed {_scores(b_cubed(found, true))}")
    walls, cpus = ", ".join(f"{one.wall:.1f}" for one in raw), ", ".join(f"{one.cpu:.1f}" for one in raw)
    shared = min(one.prepare_cpu for one in raw)
    print(f"  Splink by itself: {walls} s wall, {cpus} s CPU, of which {shared:.1f} s make its input and ours")
    # The least of several rounds is the one that others on the machine disturbed least.
    wall = min(run.wall for run in runs) / min(one.wall for one in raw)
    cpu = min(run.cpu for run in runs) / min(one.cpu for one in raw)
    verdict = "met" if wall <= RATIO_MAX else "MISSED"
    print(f"  ours / Splink: {wall:.2f} wall, {cpu:.2f} CPU (bar {RATIO_MAX}: {verdict})", flush=True)


def _print_spark(duckdb: Linkage, spark: Run) -> None:
    same = (spark.linkage.clusters.equals(duckdb.clusters), spark.linkage.pairs.equals(duckdb.pairs))
    words = ["the same" if one else "NOT THE SAME" for one in same]
    print(
        f"  on Spark: {words[0]} persons, {words[1]} {duckdb.pairs.num_rows:,} pairs; {spark.wall:.1f} s wall",
        flush=True,
    )


def _scores(scores: tuple[float, float]) -> str:
    precision, recall = scores
    return f"P {precision:.4f}  R {recall:.4f}  F1 {2 * precision * recall / max(precision + recall, 1e-12):.4f}"


def codes_of(values: list[object]) -> Longs:
    """A number for each different value."""
    return np.asarray(pa.array(values).dictionary_encode().indices.to_numpy(), dtype=np.int64)


def pairwise(found: Longs, true: Longs) -> tuple[float, float]:
    """Precision and recall of the pairs that are in one cluster."""
    both = _pairs(found * (true.max() + 1) + true)
    return both / max(_pairs(found), 1), both / max(_pairs(true), 1)


def _pairs(codes: Longs) -> int:
    _, counts = np.unique(codes, return_counts=True)
    return int((counts * (counts - 1) // 2).sum())


def b_cubed(found: Longs, true: Longs) -> tuple[float, float]:
    """Precision and recall averaged over entries."""
    _, which, together = np.unique(found * (true.max() + 1) + true, return_inverse=True, return_counts=True)
    sizes = [np.bincount(codes)[codes] for codes in (found, true)]
    return float((together[which] / sizes[0]).mean()), float((together[which] / sizes[1]).mean())


def calibration_error(linkage: Linkage, truth: dict[str, object]) -> float:
    """How far probabilities are from the share of true pairs, in ten bins, weighted by their pairs."""
    probability = linkage.pairs["probability"].to_numpy()
    ids = linkage.clusters["entry_id"]
    true = codes_of([truth[one] for one in ids.to_pylist()])
    left, right = (
        pc.index_in(linkage.pairs[side], ids.combine_chunks()).to_numpy(zero_copy_only=False)
        for side in ("left", "right")
    )
    same = (true[left] == true[right]).astype(float)
    bins = np.minimum((probability * 10).astype(int), 9)
    apart = np.abs(np.bincount(bins, probability, 10) - np.bincount(bins, same, 10))
    return float(apart.sum() / max(len(same), 1))


def overlap_error(linkage: Linkage, entries: Entries, true: Longs) -> float:
    """Total variation between the overlap table of the clusters and that of the truth."""
    best = overlap_of(linkage, entries)
    bits = {name: 1 << place for place, name in enumerate(best.lists)}
    codes = np.zeros(int(true.max(initial=-1)) + 1, np.int64)
    np.bitwise_or.at(codes, true, np.array([bits[name] for name in entries.column("list").to_pylist()], np.int64))
    of_row = sum(best.table[name].to_numpy().astype(np.int64) << place for place, name in enumerate(best.lists))
    histories, which = np.unique(np.concatenate([codes, np.atleast_1d(of_row)]), return_inverse=True)
    truth = np.bincount(which[: len(codes)], minlength=len(histories))
    found = np.bincount(which[len(codes) :], best.table["count"].to_numpy(), minlength=len(histories))
    return float(0.5 * np.abs(truth / max(truth.sum(), 1) - found / max(found.sum(), 1)).sum())


if __name__ == "__main__":
    main()
