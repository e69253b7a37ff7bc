"""Numbers, ranges, quantities and dates as people write them in Spanish and English."""

from __future__ import annotations

from decimal import Decimal

from recuento.values.bilingual import Language
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, Number, Quantity

MINUS = "\N{MINUS SIGN}"

_MONTHS = {
    "es": ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"],
}
LONG_MONTHS = {
    "es": [
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ],
    "en": [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ],
}  # fmt: skip


def number_text(number: Number, language: Language) -> str:
    """1600 as "1.600" in Spanish and "1,600" in English; 71.4 as "71,4" and "71.4"; below zero with a true minus."""
    if type(number) is int and 0 <= number < 1000:
        return str(number)
    broken = isinstance(number, Decimal) and number != number.to_integral_value()
    text = f"{number:,f}" if broken else f"{int(number):,}"
    text = text.replace("-", MINUS)
    return text.translate(_SPANISH) if language == "es" else text


_SPANISH = str.maketrans(",.", ".,")


def range_text(low: Number | None, high: Number | None, language: Language) -> str:
    """A range in few words: "803 a 1.900", "312", "2 o más", "hasta 40"; "sin límite conocido" where both are open."""
    if low is not None and low == high:
        return number_text(low, language)
    if low is not None and high is not None:
        joint = "a" if language == "es" else "to"
        return f"{number_text(low, language)} {joint} {number_text(high, language)}"
    if low is not None:
        return f"{number_text(low, language)} {'o más' if language == 'es' else 'or more'}"
    if high is not None:
        return f"{'hasta' if language == 'es' else 'up to'} {number_text(high, language)}"
    return "sin límite conocido" if language == "es" else "no limit known"


_SHORT = {
    Comparison.EQ: ("{n}", "{n}"),
    Comparison.GE: ("al menos {n}", "at least {n}"),
    Comparison.GT: ("más de {n}", "more than {n}"),
    Comparison.LE: ("como máximo {n}", "at most {n}"),
    Comparison.LT: ("menos de {n}", "fewer than {n}"),
    Comparison.RANGE: ("{n} a {m}", "{n} to {m}"),
    Comparison.APPROX: ("cerca de {n}", "about {n}"),
    Comparison.NEARLY: ("casi {n}", "nearly {n}"),
    Comparison.UPTO: ("hasta {n}", "up to {n}"),
    Comparison.NONE: ("0", "0"),
    Comparison.UNKNOWN: ("dice que no se sabe", "says it is not known"),
}


def quantity_text(quantity: Quantity, language: Language) -> str:
    """What was said, in few words: "al menos 11", "cerca de 3.000"; a vague word stays in quotes as it was said."""
    if quantity.comparison is Comparison.VAGUE:
        return f"«{quantity.words}»" if quantity.words else range_text(quantity.low, quantity.high, language)
    pattern = _SHORT[quantity.comparison][0 if language == "es" else 1]
    numbers = [number_text(number, language) for number in quantity.stated] or [
        number_text(quantity.low, language) if quantity.low is not None else "?"
    ]
    return pattern.format(n=numbers[0], m=numbers[-1])


def shortened(text: str, longest: int) -> str:
    """`text` cut at `longest` characters, with an ellipsis where something is missing."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def date_text(day: PartialDate, language: Language) -> str:
    """ "20 sept 2023", "20 Sept 2023", "sept 2023" or "2023", as precise as the date is."""
    parts = [] if day.day is None else [str(day.day)]
    if day.month is not None:
        parts.append(_MONTHS[language][day.month - 1])
    return " ".join([*parts, str(day.year)])


def long_date_text(day: PartialDate, language: Language) -> str:
    """ "1.º de septiembre de 2023", "1 September 2023", "septiembre de 2023" or "2023", as precise as the date is."""
    if day.month is None:
        return str(day.year)
    month = LONG_MONTHS[language][day.month - 1]
    if language == "en":
        return f"{month} {day.year}" if day.day is None else f"{day.day} {month} {day.year}"
    first = "" if day.day is None else "1.º de " if day.day == 1 else f"{day.day} de "
    return f"{first}{month} de {day.year}"
