"""Invented Spanish pages as a scanner sees them: fonts and sizes, noise, a turn of about a degree, 200 dots an inch."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path
from typing import Any

FONTS = Path("/usr/share/fonts/truetype/dejavu")
FACES = ("DejaVuSerif.ttf", "DejaVuSans.ttf", "DejaVuSansMono.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSans-Bold.ttf")
PAGE = (1654, 2339)
"""A4 at 200 dots an inch."""
_SUBJECTS = (
    "El Observatorio de Lares", "La directora del penal", "Un vocero del ministerio", "El comité de familiares",
    "La fiscalía de Valdeoscuro", "Según vecinos del sector, la guardia",
)  # fmt: skip
_VERBS = ("informó", "aseguró", "negó", "denunció", "exigió que se aclare", "confirmó", "señaló")
_THINGS = (
    "que al menos {n} internos murieron en el incendio", "que {n} personas fueron trasladadas a otros centros",
    "que en el pabellón había {n} detenidos para {m} plazas", "que quedaron {n} heridos, {m} de ellos graves",
    "que el censo del {d} de marzo dio 1.{n} reclusos, un {m},5 % más", "que faltan {n} nombres en la lista oficial",
    "que la última requisa decomisó {n} armas y {m} teléfonos",
)  # fmt: skip
_ENDS = (
    "según el acta.",
    "dijo a la prensa.",
    "sin dar más detalles.",
    "en Núñez y Peñón.",
    "¿quién responde?",
    "aún hoy.",
)


def page_text(chance: random.Random) -> str:
    """The text of an invented page: some paragraphs of one sentence a line."""
    paragraphs = []
    for _ in range(chance.randint(4, 7)):
        sentences = []
        for _ in range(chance.randint(2, 4)):
            thing = chance.choice(_THINGS).format(
                n=chance.randint(101, 999), m=chance.randint(2, 99), d=chance.randint(1, 30)
            )
            sentences.append(f"{chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} {thing}, {chance.choice(_ENDS)}")
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs)


def scanned(text: str, chance: random.Random) -> bytes:
    """The page as a PNG of grey pixels."""
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    size = chance.randint(26, 34)
    font = ImageFont.truetype(str(FONTS / chance.choice(FACES)), size)
    page = Image.new("L", PAGE, chance.randint(228, 255))
    drawing = ImageDraw.Draw(page)
    top = 150
    for paragraph in text.split("\n\n"):
        for line in _lines(paragraph, font, PAGE[0] - 300):
            drawing.text((150, top), line, font=font, fill=chance.randint(0, 60))
            top += int(size * 1.5)
        top += size
    page = page.rotate(chance.uniform(-1.2, 1.2), resample=Image.Resampling.BICUBIC, fillcolor=240)
    page = page.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 0.9)))
    noise = Image.effect_noise(PAGE, chance.uniform(15, 45))
    page = Image.blend(page, noise, 0.12)
    out = BytesIO()
    page.save(out, "PNG", dpi=(200, 200))
    return out.getvalue()


def _lines(paragraph: str, font: Any, width: int) -> list[str]:
    lines = [""]
    for word in paragraph.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def edits(one: str, other: str) -> int:
    """The fewest characters to put in, take out or change to make one text the other."""
    row = list(range(len(other) + 1))
    for number, mine in enumerate(one, start=1):
        last, row[0] = row[0], number
        for place, theirs in enumerate(other, start=1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (mine != theirs))
    return row[-1]
