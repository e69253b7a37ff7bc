"""The words of many names at once are those of `person_names.name_words`, one by one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from recuento.link.name_order import cut_names
from recuento.link.name_table import MOST_WORDS, name_table
from recuento.values.person_names import COMMA, PARTICLES, name_words

_NAMES = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.lists(
            st.sampled_from(["José", "de", "la", "PEÑA", ",", "Núñez,", "R.", "del", "Y-z\xa0x", "María"]), max_size=9
        ).map(" ".join),
    ),
    max_size=8,
)


@given(_NAMES)
def test_all_at_once_equals_one_by_one(names):
    """The words kept are those of the pure function without commas and particles, in their order."""
    table = name_table(pa.chunked_array([pa.array(names, pa.string())]))
    for row, name in enumerate(names):
        words = [word for word in name_words(name) if word != COMMA and word not in PARTICLES][:MOST_WORDS]
        assert [table.vocabulary[k] for k in table.words[row] if k >= 0] == words
        assert table.lengths[row] == len(words)


@given(_NAMES)
def test_commas_count_the_words_before_them(names):
    """Words before the first comma, particles not counted."""
    table = name_table(pa.chunked_array([pa.array(names, pa.string())]))
    for row, name in enumerate(names):
        words = name_words(name)
        before = words[: words.index(COMMA)] if COMMA in words else ()
        assert table.commas[row] == len([word for word in before if word not in PARTICLES])


def _cut(names: list[str], lists: list[int]) -> list[str]:
    table = name_table(pa.chunked_array([pa.array(names, pa.string())]))
    cut = cut_names(table, np.array(lists, np.int32))
    return [
        " ".join(
            table.vocabulary[k].upper() if is_given else table.vocabulary[k]
            for k, is_given in zip(row, g, strict=True)
            if k >= 0
        )
        for row, g in zip(table.words, cut.given, strict=True)
    ]


def test_orders_are_told_apart():
    """Given names first, surnames first, and a comma."""
    names = ["José Luis Pérez García", "PEREZ GARCIA JOSE LUIS", "Pérez García, José Luis", "Carmen R. Gómez"]
    assert _cut(names, [0, 1, 1, 0]) == [
        "JOSE LUIS perez garcia", "perez garcia JOSE LUIS", "perez garcia JOSE LUIS", "CARMEN R gomez",
    ]  # fmt: skip


def test_a_list_teaches_its_order():
    """Names that could be cut either way follow what the rest of their list does."""
    surnames = ["Perez", "Gomez", "Rojas", "Torres", "Diaz", "Suarez", "Romero", "Medina", "Castillo", "Morales"]
    givens = ["Jose", "Luis", "Carlos", "Pedro", "Manuel", "Miguel", "Rafael", "Andres", "Jorge", "Daniel"]
    first = [f"{a} {b}" for a, b in zip(givens, surnames, strict=True)] * 3
    second = [f"{b} {a}" for a, b in zip(givens, surnames, strict=True)] * 3
    cut = _cut([*first, "Nikolov Petrenko", *second, "Nikolov Petrenko"], [0] * 31 + [1] * 31)
    assert cut[30] == "NIKOLOV petrenko"
    assert cut[-1] == "nikolov PETRENKO"
