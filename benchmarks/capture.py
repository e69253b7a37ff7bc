"""Damaged web archives, ours and the usual readers side by side; and pages captured a second from a local server.

    python benchmarks/capture.py [cases] [pages]

Bars: of 10,000 damaged WARC and WACZ files, 0 silent losses, and bytes in = bytes kept + bytes reported in every one.
A silent loss is a record that does not come back as it was written while nothing is reported. A cut exactly between
two records leaves a shorter file that is whole, and no reader can tell; those are counted apart.
"""

from __future__ import annotations

import gzip
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from recuento.preserve.web.archive_account import Account, read_archive

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
RECORDS = 12
Case = tuple[str, str, bytes]
"""Form, kind of damage, bytes."""


def main(cases: int, pages: int) -> None:
    """Print the tables."""
    blocks, forms = made()
    damaged = list(damages(forms, cases))
    print(f"{len(damaged)} damaged archives of {RECORDS} records: {', '.join(forms)}")
    ours(damaged, blocks, forms)
    warcs = [one for one in damaged if not one[0].endswith(".wacz")]
    peer("warcio 1.8", warcio_blocks, warcs, blocks)
    peer("FastWARC", fastwarc_blocks, warcs, blocks)
    if pages:
        capture_rate(pages)


def made() -> tuple[set[bytes], dict[str, bytes]]:
    """The blocks that were written, and the archives they were written into."""
    from wacz_files import wacz  # type: ignore[import-not-found]
    from warc_files import gzipped, response  # type: ignore[import-not-found]

    chance = random.Random(3)
    words = (
        "penal",
        "ministro",
        "familiares",
        "traslado",
        "observatorio",
        "heridos",
        "40",
        "internos",
        "según",
        "dijo",
    )
    written = []
    for number in range(RECORDS):
        body = " ".join(chance.choices(words, k=chance.randrange(20, 600))).encode()
        if number % 3 == 0:
            body = gzip.compress(body, mtime=0)
        extra = b"Content-Encoding: gzip\r\n" if number % 3 == 0 else b""
        written.append(response(f"https://example.invalid/{number}", body, "text/html", extra=extra))
    blocks = {one.partition(b"\r\n\r\n")[2][:-4] for one in written}
    forms = {
        "plain.warc": b"".join(written),
        "members.warc.gz": gzipped(written),
        "single.warc.gz": gzipped(written, single=True),
        "stored.wacz": wacz({"a.warc.gz": gzipped(written)}),
        "packed.wacz": wacz({"a.warc": b"".join(written)}, packed=True),
    }
    return blocks, forms


