"""The versions of a claim in words: who entered it, and what each later version changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recuento.model.claim import Claim
from recuento.model.words import CERTAINTIES
from recuento.store.claims import ClaimVersion
from recuento.workbench.fields.figures import quantity_words
from recuento.workbench.history import Change, Names, changed


@dataclass(frozen=True, slots=True)
class VersionTold:
    """One version: who entered it when, and what it changed of the one before (nothing for the first)."""

    number: int
    by: str
    when: str
    changes: tuple[Change, ...]


def versions_told(versions: Sequence[ClaimVersion], names: Names) -> tuple[VersionTold, ...]:
    """The versions, the last first."""
    told = []
    for place, version in enumerate(versions):
        before = facts_of(versions[place - 1].claim, names) if place else None
        changes = changed(before, facts_of(version.claim, names)) if before is not None else ()
        told.append(
            VersionTold(version.number, version.by, version.at.astimezone().strftime("%Y-%m-%d %H:%M"), changes)
        )
    return tuple(reversed(told))


def facts_of(claim: Claim, names: Names) -> dict[str, str]:
    """What a claim says, field by field, in words."""
    speech = names.speech
    measure = names.vocabulary.find(claim.measure)
    place = names.cast.facility(claim.facility)
    return {
        speech.t("field_speaker"): ", ".join(part for part in (claim.claimant, claim.claimant_role) if part),
        speech.t("field_figure"): quantity_words(claim.quantity, speech)
        + (f" «{claim.quantity.words}»" if claim.quantity.words else ""),
        speech.t("field_counted"): (speech.say(measure.name) if measure else claim.measure)
        + (f", {claim.subset}" if claim.subset else ""),
        speech.t("field_as_of"): speech.day(claim.as_of),
        speech.t("field_stated"): speech.day(claim.stated),
        speech.t("field_place"): place.name if place else claim.facility,
        speech.t("field_certainty"): speech.say(CERTAINTIES[claim.certainty]),
        speech.t("field_cited"): claim.cited_source,
        speech.t("field_source"): " · ".join(
            dict.fromkeys(part for ground in claim.grounds for part in (ground.outlet, ground.url) if part)
        ),
        speech.t("field_note"): claim.note,
    }
