"""Claims files: read whole, refused by row, written back the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import CLAIMS, SETTINGS
from recuento.casefile.claims.claims_csv import read_claims, write_claims
from recuento.casefile.settings.settings import Settings, read_settings
from recuento.errors import FaultsFound
from recuento.values.quantity import Comparison

HEADER = CLAIMS.splitlines()[0]
SHARED = Path(__file__).parents[3] / "shared" / "cases" / "tocoron" / "claims.csv"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of the invented casefile."""
    path = tmp_path_factory.mktemp("settings") / "recuento.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    return read_settings(path)


def row(**cells: str) -> bytes:
    """A claims file of one row, good but for `cells`."""
    names = HEADER.split(",")
    good = dict(zip(names, CLAIMS.splitlines()[1].split(","), strict=True))
    return (HEADER + "\n" + ",".join((good | cells)[name] for name in names) + "\n").encode()


def test_every_faulty_row_is_named_and_the_others_are_taken(settings: Settings) -> None:
    """Three bad rows among nine good ones: three faults with their row numbers, nine claims."""
    bad = (
        "X1,fire,,2031-13-14,,Elena Ruiz Prado,state,died,eq,1,1,N\n"
        "X2,flood,,2031-03-14,,Elena Ruiz Prado,nobody,died,eq,one,1,N\n"
        "A1,fire,,2031-03-14,,Elena Ruiz Prado,state,died,eq,1,1,N\n"
    )
    file = read_claims((CLAIMS + bad).encode(), "claims.csv", settings)
    assert len(file.claims) == 9
    assert {fault.place for fault in file.faults} == {"row/fila 11", "row/fila 12", "row/fila 13"}
    assert len([fault for fault in file.faults if fault.place == "row/fila 12"]) == 3


@pytest.mark.parametrize(
    "cells",
    [
        {"value_low": "1e400"}, {"value_low": "10" + "0" * 17, "value_high": "10" + "0" * 17}, {"value_low": "-4"},
        {"value_low": "1.600.000"}, {"comparison": "roughly"}, {"value_low": "9", "value_high": "3"},
        {"comparison": "range", "value_low": ""}, {"comparison": "eq", "value_low": "", "value_high": ""},
        {"value_low": "NaN"}, {"claim_id": ""}, {"party": "nobody"}, {"event": "flood"},
    ],
)  # fmt: skip
def test_a_row_that_means_nothing_is_refused(settings: Settings, cells: dict[str, str]) -> None:
    """Numbers beyond any count, negative, malformed or missing; unknown words; ends before starts."""
    file = read_claims(row(**cells), "claims.csv", settings)
    assert not file.claims and file.faults and all(fault.es and fault.en for fault in file.faults)


def test_spreadsheet_habits_are_understood(settings: Settings) -> None:
    """Semicolons, a byte order mark and Windows-1252 are read, the last with a remark."""
    text = CLAIMS.replace(",", ";").replace("ninguno", "ningún recluso")
    assert len(read_claims(b"\xef\xbb\xbf" + text.encode(), "claims.csv", settings).claims) == 9
    old = read_claims(text.encode("cp1252"), "claims.csv", settings)
    assert len(old.claims) == 9 and "1252" in old.remarks[0].en


def test_an_unknown_measure_is_kept_with_a_remark_and_a_suggestion(settings: Settings) -> None:
    """ "populaton" is taken, tied to nothing, and the near word is offered."""
    file = read_claims(row(measure="populaton"), "claims.csv", settings)
    assert len(file.claims) == 1 and "population" in file.remarks[0].en


def test_a_file_that_is_no_table_of_claims_is_refused_whole(settings: Settings) -> None:
    """The missing columns are named."""
    with pytest.raises(FaultsFound, match="claim_id"):
        read_claims(b"name,age\nx,3\n", "list.csv", settings)


@given(
    comparison=st.sampled_from(list(Comparison)),
    low=st.integers(0, 10**6),
    more=st.integers(0, 10**6),
    words=st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]), max_size=20),
)
def test_what_is_written_can_be_read_back(
    settings: Settings, comparison: Comparison, low: int, more: int, words: str
) -> None:
    """Any quantity goes into a file and comes back the same."""
    low_cell = "" if comparison in (Comparison.VAGUE, Comparison.UNKNOWN) else str(low + 1)
    high_cell = str(low + 1 + more) if comparison is Comparison.RANGE else low_cell
    first = read_claims(row(comparison=comparison.value, value_low=low_cell, value_high=high_cell), "a.csv", settings)
    assert not first.faults
    again = read_claims(write_claims(c for _, c in first.claims).encode(), "b.csv", settings)
    assert [c for _, c in again.claims] == [c for _, c in first.claims]


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise_anything_but_faults(settings: Settings, data: bytes) -> None:
    """Whatever file is given, the answer is claims or faults."""
    try:
        read_claims(HEADER.encode() + b"\n" + data, "claims.csv", settings)
        read_claims(data, "claims.csv", settings)
    except FaultsFound:
        pass


@pytest.mark.skipif(not SHARED.is_file(), reason="the shared table of Tocorón is not beside the repository")
def test_the_table_of_tocoron_is_taken_whole() -> None:
    """All 87 rows of the real table are read with the settings of the example; none is refused."""
    example = read_settings(Path(__file__).parents[2] / "examples" / "tocoron" / "recuento.toml")
    file = read_claims(SHARED.read_bytes(), "claims.csv", example)
    assert len(file.claims) == 87 and not file.faults
