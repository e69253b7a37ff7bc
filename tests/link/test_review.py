"""What to review first: uncertain pairs that matter for the overlap, and nothing that is settled."""

from __future__ import annotations

from small_linkages import entries_of, entry_id, linkage_of

from recuento.link.decisions import PairDecision
from recuento.link.review import worth_reviewing

PAIRS = [(0, 1, 0.2), (2, 3, 0.2), (4, 5, 12.0), (6, 7, -12.0), (8, 9, 2.5)]
LISTS = ["a", "b", "a", "a", "a", "b", "a", "b", "a", "b"]
PERSONS = [0, 0, 2, 2, 4, 4, 6, 7, 8, 8]


def asked(decisions=(), limit=50):
    """The pairs asked about, in order."""
    linkage = linkage_of(10, PAIRS, persons=PERSONS)
    return worth_reviewing(linkage, entries_of(LISTS), decisions, limit)


def ids(found):
    """Their two entries as numbers."""
    return [(int(one.left[1:]), int(one.right[1:])) for one in found]


def test_uncertain_pairs_across_lists_come_first_and_sure_ones_not_at_all():
    """An open pair on two lists goes before an open one within a list and before a surer one; sure pairs stay out."""
    assert ids(asked()) == [(0, 1), (8, 9), (2, 3)]
    assert ids(asked(limit=1)) == [(0, 1)]
    assert asked(limit=0) == []


def test_the_order_is_always_the_same():
    """Asking twice gives the same pairs in the same order."""
    assert ids(asked()) == ids(asked())


def test_answers_settle_and_unsure_goes_last():
    """A yes or a no is not asked again; a pair left unsure comes after the others and says so."""
    decided = [PairDecision(entry_id(1), entry_id(0), "unsure"), PairDecision(entry_id(2), entry_id(3), "no")]
    found = asked(decided)
    assert ids(found) == [(8, 9), (0, 1)]
    assert [one.unsure for one in found] == [False, True]


def test_a_pair_that_other_answers_settle_is_left_out():
    """Once 0 is 1 and 1 is not 2, nobody needs to be asked about 0 and 2."""
    linkage = linkage_of(3, [(0, 1, 0.0), (1, 2, 0.0), (0, 2, 0.0)])
    decided = [PairDecision(entry_id(0), entry_id(1), "yes"), PairDecision(entry_id(1), entry_id(2), "no")]
    assert worth_reviewing(linkage, entries_of(["a", "b", "c"]), decided) == []


def test_both_entries_stand_side_by_side():
    """Every field shows both values as written, with what the comparison said, and why the pair is asked about."""
    linkage = linkage_of(2, [(0, 1, 0.3)])
    entries = entries_of(["a", "b"], sex=["M", None], age=["31", "32"])
    (pair,) = worth_reviewing(linkage, entries)
    shown = {row.field: row for row in pair.rows}
    assert (shown["given"].left, shown["given"].right) == ("Persona 0", "Persona 1")
    assert (shown["sex"].left, shown["sex"].right) == ("M", "")
    assert (shown["birth"].left, shown["birth"].right) == ("31", "32")
    assert shown["given"].words.en == "sound alike <surname>"
    assert "three cells" in pair.why.en and "tres casillas" in pair.why.es
    assert abs(sum(row.bits for row in pair.rows) + pair.reasons.prior_bits - pair.reasons.weight) < 1e-9


def test_one_question_for_two_persons_before_the_next_of_the_same_two():
    """Of four equally open pairs between the same two persons, one is asked before any other person's."""
    pairs = [(0, 1, 9.0), (2, 3, 9.0), (0, 2, -0.5), (0, 3, -0.5), (1, 2, -0.5), (1, 3, -0.5), (4, 5, -2.0)]
    linkage = linkage_of(6, pairs, persons=[0, 0, 2, 2, 4, 5])
    found = ids(worth_reviewing(linkage, entries_of(["a", "b", "c", "d", "a", "b"])))
    assert found[1] == (4, 5)
