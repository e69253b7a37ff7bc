"""Days in words, in Spanish and English."""

from __future__ import annotations

from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate

_MONTHS_ES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_words(day: PartialDate) -> Bilingual:
    """The date as one says it: "23 de septiembre de 2023", "23 September 2023"."""
    if day.month is None:
        return Bilingual.same(str(day.year))
    month_es, month_en = _MONTHS_ES[day.month - 1], _MONTHS_EN[day.month - 1]
    if day.day is None:
        return Bilingual(es=f"{month_es} de {day.year}", en=f"{month_en} {day.year}")
    first = "1.º" if day.day == 1 else str(day.day)
    return Bilingual(es=f"{first} de {month_es} de {day.year}", en=f"{day.day} {month_en} {day.year}")


def by_day(words: Bilingual, day: PartialDate) -> Bilingual:
    """The words, up to that day: "personas recapturadas (hasta el 23 de septiembre de 2023)"."""
    said = day_words(day)
    article = "el " if day.day is not None else ""
    return Bilingual(es=f"{words.es} (hasta {article}{said.es})", en=f"{words.en} (by {said.en})")


def on_day(words: Bilingual, day: PartialDate) -> Bilingual:
    """The words, at that day: "personas recluidas (30 de junio de 2022)"."""
    said = day_words(day)
    return Bilingual(es=f"{words.es} ({said.es})", en=f"{words.en} ({said.en})")
