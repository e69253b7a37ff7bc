"""Keys: who is compared, and that no block explodes."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recuento.link.comparable import comparable
from recuento.link.entries import Entries
from recuento.link.keys import keys_of
from recuento.link.spelling import corrected_sounds

_WORDS = st.sampled_from(["jose", "maria", "luis", "ana", "perez", "gomez", "rojas"])
_ROWS = st.lists(
    st.tuples(st.lists(_WORDS, min_size=1, max_size=4).map(" ".join), st.sampled_from(["", "41234567", "52345678"])),
    min_size=2,
    max_size=15,
)


def _keys(rows, most=1_000):
    entries = Entries.of_rows(
        [
            {"entry_id": f"{k:04}", "list": "a", "name": name, "document_number": number}
            for k, (name, number) in enumerate(rows)
        ]
    )
    return keys_of(comparable(entries), most_per_key=most, pairs_per_entry=1_000)


def _pairs(keys):
    found = set()
    for key in np.unique(keys.keys):
        rows = np.unique(keys.rows[keys.keys == key]).tolist()
        found |= {(a, b) for a in rows for b in rows if a < b}
    return found


@given(_ROWS)
def test_all_that_share_two_words_or_a_number_are_compared(rows):
    """A slow look at every pair finds no pair that the keys miss."""
    found = _pairs(_keys(rows))
    for a, (name, number) in enumerate(rows):
        for b in range(a + 1, len(rows)):
            shared = len(set(name.split()) & set(rows[b][0].split())) >= 2
            if shared or (number and number == rows[b][1]):
                assert (a, b) in found


@given(_ROWS, st.integers(2, 5))
def test_no_block_is_larger_than_asked(rows, most):
    """However many share a key, no block has more than `most` entries, and what is left out is counted."""
    keys = _keys(rows, most)
    _, sizes = np.unique(keys.keys, return_counts=True)
    assert not len(sizes) or sizes.max() <= most
    if not keys.skipped:
        assert _pairs(keys) == _pairs(_keys(rows))


def test_slips_are_taken_for_the_common_word():
    """One letter more, less, changed or swapped; a common word stays itself."""
    sounds = ["gomes", "gomse", "gimes", "rodriges", "rodriges x", "ana", "ama"]
    counts = np.array([100, 1, 1, 100, 50, 100, 1])
    assert corrected_sounds(sounds, counts).tolist() == [0, 0, 0, 3, 4, 5, 6]


def test_keys_sorted_in_lots_are_the_same_keys(monkeypatch):
    """A million entries are worked on lot by lot; a few in the same way give what they give at once."""
    rows = [(f"jose perez {'gomez' if k % 3 else 'rojas'}", f"4123{k % 40:04}") for k in range(300)]
    whole = _keys(rows, most=20)
    monkeypatch.setattr("recuento.link.keys._AT_ONCE", 100)
    parted = _keys(rows, most=20)
    assert parted.skipped == whole.skipped
    assert set(zip(parted.rows.tolist(), parted.keys.tolist(), strict=True)) == set(
        zip(whole.rows.tolist(), whole.keys.tolist(), strict=True)
    )