def damages(forms: dict[str, bytes], cases: int) -> Iterator[Case]:
    """Every kind of damage to every form, in turn, at places of chance."""
    chance = random.Random(8)
    names, kinds = list(forms), list(KINDS)
    number = 0
    while number < cases:
        name = names[number % len(names)]
        kind = kinds[number // len(names) % len(kinds)]
        data = KINDS[kind](bytearray(forms[name]), chance)
        number += 1
        if data != forms[name]:
            yield name, kind, bytes(data)


def _cut(data: bytearray, chance: random.Random) -> bytearray:
    return data[: chance.randrange(1, len(data))]


def _flip(data: bytearray, chance: random.Random) -> bytearray:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def _flips(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.randrange(2, 20)):
        data = _flip(data, chance)
    return data


def _overwrite(data: bytearray, chance: random.Random) -> bytearray:
    at, size = chance.randrange(len(data)), chance.randrange(1, 2000)
    size = min(size, len(data) - at)
    data[at : at + size] = bytes(size) if chance.random() < 0.5 else chance.randbytes(size)
    return data


def _insert(data: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(data))
    data[at:at] = chance.randbytes(chance.randrange(1, 300))
    return data


def _remove(data: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(data))
    del data[at : at + chance.randrange(1, 300)]
    return data


def _swap(data: bytearray, chance: random.Random) -> bytearray:
    size = chance.randrange(1, 400)
    one, other = chance.randrange(len(data) - size), chance.randrange(len(data) - size)
    data[one : one + size], data[other : other + size] = data[other : other + size], data[one : one + size]
    return data


def _length(data: bytearray, chance: random.Random) -> bytearray:
    """A Content-Length that lies, where the form shows one; elsewhere a flip."""
    places = [at for at in range(len(data)) if data.startswith(b"Content-Length: ", at)]
    if not places:
        return _flip(data, chance)
    at = chance.choice(places) + len(b"Content-Length: ")
    end = data.index(b"\r", at)
    data[at:end] = str(chance.choice([0, 1, 99_999_999_999, int(data[at:end]) + chance.randrange(-50, 50)])).encode()
    return data


def _frame(data: bytearray, chance: random.Random) -> bytearray:
    """A byte of the frame: gzip header or checksum, zip header, the first line of a record."""
    marks = (b"\x1f\x8b\x08", b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"WARC/1.")
    places = [at for mark in marks for at in range(len(data)) if data.startswith(mark, at)]
    at = max(0, min(len(data) - 1, chance.choice(places) + chance.randrange(-8, 12)))
    data[at] = chance.randrange(256)
    return data


KINDS: dict[str, Callable[[bytearray, random.Random], bytearray]] = {
    "cut": _cut,
    "one bit": _flip,
    "many bits": _flips,
    "overwritten": _overwrite,
    "inserted": _insert,
    "removed": _remove,
    "swapped": _swap,
    "wrong length": _length,
    "frame": _frame,
}


def ours(damaged: list[Case], blocks: set[bytes], forms: dict[str, bytes]) -> None:
    """Read every case and say what was lost, what of it in silence, and whether the bytes add up."""
    silent: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    unbalanced = altered = kept = between = 0
    ends = between_records(forms)
    started = time.process_time()
    for name, kind, data in damaged:
        account = Account()
        got = [one.record.block for one in read_archive(BytesIO(data), name, 64 << 20, account)]
        unbalanced += not account.is_balanced
        whole = blocks & set(got)
        kept += len(whole)
        told = bool(account.reported or account.unverified)
        altered += sum(block not in blocks for block in got)
        if len(whole) < len(blocks) and not told:
            if kind == "cut" and len(data) in ends.get(name, set()):
                between += 1
            else:
                silent[kind] += 1
                hidden[name] += 1
    seconds = time.process_time() - started
    total = len(damaged) * len(blocks)
    print(
        f"Recuento     silent {sum(silent.values()):5} of {len(damaged)}   unbalanced {unbalanced}   "
        f"altered taken as whole {altered}   records saved {kept / total:.1%}   "
        f"{len(damaged) / seconds:.0f} archives a CPU second"
    )
    print(f"             cut between records, which nothing can show: {between}")
    if silent:
        print(f"             {dict(silent)} {dict(hidden)}")


def between_records(forms: dict[str, bytes]) -> dict[str, set[int]]:
    """Where each WARC form may be cut and stay whole."""
    found = {}
    for name in ("plain.warc", "members.warc.gz"):
        account = Account()
        found[name] = {one.record.end for one in read_archive(BytesIO(forms[name]), name, 64 << 20, account)}
    return found


def warcio_blocks(data: bytes) -> list[bytes]:
    """What warcio gives with its digests checked; raises where it complains."""
    from warcio.archiveiterator import ArchiveIterator

    # Without parsing HTTP the whole block comes back, and is compared as it was written.
    found = ArchiveIterator(BytesIO(data), no_record_parse=True, check_digests="raise")
    return [one.raw_stream.read() for one in found]


def fastwarc_blocks(data: bytes) -> list[bytes]:
    """What FastWARC gives with its digests checked; raises where it complains or a digest is wrong."""
    from fastwarc.warc import ArchiveIterator

    blocks = []
    for one in ArchiveIterator(BytesIO(data), parse_http=False):
        block = one.reader.read()
        blocks.append(block)
    # Digests are a pass of their own: asked for while reading, records that fail are left out without a word.
    for one in ArchiveIterator(BytesIO(data), parse_http=False):
        if "WARC-Block-Digest" in one.headers and not one.verify_block_digest():
            raise ValueError("digest")
    return blocks


def peer(name: str, read: Callable[[bytes], list[bytes]], damaged: list[Case], blocks: set[bytes]) -> None:
    """The same cases for another reader, in a child process: some abort it."""
    silent = died = 0
    at = 0
    while at < len(damaged):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _peer_child(read, damaged[at:], blocks, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as file:
            said = file.read()
        os.waitpid(child, 0)
        if said.startswith(b"!"):
            print(f"{name:12} is not installed")
            return
        silent += said.count(b"s")
        at += len(said)
        if at < len(damaged):
            died += 1
            at += 1
    print(f"{name:12} silent {silent:5} of {len(damaged)} (WARC only)   process aborted {died}")


def _peer_child(read: Callable[[bytes], list[bytes]], damaged: list[Case], blocks: set[bytes], writing: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    for _, _, data in damaged:
        signal.alarm(20)
        try:
            lost = len(blocks & set(read(data))) < len(blocks)
            letter = b"s" if lost else b"."
        except ImportError:
            os.write(writing, b"!")
            os._exit(0)
        except Exception:
            letter = b"e"
        os.write(writing, letter)
    os._exit(0)


def capture_rate(pages: int) -> None:
    """Pages captured, kept, read and logged a second, from a server on this machine that is asked without a pause."""
    from misbehaving_server import misbehaving  # type: ignore[import-not-found]
    from recuento.casefile.casefile import Casefile
    from recuento.casefile.documents.capture_session import Wanted, capture_wanted

    with tempfile.TemporaryDirectory() as folder, misbehaving() as server:
        with Casefile.create(Path(folder) / "case", "bench") as casefile:
            settings = casefile.settings.capture.with_options(hosts=(server.place,), screenshot=False)
            urls = tuple(server.url(f"/changing?{number}") for number in range(pages))
            wall, used = time.monotonic(), _cpu()
            report = capture_wanted(
                casefile, Wanted(urls), settings, by="bench", clock=lambda: datetime.now(UTC), sleep=lambda _: None
            )
            seconds, cpu = time.monotonic() - wall, _cpu() - used
        good = sum(one.document is not None for one in report.captures)
    print(
        f"captured {good} of {pages} pages: {good / seconds:.1f} a second by the clock, {good / cpu:.1f} a CPU second"
    )


def _cpu() -> float:
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in found)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, int(sys.argv[2]) if len(sys.argv) > 2 else 100)
