"""The gold set itself: it must be valid before anything is measured with it."""

from __future__ import annotations

import copy
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from gold.check_gold import agreement, documents_in, faults

GOLD = Path(__file__).parent
DEVELOPMENT = [GOLD / "es/dev.jsonl", GOLD / "en/dev.jsonl"]
LATER = [GOLD / tongue / f"dev{number}.jsonl" for number in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11) for tongue in ("es", "en")]
HELD_OUT = [GOLD / f"heldout/{name}.jsonl" for name in ("es", "en", "es_third", "en_third")]
SECOND = [
    GOLD / f"second/{name}.jsonl"
    for name in ("en_by_A/all", "es_by_B/all", "es_second", "en_second", "es_third", "en_third")
]
PAIRS = sorted((GOLD / "translated").glob("pairs_*.jsonl"))


def _all(paths: list[Path]) -> list[dict[str, Any]]:
    return [document for path in paths for document in documents_in(path)]


@pytest.mark.parametrize("paths", [DEVELOPMENT + HELD_OUT, LATER, SECOND], ids=["first", "later", "second"])
def test_annotations_are_valid(paths):
    """Ids are unique, every span slices to words, and every id, measure and class named exists."""
    assert faults(_all(paths)) == []


def test_nothing_held_out_is_seen_in_development():
    """Development and held-out parts share neither an id nor a text."""
    seen, held = _all(DEVELOPMENT + LATER), _all(HELD_OUT)
    assert not {document["id"] for document in seen} & {document["id"] for document in held}
    assert not {document["text"].strip() for document in seen} & {document["text"].strip() for document in held}


@pytest.mark.parametrize("tongue", ["es", "en"])
def test_two_fifths_are_held_out(tongue):
    """About 40 % of each language is kept out of sight of those who write rules."""
    held = len(documents_in(GOLD / "heldout" / f"{tongue}.jsonl"))
    seen = len(documents_in(GOLD / tongue / "dev.jsonl"))
    assert 0.35 <= held / (held + seen) <= 0.45


def test_inner_statements_lie_inside_the_outer_ones():
    """The content of a nested attribution is part of the content of its parent."""
    for document in _all(DEVELOPMENT + LATER + HELD_OUT):
        by_id = {item["id"]: item for item in document["attributions"]}
        for item in document["attributions"]:
            outer = by_id[item["parent"]]["content"] if item["parent"] else item["content"]
            for start, end in item["content"]:
                assert any(first <= start and end <= last for first, last in outer), (document["id"], item["id"])


def test_ranges_fit_their_comparison():
    """An exact figure is one number, a floor has no upper end, zero is zero, and only "up to" is open at both ends."""
    for document in _all(DEVELOPMENT + LATER + HELD_OUT):
        for figure in document["figures"]:
            low, high, comparison = figure["low"], figure["high"], figure["comparison"]
            assert (comparison in {"upto", "unknown"}) == (low is None and high is None), document["id"]
            assert comparison != "eq" or low == high
            assert comparison != "none" or (low, high) == (0, 0)
            assert (high is None) == (comparison in {"ge", "gt", "vague", "upto", "unknown"}), document["id"]


def test_second_annotations_are_of_the_same_texts():
    """The second annotator read the very texts of the first, and all of them."""
    texts = {document["id"]: document["text"] for document in _all(DEVELOPMENT + LATER + HELD_OUT)}
    for document in _all(SECOND):
        assert texts[document["id"]] == document["text"]


def test_annotators_agree_well_enough_to_measure_with():
    """Lenient agreement on whole attributions is at least 80 of 100, the bar set before annotating."""
    first = _all(DEVELOPMENT + LATER + HELD_OUT)
    for path in SECOND:
        assert float(agreement(first, documents_in(path))["relation lenient"].split()[0]) >= 80


def test_every_kind_of_fault_is_found():
    """A document broken in one place is reported, whichever the place."""
    whole = next(d for d in _all(DEVELOPMENT) if d["demands"] and d["figures"] and d["attributions"][0]["source"])
    assert faults([whole]) == []
    assert faults([whole, whole])
    for breaking in _breakings():
        broken = copy.deepcopy(whole)
        breaking(broken)
        assert faults([broken]), breaking


def _breakings():
    def at(*path, value):
        def change(document):
            for step in path[:-1]:
                document = document[step]
            document[path[-1]] = value

        return change

    first = ("attributions", 0)
    yield at(*first, "source", value=[[5, 5]])
    yield at(*first, "cue", value=[[0, 10**6]])
    yield at(*first, "content", value=[])
    yield at(*first, "content", value=[[4, 9], [0, 3]])
    yield at(*first, "mode", value="shouts")
    yield at(*first, "certainty", value="sure")
    yield at(*first, "parent", value="a99")
    yield at("figures", 0, "measure", value="ghosts")
    yield at("figures", 0, "attribution", value="a99")
    yield at("figures", 0, "comparison", value="some")
    yield at("figures", 0, "part_of", value=99)
    yield at("demands", 0, "measures", value=[])
    yield at("demands", 0, "attribution", value="a99")


def test_an_annotation_agrees_with_itself_and_not_with_another():
    """Agreement is 100 with itself, and falls when half of the attributions are taken away."""
    documents = documents_in(DEVELOPMENT[0])
    halved = [{**d, "attributions": d["attributions"][::2], "figures": [], "demands": []} for d in documents]
    assert agreement(documents, documents)["relation exact"].split()[0] == "100.0"
    assert float(agreement(documents, halved)["relation exact"].split()[0]) < 95


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_translated_pairs_are_whole(path):
    """Each pair has an id of its own, two different texts, and the event it tells of."""
    pairs = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    assert len({pair["id"] for pair in pairs}) == len(pairs)
    for pair in pairs:
        assert pair["event"].strip()
        assert len(pair["es"].split()) >= 40
        assert len(pair["en"].split()) >= 40
        assert pair["es"] != pair["en"]


def test_no_two_pairs_share_a_text():
    """A text belongs to one pair, so that every other text of its event is a true non-pair."""
    texts = [json.loads(line)[side] for path in PAIRS for line in path.open(encoding="utf-8") for side in ("es", "en")]
    assert all(one != other for one, other in combinations(texts, 2))
