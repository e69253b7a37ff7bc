"""Links never looked for: estimated from what numbers alone brought together, added within the constraints."""

from __future__ import annotations

import numpy as np
from small_linkages import entries_of, entry_id, linkage_of

from recuento.link.decisions import PairDecision
from recuento.link.draws import DrawSettings, draw_clusterings
from recuento.link.draws_missed import PRIOR_KEPT, PRIOR_LOST, missed_links

GIVEN = ["Álvaro", "Benito", "Camilo", "Dionisio", "Efraín", "Fermín", "Gilberto", "Hilario"]
SURNAMES = ["Zambrano", "Quintero", "Urdaneta", "Bracho", "Mosquera", "Chirinos", "Peñaloza"]


def made(persons: int, lost: int, unnumbered: int):
    """Persons with two entries and one number each, the first `lost` of them with a word in common and no more;
    then persons without a number, linked by name. The first of the lists is free of duplicates."""  # fmt: skip
    names, numbers, pairs, first = [], [], [], []
    for person in range(persons + unnumbered):
        given, surname = GIVEN[person % len(GIVEN)], SURNAMES[person // len(GIVEN) % len(SURNAMES)]
        other = SURNAMES[(person // len(GIVEN) + 3) % len(SURNAMES)] if person < lost else surname
        names += [f"{given} {surname}", f"{given} {other}"]
        numbers += [f"V-5{person:07d}"] * 2 if person < persons else [None, None]
        pairs.append((2 * person, 2 * person + 1, 9.0))
        first += [2 * person, 2 * person]
    lists = ["a", "b"] * (persons + unnumbered)
    # Some entries are on a list and nowhere else.
    alone = 2 * (persons + unnumbered)
    lists += ["a", "b"] * 10
    names += [f"Solo Solito {place}" for place in range(20)]
    numbers += [None] * 20
    first += list(range(alone, alone + 20))
    entries = entries_of(lists, document_number=numbers)
    entries = type(entries).of(entries.table.set_column(2, "name", [names]))
    return linkage_of(len(lists), pairs, persons=first, unique_lists=["a"]), entries


def test_what_names_alone_would_have_lost_is_counted():
    """Ten of forty persons held by a number share one word only: ten links in forty would have been lost."""
    linkage, entries = made(40, 10, 12)
    found = missed_links(linkage, entries)
    assert (found.by_number, found.lost_without, found.by_names) == (40, 10, 12)
    assert found.share == (10 + PRIOR_LOST) / (40 + PRIOR_LOST + PRIOR_KEPT)


def test_a_number_on_names_with_nothing_in_common_is_a_slip_and_counts_for_nothing():
    """Where given name and surname both differ, a number that agrees tells of a slip, not of a lost link."""
    linkage, entries = made(40, 10, 12)
    pairs = linkage.pairs
    place = pairs.column_names.index("level_surname")
    nothing = pairs.set_column(place, "level_surname", [np.ones(pairs.num_rows, dtype=np.int8)])
    differing = type(linkage)(nothing, linkage.clusters, linkage.levels)
    assert missed_links(differing, entries).lost_without == 0


def test_links_are_added_between_lone_entries_and_others_within_the_rules():
    """Added links lower the persons by as many, join no two of the list free of duplicates, keep decisions."""
    linkage, entries = made(40, 10, 120)
    last = len(entries) - 1
    decided = (PairDecision(entry_id(last), entry_id(0), "no"),)
    draws = draw_clusterings(linkage, entries, decisions=decided, settings=DrawSettings(draws=60), seed=3)
    without = draw_clusterings(
        linkage, entries, decisions=decided, settings=DrawSettings(draws=60, missed=False), seed=3
    )
    added = np.array([len(links) for links in draws.added])
    assert added.mean() > 3
    assert (draws.persons() == without.persons() - added).all()
    lists = np.array(entries.column("list").to_pylist())
    for draw in range(len(draws)):
        labels = draws.labels(draw)
        assert len(np.unique(labels)) == draws.persons()[draw]
        assert len(np.unique(labels[lists == "a"])) == (lists == "a").sum()
        assert labels[last] != labels[0]
        assert all(links[:, 0].tolist().count(last) == 0 for links in draws.added)
        assert (labels[labels] == labels).all()
