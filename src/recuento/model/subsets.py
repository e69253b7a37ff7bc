"""Subsets in both languages: a table is written in one, and its words for which part is counted stand on every page."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from recuento.values.bilingual import Bilingual

Subsets = Mapping[str, Bilingual]
"""Subsets by their words in either language, in lower case."""


@cache
def standard_subsets() -> Subsets:
    """The subsets that every casefile knows."""
    table = tomllib.loads(files("recuento.model").joinpath("vocabulary/subsets.toml").read_text("utf-8"))
    return subsets_from([Bilingual(es=entry["es"], en=entry["en"]) for entry in table.values()])


def subsets_from(both: list[Bilingual]) -> Subsets:
    """Subsets by each of their two writings."""
    return {words.casefold(): one for one in both for words in (one.es, one.en)}


def subset_words(written: str, known: Subsets) -> Bilingual | None:
    """A subset in both languages: known as a whole, or each of its parts between commas; None where it is not."""
    whole = known.get(written.casefold().strip())
    if whole is not None:
        return whole
    parts = [known.get(part.casefold().strip()) for part in written.split(",")]
    found = [part for part in parts if part is not None]
    if len(found) < len(parts):
        return None
    return Bilingual(es=", ".join(part.es for part in found), en=", ".join(part.en for part in found))
