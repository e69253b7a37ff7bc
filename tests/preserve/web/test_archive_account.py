"""Archives made elsewhere: every byte in a record, in another part, or reported; missing hashes are told."""

from __future__ import annotations

import random
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.preserve.web.archive_account import Account, Located, read_archive
from recuento.preserve.web.record_digest import payload_fits
from wacz_files import wacz
from warc_files import gzipped, record, response

URLS = [f"https://example.invalid/{number}" for number in range(5)]
WHOLE = [response(url, f"Nota {url}. ".encode() * 30) for url in URLS]
ARCHIVE = {"a.warc.gz": gzipped(WHOLE)}
FORMS = {
    "a.warc": b"".join(WHOLE),
    "a.warc.gz": gzipped(WHOLE),
    "one.warc.gz": gzipped(WHOLE, single=True),
    "a.wacz": wacz(ARCHIVE),
    "packed.wacz": wacz({"a.warc": b"".join(WHOLE)}, packed=True),
}


def read(name: str, data: bytes) -> tuple[list[Located], Account]:
    """Records and account of an archive."""
    account = Account()
    return list(read_archive(BytesIO(data), name, 1 << 20, account)), account


@pytest.mark.parametrize("name", FORMS)
def test_a_whole_archive_is_read_whole(name: str) -> None:
    """Every record, nothing reported, the account balanced, and the hashes of a WACZ hold."""
    found, account = read(name, FORMS[name])
    assert [one.record.fields["warc-target-uri"] for one in found] == URLS
    assert account.is_balanced and not account.reported and not account.unverified


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=60)
@given(chance=st.randoms(use_true_random=False))
def test_no_damage_is_silent(name: str, chance: random.Random) -> None:
    """Cut, flipped, padded or shortened anywhere: bytes in are bytes out, and a record that is missing is told of."""
    data = bytearray(FORMS[name])
    at = chance.randrange(len(data))
    kind = chance.choice(["cut", "flip", "insert", "remove"])
    if kind == "cut":
        del data[at:]
    elif kind == "flip":
        data[at] ^= 1 << chance.randrange(8)
    elif kind == "insert":
        data[at:at] = chance.randbytes(chance.randrange(1, 40))
    else:
        del data[at : at + chance.randrange(1, 40)]
    found, account = read(name, bytes(data))
    assert account.is_balanced, (account, len(data))
    whole = {block.partition(b"\r\n\r\n")[2][:-4] for block in WHOLE}
    lost = len(URLS) - sum(one.record.block in whole for one in found)
    if lost and not (kind == "cut" and name == "a.warc"):
        assert account.reported or account.unverified or _cut_between(name, len(data))


def _cut_between(name: str, size: int) -> bool:
    """A cut exactly between two gzip members leaves a file that is whole by itself."""
    ends = {sum(len(gzipped([one])) for one in WHOLE[:number]) for number in range(len(WHOLE) + 1)}
    return name == "a.warc.gz" and size in ends


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"leave_out": "datapackage-digest.json"}, "datapackage.json is missing"),
        ({"leave_out": "datapackage.json"}, "no datapackage.json"),
        ({"leave_out": "hash archive/a.warc.gz"}, "no hash of archive/a.warc.gz"),
        ({"leave_out": "pages/pages.jsonl"}, "pages/pages.jsonl is missing"),
        ({"wrong": "archive/a.warc.gz"}, "archive/a.warc.gz is not what"),
        ({"wrong": "datapackage.json"}, "datapackage.json is not what"),
        ({"more": b"smuggled"}, "no hash of more.txt"),
    ],
)
def test_a_hash_that_is_missing_is_told_as_one_that_is_wrong(options: dict[str, object], word: str) -> None:
    """What py-wacz lets pass is a failure here; the records come in all the same, as unverified."""
    found, account = read("a.wacz", wacz(ARCHIVE, **options))  # type: ignore[arg-type]
    assert any(word in why.en for why in account.unverified) and len(found) == len(URLS) and account.is_balanced


def test_a_wacz_without_its_end_gives_its_records() -> None:
    """Cut before its directory it is no zip any more; the records that are whole are read, and it is told."""
    data = FORMS["a.wacz"]
    found, account = read("a.wacz", data[: len(data) // 2])
    assert found and account.unverified and account.is_balanced and account.reported


def test_members_that_overlap_are_no_zip() -> None:
    """A zip whose members share bytes, as bombs do, is not unpacked."""
    data = bytearray(wacz({"a.warc.gz": ARCHIVE["a.warc.gz"], "b.warc.gz": ARCHIVE["a.warc.gz"]}))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"archive/b.warc.gz"))
    data[at + 42 : at + 46] = (0).to_bytes(4, "little")
    _, account = read("a.wacz", bytes(data))
    assert account.unverified and account.is_balanced


def test_a_payload_is_held_against_its_digest() -> None:
    """However the crawler hashed it, as sent or unpacked; another digest is found out."""
    import base64
    import hashlib

    def with_digest(data: bytes, of: bytes, extra: bytes = b"") -> Located:
        digest = base64.b32encode(hashlib.sha1(of).digest()).decode()
        one = response(URLS[0], data, extra=extra).replace(
            b"Content-Type: application/http", f"WARC-Payload-Digest: sha1:{digest}\r\nContent-Type: a/http".encode()
        )
        return read("a.warc", one)[0][0]

    chunked = b"5\r\nhello\r\n0\r\n\r\n"
    lines = b"Transfer-Encoding: chunked\r\n"
    assert payload_fits(with_digest(chunked, chunked, lines).record) is True
    assert payload_fits(with_digest(chunked, b"hello", lines).record) is True
    assert payload_fits(with_digest(b"hello", b"other").record) is False
    assert payload_fits(read("a.warc", record("response", URLS[0], b"HTTP/1.1 200 X\r\n\r\nx"))[0][0].record) is None
