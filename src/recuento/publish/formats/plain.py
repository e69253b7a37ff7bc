"""Plain values for JSON, written the same way every time."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from recuento.values.bilingual import Bilingual
from recuento.values.quantity import Number, Quantity


def written(value: Any) -> bytes:
    """JSON as UTF-8 bytes, readable, with a newline at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def in_page(value: Any) -> str:
    """JSON that can stand inside a script element: no character that could end it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def number(value: Number | None) -> int | float | None:
    """A number as JSON has it."""
    return float(value) if isinstance(value, Decimal) and value != value.to_integral_value() else _whole(value)


def _whole(value: Number | None) -> int | None:
    return None if value is None else int(value)


def both(words: Bilingual) -> dict[str, str]:
    """Words in both languages."""
    return {"es": words.es, "en": words.en}


def quantity(value: Quantity) -> dict[str, Any]:
    """A quantity: its range, the numbers said, the words and how they are meant."""
    return {
        "low": number(value.low),
        "high": number(value.high),
        "comparison": value.comparison.value,
        "stated": [number(n) for n in value.stated],
        "words": value.words,
    }
