"""Link lists with known truth and print how well and how fast: `python benchmarks/link.py [--lists DIR]`.

DIR holds sets in the form of the shared lists: NAME_records.parquet and NAME_truth.parquet. Without it the shared
lists beside the repository are taken, and sets that `recuento.link.simulate` invents. Pairwise and B-cubed
precision, recall and F1 of the clusters, the expected calibration error of the pairs, CPU and wall seconds, memory.
The truth is looked at only to score.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as parquet

from recuento.link.entries import Entries
from recuento.link.link import link
from recuento.link.linkage import Linkage
from recuento.link.settings import LinkSettings
from recuento.link.simulate import simulate
from recuento.link.simulate_presets import PRESETS, preset

COLUMNS = {
    "record_id": "entry_id", "lista": "list", "fecha_registro": "date", "nombre": "name", "cedula": "document_number",
    "edad": "age", "fecha_nacimiento": "birth_date", "sexo": "sex", "recinto": "facility", "estado": "state",
    "fecha_detencion": "arrest_date", "apodo": "nickname",
}  # fmt: skip
SHARED = Path(__file__).resolve().parents[1] / "../shared/corpora/lists"
Longs = npt.NDArray[np.int64]


def main() -> None:
    """Run every set that was asked for and print a line or two for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lists", type=Path, help="a folder in the form of the shared lists")
    parser.add_argument("--sets", nargs="*", help="only sets whose name contains one of these words")
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    parser.add_argument("--memory", type=int, default=2_000, help="megabytes that the engine may use")
    parser.add_argument("--million", action="store_true", help="also a set of about a million entries")
    asked = parser.parse_args()
    settings = LinkSettings(engine=asked.engine, memory_mb=asked.memory)
    for name, entries, truth in _sets(asked.lists, asked.million, asked.sets):
        _run(name, entries, truth, settings)


def _sets(
    folder: Path | None, million: bool, words: list[str] | None
) -> Iterator[tuple[str, Entries, dict[str, object]]]:
    def wanted(name: str) -> bool:
        return not words or any(word in name for word in words)

    for path in sorted((folder or SHARED).glob("*_records.parquet"), key=lambda path: path.stat().st_size):
        name = path.name.removesuffix("_records.parquet")
        if wanted(name):
            yield name, *_read(path, path.with_name(f"{name}_truth.parquet"))
    if folder is None:
        for place, name in enumerate(PRESETS):
            if wanted(f"invented {name}"):
                yield f"invented {name}", *_invented(name, 8_000, 100 + place)
        if million:
            yield "invented million", *_invented("plain", 1_000_000, 7)


def _read(records: Path, truth: Path) -> tuple[Entries, dict[str, object]]:
    table = parquet.read_table(records)
    known = parquet.read_table(truth)
    ids = [str(value) for value in known["record_id"].to_pylist()]
    mapping = {name: COLUMNS[name] for name in table.column_names if name in COLUMNS}
    return Entries.of(table, columns=mapping), dict(zip(ids, known["person_id"].to_pylist(), strict=True))


def _invented(name: str, persons: int, seed: int) -> tuple[Entries, dict[str, object]]:
    made = simulate(preset(name, persons), seed)
    ids, person = made.truth["entry_id"].to_pylist(), made.truth["person_id"].to_pylist()
    return Entries.of(made.entries), dict(zip(ids, person, strict=True))


def _run(name: str, entries: Entries, truth: dict[str, object], settings: LinkSettings) -> None:
    with tempfile.TemporaryDirectory() as workspace:
        wall, cpu = time.perf_counter(), time.process_time()
        linkage = link(entries, settings=settings, workspace=Path(workspace))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)
    true = _codes([truth[one] for one in linkage.clusters["entry_id"].to_pylist()])
    found = _codes(linkage.clusters["person"].to_pylist())
    print(f"{name}: {len(entries):,} entries, {len(linkage):,} persons ({len(np.unique(true)):,} in truth)")
    print(f"  pairwise  {_scores(pairwise(found, true))}\n  B-cubed   {_scores(b_cubed(found, true))}")
    print(f"  ECE {calibration_error(linkage, truth):.4f} over {linkage.pairs.num_rows:,} pairs from .001")
    print(f"  {wall:.1f} s wall, {cpu:.1f} s CPU, {memory:.2f} GB at most", flush=True)


def _scores(scores: tuple[float, float]) -> str:
    precision, recall = scores
    return f"P {precision:.4f}  R {recall:.4f}  F1 {2 * precision * recall / max(precision + recall, 1e-12):.4f}"


def _codes(values: list[object]) -> Longs:
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
    ends = zip(linkage.pairs["left"].to_pylist(), linkage.pairs["right"].to_pylist(), strict=True)
    same = np.array([truth[one] == truth[other] for one, other in ends], float)
    bins = np.minimum((probability * 10).astype(int), 9)
    apart = np.abs(np.bincount(bins, probability, 10) - np.bincount(bins, same, 10))
    return float(apart.sum() / max(len(same), 1))


if __name__ == "__main__":
    main()
