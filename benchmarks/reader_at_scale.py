"""Documents a second with one and two workers, and memory with so many documents and ten times as many.

    python benchmarks/reader_at_scale.py [documents]

Documents are invented: sentences of the gold set in random order, some 200 words each. Memory is the largest that the
whole family of processes held resident at once, sampled; it must not grow with the documents.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOLD = Path(__file__).parents[1] / "tests" / "gold"
SENTENCES_A_DOCUMENT = 8
SHARE_DOCUMENTS = 100
_RUN = (
    "import sys; from pathlib import Path; from recuento.casefile.reading.reading_at_scale import read_at_scale\n"
    "if __name__ == '__main__':\n"
    "    read_at_scale([Path(sys.argv[1])], Path(sys.argv[2]), workers=int(sys.argv[3]), "
    f"share_documents={SHARE_DOCUMENTS})\n"
)


def main(documents: int) -> None:
    """Print a line for each run."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "run.py").write_text(_RUN, encoding="utf-8")
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the runs")
        few, many = (write(folder / f"{count}.jsonl", count) for count in (documents // 10, documents))
        for source, count, workers in ((few, documents // 10, 2), (many, documents, 2), (many, documents, 1)):
            seconds, peak = measured(folder, source, workers)
            print(
                f"{count:7} documents, {workers} worker{'s' * (workers > 1)}: {count / seconds:7.1f} a second "
                f"(start included), {peak:5.0f} MB resident in all"
            )


def write(path: Path, documents: int) -> Path:
    """A JSONL file of so many documents."""
    chance = random.Random(documents)
    texts = [
        json.loads(line)["text"]
        for language in ("es", "en")
        for line in (GOLD / language / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    with path.open("w", encoding="utf-8") as file:
        for number in range(documents):
            text = "\n\n".join(chance.choice(texts) for _ in range(SENTENCES_A_DOCUMENT))
            row = {"id": f"d{number}", "text": text, "published": "2031-03-24"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def measured(folder: Path, source: Path, workers: int) -> tuple[float, float]:
    """Seconds of one run, and the most megabytes its processes held."""
    out = folder / f"out-{source.stem}-{workers}"
    command = [sys.executable, str(folder / "run.py"), str(source), str(out), str(workers)]
    started = time.monotonic()
    peak = 0.0
    with subprocess.Popen(command) as running:
        while running.poll() is None:
            peak = max(peak, megabytes_of_family(running.pid))
            time.sleep(0.2)
    if running.returncode:
        raise SystemExit(running.returncode)
    return time.monotonic() - started, peak


def megabytes_of_family(process: int) -> float:
    """What a process and its children hold resident, pages they share counted once for each; 0 where none can tell."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6 + sum(megabytes_of_family(int(child)) for child in children)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3_000)
