"""WARC files: whole ones are read whole, and of damaged ones no byte is lost in silence."""

from __future__ import annotations

import random
import time
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.preserve.web.warc_reading import Damage, Record, records
from warc_files import gzipped, record, response

URLS = [f"https://example.invalid/{number}" for number in range(6)]
WHOLE = [response(url, f"Nota {url}. ".encode() * 40) for url in URLS]
FORMS = {"plain": b"".join(WHOLE), "members": gzipped(WHOLE), "single": gzipped(WHOLE, single=True)}


def read(data: bytes, most: int = 1 << 20) -> list[Record | Damage]:
    """All that comes out of these bytes."""
    return list(records(BytesIO(data), most))


def urls(found: list[Record | Damage]) -> list[str]:
    """The addresses of the records read."""
    return [one.fields.get("warc-target-uri", "") for one in found if isinstance(one, Record)]


@pytest.mark.parametrize("form", FORMS)
def test_a_whole_file_is_read_whole(form: str) -> None:
    """Plain, a member each or one for all: every record with its block, and nothing damaged."""
    found = read(FORMS[form])
    assert urls(found) == URLS and len(found) == len(URLS)
    assert [one.block.rpartition(b"\r\n\r\n")[2] for one in found if isinstance(one, Record) and one.block] == [
        f"Nota {url}. ".encode() * 40 for url in URLS
    ]


@pytest.mark.parametrize("form", ["plain", "members"])
@given(chance=st.randoms(use_true_random=False))
def test_bytes_in_are_bytes_in_records_and_bytes_reported(form: str, chance: random.Random) -> None:
    """Cut, flipped or padded anywhere: records and reported damage tile the file, and what is read was written."""
    data = bytearray(FORMS[form])
    kind = chance.choice(["cut", "flip", "insert", "remove"])
    at = chance.randrange(len(data))
    if kind == "cut":
        del data[at:]
    elif kind == "flip":
        data[at] ^= 1 << chance.randrange(8)
    elif kind == "insert":
        data[at:at] = chance.randbytes(chance.randrange(1, 30))
    else:
        del data[at : at + chance.randrange(1, 30)]
    found = read(bytes(data))
    place = 0
    for one in found:
        assert one.start == place and one.end >= one.start
        place = one.end
    assert place == len(data)
    written = {whole.partition(b"\r\n\r\n")[2][:-4] for whole in WHOLE}
    assert all(one.block in written for one in found if isinstance(one, Record))
    assert len(urls(found)) >= len(URLS) - 2 if kind != "cut" else True, "damage in one place costs two records at most"
    if len(urls(found)) < len(URLS) and bytes(data):
        assert any(isinstance(one, Damage) for one in found) or kind == "cut" or len(data) == 0


@pytest.mark.parametrize("form", FORMS)
def test_a_cut_file_says_that_it_is_cut(form: str) -> None:
    """Wherever the end is missing, save exactly between two records, that is reported."""
    data = FORMS[form]
    ends = {one.end for one in read(data)}
    for at in range(1, len(data), 7):
        if at not in ends:
            assert any(isinstance(one, Damage) for one in read(data[:at])), at


def test_a_length_without_measure_is_damage_and_costs_no_memory() -> None:
    """A record that says it is 99,999,999,999 bytes long is reported, and the next one is read."""
    lying = WHOLE[0].replace(b"Content-Length: ", b"Content-Length: 9999999999")
    found = read(lying + WHOLE[1])
    assert [type(one) for one in found] == [Damage, Record] and urls(found) == URLS[1:2]


def test_a_long_record_is_named_and_not_kept() -> None:
    """Beyond the limit the block is left out, the record is still there, and the next one follows."""
    found = read(FORMS["members"], most=10)
    assert urls(found) == URLS and all(isinstance(one, Record) and one.block is None for one in found)


def test_a_bomb_is_read_through_in_little_memory() -> None:
    """30 MB of zeros in a small member are over the limit: told, and not held."""
    import tracemalloc

    data = gzipped([response(URLS[0], b"\0" * 30_000_000), WHOLE[1]])
    tracemalloc.start()
    found = read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert urls(found) == URLS[:2] and peak < 4_000_000


def test_a_flipped_bit_is_found_by_the_digest() -> None:
    """In a plain file only the digest shows it: that record is damage, its neighbours are not."""
    data = bytearray(FORMS["plain"])
    data[len(WHOLE[0]) + len(WHOLE[1]) - 20] ^= 4
    found = read(bytes(data))
    assert [type(one) for one in found] == [Record, Damage, Record, Record, Record, Record]


def test_damage_takes_time_in_proportion() -> None:
    """Twice the rubbish takes about twice the time, also where every other byte looks like a beginning."""

    def seconds(times: int) -> float:
        data = WHOLE[0] + b"\x1f\x8b\x08WARC/1.1\r\nWARC/1.1:\r\nWARC/1.1" * times
        spent = []
        for _ in range(3):
            # Processor time: other work on the machine must not count.
            started = time.process_time()
            read(data)
            spent.append(time.process_time() - started)
        return min(spent)

    seconds(100)
    assert seconds(4000) < 10 * max(seconds(1000), 0.01), "four times as much; a quadratic rule would take sixteen"


def test_a_record_without_digest_is_read_too() -> None:
    """A digest is not required."""
    found = read(record("resource", URLS[0], b"x", media_type="text/plain", digest=False))
    assert urls(found) == URLS[:1]
