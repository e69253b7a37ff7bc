"""The rule that obliges the state to hold a figure, by measure (vocabulary/duties.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from recuento.values.bilingual import Bilingual

Duties = Mapping[str, Bilingual]
"""From a measure to the rule that obliges whoever holds people to know it, in words."""


@cache
def standard_duties() -> Duties:
    """The duties that come with the package; the first entry that names a measure counts."""
    text = files("recuento.model").joinpath("vocabulary/duties.toml").read_text(encoding="utf-8")
    duties: dict[str, Bilingual] = {}
    for entry in tomllib.loads(text)["duties"]:
        for measure in entry["measures"]:
            duties.setdefault(measure, Bilingual(es=entry["es"], en=entry["en"]))
    return duties
