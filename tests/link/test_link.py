"""Linking from entries to persons: laws that hold for any lists, and the odd lists that break programs."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from needs_spark import needs_spark

from recuento.errors import FaultsFound, InvalidValue
from recuento.link.decisions import PairDecision
from recuento.link.entries import Entries
from recuento.link.link import link
from recuento.link.linkage import FIELDS, pairs_schema
from recuento.link.settings import LinkSettings
from recuento.link.simulate import simulate
from recuento.link.simulate_presets import preset

_ROWS = [
    ("1", "wall", "Pérez Gómez, José Luis", "V-41.234.567", "31", "El Samán", "2025-03-10"),
    ("2", "court", "JOSE LUIS PEREZ GOMES", "41234567", "31", "C.P. El Samán", "2025-03-20"),
    ("3", "wall", "Cheo Peres G.", "", "30", "El Samán", "2025-03-12"),
    ("4", "court", "Carmen Elena Rojas de Abreu", "45.111.222", "44", "", "2025-04-01"),
    ("5", "family", "Carmen Rojas", "45111222", "", "Retén La Ceiba", "2025-04-02"),
    ("6", "family", "Pedro Pérez Gómez", "41.234.570", "27", "El Samán", "2025-03-10"),
    ("7", "wall", "Wilmer Zambrano", "", "22", "La Ceiba", "2025-01-02"),
]
_COLUMNS = ("entry_id", "list", "name", "document_number", "age", "facility", "date")


def _entries(rows=_ROWS, columns=_COLUMNS) -> Entries:
    return Entries.of_rows([dict(zip(columns, row, strict=True)) for row in rows])


def _person(linkage) -> dict[str, str]:
    return dict(zip(linkage.clusters["entry_id"].to_pylist(), linkage.clusters["person"].to_pylist(), strict=True))


@pytest.fixture(scope="module")
def linkage(tmp_path_factory):
    """Seven entries of four persons, linked."""
    return link(_entries(), workspace=tmp_path_factory.mktemp("link"))


def test_a_small_casefile_is_linked_untrained(linkage):
    """Spellings, order, a nickname and a married name are one person; a brother with the next number is not."""
    person = _person(linkage)
    assert person == {"1": "1", "2": "1", "3": "1", "4": "4", "5": "4", "6": "6", "7": "7"}
    assert len(linkage) == 4
    assert linkage.warnings


def test_weights_add_up_in_every_row(linkage):
    """Prior and fields make the weight, the weight makes the probability, left is smaller than right."""
    pairs = linkage.pairs.to_pandas()
    assert linkage.pairs.schema == pairs_schema()
    total = pairs["prior_weight"] + sum(pairs[f"weight_{name}"] for name in FIELDS)
    np.testing.assert_allclose(total, pairs["weight"], atol=1e-9)
    np.testing.assert_allclose(1 / (1 + np.exp2(-total)), pairs["probability"], atol=1e-9)
    assert (pairs["left"] < pairs["right"]).all()
    assert list(zip(pairs["left"], pairs["right"], strict=True)) == sorted(
        zip(pairs["left"], pairs["right"], strict=True)
    )
    for name in FIELDS:
        assert linkage.label(name, int(pairs[f"level_{name}"].iloc[0])).es


def test_rows_in_another_order_and_lists_under_other_names_give_the_same_tables(linkage, tmp_path):
    """Neither order of rows nor names of lists mean anything, and a second run gives the same bytes."""
    other = {"wall": "zzz", "court": "aaa", "family": "mmm"}
    rows = [(row[0], other[row[1]], *row[2:]) for row in reversed(_ROWS)]
    again = link(_entries(rows), workspace=tmp_path)
    assert again.pairs.equals(linkage.pairs)
    assert again.clusters.equals(linkage.clusters)


def test_decisions_win_and_the_last_one_counts(tmp_path):
    """A yes joins, a no and an unsure part, and a later answer takes back an earlier one."""
    yes = link(_entries(), decisions=[PairDecision("7", "1", "yes")], workspace=tmp_path)
    assert _person(yes)["7"] == "1"
    no = [PairDecision("1", "2", "yes"), PairDecision("2", "1", "no")]
    parted = link(_entries(), decisions=no, workspace=tmp_path)
    assert _person(parted)["1"] != _person(parted)["2"]
    unsure = link(_entries(), decisions=[PairDecision("4", "5", "unsure")], workspace=tmp_path)
    assert _person(unsure)["5"] == "5"
    shown = set(zip(unsure.pairs["left"].to_pylist(), unsure.pairs["right"].to_pylist(), strict=True))
    assert ("4", "5") in shown


def test_decisions_that_contradict_or_name_nobody_are_refused(tmp_path):
    """All at once, with the ids and no name."""
    with pytest.raises(FaultsFound) as found:
        link(_entries(), decisions=[PairDecision("1", "99", "yes"), PairDecision("98", "2", "no")], workspace=tmp_path)
    assert {fault.place for fault in found.value.faults} == {"98", "99"}
    clash = [PairDecision("1", "2", "yes"), PairDecision("2", "6", "yes"), PairDecision("1", "6", "no")]
    with pytest.raises(FaultsFound, match="two persons"):
        link(_entries(), decisions=clash, workspace=tmp_path)
    with pytest.raises(FaultsFound, match="no such list"):
        link(_entries(), settings=LinkSettings(unique_lists=("nowhere",)), workspace=tmp_path)


def test_a_list_without_duplicates_is_respected(tmp_path):
    """The wall names nobody twice, so the nickname on it is another person."""
    found = link(_entries(), settings=LinkSettings(unique_lists=("wall",)), workspace=tmp_path)
    person = _person(found)
    assert person["1"] != person["3"]
    assert found.unique_lists == ("wall",)


@pytest.mark.parametrize("size", [0, 1, 2])
def test_hardly_any_rows(size, tmp_path):
    """Lists of nobody, one and two give a result."""
    found = link(_entries(_ROWS[:size]), workspace=tmp_path)
    assert found.clusters.num_rows == size
    assert found.pairs.schema == pairs_schema()


@pytest.mark.parametrize("beside", [("", "", "", ""), ("", "31", "El Samán", "2025-03-10")])
def test_names_that_are_all_alike_do_not_explode(beside, tmp_path):
    """Twenty thousand entries of one name, the rest blank or alike too: few pairs, and a word on what was left out."""
    rows = [(f"{k:05}", "wall", "José Pérez", *beside) for k in range(20_000)]
    start = time.process_time()
    found = link(_entries(rows), workspace=tmp_path)
    assert time.process_time() - start < 30  # All 200 million pairs would take a quarter of an hour.
    assert found.clusters.num_rows == len(found) == 20_000
    assert found.compared < 100_000
    assert "unlinked" in found.warnings[0].en and "199" in found.warnings[0].en
    assert "sin enlazar" in found.warnings[0].es


def test_a_common_name_is_linked_where_more_agrees(tmp_path):
    """Among five thousand of one name, those who share a number, or facility and time and age, are still found."""
    rows = [
        (f"{k:05}", "wall", "José Pérez", "", str(20 + k % 40), f"Retén {k % 50}", "2025-03-10") for k in range(5_000)
    ]
    rows += [("a", "wall", "José Pérez", "V-41.234.567", "31", "El Samán", "2025-03-10")]
    rows += [("b", "court", "PEREZ JOSE", "41234567", "31", "Saman", "2025-03-20")]
    person = _person(link(_entries(rows), workspace=tmp_path))
    assert person["a"] == person["b"]


def test_empty_and_foreign_names(tmp_path):
    """No name, names in other scripts, names of initials only: everybody stays somebody."""
    rows = [
        ("1", "a", "", "", "", "", ""),
        ("2", "a", "Нина Петрова", "", "", "", ""),
        ("3", "b", "J. R.", "", "", "", ""),
    ]
    rows += [
        ("4", "b", "李伟", "", "", "", ""),
        ("5", "b", "...", "", "", "", ""),
        ("6", "b", "Нина Петрова", "", "", "", ""),
    ]
    found = link(_entries(rows), workspace=tmp_path)
    assert found.clusters.num_rows == 6


def test_nothing_is_left_behind(tmp_path):
    """Neither a result nor an error leaves a file in the workspace or a name in a log."""
    link(_entries(), workspace=tmp_path / "w")
    assert list((tmp_path / "w").iterdir()) == []
    from recuento.link.engines import EngineLimits, engine

    with pytest.raises(RuntimeError, match="stop"), engine("duckdb", tmp_path / "w", EngineLimits()) as running:
        running.connection.execute("create table planted as select 'Zacarías Planted' as name")
        raise RuntimeError("stop")
    assert list((tmp_path / "w").iterdir()) == []


def test_nothing_is_logged(tmp_path, caplog, capfd):
    """No library repeats a name in a log or on the screen."""
    with caplog.at_level(0):
        link(_entries(), workspace=tmp_path)
    written = caplog.text + "".join(capfd.readouterr())
    assert "Zambrano" not in written
    assert "zambrano" not in written.casefold()
    assert "sambrano" not in written.casefold()


def test_settings_refuse_nonsense():
    """Limits that cannot be are refused where they are made."""
    for wrong in ({"threads": 0}, {"memory_mb": 1}, {"most_per_key": 1}, {"engine": "abacus"}):
        with pytest.raises(InvalidValue):
            replace(LinkSettings(), **wrong)


def test_a_table_of_a_hundred_columns_is_linked(tmp_path):
    """Columns that are not ours are carried and not compared."""
    ours = {"entry_id": ["1", "2"], "list": ["a", "b"], "name": ["Ana Rojas", "Ana Rojas"]}
    table = pa.table({**ours, **{f"c{k}": ["x", "y"] for k in range(97)}})
    found = link(Entries.of(table), workspace=tmp_path)
    assert found.clusters.num_rows == 2


def test_workspace_is_made_where_it_is_missing(tmp_path):
    """A folder that is not there yet is made."""
    link(_entries(_ROWS[:2]), workspace=Path(tmp_path) / "new" / "deep")


def test_spark_gives_the_same_tables(linkage, tmp_path):
    """Another engine, the same pairs and persons, and nothing left behind."""
    needs_spark()
    found = link(_entries(), settings=LinkSettings(engine="spark"), workspace=tmp_path)
    assert found.clusters.equals(linkage.clusters)
    assert found.pairs.equals(linkage.pairs)
    assert list(tmp_path.iterdir()) == []


def test_ten_thousand_decisions_hold_and_do_not_slow_down(tmp_path):
    """A casefile reviewed for years: every yes joins, every no parts, and linking takes hardly longer."""
    made = simulate(preset("plain", 1_500), 5)
    entries = Entries.of(made.entries)
    ids = made.truth["entry_id"].to_pylist()
    person = made.truth["person_id"].to_numpy()
    order = np.lexsort((ids, person))
    same = [(ids[a], ids[b]) for a, b in pairwise(order.tolist()) if person[a] == person[b]]
    drawn = np.random.default_rng(1).integers(0, len(ids), (10_000, 2)).tolist()
    apart = sorted({(ids[min(a, b)], ids[max(a, b)]) for a, b in drawn if person[a] != person[b]})
    decisions = [PairDecision(*pair, "yes") for pair in same] + [PairDecision(*pair, "no") for pair in apart]
    start = time.process_time()
    link(entries, workspace=tmp_path)
    middle = time.process_time()
    found = _person(link(entries, decisions=decisions, workspace=tmp_path))
    assert time.process_time() - middle < 3 * (middle - start) + 2
    assert all(found[one] == found[other] for one, other in same)
    assert all(found[one] != found[other] for one, other in apart)
