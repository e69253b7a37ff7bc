"""Check that the reader reads what it read: keep its readings of any texts, change the code, compare.

    python benchmarks/reader_unchanged.py --keep BEFORE.txt FILE.jsonl ...
    python benchmarks/reader_unchanged.py --compare BEFORE.txt FILE.jsonl ...

Each text of the files ({"text": ...} a line), and mutations of it, gives one line: a digest of every statement and
figure with all its fields, in every mode. `--compare` prints the texts that differ and ends with 1 where any does.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from reader_fuzz import SEED, mutated

from recuento.read import read, read_figures

MUTATED = 1_500
"""Mutated and random texts beside those of the files; the same ones every time."""


def main() -> int:
    """Keep the digests or compare with those kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="write the digests here")
    parser.add_argument("--compare", type=Path, help="compare with the digests kept here")
    parser.add_argument("texts", type=Path, nargs="+")
    options = parser.parse_args()
    texts = list(_texts(options.texts))
    digests = [_digest(text) for text in texts]
    if options.keep is not None:
        options.keep.write_text("\n".join(digests) + "\n", encoding="utf-8")
        print(f"{len(digests)} texts kept")
        return 0
    before = options.compare.read_text(encoding="utf-8").split()
    differing = [text for text, old, new in zip(texts, before, digests, strict=True) if old != new]
    for text in differing[:10]:
        print(f"differs: {text[:120]!r}")
    print(f"{len(digests)} texts, {len(differing)} read otherwise")
    return 1 if differing else 0


def _texts(paths: list[Path]) -> Iterator[str]:
    texts = [
        json.loads(line)["text"] for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line
    ]
    yield from texts
    yield from mutated(texts, MUTATED, random.Random(SEED))


def _digest(text: str) -> str:
    readings = [read(text, mode=mode) for mode in ("balanced", "precision", "recall")]
    whole = repr((readings, read_figures(text)))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
