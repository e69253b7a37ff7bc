"""Which pairs can matter: letting the others go changes nobody's person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.link.clusters import CERTAIN, ClusterSettings, WeighedPairs, persons
from recuento.link.comparisons import FIELD_RULES
from recuento.link.model import levels_of, shipped_model
from recuento.link.rules import pattern_bases
from recuento.link.settings import LinkSettings
from recuento.link.weighing import Weighed, fitted_model, no_pairs, pair_codes, weighed

SIZE = 8
_BASES = np.array(pattern_bases(FIELD_RULES))
_AGREEING = int(_BASES @ [rule.size - 1 for rule in FIELD_RULES])
_DIFFERENT = int(_BASES @ [1 for _ in FIELD_RULES])
_BETWEEN = [int(_BASES @ row) for row in ([7, 9, 0, 8, 3, 3, 2, 0, 0, 1], [9, 4, 0, 0, 3, 1, 0, 0, 0, 2])]


@dataclass(frozen=True)
class HeldPairs:
    """Compared pairs in memory, handed over so many at a time."""

    rows: dict[tuple[int, int], int]
    at_once: int = 3

    def patterns(self) -> pa.Table:
        """See ComparedPairs."""
        codes, counts = np.unique(np.array(list(self.rows.values()), np.int32), return_counts=True)
        return pa.table({"pattern": codes, "pairs": counts})

    def of_patterns(self, wanted: np.ndarray) -> pa.Table:
        """See ComparedPairs."""
        rows = [(*pair, code) for pair, code in self.rows.items() if code in wanted.tolist()]
        columns = np.array(rows, np.int32).reshape(-1, 3).T
        return pa.table(dict(zip(("left_row", "right_row", "pattern"), columns, strict=True)))

    def batches(self) -> Iterator[pa.RecordBatch]:
        """See ComparedPairs."""
        rows = np.array([(*pair, code) for pair, code in self.rows.items()], np.int32).reshape(-1, 3)
        for begin in range(0, len(rows), self.at_once):
            part = rows[begin : begin + self.at_once]
            yield pa.record_batch(list(part.T), names=["left_row", "right_row", "pattern"])


def _pairs() -> st.SearchStrategy[dict[tuple[int, int], int]]:
    ends = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda pair: pair[0] < pair[1])
    return st.dictionaries(ends, st.sampled_from([_AGREEING, _DIFFERENT, *_BETWEEN]), min_size=1, max_size=28)


_ANSWERS = st.lists(st.sampled_from(["yes", "no", "unsure"]), max_size=3)


def _answered(rows: dict[tuple[int, int], int], given: list[str]) -> dict[tuple[int, int], str]:
    return dict(zip(sorted(rows), given, strict=False))


def _clustered(found: Weighed, answers: dict[tuple[int, int], str]) -> list[int]:
    weight = found.weight.copy()
    for place, pair in enumerate(zip(found.left.tolist(), found.right.tolist(), strict=True)):
        if pair in answers:
            weight[place] = CERTAIN if answers[pair] == "yes" else -CERTAIN
    none = np.full(SIZE, -1, np.int32)
    return persons(SIZE, WeighedPairs(found.left, found.right, weight), none, ClusterSettings()).tolist()


@settings(deadline=None)
@given(_pairs(), _ANSWERS)
def test_pairs_that_are_let_go_change_nobody(rows, given_answers):
    """The persons are those of all pairs, however few of the hopeless ones are kept, and no answered pair is lost."""
    answers = _answered(rows, given_answers)
    found = weighed(HeldPairs(rows), SIZE, answers, LinkSettings())
    left, right = (np.array([pair[side] for pair in sorted(rows)], np.int32) for side in (0, 1))
    place = np.searchsorted(np.unique(list(rows.values())), [rows[pair] for pair in sorted(rows)])
    everything = replace(
        found,
        left=left,
        right=right,
        place=place.astype(np.int32),
        weight=found.model.totals(found.levels)[place],
    )
    assert _clustered(found, answers) == _clustered(everything, answers)
    assert set(answers) <= set(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert found.compared == len(rows)


@given(_pairs(), st.integers(1, 30))
def test_neither_order_nor_size_of_the_batches_matters(rows, at_once):
    """Pairs come back sorted, the same ones, however they are handed over."""
    one = weighed(HeldPairs(rows), SIZE, {}, LinkSettings())
    other = weighed(HeldPairs(dict(reversed(rows.items())), at_once), SIZE, {}, LinkSettings())
    for name in ("left", "right", "place", "weight"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert (np.diff(pair_codes(one.left, one.right)) > 0).all()


def test_hopeless_pairs_between_strangers_are_let_go_and_counted():
    """Of pairs that agree in nothing only those inside one part are kept."""
    rows = {(0, 1): _AGREEING, (1, 2): _AGREEING, (0, 2): _DIFFERENT, (3, 4): _DIFFERENT, (2, 3): _DIFFERENT}
    found = weighed(HeldPairs(rows), SIZE, {}, LinkSettings())
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2)]
    assert found.compared == 5


def test_a_sample_teaches_what_all_pairs_teach():
    """Where there are more pairs than are learnt from, the model is nearly that of all of them."""
    codes = np.array(sorted({_AGREEING, _DIFFERENT, *_BETWEEN}))
    counts = np.array([150_000, 40_000, 60_000, 350_000])
    model = fitted_model(levels_of(codes), counts, LinkSettings(seed=3))
    fewer = fitted_model(levels_of(codes), counts // 3, LinkSettings())
    assert abs(model.prior - fewer.prior) < 0.01


def test_nobody_to_compare():
    """Where there are no pairs, the shipped model stands."""
    assert no_pairs().model is shipped_model()
    assert fitted_model(levels_of(np.zeros(0, np.int32)), np.zeros(0, np.int64), LinkSettings()) is shipped_model()
