"""Words of a term with its day, in Spanish and English."""

from __future__ import annotations

from recuento.values.bilingual import LANGUAGES, Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.wording import long_date_text


def by_day(words: Bilingual, day: PartialDate) -> Bilingual:
    """The words, up to that day: "personas recapturadas (hasta el 23 de septiembre de 2023)"."""
    said = day_said(day)
    article = "el " if day.day is not None else ""
    return Bilingual(es=f"{words.es} (hasta {article}{said.es})", en=f"{words.en} (by {said.en})")


def on_day(words: Bilingual, day: PartialDate) -> Bilingual:
    """The words, at that day: "personas recluidas (30 de junio de 2022)"."""
    said = day_said(day)
    return Bilingual(es=f"{words.es} ({said.es})", en=f"{words.en} ({said.en})")


def day_said(day: PartialDate) -> Bilingual:
    """The day in full, in both languages."""
    return Bilingual(**{language: long_date_text(day, language) for language in LANGUAGES})
