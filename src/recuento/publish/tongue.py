"""One language of the dossier: its phrases, numbers, dates and quantities in words.

Phrases live in phrases.toml, every one in Spanish and English. A missing phrase is a bug of ours and raises.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from recuento.values.bilingual import Bilingual, Language
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, Number, Quantity
from recuento.values.wording import date_text, number_text, quantity_text, range_text


@cache
def phrases() -> dict[str, Bilingual]:
    """Every fixed phrase of the pages, by key."""
    table = tomllib.loads(files("recuento.publish").joinpath("phrases.toml").read_text(encoding="utf-8"))
    return {key: Bilingual(es=entry["es"], en=entry["en"]) for key, entry in table.items()}


@dataclass(frozen=True, slots=True)
class Tongue:
    """What pages in one language need in order to speak."""

    language: Language

    def t(self, key: str, /, **words: object) -> str:
        """The phrase `key`, with `{name}` replaced by what is handed in."""
        phrase = phrases()[key].text(self.language)
        return phrase.format(**words) if words else phrase

    def say(self, words: Bilingual) -> str:
        """Words kept in both languages, in this one."""
        return words.text(self.language)

    def counted(self, key: str, count: int) -> str:
        """A count with its noun: "1 documento", "12 documentos"."""
        return self.t(f"{key}_one" if count == 1 else f"{key}_many", n=self.number(count))

    def number(self, number: Number) -> str:
        """1600 is "1.600" in Spanish and "1,600" in English; decimals keep their digits."""
        return number_text(number, self.language)

    def range(self, low: Number | None, high: Number | None) -> str:
        """A range in words: "16 a 21", "19 o más", "hasta 40", "14"."""
        return range_text(low, high, self.language)

    def span(self, low: Number | None, high: Number | None) -> str:
        """A range in figures, for tables and charts: "16–21", "19 o más"."""
        if low is None or high is None or low == high:
            return self.range(low, high)
        return f"{self.number(low)}–{self.number(high)}"

    def quantity(self, quantity: Quantity) -> str:
        """What was said, as near to the saying as two languages allow: "al menos 19", "cerca de 3.000"."""
        return quantity_text(quantity, self.language)

    def said_of(self, quantity: Quantity, unit: str, measure: Bilingual) -> str:
        """A figure with what it counts: "412 personas recluidas"; "personas fugadas: 1" where that would jar."""
        written = self.quantity(quantity) + self.unit(unit)
        jars = quantity.comparison is Comparison.VAGUE or quantity.stated == (1,)
        if quantity.is_silence or self.unit(unit) or jars:
            return f"{self.say(measure)}: {written}"
        return f"{written} {self.say(measure)}"

    def is_read_otherwise(self, quantity: Quantity) -> bool:
        """Whether the range a quantity is read as does not show in its words."""
        return quantity.comparison in (Comparison.APPROX, Comparison.NEARLY, Comparison.VAGUE)

    def unit(self, unit: str) -> str:
        """What follows a number that does not count people."""
        return {"percent": " %", "metres": " m"}.get(unit, "")

    def day(self, when: PartialDate | date) -> str:
        """«20 sept 2023» in Spanish, "20 Sept 2023" in English; "sept 2023" and "2023" where no more is known."""
        return date_text(when if isinstance(when, PartialDate) else PartialDate.of(when), self.language)

    def day_in(self, when: PartialDate, year: int) -> str:
        """The day without its year where that is `year`, as in the lines of a chart."""
        written = self.day(when)
        return written.removesuffix(f" {year}") if when.month is not None and when.year == year else written

    def days(self, starts: PartialDate, ends: PartialDate) -> str:
        """The days of an event: «14–16 mar 2017»."""
        if starts == ends:
            return self.day(starts)
        if (starts.year, starts.month) == (ends.year, ends.month) and starts.day and ends.day:
            return f"{starts.day}–{self.day(ends)}"
        return f"{self.day(starts)} – {self.day(ends)}"

    def joined(self, words: list[str]) -> str:
        """Words in a row: "a, b y c"; before an i sound Spanish says "e"."""
        if len(words) < 2:
            return "".join(words)
        last = words[-1]
        joint = self.t("and")
        if self.language == "es" and last.lower().startswith(("i", "hi")) and not last.lower().startswith("hie"):
            joint = "e"
        return f"{', '.join(words[:-1])} {joint} {last}"
