"""Whole texts: each gives the findings it should and no others; texts kept aside hold the rules to account."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from recuento.casefile.checking import check_text
from recuento.model.finding import Finding

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "cases" / "figure-checks" / "checks.json"


def texts(name: str) -> list[dict[str, Any]]:
    """The texts of a file with what each should give."""
    found = json.loads((HERE / name).read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return found


def fits(finding: Finding, wanted: dict[str, Any]) -> bool:
    """Whether a finding is of the kind, and proposes the figure, that is expected."""
    proposed = {finding.correction.figure.quote: finding.correction.written} if finding.correction else {}
    return finding.kind.value in wanted["kind"].split("|") and wanted.get("fix", proposed) == proposed


def unmatched(case: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What a text should give and does not, and what it gives and should not."""
    left, missed = list(check_text(case["text"]).findings), []
    for wanted in case["expect"]:
        hit = next((finding for finding in left if fits(finding, wanted)), None)
        if hit is None:
            missed.append(str(wanted))
        else:
            left.remove(hit)
    return missed, [f"{finding.kind}: {finding.words.en}" for finding in left]


@pytest.mark.parametrize("case", texts("texts_development.json"), ids=lambda case: case["id"])
def test_a_text_gives_its_findings_and_no_others(case: dict[str, Any]) -> None:
    """What does not close is found, with the figure that would close where one is expected; the rest is silence."""
    assert unmatched(case) == ([], [])


@pytest.mark.xfail(strict=True, reason="not found yet; move it to texts_development.json when it is")
@pytest.mark.parametrize("case", texts("texts_not_yet.json"), ids=lambda case: case["id"])
def test_what_is_not_found_yet(case: dict[str, Any]) -> None:
    """Texts that are known to be wrong and are passed over in silence."""
    assert unmatched(case) == ([], [])


def test_texts_kept_aside_are_read_nearly_as_well() -> None:
    """Texts that nobody looked at while writing the rules raise next to nothing false and most of what is true."""
    cases = texts("texts_held_out.json")
    missed = sum(len(unmatched(case)[0]) for case in cases)
    false = sum(len(unmatched(case)[1]) for case in cases)
    assert false <= 1
    assert missed <= sum(len(case["expect"]) for case in cases) // 5


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared figure checks beside the repository")
def test_the_shared_texts_give_their_findings() -> None:
    """The texts shared by all tools of the project: kinds and proposed figures as they are listed there."""
    for entry in json.loads(SHARED.read_text(encoding="utf-8")):
        wanted = {"kind": entry["kind"]} | ({"fix": entry["fix"]} if "fix" in entry else {})
        case = {"text": entry["text"], "expect": [] if entry["kind"] == "clean" else [wanted]}
        assert unmatched(case) == ([], []), entry["id"]
