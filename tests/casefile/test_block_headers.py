"""Headers of blocks: real ones are read as the world reads them, and what took no work is refused."""

from __future__ import annotations

import re

import pytest

from custody_case import OF_2022
from recuento.casefile.custody.block_headers import header_of, read_headers
from recuento.casefile.custody.opentimestamps import Block, ProofCheck, State
from recuento.errors import Fault, FaultsFound

ROOT_OF_2022 = "fad25f6544cd72dd6f40f46dfdcdc43fc1cedcf737abf11fddfeb4f951c7d1ea"
FIRST = (
    "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e"
    "67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c"
)
OF_2011 = (
    "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000"
    "e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a42a14695"
)


def proof(*roots: str, faults: tuple[Fault, ...] = ()) -> ProofCheck:
    """A proof that leads to blocks of these roots."""
    return ProofCheck("a.ots", State.ANCHORED, tuple(Block(726_000, root) for root in roots), faults=faults)


def test_real_headers_are_read_as_explorers_write_them() -> None:
    """Hash, root, time and difficulty of the first block, of one of 2011 and of one of 2022."""
    first, old, late = read_headers(f"# three\n{FIRST}\n\n {OF_2011} # 125552\n{OF_2022}\n", "a", difficulty_min=1)
    assert first.hash == "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
    assert first.root == "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
    assert (first.difficulty, f"{first.at:%Y-%m-%d %H:%M:%S}") == (1.0, "2009-01-03 18:15:05")
    assert old.hash == "00000000000000001e8d6829a8a21adc5d38d0a473b144b6765798e61f98bd1d"
    assert round(old.difficulty) == 244_112 and f"{old.at:%Y-%m-%d}" == "2011-05-21"
    assert late.hash.startswith("0" * 19) and late.root == ROOT_OF_2022 and 2.7e13 < late.difficulty < 2.8e13


def test_what_took_too_little_work_is_refused() -> None:
    """Anybody can do again what the first blocks took, with any root; each such line is named."""
    with pytest.raises(FaultsFound) as found:
        read_headers(f"{FIRST}\n{OF_2022}\n{OF_2011}\n", "cabeceras.txt")
    assert [fault.place for fault in found.value.faults] == ["cabeceras.txt:1", "cabeceras.txt:3"]
    assert all("less work" in fault.en for fault in found.value.faults)


@pytest.mark.parametrize("at", range(0, 160, 7))
def test_a_header_altered_anywhere_is_none(at: int) -> None:
    """One digit another, and the work is not done: the root least of all can be exchanged."""
    other = format(int(OF_2022[at], 16) ^ 1, "x")
    with pytest.raises(FaultsFound, match=r"is not as little|less work"):
        read_headers(OF_2022[:at] + other + OF_2022[at + 1 :], "a")


@pytest.mark.parametrize(
    ("bits", "said"),
    [
        ("ffff7f20", "not as little"),
        ("00000000", "not as little"),
        ("ffffffff", "not as little"),
        ("730a8017", "not as"),
    ],
)
def test_a_header_that_sets_its_own_bar_is_none(bits: str, said: str) -> None:
    """A target above that of the first block, of nothing, or below nothing is no target, whatever the hash."""
    with pytest.raises(FaultsFound, match=re.escape(said)):
        read_headers(OF_2022[:144] + bits + OF_2022[152:], "a", difficulty_min=0)


@pytest.mark.parametrize("line", [OF_2022[:-1], f"{OF_2022}0", "726000", f"0x{OF_2022[2:]}", "ñ" * 160])
def test_what_is_no_header_is_named(line: str) -> None:
    """Too short, too long, a height, other characters."""
    with pytest.raises(FaultsFound, match="160 hexadecimal digits"):
        read_headers(line, "a")


def test_a_proof_ends_in_the_header_that_has_its_root() -> None:
    """And in no other; a proof with a fault ends nowhere, and neither does one that waits."""
    first, old, late = headers = read_headers(f"{FIRST}\n{OF_2011}\n{OF_2022}", "a", difficulty_min=1)
    assert header_of(proof(ROOT_OF_2022), headers) == late
    assert header_of(proof(ROOT_OF_2022), (first, old)) is None
    assert header_of(proof(ROOT_OF_2022, old.root), headers) == old, "the earliest"
    assert header_of(proof(ROOT_OF_2022, faults=(Fault("a", "b", "c"),)), headers) is None
    assert header_of(ProofCheck("a.ots", State.PENDING), headers) is None
